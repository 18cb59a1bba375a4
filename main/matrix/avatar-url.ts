/** Where the page finds a picture of the homeserver: `app://bundle/avatar/ACCOUNT/SERVER/MEDIA`. Main fetches it. Pure. */
import { UserId } from '../../preload/contract/ids';

const prefix = 'app://bundle/avatar/';

/** One picture, and the account through whose homeserver it comes. */
export interface AvatarAddress {
  readonly account: UserId;
  /** Of the `mxc:` URI. Spec: client-server API, "Matrix Content (mxc://) URIs". */
  readonly server: string;
  readonly mediaId: string;
}

const serverName = /^[A-Za-z0-9.:[\]-]{1,255}$/;
const mediaName = /^[A-Za-z0-9_-]{1,255}$/;

/** @param mxc as somebody set it: anything. Null where it is no picture that can be asked for. */
export function avatarUrl(account: UserId, mxc: string | undefined): string | null {
  const [, server, mediaId] = /^mxc:\/\/([^/]+)\/([^/?#]+)$/.exec(mxc ?? '') ?? [];
  if (server === undefined || mediaId === undefined) return null;
  if (!serverName.test(server) || !mediaName.test(mediaId)) return null;
  return prefix + [account, server, mediaId].map(encodeURIComponent).join('/');
}

/** Null for any other URL. */
export function readAvatarUrl(url: string): AvatarAddress | null {
  if (!url.startsWith(prefix)) return null;
  const [account, server, mediaId, ...more] = url.slice(prefix.length).split('/').map(decode);
  const parsed = UserId.safeParse(account);
  if (!parsed.success || server === undefined || mediaId === undefined || more.length > 0) return null;
  return serverName.test(server) && mediaName.test(mediaId) ? { account: parsed.data, server, mediaId } : null;
}

function decode(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    return '';
  }
}

/** The events by which one party of a call asks the other one to go on with somebody else. MSC2747; X-01 */
import type { CallId, UserId } from '../../preload/contract/ids';
import { isObject, own, plainText, type Content } from './content';
import { isCallId, isOpaqueId, isUserId } from './ids';

/** Whom the call is to go on with. The name is the transferor's word, to be shown as such. */
export interface TransferTarget {
  readonly user: UserId;
  readonly name: string | null;
}

export interface Replacement {
  /** Names the transfer, not a call. */
  readonly replacement: string;
  readonly target: TransferTarget;
  /** `create`: place the new call. `await`: it will come. */
  readonly how: 'create' | 'await';
  /** The id that the new call is to have. */
  readonly newCall: CallId;
}

/** Null for what nobody could act upon: no target, or not exactly one of the two ways. */
export function parseReplacement(content: Content): Replacement | null {
  const replacement = own(content, 'replacement_id');
  const target = parseTarget(own(content, 'target_user'));
  const [create, awaited] = ['create_call', 'await_call'].map((key) => own(content, key) ?? undefined);
  if (!isOpaqueId(replacement) || target === null) return null;
  if (isCallId(create) && awaited === undefined) return { replacement, target, how: 'create', newCall: create };
  if (isCallId(awaited) && create === undefined) return { replacement, target, how: 'await', newCall: awaited };
  return null;
}

function parseTarget(value: unknown): TransferTarget | null {
  if (!isObject(value)) return null;
  const user = own(value, 'id');
  return isUserId(user) ? { user, name: plainText(own(value, 'display_name')) } : null;
}

/** As it stands in an event. The room is left to the other one: it may know a better one than we do. */
export function writeReplacement({ replacement, target, how, newCall }: Replacement): Record<string, unknown> {
  return {
    replacement_id: replacement,
    target_user: { id: target.user, ...(target.name === null ? {} : { display_name: target.name }) },
    [how === 'create' ? 'create_call' : 'await_call']: newCall,
  };
}

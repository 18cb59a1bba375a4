/** What the host and the isolated world of a page say to each other, as JSON. */
import type { Encoded } from './codec.ts';

export type FromPage =
  | { readonly op: 'hello' }
  | { readonly op: 'send'; readonly channel: string; readonly args: Encoded }
  | { readonly op: 'invoke'; readonly id: number; readonly channel: string; readonly args: Encoded }
  | { readonly op: 'post'; readonly channel: string; readonly message: Encoded; readonly ports: readonly string[] }
  | { readonly op: 'port'; readonly id: string; readonly data: Encoded; readonly ports: readonly string[] }
  | { readonly op: 'ask'; readonly id: number; readonly question: PermissionQuestion }
  | { readonly op: 'preload-error'; readonly path: string; readonly message: string; readonly stack: string };

export type ToPage =
  | { readonly op: 'event'; readonly channel: string; readonly args: Encoded; readonly ports: readonly string[] }
  | { readonly op: 'reply'; readonly id: number; readonly value: Encoded }
  | { readonly op: 'failed'; readonly id: number; readonly message: string }
  | { readonly op: 'port'; readonly id: string; readonly data: Encoded; readonly ports: readonly string[] }
  | { readonly op: 'portClose'; readonly id: string }
  | { readonly op: 'asked'; readonly id: number; readonly answer: PermissionAnswer };

/** What a page wants to do; the session's handlers decide. */
export type PermissionQuestion =
  | { readonly kind: 'media'; readonly mediaTypes: ('audio' | 'video')[] }
  | {
      readonly kind: 'display';
      readonly audioRequested: boolean;
      readonly videoRequested: boolean;
      readonly userGesture: boolean;
    }
  | { readonly kind: 'notifications' | 'clipboard-read' };

/** `videoOnly` and `unsupported`: for `display` alone. */
export type PermissionAnswer = 'granted' | 'denied' | 'videoOnly' | 'unsupported';

/** What the isolated world is started with. */
export interface AgentConfig {
  /** Unguessable; names what must not collide with the page's own. */
  readonly token: string;
  /** Prefix of this page's port ids. */
  readonly page: string;
  readonly preloadPath: string | undefined;
  /** What the preload sees as `process`. */
  readonly process: Readonly<Record<string, unknown>>;
}

/** A call with a client that is not ours. */
import type { OtherClient, Traits } from './other-client';
import type { Phone } from './phone';
import { phoneAnd, type World } from './world';

export interface InCall {
  readonly world: World;
  readonly anna: Phone;
  readonly other: OtherClient;
}

/** Anna was called, has answered and is connected. @param metadata of its invite. */
export async function inCallWith(
  traits: Traits,
  kind: 'voice' | 'video' = 'voice',
  metadata?: unknown,
): Promise<InCall> {
  const found = phoneAnd(traits);
  void found.other.invite('call', kind, metadata === undefined ? {} : { sdp_stream_metadata: metadata });
  await found.world.pass(2500);
  found.anna.answer(kind);
  await found.world.pass(3000);
  if (found.anna.state !== 'connected') throw new Error(found.anna.outcome);
  return found;
}

export const metadataOf = (
  content: Readonly<Record<string, unknown>>,
): Readonly<Record<string, { readonly purpose: string }>> =>
  content.sdp_stream_metadata as Record<string, { purpose: string }>;

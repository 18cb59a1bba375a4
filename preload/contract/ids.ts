/** Who and what is named in everything that crosses: users, rooms, calls, parties. */
import { z } from 'zod';

/** Opaque identifier grammar (spec appendices): call ids and party ids. V1-04 */
export const opaqueId = z.string().regex(/^[0-9A-Za-z._~-]{1,255}$/);

export const UserId = z
  .string()
  .regex(/^@[^:\s]*:\S+$/)
  .max(255)
  .brand<'UserId'>();
export const RoomId = z.string().startsWith('!').max(255).brand<'RoomId'>();
export const CallId = opaqueId.brand<'CallId'>();
export const PartyId = opaqueId.brand<'PartyId'>();
export type UserId = z.infer<typeof UserId>;
export type RoomId = z.infer<typeof RoomId>;
export type CallId = z.infer<typeof CallId>;
export type PartyId = z.infer<typeof PartyId>;

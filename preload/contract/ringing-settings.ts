/** What a person chose about ringing: how it sounds, whom it is for, and when it must be quiet. */
import { z } from 'zod';
import { UserId } from './ids';
import { ringtones } from './ringtones';

const minutes = z.number().int().min(0).max(1439);
const moment = z.number().int().min(0).max(8.64e15);

/** See quiet.ts. */
export const DoNotDisturb = z.strictObject({
  byHand: z.union([z.enum(['off', 'untilSwitchedOff']), moment]),
  times: z.strictObject({
    on: z.boolean(),
    days: z.array(z.number().int().min(0).max(6)).max(7).readonly(),
    from: minutes,
    to: minutes,
  }),
  timesFrom: moment,
});

/** Whose calls ring: of everyone whom the rules of the account allow, of people in the list, or of favourites only. */
export const WhoMayRing = z.enum(['everyone', 'people', 'favourites']);
export type WhoMayRing = z.infer<typeof WhoMayRing>;

/** People whose calls are answered without a hand, as voice calls. */
export const AutoAnswer = z
  .array(z.strictObject({ account: UserId, userId: UserId }))
  .max(100)
  .readonly();

export const Ringing = z.strictObject({
  tone: z.enum([...ringtones, 'own']),
  /** File name of the own ringtone, for people to know it by; null without one. */
  ownTone: z.string().max(255).nullable(),
  /** 0 to 1. */
  volume: z.number().min(0).max(1),
  /** Begins softly and grows to `volume`. */
  rises: z.boolean(),
  /** After a while on the speaker too, where that is another device than the ringer. */
  alsoSpeaker: z.boolean(),
});
export type Ringing = z.infer<typeof Ringing>;

export const Notifications = z.strictObject({
  /** The small window of a call that rings. */
  callWindow: z.boolean(),
  ringing: z.boolean(),
  missed: z.boolean(),
  /** They do not say who calls. */
  hideNames: z.boolean(),
});
export type Notifications = z.infer<typeof Notifications>;

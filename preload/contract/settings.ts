/** What the person chose. */
import { z } from 'zod';
import { AutoAnswer, DoNotDisturb, Notifications, Ringing, WhoMayRing } from './ringing-settings';
import { Hotkeys } from './hotkeys';
import { DevicePreferences, SoundProcessing } from './devices';

/**
 * Which devices encrypted calls may reach and come from. `all`: every device of the other person, unless they were verified
 * and are not the same any more. `signed`: those that their owner has confirmed. `verified`: of people who were verified.
 */
export const CallTrust = z.enum(['all', 'signed', 'verified']);
export type CallTrust = z.infer<typeof CallTrust>;

export const Settings = z.strictObject({
  language: z.enum(['system', 'en', 'de']),
  theme: z.enum(['system', 'light', 'dark']),
  closeToTray: z.boolean(),
  ringing: Ringing,
  whoMayRing: WhoMayRing,
  autoAnswer: AutoAnswer,
  doNotDisturb: DoNotDisturb,
  notifications: Notifications,
  /** What the tray icon stands on, where the desktop does not say it. */
  trayPanel: z.enum(['system', 'light', 'dark']),
  /** Start with the desktop. */
  autostart: z.boolean(),
  /** A start with the desktop opens no window. */
  startHidden: z.boolean(),
  /** Keys that work while another program has the keyboard. */
  hotkeys: Hotkeys,
  /** In the window, Space opens a muted microphone for as long as it is held. */
  spaceToTalk: z.boolean(),
  /** Seconds that an outgoing call rings before it is given up. LV-09: 90 at least. */
  inviteLifetime: z.number().int().min(90).max(300),
  /** Calls go through a relay or not at all, so that nobody learns an address of this machine. V0-15 */
  relayOnly: z.boolean(),
  callTrust: CallTrust,
  /** The person knows that this desktop cannot protect a session, and wants to sign in all the same. */
  withoutKeyring: z.boolean(),
  devices: DevicePreferences,
  sound: SoundProcessing,
  /** The buttons of a headset answer, hang up and mute; its lamps show how the call stands. */
  headsetButtons: z.boolean(),
});
export type Settings = z.infer<typeof Settings>;

/** At this start. `setAside`: the file could not be read whole, a copy of it was kept. `notKept`: nothing can be saved. */
export type SettingsTrouble = 'setAside' | 'notKept';

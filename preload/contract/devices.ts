/** Microphones, speakers and cameras: what the person prefers, what is there, and what is done to the sound. */
import { z } from 'zod';
import { mostRemembered } from './device-choice';

const Device = z.strictObject({ id: z.string().min(1).max(512), label: z.string().max(1000) });

const DevicePreference = z.strictObject({
  followSystem: z.boolean(),
  order: z.array(Device).max(mostRemembered).readonly(),
});

export const DevicePreferences = z.strictObject({
  microphone: DevicePreference,
  speaker: DevicePreference,
  /** Where ringing is heard. */
  ringer: DevicePreference,
  camera: DevicePreference,
});
export type DevicePreferences = z.infer<typeof DevicePreferences>;

/** What is done to the microphone's sound before it is sent. */
export const SoundProcessing = z.strictObject({
  echoCancellation: z.boolean(),
  noiseSuppression: z.boolean(),
  autoGainControl: z.boolean(),
});
export type SoundProcessing = z.infer<typeof SoundProcessing>;

const Offer = z.strictObject({
  devices: z.array(Device).max(50).readonly(),
  /** Id of the device that is taken now; null for the system's. */
  used: z.string().max(512).nullable(),
});

/** What the tray can offer; only the page sees devices. */
export const DeviceOffers = z.strictObject({ microphone: Offer, speaker: Offer });
export type DeviceOffers = z.infer<typeof DeviceOffers>;

/** Pages of the system's settings where a person allows a program to hear or see. */
export const PrivacyPage = z.enum(['microphone', 'camera', 'screen']);
export type PrivacyPage = z.infer<typeof PrivacyPage>;

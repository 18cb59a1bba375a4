/** What the person chose. */
import { z } from 'zod';

export const Settings = z.strictObject({
  language: z.enum(['system', 'en', 'de']),
  theme: z.enum(['system', 'light', 'dark']),
  closeToTray: z.boolean(),
});
export type Settings = z.infer<typeof Settings>;

/** What holds until the person chooses. Apart from the schema: the page needs these values, and never parses. */
import type { Settings } from './settings';

export const defaultSettings: Settings = {
  language: 'system',
  theme: 'system',
  closeToTray: true,
};

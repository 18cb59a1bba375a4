export const settings = {
  page: 'Settings',
  list: 'Sections of the settings',
  back: 'Back to settings',
  sections: {
    general: 'General',
  },
  language: 'Language',
  languages: { system: 'System', en: 'English', de: 'Deutsch' },
  theme: 'Theme',
  themes: { system: 'System', light: 'Light', dark: 'Dark' },
  closeToTray: 'Keep running in the tray when the window is closed',
  closeToTrayHint: 'Calls then still reach you. Otherwise closing the window quits Carillon.',
  failed: 'This setting could not be saved. Make sure that the disk is not full, then try again.',
};

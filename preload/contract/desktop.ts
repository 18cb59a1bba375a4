/** What a desktop may be without; the settings that need it say so. */
export type DesktopLack = 'tray' | 'notifications';

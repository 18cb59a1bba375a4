/** The system that the window is on, as far as words depend on it. */
export type Platform = 'mac' | 'windows' | 'linux';

/** @param userAgent Chromium's. */
export function platformOf(userAgent: string): Platform {
  if (userAgent.includes('Macintosh')) return 'mac';
  return userAgent.includes('Windows') ? 'windows' : 'linux';
}

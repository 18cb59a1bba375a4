import { describe, expect, it } from 'vitest';
import { messagesFor } from '../../../../main/desktop/messages';

describe('words of the desktop', () => {
  it.each([
    ['system', 'de-AT', 'Annehmen'],
    ['system', 'de', 'Annehmen'],
    ['system', 'en-GB', 'Answer'],
    ['system', 'fr-FR', 'Answer'],
    ['system', 'den', 'Answer'],
    ['system', '', 'Answer'],
    ['de', 'en-US', 'Annehmen'],
    ['en', 'de-DE', 'Answer'],
  ] as const)('language %s on a desktop in %j: %s', (language, system, answer) => {
    expect(messagesFor(language, system).answer).toBe(answer);
  });
});

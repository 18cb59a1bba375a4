import { expect, it, vi } from 'vitest';

import { messagesFor } from '../../../../main/desktop/messages';
import { systemBrowser } from '../../../../main/desktop/system-browser';

it.each(['done', 'refused', 'foreign'] as const)(
  'the last page (%s) speaks the language of the window and loads nothing',
  (which) => {
    const browser = systemBrowser({ open: vi.fn(), messages: () => messagesFor('de', 'en'), returned: vi.fn() });
    const page = browser.page(which);
    expect(page).toContain(messagesFor('de', 'en').browser[which].words);
    expect(page).not.toMatch(/script|src=|href=|url\(/);
  },
);

import { describe, expect, it, vi } from 'vitest';
import { messagesFor } from '../../../../main/desktop/messages';
import { makeQuitQuestion } from '../../../../main/desktop/quit';

function asked(names: readonly string[]) {
  const answers: ((button: number) => void)[] = [];
  const ask = vi.fn(() => new Promise<number>((resolve) => answers.push(resolve)));
  const mayQuit = makeQuitQuestion({ ask, inCallWith: () => names, messages: () => messagesFor('en', 'en') });
  return { ask, mayQuit, answer: (button: number) => answers.shift()?.(button) };
}

describe('the wish to quit', () => {
  it('is granted without a word when there is no call', async () => {
    const { ask, mayQuit } = asked([]);
    expect(await mayQuit()).toBe(true);
    expect(ask).not.toHaveBeenCalled();
  });

  it('is asked about once during a call', async () => {
    const { ask, mayQuit, answer } = asked(['Ben', 'Cleo']);
    const first = mayQuit();
    expect(await mayQuit()).toBe(false);
    expect(ask.mock.calls).toEqual([
      [expect.objectContaining({ message: 'You are in a call with Ben, Cleo.', defaultId: 1, cancelId: 1 })],
    ]);
    answer(0);
    expect(await first).toBe(true);
  });

  it('may be taken back, and is asked about anew the next time', async () => {
    const { ask, mayQuit, answer } = asked(['Ben']);
    const first = mayQuit();
    answer(1);
    expect(await first).toBe(false);
    void mayQuit();
    expect(ask).toHaveBeenCalledTimes(2);
  });
});

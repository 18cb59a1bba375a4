import { describe, expect, it, vi } from 'vitest';
import { messagesFor } from '../../../../main/desktop/messages';
import { makeQuit } from '../../../../main/desktop/quit';

function asked(names: readonly string[]) {
  const answers: ((button: number) => void)[] = [];
  const ask = vi.fn(() => new Promise<number>((resolve) => answers.push(resolve)));
  const quit = vi.fn();
  const wish = makeQuit({ ask, inCallWith: () => names, messages: () => messagesFor('en', 'en'), quit });
  return { ask, quit, wish, answer: (button: number) => answers.shift()?.(button) };
}

describe('the wish to quit', () => {
  it('is done without a word when there is no call', () => {
    const { ask, quit, wish } = asked([]);
    wish();
    expect([ask.mock.calls.length, quit.mock.calls.length]).toEqual([0, 1]);
  });

  it('is asked about once during a call', async () => {
    const { ask, quit, wish, answer } = asked(['Ben', 'Cleo']);
    wish();
    wish();
    expect(ask.mock.calls).toEqual([
      [expect.objectContaining({ message: 'You are in a call with Ben, Cleo.', defaultId: 1, cancelId: 1 })],
    ]);
    expect(quit).not.toHaveBeenCalled();
    answer(0);
    await vi.waitFor(() => expect(quit).toHaveBeenCalledOnce());
  });

  it('may be taken back, and is asked about anew the next time', async () => {
    const { ask, quit, wish, answer } = asked(['Ben']);
    wish();
    answer(1);
    await vi.waitFor(() => {
      wish();
      expect(ask).toHaveBeenCalledTimes(2);
    });
    expect(quit).not.toHaveBeenCalled();
  });
});

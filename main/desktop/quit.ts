/** A person's wish to end the program: during a call it is asked about, once. */
import type { MessageBoxOptions } from 'electron';
import type { Messages } from './messages';

export interface QuitEnv {
  /** @returns the index of the button that was pressed. */
  readonly ask: (question: MessageBoxOptions) => Promise<number>;
  /** With whom there are calls now, by name. */
  readonly inCallWith: () => readonly string[];
  readonly messages: () => Messages;
}

/**
 * @returns what asks for whoever wants the program to end (the tray, the menu, a closed window, an update), and tells
 * whether it may. The desktop's own end (a signal, a shutdown) does not come this way: it does not wait for answers.
 */
export function makeQuitQuestion(env: QuitEnv): () => Promise<boolean> {
  let asking = false;
  return async () => {
    const names = env.inCallWith();
    if (names.length === 0) return true;
    if (asking) return false;
    asking = true;
    const { quitDuringCall, quitEndsCall, quitAnyway, stay } = env.messages();
    try {
      const button = await env.ask({
        type: 'question',
        message: quitDuringCall(names.join(', ')),
        detail: quitEndsCall,
        buttons: [quitAnyway, stay],
        defaultId: 1,
        cancelId: 1,
        noLink: true,
      });
      return button === 0;
    } finally {
      asking = false;
    }
  };
}

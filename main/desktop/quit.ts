/** A person's wish to end the program: during a call it is asked about, once. */
import type { MessageBoxOptions } from 'electron';
import type { Messages } from './messages';

export interface QuitEnv {
  /** @returns the index of the button that was pressed. */
  readonly ask: (question: MessageBoxOptions) => Promise<number>;
  /** With whom there are calls now, by name. */
  readonly inCallWith: () => readonly string[];
  readonly messages: () => Messages;
  readonly quit: () => void;
}

/**
 * @returns what the tray, the menu and a closed window call. The desktop's own end (a signal, a shutdown) does not come
 * this way: it does not wait for answers.
 */
export function makeQuit(env: QuitEnv): () => void {
  let asking = false;
  return () => {
    const names = env.inCallWith();
    if (names.length === 0) {
      env.quit();
      return;
    }
    if (asking) return;
    asking = true;
    const { quitDuringCall, quitEndsCall, quitAnyway, stay } = env.messages();
    const answered = env.ask({
      type: 'question',
      message: quitDuringCall(names.join(', ')),
      detail: quitEndsCall,
      buttons: [quitAnyway, stay],
      defaultId: 1,
      cancelId: 1,
      noLink: true,
    });
    void answered
      .then((button) => {
        if (button === 0) env.quit();
      })
      .finally(() => {
        asking = false;
      });
  };
}

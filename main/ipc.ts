/**
 * The only place where main listens to the page and speaks to it. A handler is reached by our own page with parsed
 * data, or not at all; what is told has the type that the contract names.
 */
import { ipcMain, type IpcMainInvokeEvent, type WebContents } from 'electron';
import {
  commands,
  type CommandArgument,
  type CommandName,
  type CommandResults,
  type Events,
} from '../preload/contract';

type Handler<N extends CommandName> = (argument: CommandArgument<N>) => CommandResults[N] | Promise<CommandResults[N]>;
export type Handlers = { readonly [N in CommandName]: Handler<N> };

/** What is known of a sender: Electron's event, or what a test makes of it. */
export type Sender = Pick<IpcMainInvokeEvent, 'senderFrame' | 'sender'>;

/** Registers one handler per command; the compiler asks for each. Throws if called twice. */
export function serve(handlers: Handlers, mayAsk: (sender: Sender, name: CommandName) => boolean): void {
  for (const name of Object.keys(commands) as CommandName[]) register(name, handlers[name], mayAsk);
}

function register<N extends CommandName>(
  name: N,
  handler: Handler<N>,
  mayAsk: (sender: Sender, name: CommandName) => boolean,
): void {
  ipcMain.handle(name, (event, argument: unknown) => {
    // A subframe or a page that navigated away must not command us (Electron security guide, 17).
    if (!mayAsk(event, name)) throw new Error(`${name}: refused sender`);
    const parsed = commands[name].safeParse(argument);
    if (!parsed.success) throw new Error(`${name}: malformed argument`);
    return handler(parsed.data as CommandArgument<N>);
  });
}

export interface Senders {
  readonly origin: string;
  /** Pages are told apart by what Electron says of them: an address can be rewritten by a page itself. */
  readonly main: () => WebContents;
  readonly callWindow: () => WebContents | null;
}

/**
 * The top frame of a page of ours, and each page for its own commands; a frame that is gone or was navigated away has no
 * say.
 */
export function makeGatekeeper({ origin, main, callWindow }: Senders): (sender: Sender, name: CommandName) => boolean {
  return ({ senderFrame, sender }, name) => {
    if (senderFrame?.parent !== null || !senderFrame.url.startsWith(`${origin}/`)) return false;
    return sender === (name.startsWith('callWindow:') ? callWindow() : main());
  };
}

/** Tells the page of the main window. */
export type TellPage = <N extends keyof Events>(name: N, payload: Events[N]) => void;

/** Tells a page. One that is gone misses nothing: the next one starts from a snapshot (EN-05). */
export function tell<N extends keyof Events>(contents: WebContents, name: N, payload: Events[N]): void {
  if (contents.isDestroyed()) return;
  contents.send(name, payload);
}

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
export type Sender = Pick<IpcMainInvokeEvent, 'senderFrame'>;

/** Registers one handler per command; the compiler asks for each. Throws if called twice. */
export function serve(handlers: Handlers, isOurs: (sender: Sender) => boolean): void {
  for (const name of Object.keys(commands) as CommandName[]) register(name, handlers[name], isOurs);
}

function register<N extends CommandName>(name: N, handler: Handler<N>, isOurs: (sender: Sender) => boolean): void {
  ipcMain.handle(name, (event, argument: unknown) => {
    // A subframe or a page that navigated away must not command us (Electron security guide, 17).
    if (!isOurs(event)) throw new Error(`${name}: refused sender`);
    const parsed = commands[name].safeParse(argument);
    if (!parsed.success) throw new Error(`${name}: malformed argument`);
    return handler(parsed.data as CommandArgument<N>);
  });
}

/** The top frame of a page of ours; a frame that is gone or was navigated away has no say. */
export function isTopFrameOf(origin: string): (sender: Sender) => boolean {
  return ({ senderFrame }) => senderFrame?.parent === null && senderFrame.url.startsWith(`${origin}/`);
}

/** Tells the page. A page that is gone misses nothing: the next one starts from a snapshot (EN-05). */
export function tell<N extends keyof Events>(contents: WebContents, name: N, payload: Events[N]): void {
  if (contents.isDestroyed()) return;
  contents.send(name, payload);
}

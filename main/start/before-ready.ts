/**
 * From the command line to Electron's `ready`: does this start become the program of its profile, or does it only tell the
 * one that runs?
 */
import { app, dialog } from 'electron';
import { registerAppScheme } from '../desktop/app-protocol';
import { type CommandLine, parseCommandLine, type Verb } from '../desktop/command-line';
import { askPortalForKeys } from '../desktop/keys-portal';
import { catchLinks, type Links, makeLinks } from '../desktop/links';
import { messagesFor } from '../desktop/messages';
import { beTheOnlyOne, enterProfile } from '../desktop/profile';
import { exitCodes, failureWords, passOn } from '../desktop/remote-control';

/** What the desktop may ask of the program once it is there. */
export interface Running {
  readonly show: () => void;
  /** A link can be taken. */
  readonly linkWaits: () => void;
}

export type Start = (commandLine: CommandLine, links: Links) => Running;

/**
 * Must be awaited by the module that Electron loads: `ready` waits for that to end (electron#40719). So nothing here waits
 * for `ready`, and a verb is waited for, lest a second Chromium opens the profile in which the first one runs.
 */
export async function begin(argv: readonly string[], start: Start): Promise<void> {
  const parsed = parseCommandLine(argv);
  if (!parsed.ok) refuse(parsed.message);
  else if (parsed.commandLine.verb === null) prepare(parsed.commandLine, start);
  else await tellRunning(parsed.commandLine, parsed.commandLine.verb);
}

function refuse(message: string): void {
  process.stderr.write(`carillon: ${message}\n`);
  app.exit(exitCodes.malformed);
}

function prepare(commandLine: CommandLine, start: Start): void {
  app.enableSandbox();
  askPortalForKeys(app, process.platform, process.env);
  app.setAppUserModelId('org.example.Carillon');
  registerAppScheme();
  enterProfile(app, commandLine);

  // Until the window is there, nothing needs to be shown and nobody can be told.
  let running: Running = { show: () => undefined, linkWaits: () => undefined };
  const show = (): void => {
    running.show();
  };
  const links = makeLinks({
    showWindow: show,
    tellPage: () => {
      running.linkWaits();
    },
  });
  if (!beTheOnlyOne(app, show, links.open)) {
    app.quit();
    return;
  }
  catchLinks(app, links.open);
  if (commandLine.link !== null) links.open(commandLine.link);
  void app
    .whenReady()
    .then(() => {
      running = start(commandLine, links);
    })
    .catch(giveUp);
}

/** Tells the program that runs in this profile, and ends with what became of it. */
async function tellRunning(commandLine: CommandLine, verb: Verb): Promise<void> {
  enterProfile(app, commandLine);
  const outcome = await passOn(app.getPath('userData'), verb);
  if (outcome === 'notRunning') {
    process.stderr.write('carillon: not running\n');
    app.exit(exitCodes.notRunning);
    return;
  }
  if (!outcome.ok) process.stderr.write(`carillon: ${failureWords[outcome.reason]}\n`);
  app.exit(outcome.ok ? exitCodes.done : exitCodes.failed);
}

/** A folder that cannot be written, a file that somebody else holds: without them there is no program. */
function giveUp(cause: unknown): void {
  dialog.showErrorBox(messagesFor('system', app.getLocale()).cannotStart, String(cause));
  app.exit(1);
}

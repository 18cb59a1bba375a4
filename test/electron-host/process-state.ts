/** What belongs to the one app in this process and is read in several rooms. */

export interface ProcessState {
  readonly switches: Map<string, string>;
  /** Path of the executable, as the app sees it. */
  readonly executable: string;
  /** Folder of the app. */
  appPath: string;
  ready: boolean;
  quitting: boolean;
}

export const state: ProcessState = {
  switches: new Map(),
  executable: process.env.ELECTRON_HOST_EXECUTABLE ?? process.argv[1] ?? 'electron',
  appPath: process.cwd(),
  ready: false,
  quitting: false,
};

/** Most of Electron works only after `ready`; the same mistakes must fail here. */
export function assertReady(message: string): void {
  if (!state.ready) throw new Error(message);
}

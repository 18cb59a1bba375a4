/** `dialog`: every question is answered as if the person had pressed Escape. */
import { complete } from '../surface.ts';

/** The window is the optional first argument. */
function optionsOf<T extends object>(args: readonly [Electron.BaseWindow, T] | readonly [Electron.BaseWindow | T]): T {
  return args.at(-1) as T;
}

const cancel = ({ cancelId, defaultId }: Electron.MessageBoxOptions): number => cancelId ?? defaultId ?? 0;

export const dialog = complete(
  {
    showMessageBox: (
      ...args: [Electron.BaseWindow, Electron.MessageBoxOptions] | [Electron.BaseWindow | Electron.MessageBoxOptions]
    ) => Promise.resolve({ response: cancel(optionsOf<Electron.MessageBoxOptions>(args)), checkboxChecked: false }),
    showMessageBoxSync: (
      ...args:
        [Electron.BaseWindow, Electron.MessageBoxSyncOptions] | [Electron.BaseWindow | Electron.MessageBoxSyncOptions]
    ) => cancel(optionsOf<Electron.MessageBoxSyncOptions>(args)),
    showOpenDialog: () => Promise.resolve({ canceled: true, filePaths: [] }),
    showSaveDialog: () => Promise.resolve({ canceled: true, filePath: '' }),
    showErrorBox: (title: string, content: string) => {
      console.error(`electron-host: error box: ${title}\n${content}`);
    },
  } satisfies Partial<Electron.Dialog>,
  'Dialog',
  'dialog',
);

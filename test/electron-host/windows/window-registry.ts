/** The windows that are open, and which has the focus; known to `app` without knowing what a window is. */

export interface OpenWindow {
  close(): void;
  /** After `close()`: nobody held it back. */
  readonly isClosing: boolean;
}

export const windows = new Set<OpenWindow>();

let onLastClosed: () => void = () => undefined;

export function whenLastWindowCloses(listener: () => void): void {
  onLastClosed = listener;
}

export function windowClosed(window: OpenWindow): void {
  windows.delete(window);
  if (windows.size === 0) onLastClosed();
}

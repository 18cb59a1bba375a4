/** Windows has no number on a program's icon: there a small picture lies over the button in the taskbar. */
import path from 'node:path';
import { nativeImage, type NativeImage } from 'electron';
import type { BadgeNumbers } from './badge';
import type { Messages } from './messages';

export interface OverlayEnv {
  /** Folder with `tray/overlay/NAME.png`. */
  readonly assets: string;
  readonly messages: () => Pick<Messages, 'missedCalls' | 'incomingFromSomebody'>;
  /** `BrowserWindow.setOverlayIcon`; the words are for screen readers. */
  readonly set: (picture: NativeImage | null, words: string) => void;
}

/** The highest number that has a picture. */
const highest = 9;

export function makeOverlay({ assets, messages, set }: OverlayEnv): (numbers: BadgeNumbers) => void {
  const picture = (name: string): NativeImage =>
    nativeImage.createFromPath(path.join(assets, 'tray', 'overlay', `${name}.png`));
  return ({ ringing, missed }) => {
    if (ringing > 0) set(picture('ringing'), messages().incomingFromSomebody);
    else if (missed > 0) set(picture(missed > highest ? 'more' : String(missed)), messages().missedCalls(missed));
    else set(null, '');
  };
}

/**
 * Rings: on the ringer at first, softly if the person wants that, and after a while on the speaker too, for whoever has
 * taken the headset off.
 */
import type { Ringing } from '../../preload/contract/ringing-settings';
import type { Ringtone } from '../../preload/contract/ringtones';
import type { OutputRole, Outputs } from './outputs';
import { bufferOf, play, type Playing } from './playing';
import { renderRingtone } from './ringtones';

export interface RingerEnv {
  readonly outputs: Pick<Outputs, 'contextFor'>;
  readonly settings: () => Ringing;
  /** The person's own sound, decoded; null where there is none, or none that can be played. */
  readonly ownSound: () => Promise<AudioBuffer | null>;
  /** The speaker is another device than the ringer now. */
  readonly speakerIsOther: () => boolean;
  /** @returns what cancels it. */
  readonly after: (ms: number, task: () => void) => () => void;
}

export interface Ringer {
  readonly ring: () => void;
  /** A few seconds of a ringtone, as loud as it will be in the end. @param done called when it has been heard, or stopped. */
  readonly preview: (tone: Ringing['tone'], done: () => void) => void;
  readonly stop: () => void;
}

/** s until a ringing that rises is as loud as it gets, and how loud it begins. */
const rise = 12;
const beginning = 0.12;
/** ms after which the speaker rings too. */
const otherDeviceAfter = 8000;
/** ms of a preview: a period of every ringtone. */
const previewed = 4400;

export function makeRinger({ outputs, settings, ownSound, speakerIsOther, after }: RingerEnv): Ringer {
  /** Another one with every ring: what comes late for an earlier one is not played. */
  let turn = 0;
  let sounding: Playing[] = [];
  let cancel = (): void => undefined;
  /** The last one of each device: made by arithmetic, it takes a megabyte each time, and a call that rings has to wait. */
  const made = new WeakMap<BaseAudioContext, { readonly tone: Ringtone; readonly buffer: AudioBuffer }>();

  function stop(): void {
    turn++;
    cancel();
    cancel = () => undefined;
    for (const sound of sounding) sound.stop();
    sounding = [];
  }

  async function bufferFor(tone: Ringing['tone'], context: AudioContext): Promise<AudioBuffer> {
    if (tone === 'own') return (await ownSound()) ?? synthesised('carillon', context);
    return synthesised(tone, context);
  }

  function synthesised(tone: Ringtone, context: AudioContext): AudioBuffer {
    const last = made.get(context);
    if (last?.tone === tone) return last.buffer;
    const buffer = bufferOf(context, renderRingtone(tone, context.sampleRate));
    made.set(context, { tone, buffer });
    return buffer;
  }

  /** @param elapsed s for which it has been ringing. */
  async function soundOn(role: OutputRole, tone: Ringing['tone'], rises: boolean, elapsed: number): Promise<void> {
    const own = turn;
    const context = outputs.contextFor(role);
    const buffer = await bufferFor(tone, context);
    if (own !== turn) return;
    const sound = play(context, buffer, { loop: true });
    sounding.push(sound);
    // Ears count by ratios: half the slider is a quarter of the amplitude.
    const loudest = settings().volume ** 2;
    const share = rises ? Math.min(1, beginning + ((1 - beginning) * elapsed) / rise) : 1;
    sound.gain.setValueAtTime(loudest * share, context.currentTime);
    if (share < 1) sound.gain.linearRampToValueAtTime(loudest, context.currentTime + rise - elapsed);
  }

  return {
    ring: () => {
      stop();
      const { tone, rises, alsoSpeaker } = settings();
      void soundOn('ringer', tone, rises, 0);
      if (!alsoSpeaker) return;
      cancel = after(otherDeviceAfter, () => {
        if (speakerIsOther()) void soundOn('speaker', tone, rises, otherDeviceAfter / 1000);
      });
    },
    preview: (tone, done) => {
      stop();
      void soundOn('ringer', tone, false, 0);
      const end = after(previewed, () => {
        stop();
      });
      cancel = () => {
        end();
        done();
      };
    },
    stop,
  };
}

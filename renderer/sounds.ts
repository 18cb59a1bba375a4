/** Lets the calls on the screen be heard: the tone that lasts, once the tone with which a call ends, and pressed keys. */
import { watch } from 'vue';
import { callKeyOf } from '../preload/contract/call-key';
import { bridge } from './bridge';
import { endingTone, lastingTone } from './media/call-sounds';
import type { Tone } from './media/tones';
import { useCalls } from './stores/calls';
import { useDialling } from './stores/dialling';

export interface TonePlayer {
  /** Plays `tone` until another; null is silence. */
  readonly play: (tone: Tone | 'ringtone' | null) => void;
  /** Plays the tone of a pressed key beside it. @param digit 0 to 9, * or #. */
  readonly press: (digit: string) => void;
  /** Plays a short tone beside it. */
  readonly sign: (tone: Tone) => void;
}

/** @returns a function that ends it, with silence. */
export function playCallSounds(player: TonePlayer): () => void {
  const calls = useCalls();
  const living = new Set<string>();
  const stop = watch(
    () => [calls.visible, calls.silenced] as const,
    ([visible, silenced]) => {
      const tone = lastingTone(visible, (call) => silenced.has(callKeyOf(call)));
      const ended = visible.filter((call) => call.state.name === 'ended' && living.delete(callKeyOf(call)));
      for (const call of visible) if (call.state.name !== 'ended') living.add(callKeyOf(call));
      const last = ended.map(endingTone).find((ending) => ending !== null);
      // An ending tone rings out by itself: silence is asked for only when something that lasts has stopped.
      if (tone !== null) player.play(tone);
      else if (last !== undefined) player.play(last);
      else if (ended.length > 0 || living.size > 0) player.play(null);
    },
    { immediate: true },
  );
  const stopKeys = calls.$onAction(({ name, args, after }) => {
    if (name === 'sendDigit')
      after((sent) => {
        if (sent) player.press(args[1]);
      });
  });
  const stopPad = useDialling().$onAction(({ name, args }) => {
    if (name === 'press' && args[0] !== '+') player.press(args[0]);
  });
  const stopActions = bridge().on('call:action', ({ action }) => {
    if (action === 'autoAnswer') player.sign('answered');
  });
  return () => {
    stop();
    stopKeys();
    stopPad();
    stopActions();
    player.play(null);
  };
}

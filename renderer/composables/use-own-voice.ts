/** Records a few seconds of the microphone that is open, and plays them on the speaker of calls. */
import { onBeforeUnmount, readonly, ref, watch } from 'vue';
import { playOn } from '../media/outputs';
import { record, type Recording } from '../media/recording';
import { useDevices } from '../stores/devices';

/** ms */
const length = 5000;

export function useOwnVoice() {
  const devices = useDevices();
  const state = ref<'idle' | 'recording' | 'playing' | 'failed'>('idle');
  let recording: Recording | null = null;
  let player: HTMLAudioElement | null = null;
  let turn = 0;

  /** Resolves when the recording is made or given up; its sound follows by itself. */
  async function start(stream: MediaStream): Promise<void> {
    stop();
    const mine = ++turn;
    state.value = 'recording';
    try {
      recording = record(stream, length);
    } catch {
      state.value = 'failed';
      return;
    }
    const made = await recording.done;
    if (mine !== turn) return;
    if (made === null) state.value = 'failed';
    else void play(made, mine);
  }

  async function play(made: Blob, mine: number): Promise<void> {
    const url = URL.createObjectURL(made);
    const element = new Audio(url);
    player = element;
    state.value = 'playing';
    const over = (outcome: 'idle' | 'failed'): void => {
      URL.revokeObjectURL(url);
      if (mine === turn) state.value = outcome;
    };
    element.onended = () => over('idle');
    await playOn(element, devices.candidates('speaker'));
    if (mine === turn) await element.play().catch(() => over('failed'));
    else over('idle');
  }

  /** Ends whatever goes on; what was recorded is forgotten. */
  function stop(): void {
    turn += 1;
    recording?.stop();
    recording = null;
    player?.pause();
    player = null;
    state.value = 'idle';
  }

  watch(
    () => devices.candidates('speaker'),
    (candidates) => {
      if (player !== null) void playOn(player, candidates);
    },
  );
  onBeforeUnmount(stop);
  return { state: readonly(state), start, stop, finish: () => recording?.stop() };
}

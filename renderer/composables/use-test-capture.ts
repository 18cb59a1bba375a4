/**
 * A microphone or camera that is open for a test of it, at the person's word: until they stop it, leave the page or hide
 * the window. It follows the choice of device and of processing as a call does.
 */
import { onBeforeUnmount, readonly, ref, shallowRef } from 'vue';
import type { CaptureProblem } from '../call/call-view';
import type { CaptureDevice } from '../call/environment';
import { useDevices } from '../stores/devices';

export function useTestCapture(role: CaptureDevice) {
  const devices = useDevices();
  const stream = shallowRef<MediaStream | null>(null);
  const running = ref(false);
  const problem = ref<CaptureProblem | null>(null);
  let track: MediaStreamTrack | null = null;
  let unwatch: () => void = () => undefined;
  let turn = 0;

  function close(): void {
    turn += 1;
    track?.stop();
    track = null;
    stream.value = null;
  }

  async function open(): Promise<void> {
    close();
    const mine = turn;
    const capture = devices.access?.capture;
    if (capture === undefined) return;
    const { tracks, problems } = await capture.open([role]);
    const opened = tracks[role];
    if (mine !== turn) return opened?.stop();
    if (opened === undefined) {
      stop();
      problem.value = problems[0]?.problem ?? 'failed';
      return;
    }
    track = opened;
    opened.addEventListener('ended', () => {
      if (track === opened) void open();
    });
    const fresh = capture.newStream();
    fresh.addTrack(opened);
    stream.value = fresh;
  }

  async function start(): Promise<void> {
    unwatch();
    problem.value = null;
    running.value = true;
    const capture = devices.access?.capture;
    unwatch =
      capture?.watch(() => {
        if (track !== null && capture.isOutdated(role, track)) void open();
      }) ?? unwatch;
    await open();
  }

  function stop(): void {
    close();
    unwatch();
    running.value = false;
  }

  function stopUnseen(): void {
    if (document.visibilityState === 'hidden') stop();
  }
  document.addEventListener('visibilitychange', stopUnseen);
  onBeforeUnmount(() => {
    document.removeEventListener('visibilitychange', stopUnseen);
    stop();
  });

  return { stream, running: readonly(running), problem: readonly(problem), start, stop };
}

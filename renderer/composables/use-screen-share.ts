/** From the press on "Share screen" to the shared screen: what can be shared is asked, chosen, captured and handed over. */
import { readonly, ref, shallowRef } from 'vue';
import type { ScreenChoice, ScreenSource, ScreenSources } from '../../preload/contract/screens';
import { bridge } from '../bridge';
import type { CallView } from '../call/call-view';
import { captureScreen } from '../media/screen-capture';
import { useCalls } from '../stores/calls';
import { useShares } from '../stores/shares';

export type ScreenProblem = 'denied' | 'none' | 'gone' | 'failed';
type OwnSources = Extract<ScreenSources, { kind: 'ours' }>;

/** @param call the call to share with, as it is now. */
export function useScreenShare(call: () => CallView) {
  const calls = useCalls();
  const shares = useShares();
  /** What the person is asked to choose from, or null. */
  const offer = shallowRef<OwnSources | null>(null);
  const problem = ref<ScreenProblem | null>(null);
  let asking = false;

  /** Asks what to share; where the desktop asks by itself, that is all there is to do. */
  async function start(): Promise<void> {
    if (asking) return;
    asking = true;
    problem.value = null;
    try {
      await ask();
    } catch {
      problem.value = 'failed';
    } finally {
      asking = false;
    }
  }

  async function ask(): Promise<void> {
    const sources = await bridge().invoke('screen:sources', undefined);
    if (sources.kind === 'denied') problem.value = 'denied';
    else if (sources.kind === 'system') await capture({ id: null, systemAudio: false }, null);
    else if (sources.sources.length === 0) problem.value = 'none';
    else offer.value = sources;
  }

  async function choose(choice: ScreenChoice): Promise<void> {
    const source = offer.value?.sources.find(({ id }) => id === choice.id) ?? null;
    offer.value = null;
    await capture(choice, source).catch(() => {
      problem.value = 'failed';
    });
  }

  async function capture(choice: ScreenChoice, source: ScreenSource | null): Promise<void> {
    await bridge().invoke('screen:choose', choice);
    const captured = await captureScreen(navigator.mediaDevices, choice.systemAudio);
    if (captured.ok) {
      shares.remember(call(), source);
      // A call that has ended meanwhile stops what it is handed.
      calls.shareScreen(call(), captured.stream);
      return;
    }
    // Who says no to the desktop's question knows it; a choice of ours that is refused needs a word.
    if (captured.problem !== 'cancelled') problem.value = captured.problem;
    else if (choice.id !== null) problem.value = 'denied';
  }

  return {
    offer: readonly(offer),
    problem: readonly(problem),
    start,
    choose,
    cancel: () => {
      offer.value = null;
    },
    stop: () => {
      problem.value = null;
      calls.stopSharing(call());
    },
  };
}

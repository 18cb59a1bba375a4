/** What is so in a call beside its state: who is muted or shows something, and which digits went which way. */
import { Grid3x3, MicOff, ScreenShare, VideoOff } from '@lucide/vue';
import { type Component, computed, type ComputedRef } from 'vue';
import type { CallView } from '../call/call-view';
import { useWords } from '../i18n';
import { useCalls } from '../stores/calls';

export interface CallFact {
  readonly about: string;
  readonly icon: Component;
  readonly words: string;
  /** Not announced: the person did it just now. */
  readonly own?: boolean;
}

export interface ShownCall {
  readonly call: CallView;
  readonly name: string;
  /** On near-black, as for pictures. */
  readonly night: boolean;
  /** The keypad is open, and shows what was dialled. */
  readonly dialling: boolean;
}

/** Digits that are shown of those that were sent or received. */
const mostShown = 16;

/** @param shown the call as it is now. @returns nothing once it has ended. */
export function useCallFacts(shown: () => ShownCall): ComputedRef<readonly CallFact[]> {
  const { t } = useWords();
  const calls = useCalls();

  function* muteFacts({ call, name, night }: ShownCall): Iterable<CallFact> {
    if (call.heldByUs || call.heldByPeer) return;
    const sharing = call.remoteScreen !== null;
    if (sharing) yield { about: 'screen', icon: ScreenShare, words: t('screen.theirs', { name }) };
    if (call.peerMuted) yield { about: 'muted', icon: MicOff, words: t('call.muted', { name }) };
    if (night && call.state.name === 'connected' && !call.peerCameraOn && !sharing) {
      yield { about: 'camera', icon: VideoOff, words: t('call.cameraOff', { name }) };
    }
  }

  function* digitFacts({ call, name, dialling }: ShownCall): Iterable<CallFact> {
    const [sent, received] = [apart(calls.digitsSentIn(call)), apart(call.receivedDigits)];
    const icon = Grid3x3;
    if (sent !== '' && !dialling)
      yield { about: 'sent', icon, words: t('keypad.youPressed', { digits: sent }), own: true };
    if (received !== '') yield { about: 'received', icon, words: t('keypad.theyPressed', { name, digits: received }) };
  }

  return computed(() => {
    const now = shown();
    return now.call.state.name === 'ended' ? [] : [...muteFacts(now), ...digitFacts(now)];
  });
}

/** The last digits, as they are spoken: one by one. */
function apart(digits: string): string {
  const last = digits.slice(-mostShown).split('').join(' ');
  return digits.length > mostShown ? `… ${last}` : last;
}

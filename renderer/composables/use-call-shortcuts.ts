/** What the keys of the window do with calls. Sharing is done where the picker is: in the call's own panel. */
import { nextTick } from 'vue';
import type { CallView } from '../call/call-view';
import { useWords } from '../i18n';
import { useCalls } from '../stores/calls';
import { useNavigation } from '../stores/navigation';
import { announce } from './announcer';
import { onShortcut } from './shortcuts';

/** The call that the person is in: the one on the screen, else one that is not held. */
export function callInFront(calls: Pick<ReturnType<typeof useCalls>, 'running' | 'opened'>): CallView | null {
  const shown = calls.running.find((call) => call === calls.opened);
  return shown ?? calls.running.find((call) => !call.heldByUs) ?? calls.running[0] ?? null;
}

/** To be called once, by the root component. */
export function useCallShortcuts(): void {
  const { t } = useWords();
  const calls = useCalls();
  const navigation = useNavigation();

  const withCall = (action: (call: CallView) => void) => (): void => {
    const call = callInFront(calls);
    if (call !== null) action(call);
  };

  onShortcut(
    'microphone',
    withCall((call) => {
      calls.setMuted(call, !call.microphoneMuted);
      announce(t(call.microphoneMuted ? 'keys.unmuted' : 'keys.muted'), 'polite');
    }),
  );
  onShortcut(
    'camera',
    withCall((call) => {
      if (!call.canUseCamera) return;
      calls.setCameraOn(call, !call.cameraOn);
      announce(t(call.cameraOn ? 'keys.cameraOff' : 'keys.cameraOn'), 'polite');
    }),
  );
  onShortcut('answer', () => {
    const [ringing] = calls.ringing;
    if (ringing !== undefined) calls.answer(ringing, 'voice');
  });
  onShortcut('decline', () => {
    const [ringing] = calls.ringing;
    if (ringing !== undefined) calls.decline(ringing);
  });
  onShortcut(
    'hangUp',
    withCall((call) => calls.hangUp(call)),
  );
  onShortcut(
    'hold',
    withCall((call) => calls.toggleHold(call)),
  );
  onShortcut('dial', () => {
    if (navigation.place.name === 'signIn') return;
    navigation.setWide(false);
    navigation.go({ name: 'keypad' });
    // A running call goes on in its bar.
    calls.leave();
    void nextTick(() => document.querySelector<HTMLElement>('[data-dial]')?.focus());
  });
}

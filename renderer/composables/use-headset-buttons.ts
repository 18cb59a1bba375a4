/**
 * What the buttons of a headset do with calls: the hook answers what rings and hangs up what runs; with both, it does the
 * one after the other, as headsets with a single button have it. Flash keeps the first call.
 */
import type { CallView } from '../call/call-view';
import type { HeadsetCommand } from '../headset/buttons';
import { useWords } from '../i18n';
import { useCalls } from '../stores/calls';
import { talkedIn, useHeadset } from '../stores/headset';
import { announce } from './announcer';

/** To be called once, by the root component. */
export function useHeadsetButtons(): void {
  const { t } = useWords();
  const calls = useCalls();

  function hook(): void {
    const [ringing] = calls.ringing;
    const call = talkedIn(calls);
    if (ringing !== undefined) calls.endAndAnswer(ringing, 'voice');
    else if (call !== null) calls.hangUp(call);
  }

  function answer(): void {
    const [ringing] = calls.ringing;
    if (ringing !== undefined) calls.answer(ringing, 'voice');
  }

  function mute(call: CallView, muted: boolean): void {
    if (call.microphoneMuted === muted) return;
    calls.setMuted(call, muted);
    announce(t(muted ? 'keys.muted' : 'keys.unmuted'), 'polite');
  }

  /** Answers and keeps the first call; goes over to the one that waits; else holds, or goes on. */
  function flash(call: CallView): void {
    if (calls.ringing.length > 0) return answer();
    const waiting = calls.running.find((other) => other !== call && other.heldByUs);
    if (waiting === undefined) calls.toggleHold(call);
    else calls.resume(waiting);
  }

  function drop(): void {
    const [ringing] = calls.ringing;
    const call = talkedIn(calls);
    if (ringing !== undefined) calls.decline(ringing);
    else if (call !== null) calls.hangUp(call);
  }

  const withCall = (action: (call: CallView) => void) => (): void => {
    const call = talkedIn(calls);
    if (call !== null) action(call);
  };

  const actions: Readonly<Record<HeadsetCommand, () => void>> = {
    offHook: answer,
    onHook: hook,
    hook,
    mute: withCall((call) => mute(call, true)),
    unmute: withCall((call) => mute(call, false)),
    toggleMute: withCall((call) => mute(call, !call.microphoneMuted)),
    flash: () => (talkedIn(calls) === null ? answer() : withCall(flash)()),
    hold: withCall(calls.toggleHold),
    drop,
  };
  useHeadset().onCommand((command) => actions[command]());
}

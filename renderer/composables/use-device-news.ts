/**
 * Tells a person in a call that another device has taken the place of theirs, or that nobody hears them any more. What is
 * shown goes again after a while; what is announced depends on how much it matters.
 */
import { computed, watch } from 'vue';
import { callKeyOf } from '../../preload/contract/call-key';
import { useWords } from '../i18n';
import { useCalls } from '../stores/calls';
import { useDevices } from '../stores/devices';
import { usePeople } from '../stores/people';
import { announce } from './announcer';

/** ms that the news stays on the screen. */
const shownFor = 10_000;

/** Used once, where it lives as long as the window. */
export function useDeviceNews(): void {
  const devices = useDevices();
  const calls = useCalls();
  const people = usePeople();
  const { t } = useWords();

  watch(
    () => devices.news,
    (news, _before, onCleanup) => {
      if (news === null) return;
      const name = news.label || t('devices.nameless');
      announce(t(`devices.now.${news.role}`, { name }), news.role === 'microphone' ? 'assertive' : 'polite');
      const timer = setTimeout(devices.forgetNews, shownFor);
      onCleanup(() => clearTimeout(timer));
    },
  );

  /** The call that has the pane shows an alert of its own. */
  const deafCalls = computed(() => {
    const open = calls.opened === null ? null : callKeyOf(calls.opened);
    return calls.running
      .filter(({ notice }) => notice?.about === 'microphone')
      .filter((call) => callKeyOf(call) !== open);
  });
  watch(
    () => deafCalls.value.map(callKeyOf),
    (now, before) => {
      const lost = deafCalls.value.find((call) => now.includes(callKeyOf(call)) && !before.includes(callKeyOf(call)));
      if (lost !== undefined) announce(t('notice.lost', { name: people.nameOf(lost.account, lost.peer) }), 'assertive');
    },
  );
}

/**
 * What a screen reader is told of calls beyond their status: a status says its changes, but not its first word, and a call
 * that breaks off while another view is open has no alert of its own there.
 */
import { watch } from 'vue';
import { callKeyOf } from '../../preload/contract/call-key';
import { useWords } from '../i18n';
import { useCalls } from '../stores/calls';
import { usePeople } from '../stores/people';
import { announce } from './announcer';
import { endOf } from './call-words';

/** Used once, where it lives as long as the window. */
export function useCallNews(): void {
  const calls = useCalls();
  const people = usePeople();
  const { t } = useWords();
  const called = (): string[] => calls.running.filter((call) => call.direction === 'outgoing').map(callKeyOf);
  const failed = (): string[] => calls.visible.filter((call) => endOf(call)?.failed === true).map(callKeyOf);

  watch(called, (now, before) => {
    for (const call of calls.running) {
      const key = callKeyOf(call);
      if (!now.includes(key) || before.includes(key)) continue;
      announce(t('call.calling', { name: people.nameOf(call.account, call.peer) }), 'polite');
    }
  });
  watch(failed, (now, before) => {
    for (const call of calls.visible) {
      const key = callKeyOf(call);
      const end = endOf(call);
      const hasAlert = calls.opened !== null && callKeyOf(calls.opened) === key;
      if (end === null || hasAlert || !now.includes(key) || before.includes(key)) continue;
      announce(t(end.cause, { name: people.nameOf(call.account, call.peer) }), 'assertive');
    }
  });
}

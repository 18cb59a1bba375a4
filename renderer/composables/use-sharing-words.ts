/** What the far end sees of the own desktop, in words. */
import { computed, type ComputedRef } from 'vue';
import type { CallView } from '../call/call-view';
import { useWords } from '../i18n';
import { useShares } from '../stores/shares';

/** @param name of the far end. */
export function useSharingWords(call: () => CallView, name: () => string): ComputedRef<string> {
  const shares = useShares();
  const { t } = useWords();
  return computed(() => {
    const view = call();
    const shared = shares.of(view);
    const what = shared?.name.trim() ?? '';
    const words =
      shared === null || what === ''
        ? t('screen.sharing.unknown', { name: name() })
        : t(`screen.sharing.${shared.kind}`, { name: name(), what });
    const hasSound = (view.localScreen?.getAudioTracks().length ?? 0) > 0;
    return hasSound ? t('screen.sharing.withSound', { words }) : words;
  });
}

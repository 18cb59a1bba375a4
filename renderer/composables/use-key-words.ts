/** What keys are called in the language of the screen. */
import { computed, type ComputedRef } from 'vue';
import { useWords } from '../i18n';
import type { KeyWords } from './accelerator';

export function useKeyWords(): ComputedRef<KeyWords> {
  const { t } = useWords();
  return computed(() => ({
    control: t('keys.caps.control'),
    shift: t('keys.caps.shift'),
    super: t('keys.caps.super'),
    space: t('keys.caps.space'),
  }));
}

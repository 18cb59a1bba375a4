/** Keeps the document true to the settings: theme, language and title. */
import { usePreferredDark } from '@vueuse/core';
import { computed, watchEffect } from 'vue';
import { i18n, useWords } from '../i18n';
import { useCalls } from '../stores/calls';
import { useAccounts } from '../stores/accounts';
import { useNavigation } from '../stores/navigation';
import { usePeople } from '../stores/people';
import { useSettings } from '../stores/settings';

/** To be called once, by the root component. */
export function useAppearance(): void {
  const settings = useSettings();
  const prefersDark = usePreferredDark();
  const title = useTitleWords();

  watchEffect(() => {
    const { theme } = settings.settings;
    const dark = theme === 'dark' || (theme === 'system' && prefersDark.value);
    document.documentElement.dataset.theme = dark ? 'dark' : 'light';
  });
  watchEffect(() => {
    i18n.global.locale.value = settings.language;
    document.documentElement.lang = settings.language;
  });
  watchEffect(() => {
    document.title = title.value;
  });
}

/** The most urgent thing first: who rings, with whom one speaks, then the page. */
function useTitleWords() {
  const { t } = useWords();
  const [calls, people, navigation, accounts] = [useCalls(), usePeople(), useNavigation(), useAccounts()];
  return computed(() => {
    const [ringing] = calls.ringing;
    const [running] = calls.running;
    if (ringing !== undefined) {
      return page(t(`ringing.${ringing.kind}`, { name: people.nameOf(ringing.account, ringing.peer) }));
    }
    if (running !== undefined) return page(t('call.region', { name: people.nameOf(running.account, running.peer) }));
    if (accounts.list.length === 0 || navigation.place.name === 'signIn') return page(t('signIn.page'));
    return page(t(`nav.${navigation.place.name}`));
  });

  function page(words: string): string {
    return t('app.title', { page: words });
  }
}

/** Whom the dial field means, who else could be meant, and what happens when one calls. */
import { computed, shallowRef, watch } from 'vue';
import type { NumberFailure } from '../../preload/contract/numbers';
import type { Person } from '../../preload/contract/people';
import { useWords } from '../i18n';
import { useAccounts } from '../stores/accounts';
import { useCalls } from '../stores/calls';
import { useDialling } from '../stores/dialling';
import { usePeople } from '../stores/people';
import { classify } from './dialled';
import { fitsKeys } from './key-names';
import { canCall, whyNoCall } from './person-words';
import { exampleAddress } from './use-person-actions';
import { usePersonSearch } from './use-person-search';

/** Rows below the field. */
const mostMatches = 20;

export function useDialler() {
  const { t } = useWords();
  const accounts = useAccounts();
  const people = usePeople();
  const calls = useCalls();
  const dialling = useDialling();

  const account = computed(() => accounts.current);
  const own = computed(() => (account.value === null ? [] : people.of(account.value.userId)));
  const server = computed(() => account.value?.server ?? '');
  const what = computed(() => classify(dialling.text));
  const support = computed(() => (account.value === null ? null : dialling.supportOf(account.value.userId)));

  // Numbers are nothing to search a directory for.
  const term = computed(() => {
    if (what.value.kind === 'user') return what.value.userId;
    return what.value.kind === 'name' ? what.value.name : '';
  });
  const search = usePersonSearch(() => account.value, term);

  const matches = computed<readonly Person[]>(() => {
    const wanted = what.value;
    if (wanted.kind === 'number') return own.value.filter((one) => fitsKeys(one, wanted.number)).slice(0, mostMatches);
    if (wanted.kind === 'room') return own.value.filter(({ roomId }) => roomId === wanted.room);
    return term.value === '' ? [] : [...search.own.value, ...search.found.value].slice(0, mostMatches);
  });

  /** Who is called: the address typed in full, or the only one of that name. */
  const person = computed<Person | null>(() => {
    const wanted = what.value;
    if (wanted.kind === 'room') return matches.value[0] ?? null;
    if (wanted.kind === 'user') return matches.value.find(({ userId }) => userId === wanted.userId) ?? null;
    if (wanted.kind !== 'name') return null;
    const named = matches.value.filter(({ name }) => name.toLowerCase() === wanted.name.toLowerCase());
    return named.length === 1 ? (named[0] ?? null) : null;
  });

  /** Said as soon as it is known, before anybody presses Call. */
  const hint = computed<string | null>(() => {
    const wanted = what.value;
    if (account.value?.connection === 'signedOut') return t('dial.signedOut', { server: server.value });
    if (wanted.kind === 'number' && support.value === 'no') return t('dial.failure.noBridge', { server: server.value });
    if (wanted.kind === 'room') return person.value === null ? t('dial.room') : whyNot(person.value);
    return person.value === null ? null : whyNot(person.value);
  });

  function whyNot(one: Person): string | null {
    const key = whyNoCall(one);
    return key === null ? null : t(key, { name: one.name });
  }

  const looking = shallowRef<string | null>(null);
  const failure = shallowRef<string | null>(null);
  let attempt = 0;

  function cancel(): void {
    attempt++;
    looking.value = null;
  }

  watch([() => dialling.text, () => account.value?.userId], () => {
    cancel();
    failure.value = null;
  });

  function place(one: Person, kind: 'voice' | 'video', dialled: string): void {
    dialling.dialled(dialled);
    calls.place(one, kind);
  }

  async function call(kind: 'voice' | 'video'): Promise<void> {
    if (looking.value !== null) return;
    failure.value = null;
    const wanted = what.value;
    if (wanted.kind === 'empty') recall();
    else if (wanted.kind === 'number') await callNumber(wanted.number, kind);
    else if (person.value !== null && canCall(person.value) && hint.value === null) {
      place(person.value, kind, dialling.text);
    } else failure.value = hint.value === null ? whyNobody() : null;
  }

  /** As on any telephone: Call on an empty field brings back what was dialled last. */
  function recall(): void {
    if (dialling.last !== '') dialling.set(dialling.last);
    else failure.value = t('dial.empty', { example: exampleAddress });
  }

  function whyNobody(): string {
    const wanted = what.value;
    if (!calls.ready) return t('people.why.settingUp');
    if (wanted.kind === 'invalid') return t(`dial.invalid.${wanted.reason}`, { example: exampleAddress });
    const { value: state } = search.state;
    if (state !== 'idle' && state !== 'searching' && state !== 'done') return failureWords(state);
    if (wanted.kind === 'user') return t('people.searching', { server: server.value });
    const name = wanted.kind === 'name' ? wanted.name : dialling.text;
    return matches.value.length > 0 ? t('dial.choose') : t('dial.nobody', { name, example: exampleAddress });
  }

  async function callNumber(number: string, kind: 'voice' | 'video'): Promise<void> {
    const of = account.value;
    if (of === null || hint.value !== null) return;
    const mine = ++attempt;
    looking.value = number;
    try {
      const result = await dialling.find(of.userId, number);
      if (mine !== attempt) return;
      if (!result.ok) failure.value = failureWords(result.reason, number);
      else if (canCall(result.person)) place(result.person, kind, number);
      else failure.value = whyNot(result.person);
    } catch {
      if (mine === attempt) failure.value = failureWords('unexpected', number);
    } finally {
      if (mine === attempt) looking.value = null;
    }
  }

  function failureWords(reason: NumberFailure | 'unexpected', number = ''): string {
    if (reason === 'noBridge' || reason === 'unknownNumber' || reason === 'bridgeSilent') {
      return t(`dial.failure.${reason}`, { server: server.value, number });
    }
    const address = number === '' ? dialling.text.trim() : number;
    return t(`people.failure.${reason}`, { server: server.value, address, example: exampleAddress });
  }

  return { account, what, matches, person, hint, failure, looking, searching: search.state, call, cancel };
}

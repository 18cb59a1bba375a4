/** Search as you type: our own people at once, the server's directory after a short pause. */
import { computed, ref, shallowRef, watch, type ComputedRef, type Ref } from 'vue';
import type { Account } from '../../preload/contract/accounts';
import type { UserId } from '../../preload/contract/ids';
import type { Person, PersonFailure } from '../../preload/contract/people';
import { usePeople } from '../stores/people';
import { addressIn } from './address';
import { unknownPerson } from './person-words';
import { plain } from './plain';

/** ms without a key before the server is asked: its directory is rate limited. */
const pause = 250;
/** Shorter terms match half of a directory. */
const shortest = 2;

export type SearchState = 'idle' | 'searching' | 'done' | PersonFailure | 'unexpected';

export interface PersonSearch {
  readonly term: Ref<string>;
  /** Of ours, in the order in which main tells them: by name. */
  readonly own: ComputedRef<readonly Person[]>;
  /** People of the server, without those in `own`; an exact address is among them unless the server denies it. */
  readonly found: ComputedRef<readonly Person[]>;
  readonly state: ComputedRef<SearchState>;
}

/** @param term what is typed; a box of its own where none is given. */
export function usePersonSearch(account: () => Account | null, term: Ref<string> = ref('')): PersonSearch {
  const people = usePeople();
  const directory = shallowRef<readonly Person[]>([]);
  const state = shallowRef<SearchState>('idle');

  const trimmed = computed(() => term.value.trim());
  const all = computed(() => {
    const current = account();
    return current === null ? [] : people.of(current.userId);
  });
  const own = computed(() => (trimmed.value === '' ? all.value : all.value.filter(matcher(trimmed.value))));
  const found = computed(() => {
    const known = new Set(own.value.map((person) => person.userId));
    return directory.value.filter((person) => !known.has(person.userId));
  });

  watch([trimmed, () => account()?.userId], ([wanted, of], _before, onCleanup) => {
    directory.value = [];
    const address = addressIn(wanted);
    if (of === undefined || wanted.length < shortest) {
      state.value = 'idle';
      return;
    }
    state.value = 'searching';
    let stale = false;
    const timer = setTimeout(() => {
      people.search(of, address ?? wanted).then(
        (result) => {
          if (stale) return;
          state.value = result.ok ? 'done' : result.reason;
          if (result.ok) directory.value = withAddress(result.people, of, address);
        },
        () => {
          if (!stale) state.value = 'unexpected';
        },
      );
    }, pause);
    onCleanup(() => {
      stale = true;
      clearTimeout(timer);
    });
  });

  return { term, own, found, state: computed(() => state.value) };
}

/** A server need not list everybody: whoever is addressed in full can be invited all the same. */
function withAddress(people: readonly Person[], account: UserId, address: UserId | null): readonly Person[] {
  if (address === null || people.some((person) => person.userId === address)) return people;
  return [unknownPerson(account, address), ...people];
}

/** Every word of the term stands in the name or in the id; accents and case do not count. */
function matcher(term: string): (person: Person) => boolean {
  const words = plain(addressIn(term) ?? term).split(/\s+/);
  return (person) => {
    const text = searchable(person);
    return words.every((word) => text.includes(word));
  };
}

/** Made once per person: thousands are looked through with each key. */
const searched = new WeakMap<Person, string>();

function searchable(person: Person): string {
  const known = searched.get(person) ?? `${plain(person.name)}\n${plain(person.userId)}`;
  searched.set(person, known);
  return known;
}

/** What the typed homeserver offers: asked once the person has left the box, or pauses; never shown for another server. */
import { computed, onScopeDispose, shallowRef, watch } from 'vue';
import type { SignInMethod, SignInMethods } from '../../preload/contract/accounts';
import { useAccounts } from '../stores/accounts';

type Failure = Extract<SignInMethods, { ok: false }>;

/** ms without a key that count as a pause. */
const pause = 700;

/** @param server what stands in the box. */
export function useSignInMethods(server: () => string) {
  const accounts = useAccounts();
  const known = shallowRef<{ readonly server: string; readonly answer: SignInMethods } | null>(null);
  const asking = shallowRef<string | null>(null);
  /** Half a name is no mistake: a failure is told once the person has left the box. */
  const left = shallowRef(false);
  let timer: ReturnType<typeof setTimeout> | undefined;

  const text = (): string => server().trim();
  const answer = computed(() => (known.value?.server === text() ? known.value.answer : null));

  async function ask(): Promise<void> {
    clearTimeout(timer);
    const asked = text();
    if (asked === '' || asking.value === asked || answer.value?.ok === true) return;
    asking.value = asked;
    try {
      const methods = await accounts.methods(asked);
      if (asking.value === asked) known.value = { server: asked, answer: methods };
    } catch {
      // Signing in will fail in the same way, and that says so.
    } finally {
      if (asking.value === asked) asking.value = null;
    }
  }

  watch(text, () => {
    left.value = false;
    asking.value = null;
    clearTimeout(timer);
    timer = setTimeout(() => void ask(), pause);
  });
  onScopeDispose(() => {
    clearTimeout(timer);
  });

  return {
    /** Null until the server has answered. */
    methods: computed<readonly SignInMethod[] | null>(() => (answer.value?.ok === true ? answer.value.methods : null)),
    failure: computed<Failure | null>(() => (left.value && answer.value?.ok === false ? answer.value : null)),
    asking: computed(() => asking.value !== null),
    /** The person has left the box. */
    ask: () => {
      left.value = true;
      void ask();
    },
    /** A sign-in finds out by itself. */
    forgetFailure: () => {
      if (answer.value?.ok === false) known.value = null;
    },
  };
}

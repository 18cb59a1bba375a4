/** The sign-in form: what is missing, whose fault a failure is, and that one press signs in once. */
import { computed, reactive, ref, shallowRef } from 'vue';
import type { SignInFailure, UserId } from '../../preload/contract';
import { useWords } from '../i18n';
import { useAccounts } from '../stores/accounts';
import { addressIn, localpartOf } from './address';
import { formatWait } from './duration';
import { rememberedServer, rememberServer } from './remembered-server';

export type Field = 'server' | 'user' | 'password';

/** Where the cause of a failure is looked for; `form` is nobody's fault that could be typed away. */
const placeOf: Readonly<Record<SignInFailure | 'unexpected', Field | 'form'>> = {
  malformedServer: 'server',
  insecureServer: 'server',
  unknownServer: 'server',
  unreachable: 'server',
  certificate: 'server',
  notMatrix: 'server',
  wellKnownInvalid: 'server',
  passwordUnsupported: 'server',
  otherServer: 'server',
  deactivated: 'user',
  alreadySignedIn: 'user',
  wrongPassword: 'password',
  rateLimited: 'form',
  storage: 'form',
  unexpected: 'form',
};

type Problem =
  | { readonly kind: 'missing'; readonly at: Field }
  | {
      readonly kind: 'failed';
      readonly at: Field | 'form';
      readonly reason: SignInFailure | 'unexpected';
      readonly retryAfter?: number | undefined;
    };

/**
 * @param again the account that the server has signed out, or null for a new one.
 * @param env.done called after success.
 * @param env.show moves the focus to where the problem is told.
 */
export function useSignIn(
  again: UserId | null,
  env: { readonly done: () => void; readonly show: (at: Field | 'form') => void },
) {
  const { t, locale } = useWords();
  const accounts = useAccounts();
  const fields = reactive<Record<Field, string>>({
    server: accounts.find(again)?.server ?? rememberedServer(),
    user: again === null ? '' : localpartOf(again),
    password: '',
  });
  const busy = ref(false);
  const problem = shallowRef<Problem | null>(null);

  const words = computed(() => {
    const found = problem.value;
    if (found === null) return '';
    if (found.kind === 'missing') return t(`signIn.missing.${found.at}`);
    if (found.reason === 'rateLimited' && found.retryAfter !== undefined) {
      return t('signIn.failure.rateLimitedFor', { time: formatWait(found.retryAfter, locale()) });
    }
    return t(`signIn.failure.${found.reason}`);
  });
  const errorAt = (at: Field | 'form'): string => (problem.value?.at === at ? words.value : '');

  function report(found: Problem): void {
    problem.value = found;
    env.show(found.at);
  }

  /** A whole Matrix address as user name says the server too. */
  function fillServer(): void {
    const address = addressIn(fields.user);
    if (address !== null && fields.server.trim() === '') fields.server = address.slice(address.indexOf(':') + 1);
  }

  async function submit(): Promise<void> {
    if (busy.value) return;
    fillServer();
    problem.value = null;
    const missing = (['server', 'user', 'password'] as const).find((field) => fields[field].trim() === '');
    if (missing !== undefined) {
      report({ kind: 'missing', at: missing });
      return;
    }
    const [server, user] = [fields.server.trim(), fields.user.trim()];
    busy.value = true;
    try {
      const result = await accounts.signIn({ server, user, password: fields.password });
      if (result.ok) {
        rememberServer(server);
        env.done();
      } else {
        report({ kind: 'failed', at: placeOf[result.reason], reason: result.reason, retryAfter: result.retryAfter });
      }
    } catch {
      report({ kind: 'failed', at: 'form', reason: 'unexpected' });
    } finally {
      busy.value = false;
    }
  }

  return { fields, busy: computed(() => busy.value), errorAt, fillServer, submit };
}

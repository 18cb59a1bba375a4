/** The sign-in form: what the server offers, what is missing, whose fault a failure is, and that one press signs in once. */
import { computed, onScopeDispose, reactive, ref, shallowRef } from 'vue';
import type {
  BrowserMethod,
  SignInFailure,
  SignInMethod,
  SignInProgress,
  SignInResult,
} from '../../preload/contract/accounts';
import type { UserId } from '../../preload/contract/ids';
import { useWords } from '../i18n';
import { useAccounts } from '../stores/accounts';
import { addressIn, localpartOf } from './address';
import { formatWait } from './duration';
import { rememberedServer, rememberServer } from './remembered-server';
import { useSignInMethods } from './use-sign-in-methods';

export type Field = 'server' | 'user' | 'password';
export type Place = Field | 'form';

/** What the person cancelled needs no words. */
type Reason = Exclude<SignInFailure, 'cancelled'> | 'unexpected';

/** Where the cause of a failure is looked for; `form` is nobody's fault that could be typed away. */
const placeOf: Readonly<Record<Reason, Place>> = {
  malformedServer: 'server',
  insecureServer: 'server',
  unknownServer: 'server',
  unreachable: 'server',
  certificate: 'server',
  notMatrix: 'server',
  wellKnownInvalid: 'server',
  passwordUnsupported: 'server',
  otherServer: 'server',
  noMethods: 'server',
  deactivated: 'user',
  alreadySignedIn: 'user',
  wrongPassword: 'password',
  rateLimited: 'form',
  storage: 'form',
  otherUser: 'form',
  noBrowser: 'form',
  refusedInBrowser: 'form',
  serviceFailed: 'form',
  timedOut: 'form',
  unexpected: 'form',
};

export type SignIn = ReturnType<typeof useSignIn>;

const unexpected = { ok: false, reason: 'unexpected' } as const;

type Problem =
  | { readonly kind: 'missing'; readonly at: Field }
  | { readonly kind: 'failed'; readonly at: Place; readonly reason: Reason; readonly retryAfter?: number | undefined };

/**
 * @param again the account that the server has signed out, or null for a new one.
 * @param env.done called after success.
 * @param env.show moves the focus to where the problem is told.
 */
export function useSignIn(
  again: UserId | null,
  env: { readonly done: () => void; readonly show: (at: Place) => void },
) {
  const { t, locale } = useWords();
  const accounts = useAccounts();
  const fields = reactive<Record<Field, string>>({
    server: accounts.find(again)?.server ?? rememberedServer(),
    user: again === null ? '' : localpartOf(again),
    password: '',
  });
  const offer = useSignInMethods(() => fields.server);
  const under = shallowRef<'password' | 'browser' | null>(null);
  const progress = shallowRef<SignInProgress>({ stage: 'asking' });
  const told = ref<Problem | null>(null);

  const problem = computed((): Problem | null => {
    if (told.value !== null || under.value !== null || offer.failure.value === null) return told.value;
    const { reason, retryAfter } = offer.failure.value;
    return reason === 'cancelled' ? null : { kind: 'failed', at: 'server', reason, retryAfter };
  });
  const methods = offer.methods;
  const hasPassword = computed(() => methods.value?.some(({ kind }) => kind === 'password') ?? true);
  const inBrowser = computed(() => methods.value?.filter((method) => method.kind !== 'password') ?? []);
  const codePossible = computed(() => inBrowser.value.some((method) => method.kind === 'oauth' && method.deviceCode));

  const words = computed(() => {
    const found = problem.value;
    if (found === null) return '';
    if (found.kind === 'missing') return t(`signIn.missing.${found.at}`);
    if (found.reason === 'rateLimited' && found.retryAfter !== undefined) {
      return t('signIn.failure.rateLimitedFor', { time: formatWait(found.retryAfter, locale()) });
    }
    return t(`signIn.failure.${found.reason}`, { id: again ?? '' });
  });
  /** Who is at fault may not be on the screen: a box that the server has no use for. */
  const placeNow = computed((): Place | undefined => {
    const at = problem.value?.at;
    return (at === 'user' || at === 'password') && !hasPassword.value ? 'form' : at;
  });
  const errorAt = (at: Place): string => (placeNow.value === at ? words.value : '');

  function report(found: Problem): void {
    told.value = found;
    if (placeNow.value !== undefined) env.show(placeNow.value);
  }

  /** A whole Matrix address as user name says the server too. */
  function fillServer(): void {
    const address = addressIn(fields.user);
    if (address !== null && fields.server.trim() === '') fields.server = address.slice(address.indexOf(':') + 1);
  }

  async function submit(): Promise<void> {
    if (under.value !== null) return;
    fillServer();
    told.value = null;
    const needed = hasPassword.value ? (['server', 'user', 'password'] as const) : (['server'] as const);
    const missing = needed.find((field) => fields[field].trim() === '');
    if (missing !== undefined) {
      report({ kind: 'missing', at: missing });
      return;
    }
    const [best] = inBrowser.value;
    if (!hasPassword.value && best !== undefined) {
      await start(best); // by Enter in the server's box
      return;
    }
    const server = fields.server.trim();
    await run('password', () => accounts.signIn({ server, user: fields.user.trim(), password: fields.password }));
  }

  /** With another way under way, this one takes its place. */
  function goThroughBrowser(method: BrowserMethod): Promise<void> {
    progress.value = { stage: 'asking' };
    return run('browser', () => accounts.signInByBrowser({ server: fields.server.trim(), method, again }));
  }

  /** One of the ways that the server offers. */
  async function start(method: SignInMethod): Promise<void> {
    if (method.kind === 'oauth') await goThroughBrowser({ kind: 'oauth' });
    if (method.kind === 'sso') await goThroughBrowser({ kind: 'sso', provider: method.provider });
  }

  let latest = 0;

  async function run(kind: 'password' | 'browser', signIn: () => Promise<SignInResult>): Promise<void> {
    const own = ++latest;
    told.value = null;
    offer.forgetFailure();
    under.value = kind;
    const result = await signIn().catch(() => unexpected);
    if (own !== latest) return;
    under.value = null;
    if (result.ok) {
      rememberServer(fields.server.trim());
      env.done();
      return;
    }
    offer.ask();
    const { reason } = result;
    const retryAfter = 'retryAfter' in result ? result.retryAfter : undefined;
    if (reason === 'cancelled') env.show('form');
    else report({ kind: 'failed', at: placeOf[reason], reason, retryAfter });
  }

  onScopeDispose(
    accounts.onSignInProgress((now) => {
      progress.value = now;
    }),
  );
  if (fields.server !== '') offer.ask();

  return {
    fields,
    /** Which kind of sign-in is under way. */
    under: computed(() => under.value),
    progress: computed(() => progress.value),
    asking: offer.asking,
    hasPassword,
    inBrowser,
    codePossible,
    errorAt,
    fillServer,
    leftServer: offer.ask,
    submit,
    start,
    useCode: () => void goThroughBrowser({ kind: 'deviceCode' }),
    openBrowser: () => void accounts.openBrowser(),
    cancel: () => void accounts.cancelSignIn(),
  };
}

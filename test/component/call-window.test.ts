import { mount } from '@vue/test-utils';
import { afterEach, beforeEach, describe, expect, it, onTestFinished, vi } from 'vitest';
import type { CallWindowView, RingingCard } from '../../preload/contract/ringing';
import type { CallId, RoomId } from '../../preload/contract/ids';
import { installBridge } from '../../renderer/bridge';
import { i18n } from '../../renderer/i18n';
import CallWindow from '../../renderer/views/CallWindow.vue';
import { fakeMain } from './support/fake-main';
import { anna, ben, snapshot } from './support/fixtures';
import { press, settle } from './support/open-app';
import { allByRole, byRole, nameOf, queryByRole, textOf } from './support/roles';

const card = (over: Partial<RingingCard> = {}): RingingCard => ({
  account: anna,
  roomId: '!ben:example.org' as RoomId,
  callId: 'call-ben' as CallId,
  caller: ben,
  name: 'Ben',
  picture: null,
  kind: 'voice',
  forAccount: null,
  silenced: false,
  during: null,
  far: null,
  ...over,
});
const view = (revision: number, calls: readonly RingingCard[], over: Partial<CallWindowView> = {}): CallWindowView => ({
  revision,
  calls,
  language: 'en',
  systemLanguage: 'en-GB',
  ...over,
});

async function open(first: CallWindowView) {
  const main = fakeMain(snapshot());
  main.answers['callWindow:view'] = () => first;
  main.answers['callWindow:drawn'] = () => null;
  main.answers['callWindow:answer'] = () => null;
  installBridge(main.bridge);
  const page = mount(CallWindow, { global: { plugins: [i18n] }, attachTo: document.body });
  onTestFinished(() => {
    page.unmount();
    document.body.replaceChildren();
  });
  await settle();
  const show = async (next: CallWindowView) => {
    main.tell('callWindow:view', next);
    await settle();
  };
  return { ...main, show };
}

beforeEach(() => {
  // Nothing has a size here.
  vi.spyOn(HTMLElement.prototype, 'getBoundingClientRect').mockReturnValue({ height: 147.3 } as DOMRect);
  Object.defineProperty(document, 'fonts', { configurable: true, value: { ready: new Promise(() => undefined) } });
});
afterEach(() => {
  vi.restoreAllMocks();
  i18n.global.locale.value = 'en';
});

describe('the call window', () => {
  it('is empty until a call rings, and then says how high it must be', async () => {
    const app = await open(view(0, []));
    expect(queryByRole('alertdialog')).toBeNull();
    await app.show(view(1, [card()]));
    expect(allByRole('alertdialog').map(nameOf)).toEqual(['Incoming call from Ben']);
    expect(app.asked('callWindow:drawn').at(-1)).toEqual({ revision: 1, height: 148 });
    expect(document.title).toBe('Incoming call from Ben');
    await app.show(view(2, []));
    expect(queryByRole('alertdialog')).toBeNull();
  });

  it('shows what rang before it was there, unless it was told something newer', async () => {
    await open(view(3, [card({ kind: 'video' })]));
    expect(queryByRole('alertdialog', 'Incoming video call from Ben')).not.toBeNull();
  });

  it.each([
    ['Answer', 'answer'],
    ['Answer with video', 'answerWithVideo'],
    ['Decline', 'decline'],
    ['Silence', 'silence'],
  ])('%s is asked of main', async (button, action) => {
    const app = await open(view(1, [card({ kind: 'video' })]));
    await press(button);
    const { account, roomId, callId } = card();
    expect(app.asked('callWindow:answer')).toEqual([{ account, roomId, callId, action }]);
  });

  it('offers to hold or to end the call that an answer would interrupt', async () => {
    const app = await open(view(1, [card({ during: 'Clara' })]));
    const alert = byRole('alertdialog');
    expect(allByRole('button', undefined, alert).map(nameOf)).toEqual([
      'Silence',
      'Decline',
      'End and answer',
      'Hold and answer',
    ]);
    expect(textOf(alert)).toContain('You are in a call with Clara.');
    await press('Hold and answer');
    await press('End and answer');
    expect(app.asked('callWindow:answer').map(({ action }) => action)).toEqual(['answer', 'endAndAnswer']);
  });

  it('says which account is called, and that it was silenced', async () => {
    await open(view(1, [card({ forAccount: anna, silenced: true })]));
    const words = textOf(byRole('alertdialog'));
    expect(words).toContain('Incoming call for @anna:example.org');
    expect(words).toContain('Silenced. It rings on without sound.');
  });

  it('shows calls one below the other', async () => {
    const clara = card({ callId: 'call-clara' as CallId, name: 'Clara' });
    await open(view(1, [card(), clara]));
    expect(allByRole('alertdialog').map(nameOf)).toEqual(['Incoming call from Ben', 'Incoming call from Clara']);
  });

  it('speaks the language of the program', async () => {
    const app = await open(view(1, [card()], { language: 'de' }));
    expect(nameOf(byRole('alertdialog'))).toBe('Anruf von Ben');
    expect(document.documentElement.lang).toBe('de');
    await app.show(view(2, [card()], { language: 'system' }));
    expect(nameOf(byRole('alertdialog'))).toBe('Incoming call from Ben');
  });

  it('keeps a name of any length and direction to itself', async () => {
    const name = 'שרה '.repeat(75);
    await open(view(1, [card({ name })]));
    expect(document.querySelector('.name bdi')?.textContent).toBe(name);
  });
});

describe('the keyboard in the call window', () => {
  beforeEach(() => {
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
  });
  afterEach(() => {
    vi.useRealTimers();
  });
  const hit = (key: string): boolean => {
    const event = new KeyboardEvent('keydown', { key, bubbles: true, cancelable: true });
    document.activeElement?.dispatchEvent(event);
    return !event.defaultPrevented;
  };

  it('finds the first answer when a person gives it the window, which never takes it', async () => {
    await open(view(1, [card()]));
    expect(document.activeElement).toBe(document.body);
    window.dispatchEvent(new Event('focus'));
    expect(document.activeElement).toBe(byRole('button', 'Answer'));
  });

  it('does nothing with Enter and Space in the first half second, each time that it rings', async () => {
    const app = await open(view(1, [card()]));
    for (const revision of [2, 4]) {
      window.dispatchEvent(new Event('focus'));
      expect([hit('Enter'), hit(' ')]).toEqual([false, false]);
      await vi.advanceTimersByTimeAsync(500);
      expect(hit('Enter')).toBe(true);
      await app.show(view(revision, []));
      await app.show(view(revision + 1, [card()]));
    }
  });
});

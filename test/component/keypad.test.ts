import { describe, expect, it, onTestFinished, vi } from 'vitest';
import type { CallView } from '../../renderer/call/call-view';
import { playCallSounds } from '../../renderer/sounds';
import { callWith } from './support/fixtures';
import { click, openApp, press, settle } from './support/open-app';
import { allByRole, byRole, nameOf, queryByRole, textOf } from './support/roles';

const region = () => byRole('region', 'Call with Ben');
const button = () => byRole('button', 'Keypad', region());
const keypad = () => queryByRole('group', 'Keypad for this call');

async function inCall(over: Partial<CallView> = {}) {
  const app = await openApp();
  const show = async (more: Partial<CallView> = {}) => {
    app.engine.show(callWith('ben', { connectedAt: 1, peerTakesDigits: true, ...over, ...more }));
    await settle();
  };
  await show();
  const sent = () => app.engine.controls.sendDigits.mock.calls.map(([, digits]) => digits).join('');
  return { ...app, show, sent };
}

/** @returns whether the key was taken for something. */
async function key(name: string, more: KeyboardEventInit = {}): Promise<boolean> {
  const event = new KeyboardEvent('keydown', { key: name, bubbles: true, cancelable: true, ...more });
  (document.activeElement ?? document.body).dispatchEvent(event);
  await settle();
  return event.defaultPrevented;
}

describe('the keypad of a call', () => {
  it('opens in the call, with every key by name', async () => {
    await inCall();
    expect(button().getAttribute('aria-expanded')).toBe('false');
    await click(button());
    expect(button().getAttribute('aria-expanded')).toBe('true');
    const keys = [...(keypad()?.querySelectorAll('.key') ?? [])];
    expect(keys.map(nameOf)).toEqual([
      '1',
      '2, A B C',
      '3, D E F',
      '4, G H I',
      '5, J K L',
      '6, M N O',
      '7, P Q R S',
      '8, T U V',
      '9, W X Y Z',
      'Star',
      '0, plus',
      'Hash',
    ]);
    await press('Close keypad');
    expect(keypad()).toBeNull();
  });

  it('sends each press at once, sounds it here, and shows what was sent', async () => {
    const { sent } = await inCall();
    const player = { play: vi.fn(), press: vi.fn(), sign: vi.fn() };
    onTestFinished(playCallSounds(player));
    await click(button());
    await press('2, A B C');
    await press('Hash');
    expect(sent()).toBe('2#');
    expect(player.press.mock.calls).toEqual([['2'], ['#']]);
    expect(document.querySelector('output')?.textContent).toBe('2#');
    await press('Close keypad');
    expect(textOf(region())).toContain('You pressed 2 #');
  });

  it.each<Partial<CallView>>([{ heldByUs: true }, { heldByPeer: true }, { state: { name: 'reconnecting' } }])(
    'sends and sounds nothing while nothing would arrive: %o',
    async (over) => {
      const { sent, show } = await inCall();
      await click(button());
      await show(over);
      expect(byRole('button', '1').getAttribute('aria-disabled')).toBe('true');
      await press('1');
      await key('1');
      expect(sent()).toBe('');
      expect(textOf(keypad())).toContain('Digits can be sent again when the call goes on.');
    },
  );

  it('DT-02: stays hidden where the far end has not said that it takes digits, unless asked for', async () => {
    const { sent } = await inCall({ peerTakesDigits: false });
    expect(queryByRole('button', 'Keypad', region())).toBeNull();
    await key('1');
    expect(sent()).toBe('');
    await press('More');
    await press('Keypad anyway');
    await press('1');
    await key('2');
    expect(sent()).toBe('12');
  });

  it('shows what the far end pressed', async () => {
    const { show } = await inCall();
    await show({ receivedDigits: '123' });
    expect(textOf(region())).toContain('Ben pressed 1 2 3');
    await show({ receivedDigits: '12345678901234567890' });
    expect(textOf(region())).toContain('Ben pressed … 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0');
  });

  it('forgets with the call', async () => {
    const { engine, show } = await inCall();
    await key('5');
    engine.show();
    await show();
    expect(textOf(region())).not.toContain('You pressed');
  });
});

describe('digits of the keyboard', () => {
  it.each(['0', '9', '*', '#'])('%s is sent to the call in front', async (digit) => {
    const { sent } = await inCall();
    expect(await key(digit)).toBe(true);
    expect(sent()).toBe(digit);
    expect(textOf(region())).toContain(`You pressed ${digit}`);
  });

  it.each<{ what: string; name: string; more?: KeyboardEventInit }>([
    { what: 'a letter', name: 'a' },
    { what: 'a function key', name: 'F1' },
    { what: 'a shortcut', name: '1', more: { ctrlKey: true } },
    { what: 'a key that is held down', name: '1', more: { repeat: true } },
  ])('$what is none', async ({ name, more }) => {
    const { sent } = await inCall();
    expect(await key(name, more)).toBe(false);
    expect(sent()).toBe('');
  });

  it('are text while one types', async () => {
    const { sent } = await inCall();
    byRole('searchbox').focus();
    expect(await key('1')).toBe(false);
    expect(sent()).toBe('');
  });

  it('are dialled while a slider has the focus, which takes no characters', async () => {
    const { sent } = await inCall();
    const slider = document.createElement('input');
    slider.type = 'range';
    document.body.append(slider);
    slider.focus();
    expect(await key('1')).toBe(true);
    expect(sent()).toBe('1');
  });

  it('do nothing while the call is not in front', async () => {
    const { sent } = await inCall();
    await press('Settings');
    expect(await key('1')).toBe(false);
    expect(sent()).toBe('');
  });

  it('are sent with the keypad open as well', async () => {
    const { sent } = await inCall();
    await click(button());
    allByRole('button', '1')[0]?.focus();
    await key('7');
    expect(sent()).toBe('7');
    expect(document.querySelector('output')?.textContent).toBe('7');
  });
});

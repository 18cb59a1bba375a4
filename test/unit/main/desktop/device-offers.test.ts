import { describe, expect, it, vi } from 'vitest';
import { makeOfferedDevices } from '../../../../main/desktop/device-offers';
import { defaultSettings } from '../../../../preload/contract/default-settings';
import type { Settings } from '../../../../preload/contract/settings';

const desk = { id: 'desk', label: 'Desk' };
const head = { id: 'head', label: 'Headset' };
const offers = { microphone: { devices: [desk, head], used: null }, speaker: { devices: [head], used: 'head' } };

function assembled() {
  let settings = defaultSettings;
  const changed = vi.fn();
  const store = {
    get: () => settings,
    change: (part: Partial<Settings>) => (settings = { ...settings, ...part }),
  };
  return { changed, settings: () => settings.devices, offered: makeOfferedDevices(store, changed) };
}

describe('the devices of the tray', () => {
  it('are those that the page sees, for as long as there is one', () => {
    const { offered, changed } = assembled();
    expect(offered.get()).toBeNull();
    offered.set(offers);
    expect(offered.get()).toEqual(offers);
    offered.pageGone();
    expect(offered.get()).toBeNull();
    expect(changed).toHaveBeenCalledTimes(2);
  });

  it('are chosen for one role, the one that was taken before stays next', () => {
    const { offered, settings } = assembled();
    offered.set(offers);
    offered.choose('microphone', desk);
    offered.choose('microphone', head);
    expect(settings()).toEqual({
      ...defaultSettings.devices,
      microphone: { followSystem: false, order: [head, desk] },
    });
    offered.choose('microphone', null);
    expect(settings().microphone).toEqual({ followSystem: true, order: [head, desk] });
  });
});

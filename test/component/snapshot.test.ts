import { defaultSettings } from '../../preload/contract/default-settings';
import { createPinia, setActivePinia } from 'pinia';
import { beforeEach, describe, expect, it } from 'vitest';
import { installBridge } from '../../renderer/bridge';
import { useAccounts } from '../../renderer/stores/accounts';
import { usePeople } from '../../renderer/stores/people';
import { useSettings } from '../../renderer/stores/settings';
import { followMain } from '../../renderer/stores/snapshot';
import { fakeMain } from './support/fake-main';
import { account, anna, person, snapshot } from './support/fixtures';

beforeEach(() => {
  setActivePinia(createPinia());
});

describe('EN-05: a window that appears late', () => {
  it('holds what main told in the snapshot', async () => {
    installBridge(fakeMain(snapshot()).bridge);
    await followMain();
    expect(useAccounts().list).toEqual([account()]);
    expect(usePeople().of(anna)).toEqual([person('ben'), person('clara')]);
    expect(useSettings().settings.theme).toBe('light');
  });

  it('prefers what main told while the snapshot was under way', async () => {
    const main = fakeMain(snapshot());
    main.answers['app:snapshot'] = () => {
      main.tell('accounts:changed', [account({ connection: 'offline' })]);
      main.tell('people:changed', { account: anna, people: [person('dora')] });
      main.tell('settings:changed', { ...defaultSettings, language: 'de', theme: 'dark' });
      return snapshot();
    };
    installBridge(main.bridge);
    await followMain();
    expect(useAccounts().current?.connection).toBe('offline');
    expect(usePeople().of(anna)).toEqual([person('dora')]);
    expect(useSettings().settings.theme).toBe('dark');
  });

  it('can ask again after a failure, and then hears every event once', async () => {
    const main = fakeMain(snapshot());
    const { 'app:snapshot': works } = main.answers;
    main.answers['app:snapshot'] = () => Promise.reject(new Error('not yet'));
    installBridge(main.bridge);
    await expect(followMain()).rejects.toThrow('not yet');

    if (works !== undefined) main.answers['app:snapshot'] = works;
    await followMain();
    main.tell('accounts:changed', []);
    expect(useAccounts().list).toEqual([]);
  });
});

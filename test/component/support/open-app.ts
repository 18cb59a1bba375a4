/** The whole page on fakes, as a person would meet it. */
import { flushPromises, mount } from '@vue/test-utils';
import { createPinia, setActivePinia } from 'pinia';
import { onTestFinished } from 'vitest';
import { nextTick } from 'vue';
import type { Snapshot } from '../../../preload/contract';
import App from '../../../renderer/App.vue';
import { installBridge } from '../../../renderer/bridge';
import { i18n } from '../../../renderer/i18n';
import { installCalls } from '../../../renderer/stores/calls';
import { followMain } from '../../../renderer/stores/snapshot';
import { fakeEngine, type FakeEngine } from './fake-engine';
import { fakeMain, type FakeMain } from './fake-main';
import { snapshot } from './fixtures';
import { byRole } from './roles';

export interface OpenApp extends FakeMain {
  readonly engine: FakeEngine;
}

export async function openApp(over: Partial<Snapshot> = {}): Promise<OpenApp> {
  const main = fakeMain(snapshot(over));
  const engine = fakeEngine();
  const pinia = createPinia();
  installBridge(main.bridge);
  setActivePinia(pinia);
  const page = mount(App, { props: { start: 'ready' }, global: { plugins: [pinia, i18n] }, attachTo: document.body });
  const disconnect = installCalls(engine);
  await followMain();
  await settle();
  // An action of a page that a test before left behind makes that page's stores the current ones.
  setActivePinia(pinia);
  onTestFinished(() => {
    disconnect();
    page.unmount();
    document.body.replaceChildren();
  });
  return { ...main, engine };
}

/** Until everything that was answered has been drawn. */
export async function settle(): Promise<void> {
  await flushPromises();
  await nextTick();
}

export async function click(element: HTMLElement): Promise<void> {
  element.click();
  await settle();
}

export const press = (button: string): Promise<void> => click(byRole('button', button));

export async function type(box: HTMLElement, text: string): Promise<void> {
  (box as HTMLInputElement).value = text;
  box.dispatchEvent(new Event('input', { bubbles: true }));
  await settle();
}

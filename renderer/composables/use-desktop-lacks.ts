/** What this desktop does not have, for the settings that are about it. */
import { onMounted, type Ref, shallowRef } from 'vue';
import type { DesktopLack } from '../../preload/contract/desktop';
import { bridge } from '../bridge';

export function useDesktopLacks(): Readonly<Ref<readonly DesktopLack[]>> {
  const lacks = shallowRef<readonly DesktopLack[]>([]);
  onMounted(async () => {
    lacks.value = await bridge()
      .invoke('desktop:lacks', undefined)
      .catch(() => []);
  });
  return lacks;
}

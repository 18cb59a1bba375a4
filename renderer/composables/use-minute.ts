/** The time, as exact as "today" and "yesterday" need it. */
import { useIntervalFn, useNow } from '@vueuse/core';
import type { Ref } from 'vue';

/** Of this moment, and again every minute. */
export const useMinute = (): Readonly<Ref<Date>> => useNow({ scheduler: (tick) => useIntervalFn(tick, 60_000) });

/** The arrow keys in a list: from row to row, wherever in a row the focus is. */
import type { Ref } from 'vue';

export interface RowKeys {
  /** Of what is drawn, from the top; each is the part of its row that takes the focus. */
  readonly rows: () => readonly HTMLElement[];
  readonly onKey: (event: KeyboardEvent) => void;
}

/** @param leave where up from the first row leads; without it the focus stays there. */
export function useRowKeys(list: Readonly<Ref<HTMLElement | null>>, leave?: () => void): RowKeys {
  const rows = (): readonly HTMLElement[] => [...(list.value?.querySelectorAll<HTMLElement>('[data-row]') ?? [])];

  function onKey(event: KeyboardEvent): void {
    if (event.key !== 'ArrowDown' && event.key !== 'ArrowUp') return;
    const all = rows();
    const at = all.findIndex((row) => (row.closest('li') ?? row).contains(document.activeElement));
    if (at === -1) return;
    event.preventDefault();
    const next = event.key === 'ArrowDown' ? at + 1 : at - 1;
    if (next < 0 && leave !== undefined) leave();
    else all[Math.min(Math.max(next, 0), all.length - 1)]?.focus();
  }

  return { rows, onKey };
}

import { describe, expect, it, vi } from 'vitest';
import { Menu } from '../../../electron-host/doubles/menu.ts';

const press = (menu: Menu, id: string): void => {
  (menu.getMenuItemById(id)?.click as (() => void) | undefined)?.();
};

describe('Menu', () => {
  it('finds items at any depth and clicks them', () => {
    const click = vi.fn();
    const menu = Menu.buildFromTemplate([{ label: 'More', submenu: [{ id: 'inner', label: 'Inner', click }] }]);
    press(menu, 'inner');
    expect(click).toHaveBeenCalledOnce();
    expect(menu.getMenuItemById('none')).toBeNull();
  });

  it('turns checkboxes, and one of neighbouring radio items at a time', () => {
    const menu = Menu.buildFromTemplate([
      { id: 'a', label: 'A', type: 'radio', checked: true },
      { id: 'b', label: 'B', type: 'radio' },
      { type: 'separator' },
      { id: 'c', label: 'C', type: 'radio', checked: true },
      { id: 'box', label: 'Box', type: 'checkbox' },
    ]);
    press(menu, 'b');
    press(menu, 'box');
    expect(menu.items.filter(({ checked }) => checked).map(({ id }) => id)).toEqual(['b', 'c', 'box']);
  });

  it('refuses a template without words', () => {
    expect(() => Menu.buildFromTemplate([{ id: 'x' }])).toThrow('must have at least one of label, role or type');
  });
});

import { describe, expect, it } from 'vitest';
import { playOn } from '../../../../renderer/media/outputs';

const head = { id: 'head', label: 'Headset' };
const desk = { id: 'desk', label: 'Desk' };

/** An output on which the named devices do not work. */
function output(...failing: readonly string[]) {
  const tried: string[] = [];
  return {
    tried,
    setSinkId: (id: string): Promise<void> => {
      tried.push(id);
      return failing.includes(id) ? Promise.reject(new DOMException('', 'NotFoundError')) : Promise.resolve();
    },
  };
}

describe('playing on a device', () => {
  it('takes the first', async () => {
    const { tried, setSinkId } = output();
    expect(await playOn({ setSinkId }, [head, desk, null])).toBe(true);
    expect(tried).toEqual(['head']);
  });

  it('goes on to the next, and to the system’s at last', async () => {
    const { tried, setSinkId } = output('head', 'desk');
    expect(await playOn({ setSinkId }, [head, desk, null])).toBe(false);
    expect(tried).toEqual(['head', 'desk', '']);
  });

  it('does not reject when nothing works', async () => {
    expect(await playOn(output(''), [null])).toBe(false);
  });

  it('a choice that fails late does not undo a newer one', async () => {
    const one = output('head');
    const [early, late] = [playOn(one, [head, null]), playOn(one, [desk, null])];
    expect([await early, await late, one.tried]).toEqual([false, true, ['head', 'desk']]);
  });
});

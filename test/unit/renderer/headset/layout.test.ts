import { describe, expect, it } from 'vitest';
import type { HidCollection, HidReportItem } from '../../../../renderer/headset/hid';
import { type ButtonField, readLayout } from '../../../../renderer/headset/layout';
import { lampBytes, readButton } from '../../../../renderer/headset/report';
import { collectionsOf, consumer, jabra, keys, phone, poly, switched } from './descriptors';

const layoutOf = (...bytes: number[]) => readLayout(collectionsOf(bytes));
const places = (buttons: readonly ButtonField[]) =>
  buttons.map(({ button, reportId, offsets, isAbsolute }) => [button, reportId, offsets, isAbsolute ? 'is' : 'was']);
const view = (...bytes: number[]) => new DataView(new Uint8Array(bytes).buffer);
const off = { mute: false, offHook: false, ring: false, hold: false };

describe('the layout of a headset', () => {
  it('is read from its own description, beside other collections', () => {
    const { buttons, lampReports } = layoutOf(...consumer, ...jabra);
    expect(places(buttons)).toEqual([
      ['hook', 2, [0], 'is'],
      ['flash', 2, [3], 'was'],
      ['mute', 2, [2], 'was'],
    ]);
    expect(lampReports).toEqual([
      {
        reportId: 2,
        length: 2,
        lamps: [
          { lamp: 'mute', offset: 5 },
          { lamp: 'offHook', offset: 3 },
          { lamp: 'ring', offset: 6 },
          { lamp: 'hold', offset: 7 },
        ],
      },
    ]);
  });

  it('knows lamps with a report of their own', () => {
    const { buttons, lampReports } = layoutOf(...poly);
    expect(places(buttons)).toEqual([
      ['hook', 0x20, [0], 'is'],
      ['mute', 0x20, [1], 'was'],
      ['flash', 0x20, [2], 'is'],
    ]);
    expect(lampReports.map(({ reportId, length, lamps }) => [reportId, length, lamps[0]?.lamp])).toEqual([
      [0x17, 1, 'offHook'],
      [0x18, 1, 'mute'],
      [0x19, 1, 'ring'],
    ]);
  });

  it('counts ranges of usages up, and needs no report ids', () => {
    const { buttons, lampReports } = layoutOf(...phone);
    expect(places(buttons)).toEqual([
      ['hook', 0, [0], 'is'],
      ['drop', 0, [1], 'is'],
      ['mute', 0, [2], 'is'],
    ]);
    expect(lampReports[0]).toMatchObject({
      length: 2,
      lamps: [
        { lamp: 'offHook', offset: 0 },
        { lamp: 'ring', offset: 1 },
        { lamp: 'hold', offset: 9 },
      ],
    });
  });

  it('reads arrays: each place names a button', () => {
    const { buttons } = layoutOf(...keys);
    expect(places(buttons)).toEqual([
      ['hook', 5, [0, 4], 'is'],
      ['flash', 5, [0, 4], 'is'],
      ['hold', 5, [0, 4], 'is'],
      ['drop', 5, [0, 4], 'is'],
    ]);
    const down = (byte: number) =>
      buttons.filter((field) => readButton(field, view(byte)) === 1).map((one) => one.button);
    expect([down(0x00), down(0x01), down(0x41), down(0x07)]).toEqual([[], ['hook'], ['hook', 'hold'], ['drop']]);
  });

  it('reads fields from -1 to 1', () => {
    const { buttons } = layoutOf(...switched);
    const mute = buttons.find(({ button }) => button === 'mute');
    expect([0b00, 0b01, 0b11].map((byte) => mute && readButton(mute, view(byte)))).toEqual([0, 1, -1]);
  });

  it('is empty for what has no telephony collection', () => {
    expect(layoutOf(...consumer)).toEqual({ buttons: [], lampReports: [] });
  });

  it('writes each lamp to its bit and all others off', () => {
    const [report] = layoutOf(...jabra).lampReports;
    if (report === undefined) throw new Error('no lamps');
    const bytes = (on: Partial<typeof off>) => [...lampBytes(report, { ...off, ...on })];
    expect(bytes({})).toEqual([0, 0]);
    expect(bytes({ offHook: true })).toEqual([0x08, 0]);
    expect(bytes({ offHook: true, mute: true, hold: true })).toEqual([0xa8, 0]);
    expect(bytes({ ring: true })).toEqual([0x40, 0]);
  });
});

describe('a device that lies', () => {
  const telephony = (items: readonly HidReportItem[], reportId = 1): HidCollection => ({
    usagePage: 0x0b,
    inputReports: [{ reportId, items }],
    outputReports: [{ reportId, items }],
  });
  const hook: HidReportItem = { usages: [0x0b0020], reportSize: 1, reportCount: 1, isAbsolute: true };

  it.each<[string, readonly HidReportItem[]]>([
    ['a report that is longer than any', [{ reportSize: 0xffffffff, reportCount: 0xffffffff }, hook]],
    ['fields of negative size', [{ reportSize: -8, reportCount: 1 }, hook]],
    ['fields of no size', [{ ...hook, reportSize: 0 }]],
    ['fields that are too wide', [{ ...hook, reportSize: 33 }]],
    ['more items than any', Array.from({ length: 2000 }, () => hook)],
    ['usages without fields', [{ ...hook, reportCount: 0 }]],
    ['an empty item', [{}]],
  ])('%s is left out', (_name, items) => {
    expect(readLayout([telephony(items)])).toEqual({ buttons: [], lampReports: [] });
  });

  it('of ten thousand collections the first few are read', () => {
    const wide = {
      isRange: true,
      usageMinimum: 0,
      usageMaximum: 0xffffffff,
      isArray: true,
      reportSize: 8,
      reportCount: 255,
    };
    const wides = Array.from({ length: 1000 }, () => wide);
    let read = 0;
    const many = Array.from({ length: 10_000 }, (_, index) => ({
      ...telephony(index % 2 === 0 ? [hook] : wides, index % 256),
      get outputReports() {
        read += 1;
        return [];
      },
    }));
    expect(readLayout(many).buttons).toHaveLength(8);
    expect(read).toBeLessThan(100);
  });

  it('a report shorter or longer than described tells what it holds', () => {
    const [, , mute] = readLayout(collectionsOf(jabra)).buttons;
    if (mute === undefined) throw new Error('no mute button');
    expect(readButton({ ...mute, offsets: [70] }, view(0xff))).toBeNull();
    expect(readButton(mute, view())).toBeNull();
    expect(readButton(mute, view(0x04, 0, 0, 0, 0))).toBe(1);
  });
});

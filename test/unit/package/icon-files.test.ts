import { readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { icns, ico } from '../../package/icon-files';

const picture = (size: number) => ({ size, png: Buffer.from(`png of ${size}`) });

describe('an icon of several sizes', () => {
  it('is an ICO whose directory leads to each picture', () => {
    const file = ico([picture(16), picture(256)]);
    expect([file.readUInt16LE(2), file.readUInt16LE(4)]).toEqual([1, 2]);
    const entries = [6, 22].map((at) => {
      const [length, offset] = [file.readUInt32LE(at + 8), file.readUInt32LE(at + 12)];
      return [file.readUInt8(at), file.toString('latin1', offset, offset + length)];
    });
    expect(entries).toEqual([
      [16, 'png of 16'],
      [0, 'png of 256'],
    ]);
  });

  it('is an ICNS whose parts add up to its length', () => {
    const file = icns([picture(16), picture(512), picture(1024)]);
    expect([file.toString('latin1', 0, 4), file.readUInt32BE(4)]).toEqual(['icns', file.length]);
    const types: string[] = [];
    for (let at = 8; at < file.length; at += file.readUInt32BE(at + 4)) types.push(file.toString('latin1', at, at + 4));
    expect(types).toEqual(['ic09', 'ic14', 'ic10']); // nothing holds a PNG of 16 pixels
  });
});

describe('the icons that were drawn', () => {
  const assets = path.join(import.meta.dirname, '../../../assets');

  it.each([16, 24, 32, 48, 64, 128, 256, 512])('have a PNG of %d pixels', (size) => {
    const png = readFileSync(path.join(assets, `icons/${size}x${size}.png`));
    expect([png.readUInt32BE(16), png.readUInt32BE(20)]).toEqual([size, size]);
  });
});

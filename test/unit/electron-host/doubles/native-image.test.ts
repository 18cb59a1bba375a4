import { describe, expect, it } from 'vitest';
import { nativeImage } from '../../../electron-host/doubles/native-image.ts';

// 1×1, transparent.
const png = 'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAQAAAC1HAwCAAAAC0lEQVR42mNkYAAAAAYAAjCB0C8AAAAASUVORK5CYII=';

describe('nativeImage', () => {
  it('knows the size of a PNG and gives its bytes back', () => {
    const image = nativeImage.createFromBuffer(Buffer.from(png, 'base64'));
    expect(image.isEmpty()).toBe(false);
    expect(image.getSize()).toEqual({ width: 1, height: 1 });
    expect(image.toPNG().toString('base64')).toBe(png);
    expect(image.toDataURL()).toBe(`data:image/png;base64,${png}`);
  });

  it('is empty for what cannot be read', () => {
    expect(nativeImage.createFromPath('/does/not/exist.png').isEmpty()).toBe(true);
    expect(nativeImage.createEmpty().getSize()).toEqual({ width: 0, height: 0 });
  });
});

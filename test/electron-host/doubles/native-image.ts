/** `nativeImage`: encoded bytes with the size that a PNG states. Nothing is ever decoded or scaled. */
import fs from 'node:fs';
import { asElectron, completeClass, type Part } from '../surface.ts';

const pngSignature = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);

class NativeImage implements Part<Electron.NativeImage> {
  readonly #bytes: Buffer;
  #template = false;

  constructor(bytes: Buffer) {
    this.#bytes = bytes;
  }

  isEmpty(): boolean {
    return this.#bytes.length === 0;
  }

  /** 0×0 for what is no PNG. */
  getSize(): Electron.Size {
    const isPng = this.#bytes.length > 24 && this.#bytes.subarray(0, 8).equals(pngSignature);
    if (!isPng) return { width: 0, height: 0 };
    return { width: this.#bytes.readUInt32BE(16), height: this.#bytes.readUInt32BE(20) };
  }

  getAspectRatio(): number {
    const { width, height } = this.getSize();
    return height === 0 ? 1 : width / height;
  }

  getScaleFactors(): number[] {
    return [1];
  }

  toPNG(): Buffer {
    return this.#bytes;
  }

  toDataURL(): string {
    return `data:image/png;base64,${this.#bytes.toString('base64')}`;
  }

  /** The bytes stay; whoever draws them scales. */
  resize(): Electron.NativeImage {
    return makeImage(this.#bytes);
  }

  isTemplateImage(): boolean {
    return this.#template;
  }

  setTemplateImage(flag: boolean): void {
    this.#template = flag;
  }
}
completeClass(NativeImage, 'NativeImage', 'nativeImage');

function makeImage(bytes: Buffer): Electron.NativeImage {
  return asElectron<Electron.NativeImage>(new NativeImage(bytes));
}

export const nativeImage = {
  createEmpty: () => makeImage(Buffer.alloc(0)),
  createFromBuffer: (bytes: Buffer) => makeImage(Buffer.from(bytes)),
  createFromDataURL: (url: string) => makeImage(Buffer.from(url.split(',')[1] ?? '', 'base64')),
  /** A file that cannot be read gives an empty image, as in Electron. */
  createFromPath: (file: string) => makeImage(fs.existsSync(file) ? fs.readFileSync(file) : Buffer.alloc(0)),
} satisfies Partial<typeof Electron.nativeImage>;

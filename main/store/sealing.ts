/**
 * What protects a store at rest. Values are sealed with AES-256-GCM, each bound to its place, so that a row can neither be
 * read nor changed nor moved; keys are replaced by their HMAC-SHA-256, so that they can be found and not read. What a
 * thief of the file still sees: how many rows there are, and their sizes.
 */
import { createCipheriv, createDecipheriv, createHmac, createSecretKey, hkdfSync, randomBytes } from 'node:crypto';

/** Of the key of a store. */
export const KEY_BYTES = 32;
const NONCE_BYTES = 12;
const TAG_BYTES = 16;

/** Where a value stands in the file. */
export type Place = 'header' | { readonly database: number } | { readonly store: number; readonly key: Uint8Array };

/** A value does not open: another key, or it was changed, or it stands in another's place. */
export class SealBroken extends Error {
  override name = 'SealBroken';
}

export interface Sealing {
  /** Stands for a key of the object store with this id. */
  readonly hideKey: (store: number, key: Buffer) => Buffer;
  readonly seal: (plain: Uint8Array, place: Place) => Buffer;
  /** @throws SealBroken */
  readonly open: (sealed: Uint8Array, place: Place) => Buffer;
  /** A key of its own for another use, the same at each start. */
  readonly derive: (use: string) => Uint8Array;
}

/** @throws TypeError unless the key has 32 bytes. */
export function makeSealing(storeKey: Uint8Array): Sealing {
  if (storeKey.byteLength !== KEY_BYTES) throw new TypeError(`a store key has ${KEY_BYTES} bytes`);
  // The names are part of the file format.
  const derive = (use: string): Uint8Array => new Uint8Array(hkdfSync('sha256', storeKey, '', use, KEY_BYTES));
  const valueKey = createSecretKey(derive('persistent-indexeddb values'));
  const nameKey = createSecretKey(derive('persistent-indexeddb keys'));
  return {
    hideKey: (store, key) => createHmac('sha256', nameKey).update(`${store} `).update(key).digest(),
    seal: (plain, place) => {
      const nonce = randomBytes(NONCE_BYTES);
      const cipher = createCipheriv('aes-256-gcm', valueKey, nonce).setAAD(context(place));
      const sealed = [cipher.update(plain), cipher.final()];
      return Buffer.concat([nonce, cipher.getAuthTag(), ...sealed]);
    },
    open: (sealed, place) => {
      const nonce = sealed.subarray(0, NONCE_BYTES);
      const tag = sealed.subarray(NONCE_BYTES, NONCE_BYTES + TAG_BYTES);
      try {
        const decipher = createDecipheriv('aes-256-gcm', valueKey, nonce, { authTagLength: TAG_BYTES });
        decipher.setAAD(context(place)).setAuthTag(tag);
        const plain = decipher.update(sealed.subarray(NONCE_BYTES + TAG_BYTES));
        decipher.final(); // adds nothing in this mode, but throws unless the tag is right
        return plain;
      } catch (cause) {
        throw new SealBroken('a sealed value does not open', { cause });
      }
    },
    derive,
  };
}

function context(place: Place): Buffer {
  if (place === 'header') return Buffer.from('header');
  if ('database' in place) return Buffer.from(`database ${place.database}`);
  const { buffer, byteOffset, byteLength } = place.key;
  return Buffer.from(`row ${place.store} ${Buffer.from(buffer, byteOffset, byteLength).toString('base64')}`);
}

/** The homeserver of the last sign-in, so that it need not be typed again. No secret: any page of this origin may know. */
const key = 'carillon.homeserver';

export function rememberedServer(storage: Storage = localStorage): string {
  try {
    return storage.getItem(key) ?? '';
  } catch {
    return ''; // storage switched off or broken: a convenience less
  }
}

export function rememberServer(server: string, storage: Storage = localStorage): void {
  try {
    storage.setItem(key, server);
  } catch {
    // As above.
  }
}

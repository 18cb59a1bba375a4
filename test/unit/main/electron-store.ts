import Conf from 'conf';

/** What unit tests see as `electron-store`: that is `conf` plus Electron's default folder, which we never use. */
export class Store extends Conf {
  constructor({ name, ...options }: { name: string }) {
    super({ ...options, configName: name, projectName: 'test' });
  }
}

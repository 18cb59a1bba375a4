import { execFileSync } from 'node:child_process';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { electronExecutable } from '../../electron-host/executable.ts';

const bin = path.join(import.meta.dirname, '../../electron-host/bin');

describe('the executable', () => {
  it('is the stand-in where it was chosen', () => {
    expect(electronExecutable({ ELECTRON_OVERRIDE_DIST_PATH: bin })).toEqual({
      kind: 'stand-in',
      path: path.join(bin, 'electron'),
      env: { ELECTRON_OVERRIDE_DIST_PATH: bin },
    });
  });

  it('is a real Electron where another folder was chosen', () => {
    const { kind, env } = electronExecutable({ ELECTRON_OVERRIDE_DIST_PATH: '/opt/electron' });
    expect({ kind, env }).toEqual({ kind: 'electron', env: { ELECTRON_OVERRIDE_DIST_PATH: '/opt/electron' } });
  });

  it.skipIf(process.platform !== 'linux')('finds its Node, whatever `node` is on the PATH', () => {
    const env = { PATH: '/usr/bin:/bin', ELECTRON_RUN_AS_NODE: '1' };
    const version = execFileSync(path.join(bin, 'electron'), ['--version'], { env, encoding: 'utf8' });
    expect(version).toMatch(/^v2[4-9]\./);
  });
});

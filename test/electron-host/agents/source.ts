/** The agents as scripts for Chromium. Node has stripped their types already, so a function's text is plain JavaScript. */
import * as bridge from './bridge.ts';
import * as codec from './codec.ts';
import * as emitter from './emitter.ts';
import * as isolatedWorld from './isolated-world.ts';
import * as mainWorld from './main-world.ts';
import type { AgentConfig } from './messages.ts';

const textOf = (...modules: object[]): string =>
  modules
    .flatMap((module) => Object.values(module as Record<string, unknown>))
    .map(String)
    .join('\n');

/** Only the main frame has a preload, as in Electron by default. */
const inMainFrame = (text: string): string => `if (window === window.top) { ${text} }`;

export function mainWorldSource(token: string): string {
  const agent = textOf(codec, bridge, mainWorld);
  return inMainFrame(`(() => { ${agent}\nstartMainWorld(${JSON.stringify(token)}); })();`);
}

/** The preload stands on line 1, so that its line numbers hold. */
export function isolatedWorldSource(config: AgentConfig, preload: string | undefined): string {
  const wrapped =
    preload === undefined ? 'undefined' : `function (require, process, exports, module, global) {${preload}\n}`;
  const agent = textOf(codec, bridge, emitter, isolatedWorld);
  const start = `(() => { ${agent}\nreturn startIsolatedWorld; })()(${JSON.stringify(config)}, preload)`;
  const script = inMainFrame(`((preload) => { ${start}; })(${wrapped});`);
  return `${script}\n//# sourceURL=${config.preloadPath ?? 'electron-host-preload'}`;
}

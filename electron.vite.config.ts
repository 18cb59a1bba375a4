import vue from '@vitejs/plugin-vue';
import { defineConfig } from 'electron-vite';

// What stands in package.json's `dependencies` stays outside the main bundle; devDependencies are bundled.
export default defineConfig({
  main: {
    build: {
      lib: { entry: 'main/index.ts', formats: ['es'] },
      outDir: 'out/main',
      sourcemap: true,
    },
  },
  preload: {
    build: {
      // A sandboxed preload is one CommonJS file.
      externalizeDeps: false,
      lib: { entry: 'preload/index.ts', formats: ['cjs'] },
      rolldownOptions: { output: { entryFileNames: '[name].cjs' } },
      outDir: 'out/preload',
    },
  },
  renderer: {
    root: 'renderer',
    plugins: [vue()],
    worker: { format: 'es' },
    // Main puts a fresh value in its place with every document it serves.
    html: { cspNonce: '__CSP_NONCE__' },
    build: {
      outDir: 'out/renderer',
      minify: true,
      // No data: URLs, so that the Content-Security-Policy needs no exception for workers, worklets and fonts.
      assetsInlineLimit: 0,
      rolldownOptions: { input: { index: 'renderer/index.html', 'call-window': 'renderer/call-window.html' } },
    },
  },
});

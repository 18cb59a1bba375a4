import prettier from 'eslint-config-prettier/flat';
import type { Linter } from 'eslint';
import vue from 'eslint-plugin-vue';
import { defineConfig, globalIgnores } from 'eslint/config';
import ts from 'typescript-eslint';

/** One layer's forbidden imports: static, `import type` and `import()`. The last matching layer replaces earlier ones. */
const layer = (files: string[], ...patterns: { regex: string; message: string }[]): Linter.Config => ({
  files,
  rules: {
    '@typescript-eslint/no-restricted-imports': ['error', { patterns }],
    'no-restricted-syntax': [
      'error',
      ...patterns.map(({ regex, message }) => ({
        selector: `ImportExpression[source.value=/${regex.replaceAll('/', '\\u002F')}/]`,
        message,
      })),
    ],
  },
});

const noMain = { regex: '(^|/)main(/|$)', message: 'Main is reached through preload/contract.ts only.' };
const noRenderer = { regex: '(^|/)renderer(/|$)', message: 'Main and preload know nothing of the renderer.' };
const noPreload = { regex: '(^|/)preload/(?!contract(/|$))', message: 'Of the preload, only the contract is shared.' };
const noNode = {
  regex: '^(node:|electron$|electron-store$|matrix-js-sdk|@matrix-org/|fake-indexeddb)',
  message: 'Not in the page.',
};
const noVue = {
  regex: '^(vue|pinia|vue-i18n|reka-ui|@vueuse/|@lucide/)',
  message: 'renderer/call is plain TypeScript.',
};
const inCall = { regex: '^\\.\\./(?!\\.\\./preload/contract(/|$))', message: 'renderer/call stands alone.' };
const noTests = { regex: '(^|/)test(/|$)', message: 'The product does not know its tests.' };

export default defineConfig(
  globalIgnores(['out/', 'dist/', 'coverage/']),
  ts.configs.strictTypeChecked,
  ts.configs.stylisticTypeChecked,
  vue.configs['flat/recommended'],
  {
    languageOptions: {
      parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname, extraFileExtensions: ['.vue'] },
    },
    rules: {
      '@typescript-eslint/consistent-type-imports': 'error',
      // `return log(…)` and `() => log(…)` are the shortest way to say "log it, and that is all".
      '@typescript-eslint/no-confusing-void-expression': [
        'error',
        { ignoreArrowShorthand: true, ignoreVoidReturningFunctions: true },
      ],
      // `const { version, ...settings } = file`: what is taken out is meant to stay behind.
      '@typescript-eslint/no-unused-vars': ['error', { ignoreRestSiblings: true }],
      '@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true }],
    },
  },
  { files: ['**/*.vue'], languageOptions: { parserOptions: { parser: ts.parser } } },
  layer(['main/**'], noRenderer, noPreload, noTests),
  layer(['preload/**'], noMain, noRenderer, noTests),
  layer(['renderer/**'], noMain, noPreload, noNode, noTests),
  layer(['renderer/call/**'], noMain, noPreload, noNode, noVue, inCall, noTests),
  {
    files: ['renderer/call/**'],
    rules: {
      'no-restricted-globals': [
        'error',
        'setTimeout',
        'setInterval',
        'Date',
        'crypto',
        'navigator',
        'window',
        'document',
        'fetch',
        'RTCPeerConnection',
      ],
    },
  },
  { files: ['test/**'], rules: { '@typescript-eslint/unbound-method': 'off' } },
  prettier,
);

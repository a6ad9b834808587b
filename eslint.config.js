import js from '@eslint/js';
import prettier from 'eslint-config-prettier';
import vue from 'eslint-plugin-vue';
import globals from 'globals';
import tseslint from 'typescript-eslint';
import { importRule } from './infra/lint/import-rule.js';

const TESTS = ['**/*.test.{ts,mjs}', 'server/test/**/*.ts', 'client/e2e/**/*.ts'];
const TEST_MODIFIERS = '/^(only|skip|skipIf|runIf|todo|fails)$/';
const TEST_FUNCTIONS = '/^(test|it|describe|suite)$/';

export default tseslint.config(
  {
    ignores: [
      '**/node_modules/',
      'client/dist/',
      'data/',
      'coverage/',
      'test-results/',
      'infra/mediasoup-worker/overlay/',
    ],
  },
  { linterOptions: { reportUnusedDisableDirectives: 'error' } },
  js.configs.recommended,
  tseslint.configs.recommended,
  vue.configs['flat/recommended'],
  {
    plugins: { 'nhip-cau': { rules: { imports: importRule } } },
    rules: {
      'nhip-cau/imports': 'error',
      'no-duplicate-imports': ['error', { allowSeparateTypeImports: true }],
      eqeqeq: 'error',
      // Schemas name control characters on purpose, to refuse them.
      'no-control-regex': 'off',
      '@typescript-eslint/consistent-type-imports': ['error', { disallowTypeAnnotations: false }],
      '@typescript-eslint/no-unused-vars': [
        'error',
        { argsIgnorePattern: '^_', ignoreRestSiblings: true },
      ],
    },
  },
  {
    files: ['**/*.vue'],
    languageOptions: { parserOptions: { parser: tseslint.parser } },
    rules: {
      // The compiler (vue-tsc) knows the names; ESLint does not know the DOM's types.
      'no-undef': 'off',
      'vue/multi-word-component-names': 'off',
      'vue/require-default-prop': 'off',
      // Names, questions and transcripts come from people: text everywhere, never markup.
      'vue/no-v-html': 'error',
      // Every word of the interface stands in the locale files, in both languages.
      'vue/no-bare-strings-in-template': 'error',
      'vue/block-lang': ['error', { script: { lang: 'ts' } }],
      'vue/component-api-style': ['error', ['script-setup']],
    },
  },
  {
    files: ['infra/**/*.{js,mjs}', '*.config.{js,ts}'],
    languageOptions: { globals: globals.node },
  },
  {
    files: ['server/src/**/*.ts', 'shared/src/**/*.ts'],
    rules: { 'no-console': 'error' },
  },
  {
    // Programs for a terminal: their output is what they are for.
    files: ['server/src/*.ts'],
    rules: { 'no-console': 'off' },
  },
  {
    files: TESTS,
    rules: {
      'no-restricted-syntax': [
        'error',
        ...['object.name', 'object.object.name'].map((owner) => ({
          selector: `MemberExpression[property.name=${TEST_MODIFIERS}][${owner}=${TEST_FUNCTIONS}]`,
          message: 'Every test runs, always: what is left out proves nothing.',
        })),
      ],
    },
  },
  prettier,
);

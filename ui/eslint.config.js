// The rules of the pages' sources, beside those of the types.

import js from '@eslint/js'
import svelte from 'eslint-plugin-svelte'
import ts from 'typescript-eslint'

export default ts.config(
  { ignores: ['dist', 'dist-mock', 'public', 'src/bindings'] },
  js.configs.recommended,
  ts.configs.recommended,
  svelte.configs.recommended,
  svelte.configs.prettier,
  {
    files: ['**/*.svelte', '**/*.svelte.ts'],
    languageOptions: { parserOptions: { parser: ts.parser, extraFileExtensions: ['.svelte'] } },
  },
  {
    rules: {
      // The compiler of TypeScript knows every name; the linter does not know the browser's.
      'no-undef': 'off',
      // {' '} keeps a space that a line break would swallow.
      'svelte/no-useless-mustaches': 'off',
    },
  },
)

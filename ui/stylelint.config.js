// The rules of style sheets: each side is named by the direction of writing, so that right-to-left needs no second sheet.

/** @type {import('stylelint').Config} */
export default {
  overrides: [{ files: ['**/*.svelte'], customSyntax: 'postcss-html' }],
  languageOptions: { directionality: { block: 'top-to-bottom', inline: 'left-to-right' } },
  rules: {
    // The window of the oldest system here does not know overflow-inline and overflow-block.
    'property-layout-mappings': ['flow-relative', { ignoreProperties: [/^overflow-[xy]$/] }],
    'value-keyword-layout-mappings': 'flow-relative',
    // A shorthand of four values names physical sides.
    'declaration-property-value-disallowed-list': {
      '/^(margin|padding|inset)$/': [/^(\S+\s+){3}\S+$/],
    },
  },
}

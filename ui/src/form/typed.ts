// What every field is told of what is typed into it.

/** Nothing is remembered, corrected, suggested or checked by the browser. */
export const UNREMEMBERED = {
  autocomplete: 'off',
  spellcheck: false,
  autocorrect: 'off',
  autocapitalize: 'off',
  writingsuggestions: 'false',
} as const

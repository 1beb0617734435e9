// The fonts of Korean and Chinese, once there is something to write in them. Their 225 rules cost the web view 15 MiB on a page that
// shows none of their letters: it makes a font for each of them, in each size and weight that the page has.

let reading: Promise<unknown> | undefined

/** Takes the fonts in, once. Without them the system's are seen. */
const read = () => (reading ??= import('./eastAsian.css').catch(() => {}))

/** Takes the fonts in when the first letter of theirs is shown, wherever it is: the web view reads the font that stands for it then. */
export function readWhenShown(): void {
  for (const face of document.fonts) {
    if (face.family.includes('East Asian')) void face.loaded.catch(() => {}).then(read)
  }
}

/** Begins to take in the fonts for what will be shown in a language, before its first letter is. */
export function fontsFor(language: string): void {
  if (/^(ja|ko|yue|zh)\b/i.test(language)) void read()
}

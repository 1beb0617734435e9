// How large the kiosk's letters are, in millimetres of the screen.

/** The heights of a capital letter, one of each range of VVSG 2.0, 7.1-G: 3.5 to 4.2, 4.8 to 5.6, 6.4 to 7.1, 8.5 to 9.0 mm. */
export const SIZES = [
  { name: 'small', capital: 3.6 },
  { name: 'normal', capital: 4.9 },
  { name: 'large', capital: 6.5 },
  { name: 'largest', capital: 8.6 },
] as const

export type Size = (typeof SIZES)[number]['name']

/** Shows the page in letters of a size, on a screen with so many pixels to a millimetre. */
export function measure(page: HTMLElement, size: Size, pixelsPerMm: number): void {
  const { capital } = SIZES.find(({ name }) => name === size) ?? SIZES[1]
  page.style.setProperty('--mm', `${pixelsPerMm}px`)
  page.style.setProperty('--capital', String(capital))
}

/** Gives the page back as it was. */
export function unmeasure(page: HTMLElement): void {
  page.style.removeProperty('--mm')
  page.style.removeProperty('--capital')
}

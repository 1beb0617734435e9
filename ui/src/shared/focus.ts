// Focus follows the person: to the heading of a new screen, or to the first thing to do on it.

/** Attach to the heading of a screen (with `tabindex="-1"`), or to its first field. */
export function takeFocus(element: HTMLElement): void {
  element.focus({ preventScroll: true })
}

// Keys of a form beside an input method: a key that belongs to a composition, such as the Enter that ends it, is not the form's.

/** An attachment that hands on the keys that are struck in an element, but for those of an input method. */
export function ownKeys(handle: (event: KeyboardEvent) => void) {
  return (element: EventTarget) => {
    /** A composition ended, and the key that ended it is not let go of yet. Some engines tell of the end before the key, and then
        as of any other; a key or finger that comes up, or down elsewhere, is the next one. */
    let ending = false
    const end = () => (ending = true)
    const goOn = () => (ending = false)
    const strike = (event: Event) => {
      const key = event as KeyboardEvent
      // 229: the input method has the key (UI Events, legacy key codes).
      const isComposed = key.isComposing || key.keyCode === 229 || (ending && key.key === 'Enter')
      if (!isComposed) handle(key)
    }
    const listeners = { compositionend: end, keyup: goOn, pointerdown: goOn, focusout: goOn, keydown: strike }
    for (const [type, listener] of Object.entries(listeners)) element.addEventListener(type, listener)
    return () => {
      for (const [type, listener] of Object.entries(listeners)) element.removeEventListener(type, listener)
    }
  }
}

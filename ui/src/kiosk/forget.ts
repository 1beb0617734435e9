// What a visit leaves where the page cannot reach: in the input method, in the buffers between page and shell, and in the
// memory of the process that runs the page.

import { tick } from 'svelte'
import { forgetVisit, freshPage } from '../shared/commands'

/** A message between page and shell is at most so long before it takes another way. */
const MESSAGE_MAX = 4096

/** The input method forgets the last field once it has seen an empty one; the buffers, once something else went through. The
    page's own process cannot be made to forget: it ends, and this promise with it. */
export async function forget(label: string): Promise<void> {
  // The last person's screen is gone.
  await tick()
  const before = document.activeElement
  const empty = document.createElement('input')
  empty.className = 'hidden'
  // For these two frames it is what a screen reader stands on.
  empty.ariaLabel = label
  ;(document.querySelector('main') ?? document.body).append(empty)
  empty.focus({ preventScroll: true })
  await new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve)))
  const stayed = document.activeElement === empty
  empty.remove()
  if (stayed && before instanceof HTMLElement && before.isConnected) before.focus({ preventScroll: true })
  for (let length = MESSAGE_MAX; length > MESSAGE_MAX / 4; length -= 256) {
    await forgetVisit('.'.repeat(length)).catch(() => {})
  }
  await freshPage().catch(() => {})
}

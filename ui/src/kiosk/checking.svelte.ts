// What the table says of a form while it is filled in: what is wrong with it, and what it keeps in another form than was typed.

import type { Checked } from '../bindings/Checked'
import type { Draft } from '../bindings/Draft'
import type { Problem } from '../bindings/Problem'
import type { TextField } from './draft'

const same = (a: Problem) => (b: Problem) => a.field === b.field && a.code === b.code

export type Checking = ReturnType<typeof checking>

/** `ask` looks at a draft; `unpressed` waits until nobody presses anything. */
export function checking(ask: (draft: Draft) => Promise<Checked>, unpressed: () => Promise<void>) {
  let problems = $state.raw<Problem[]>([])
  let said = $state.raw<{ mended: Checked['mended']; of: Draft } | null>(null)
  let asked = 0

  return {
    /** What was told of the last try to sign, less what was mended since. */
    get problems() {
      return problems
    },
    /** The answer to a try to sign. */
    told(checked: Checked, draft: Draft) {
      asked += 1
      problems = checked.problems
      said = { mended: checked.mended, of: draft }
    },
    /** Looks again: what was mended is no longer pointed at, and what is not yet tried is not complained about. */
    async look(draft: Draft) {
      asked += 1
      const turn = asked
      try {
        const now = await ask(draft)
        // Words that come or go move the fields below them: not while somebody presses one of them.
        await unpressed()
        if (turn !== asked) return
        problems = problems.filter((problem) => now.problems.some(same(problem)))
        said = { mended: now.mended, of: draft }
      } catch {
        // The words stay as they are: the next tap on "Sign" tells.
      }
    },
    /** Whether nothing is odd in this draft but what was shown before. */
    async isAsShown(draft: Draft): Promise<boolean> {
      const shown = problems
      return (await ask(draft)).problems.every((problem) => shown.some(same(problem)))
    },
    /** What is kept of a field that is still as it was when it was looked at; a country is a part of numbers and codes. */
    kept(field: TextField, draft: Draft): string | undefined {
      if (!said || said.of[field] !== draft[field] || said.of.country !== draft.country) return undefined
      return said.mended.find((mended) => mended.field === field)?.kept
    },
  }
}

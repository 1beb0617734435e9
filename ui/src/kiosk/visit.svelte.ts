// One person at the kiosk: how far the visit is, and what leads on from there. It is in memory alone, and ends with the person.

import type { Draft } from '../bindings/Draft'
import type { PetitionPage } from '../bindings/PetitionPage'
import type { Point } from '../bindings/Point'
import type { Thanks } from '../bindings/Thanks'
import { emptyDraft, nextDraft } from './draft'

/** What is being typed and drawn. */
export class Typed {
  draft: Draft = $state() as Draft
  strokes: Point[][] = $state.raw([])

  constructor(draft: Draft, strokes: Point[][] = []) {
    this.draft = draft
    this.strokes = strokes
  }
}

/** Where a visit is, with what there is of it. */
export type Stage =
  /** Nothing was touched: the invitation where there is one petition, else the choice. */
  | { at: 'choose' }
  | { at: 'invite'; petition: string }
  | { at: 'read'; page: PetitionPage; typed: Typed }
  | { at: 'sign'; page: PetitionPage; typed: Typed }
  | { at: 'thanks'; page: PetitionPage; typed: Typed; thanks: Thanks }
  | { at: 'unavailable'; failure: unknown }

export type Step =
  | { step: 'choose'; petition: string }
  /** A petition was loaded. Its form's id is the signature's. */
  | { step: 'open'; page: PetitionPage; to: 'read' | 'sign'; id: string }
  | { step: 'read' }
  | { step: 'sign' }
  /** The text is not the one that was shown: this is the new one. */
  | { step: 'renew'; page: PetitionPage }
  | { step: 'save'; thanks: Thanks }
  | { step: 'fail'; failure: unknown }

/** The stage after a step. A step that does not lead on from a stage leaves it as it is. */
export function after(stage: Stage, step: Step): Stage {
  switch (step.step) {
    case 'choose':
      // Again, where the chosen one is no longer at this table.
      return stage.at === 'choose' || stage.at === 'invite' ? { at: 'invite', petition: step.petition } : stage
    case 'open':
      switch (stage.at) {
        case 'choose':
        case 'invite':
          return { at: step.to, page: step.page, typed: new Typed(emptyDraft(step.page, step.id)) }
        // Name and address go on to the next petition.
        case 'thanks':
          return { at: step.to, page: step.page, typed: new Typed(nextDraft(step.page, step.id, stage.typed.draft)) }
        default:
          return stage
      }
    case 'read':
      return stage.at === 'sign' ? { ...stage, at: 'read' } : stage
    case 'sign':
      return stage.at === 'read' ? { ...stage, at: 'sign' } : stage
    case 'renew':
      return stage.at === 'read' || stage.at === 'sign' ? { ...stage, page: step.page } : stage
    case 'save':
      return stage.at === 'sign' ? { ...stage, at: 'thanks', thanks: step.thanks } : stage
    case 'fail':
      return { at: 'unavailable', failure: step.failure }
  }
}

/** How far a visit is: nothing was touched, a petition was chosen, it is being read or signed, it is signed. */
export type Progress = 'fresh' | 'chosen' | 'begun' | 'signed'

export function progressOf(stage: Stage): Progress {
  switch (stage.at) {
    case 'choose':
      return 'fresh'
    case 'invite':
      return 'chosen'
    case 'thanks':
      return 'signed'
    default:
      return 'begun'
  }
}

export type Visit = ReturnType<typeof visit>

/** A visit that begins. `load` gives a petition as it is now. */
export function visit(load: (petition: string) => Promise<PetitionPage>) {
  let stage = $state.raw<Stage>({ at: 'choose' })
  let ended = false
  /** How many petitions are being loaded. */
  let loading = $state(0)

  function take(step: Step) {
    if (!ended) stage = after(stage, step)
  }

  async function loaded(petition: string, step: (page: PetitionPage) => Step) {
    loading += 1
    try {
      take(step(await load(petition)))
    } catch (failure) {
      take({ step: 'fail', failure })
    } finally {
      loading -= 1
    }
  }

  return {
    /** So that the table knows the signatures of one visit. */
    id: crypto.randomUUID() as string,
    get stage() {
      return stage
    },
    /** What was pressed is under way. */
    get busy() {
      return loading > 0
    },
    choose: (petition: string) => take({ step: 'choose', petition }),
    open: (petition: string, to: 'read' | 'sign') =>
      loaded(petition, (page) => ({ step: 'open', page, to, id: crypto.randomUUID() })),
    read: () => take({ step: 'read' }),
    sign: () => take({ step: 'sign' }),
    renew: (petition: string) => loaded(petition, (page) => ({ step: 'renew', page })),
    save: (thanks: Thanks) => take({ step: 'save', thanks }),
    /** Nothing of it is left, and no answer that is still under way brings anything back. */
    end() {
      ended = true
      stage = { at: 'choose' }
    },
  }
}

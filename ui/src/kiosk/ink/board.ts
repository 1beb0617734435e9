// What is seen of a drawing while a stroke is under way: painted run by run, so that a frame costs the same however much there is.

import { BOX } from '../../shared/strokes'
import type { Run, Stroke } from './drawing'

/** What paints on a canvas by the processor: where there is no graphics card the first picture by other means takes a third of a
    second, and where there is one, so little is painted that it is not missed. */
export function painterOf(canvas: HTMLCanvasElement): CanvasRenderingContext2D | null {
  return canvas.getContext('2d', { willReadFrequently: true })
}

/** So many runs are painted again in a frame, where some have become coarser. */
const AGAIN_A_FRAME = 2

/** Runs on a canvas of their own. */
class Layer {
  readonly canvas = document.createElement('canvas')
  readonly painted = new Set<Run>()
  readonly #context = painterOf(this.canvas)

  clear(like: HTMLCanvasElement, ink: string) {
    // It is empty when its size is set.
    this.canvas.width = like.width
    this.canvas.height = like.height
    this.painted.clear()
    if (this.#context) prepare(this.#context, ink)
  }

  paint(run: Run) {
    this.#context?.fill(new Path2D(run.path))
    this.painted.add(run)
  }
}

/** A canvas that shows strokes. */
export class Board {
  readonly #canvas: HTMLCanvasElement
  readonly #context: CanvasRenderingContext2D
  #ink = ''
  #of: Stroke | undefined
  #kept = new Layer()
  /** The same runs as they are by now, which takes the place of what is kept once they are all on it. */
  #next = new Layer()
  /** What is still to be painted on it; nothing where it is not being made. */
  #again: Run[] | undefined

  constructor(context: CanvasRenderingContext2D) {
    this.#context = context
    this.#canvas = context.canvas
  }

  /** Shows runs and the stroke under way. Gives whether the next frame has more to paint. */
  draw(runs: Run[], current: Stroke): boolean {
    if (this.#of !== current) this.#begin(runs, current)
    for (const run of runs) if (!run.isCoarser && !this.#kept.painted.has(run)) this.#paintNew(run)
    const more = this.#paintAgain(runs)
    const context = this.#context
    context.save()
    context.resetTransform()
    context.clearRect(0, 0, this.#canvas.width, this.#canvas.height)
    context.drawImage(this.#kept.canvas, 0, 0)
    context.restore()
    for (const run of current.tail()) context.fill(new Path2D(run.path))
    return more
  }

  /** Nothing of anybody is left on it. */
  clear() {
    if (!this.#of) return
    this.#of = this.#again = undefined
    for (const layer of [this.#kept, this.#next]) layer.clear(this.#canvas, this.#ink)
    this.#context.clearRect(0, 0, BOX.width, BOX.height)
  }

  #begin(runs: Run[], current: Stroke) {
    this.#of = current
    this.#again = undefined
    const ratio = window.devicePixelRatio
    this.#canvas.width = Math.round(this.#canvas.clientWidth * ratio)
    this.#canvas.height = Math.round(this.#canvas.clientHeight * ratio)
    this.#ink = getComputedStyle(this.#canvas).color
    prepare(this.#context, this.#ink)
    this.#kept.clear(this.#canvas, this.#ink)
    for (const run of runs) this.#kept.paint(run)
  }

  #paintNew(run: Run) {
    this.#kept.paint(run)
    if (this.#again) this.#next.paint(run)
  }

  #paintAgain(runs: Run[]): boolean {
    if (!this.#again) {
      const { painted } = this.#kept
      if (painted.size === runs.length && runs.every((run) => painted.has(run))) return false
      this.#next.clear(this.#canvas, this.#ink)
      this.#again = [...runs]
    }
    // Also one that is coarser again by now: it is seen until its turn comes.
    for (const run of this.#again.splice(0, AGAIN_A_FRAME)) this.#next.paint(run)
    if (this.#again.length > 0) return true
    ;[this.#kept, this.#next] = [this.#next, this.#kept]
    this.#again = undefined
    return true
  }
}

/** In units of the drawing's box from here on. */
function prepare(context: CanvasRenderingContext2D, ink: string) {
  const { width, height } = context.canvas
  context.setTransform(width / BOX.width, 0, 0, height / BOX.height, 0, 0)
  context.fillStyle = ink
}

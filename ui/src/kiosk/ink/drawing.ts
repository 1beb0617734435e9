// What was drawn, stroke by stroke, and never more of it than can be signed: what is seen is what is kept.

import type { Point } from '../../bindings/Point'
import { BOX, BYTES_MAX, TOLERANCE_MIN, bytesOfCounts, pathOf, simplified } from '../../shared/strokes'

/** A run has about so many points: its outline is made in one piece, and what one piece costs is what a frame costs. */
const RUN_POINTS = 24

/** So many points behind the pen are kept as they came, before they are simplified for good. */
const TAIL_POINTS = 128

/** A tolerance that leaves no shape to be kept: from there on every other point goes. */
const COARSEST = BOX.height / 4

/** So many outlines are made in a frame when a stroke is over. */
const OUTLINES_A_FRAME = 4

/** A part of a stroke. It begins with the last point of the one before it. */
export class Run {
  readonly points: Point[]
  readonly tolerance: number
  /** It stands for finer ones that were seen before. */
  readonly isCoarser: boolean
  readonly #before: Point | undefined
  readonly #after: Point | undefined
  #path: string | undefined

  constructor(points: Point[], tolerance: number, before?: Point, after?: Point, isCoarser = false) {
    this.points = points
    this.tolerance = tolerance
    this.isCoarser = isCoarser
    this.#before = before
    this.#after = after
  }

  /** Its outline, made once. */
  get path(): string {
    return (this.#path ??= this.make())
  }

  get isMade(): boolean {
    return this.#path !== undefined
  }

  make(): string {
    const beside = { before: this.#before, after: this.#after }
    return (this.#path = pathOf(this.points, BOX.width, this.tolerance, beside))
  }

  coarser(): Run {
    const tolerance = this.tolerance * 3
    if (tolerance < COARSEST) {
      return new Run(simplified(this.points, tolerance), tolerance, this.#before, this.#after, true)
    }
    const others = this.points.filter((_, index) => index % 2 === 0 || index === this.points.length - 1)
    return new Run(others, this.tolerance, this.#before, this.#after, true)
  }

  /** This and the run after it as one, or null where that would be a long one. */
  joined(next: Run | undefined): Run | null {
    if (!next || this.points.length + next.points.length > RUN_POINTS) return null
    const tolerance = Math.max(this.tolerance, next.tolerance)
    return new Run([...this.points, ...next.points.slice(1)], tolerance, this.#before, next.#after, true)
  }
}

/** A stroke: runs that were drawn, and while it is under way the tail behind the pen. */
export class Stroke {
  readonly runs: Run[] = []
  #tail: Point[] = []

  constructor(points: Point[] = []) {
    for (const point of points) this.add(point)
  }

  add(point: Point) {
    const last = this.#tail.at(-1)
    if (last && last.x === point.x && last.y === point.y) return
    this.#tail.push(point)
    if (this.#tail.length > TAIL_POINTS) this.#fold()
  }

  /** It is over. */
  end() {
    this.runs.push(...this.tail())
    this.#tail = []
  }

  /** All of it, with the tail as it looks now. */
  all(): Run[] {
    return [...this.runs, ...this.tail()]
  }

  /** What there is behind the pen, as it looks now. */
  tail(): Run[] {
    if (this.#tail.length === 0) return []
    return [new Run(simplified(this.#tail, TOLERANCE_MIN), TOLERANCE_MIN, this.#before())]
  }

  /** What there is to sign of it. */
  points(): Point[] {
    return this.runs.flatMap(({ points }, index) => (index === 0 ? points : points.slice(1)))
  }

  /** How many points there are to sign of it. */
  count(): number {
    return this.runs.reduce((sum, { points }) => sum + points.length - 1, this.runs.length === 0 ? 0 : 1)
  }

  /** Makes a run coarser, and one with its neighbour where both are short by now. Gives how many points were left out. */
  coarsen(index: number): number {
    const run = this.runs[index]
    if (!run) return 0
    const coarser = run.coarser()
    this.runs[index] = coarser
    const next = coarser.joined(this.runs[index + 1])
    const before = this.runs[index - 1]?.joined(coarser)
    if (next) this.runs.splice(index, 2, next)
    else if (before) this.runs.splice(index - 1, 2, before)
    return run.points.length - coarser.points.length
  }

  /** What is behind the tail's last few turns becomes runs. */
  #fold() {
    let kept = simplified(this.#tail, TOLERANCE_MIN)
    while (kept.length > 2 * RUN_POINTS) {
      this.runs.push(new Run(kept.slice(0, RUN_POINTS), TOLERANCE_MIN, this.#before(), kept[RUN_POINTS]))
      kept = kept.slice(RUN_POINTS - 1)
    }
    this.#tail = kept
    fit([this])
  }

  #before(): Point | undefined {
    return this.runs.at(-1)?.points.at(-2)
  }
}

/** The strokes of a signature. */
export class Drawing {
  #strokes: Stroke[]

  constructor(drawn: Point[][]) {
    this.#strokes = drawn.map((points) => new Stroke(points))
    for (const stroke of this.#strokes) stroke.end()
    fit(this.#strokes)
  }

  add(stroke: Stroke) {
    stroke.end()
    this.#strokes.push(stroke)
    fit(this.#strokes)
  }

  undo() {
    this.#strokes.pop()
  }

  clear() {
    this.#strokes = []
  }

  /** What there is to sign. */
  points(): Point[][] {
    return this.#strokes.map((stroke) => stroke.points())
  }

  /** The runs that there are, with those of the stroke that is under way. */
  runs(current?: Stroke): Run[] {
    const strokes = [...this.#strokes, ...(current ? [current] : [])]
    fit(strokes)
    this.#strokes = strokes.filter((stroke) => stroke !== current)
    return strokes.flatMap(({ runs }) => runs)
  }

  /** Makes some outlines that are missing, as many as a frame has room for. Gives whether all are there. */
  make(): boolean {
    const missing = this.runs().filter((run) => !run.isMade)
    for (const run of missing.slice(0, OUTLINES_A_FRAME)) run.make()
    return missing.length <= OUTLINES_A_FRAME
  }

  /** What there is to see: an SVG path a stroke, since a browser pays for each by its breadth. */
  paths(): string[] {
    return this.#strokes.map(({ runs }) => runs.map(({ path }) => path).join('')).filter((path) => path !== '')
  }
}

/**
 * Makes runs coarser until all can be signed: the older one is, and the finer it still is, the sooner. However long somebody scribbles,
 * the line behind the pen is as fine as ever. Where strokes are too many even for that, the oldest go.
 */
function fit(strokes: Stroke[]) {
  // Each frame asks: nothing is made for it that has to be cleared away again.
  const bytes = () => bytesOfCounts(strokes.map((stroke) => stroke.count()))
  let over = bytes() - BYTES_MAX
  while (over > 0) {
    const place = nextToCoarsen(strokes)
    if (place) over -= 5 * place.stroke.coarsen(place.index)
    else {
      strokes.shift()
      over = bytes() - BYTES_MAX
    }
  }
}

function nextToCoarsen(strokes: Stroke[]): { stroke: Stroke; index: number } | undefined {
  let [of, at, least] = [undefined as Stroke | undefined, 0, Infinity]
  let age = 0
  for (let newest = strokes.length - 1; newest >= 0; newest -= 1) {
    const stroke = strokes[newest]
    if (!stroke) continue
    for (let index = stroke.runs.length - 1; index >= 0; index -= 1) {
      const run = stroke.runs[index]
      if (!run) continue
      age += 1
      const fineness = run.tolerance / age ** 2
      if (run.points.length > 2 && fineness < least) [of, at, least] = [stroke, index, fineness]
    }
  }
  return of && { stroke: of, index: at }
}

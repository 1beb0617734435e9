// Scanning with two switches: one goes on to the next part of the screen, the other goes into it, or presses it. Nothing moves by
// itself, so nothing has to be hit in time.

/** What is on the screen: something that can be pressed, or a group of such. */
export type Part<T> = { press: T } | { parts: Part<T>[] }

/** So many parts are gone through one by one; more of them are parted into groups first. */
export const AT_ONCE = 6
/** Parts in a group of those. */
const IN_GROUP = 4

/** A group of these parts, with no level that holds nothing to choose between; none where there is nothing to press. */
export function group<T>(found: (Part<T> | undefined)[]): Part<T> | undefined {
  const parts = found.filter((part) => part !== undefined)
  if (parts.length < 2) return parts[0]
  const leaves = pressed({ parts })
  if (leaves.length <= AT_ONCE) return { parts: leaves.map((press) => ({ press })) }
  return { parts: parted(raised(parts)) }
}

/** The parts of groups that hold groups alone stand beside the others, as long as they are few: the rows of a keyboard. */
function raised<T>(parts: Part<T>[]): Part<T>[] {
  const up = parts.flatMap((part) =>
    'parts' in part && part.parts.every((one) => 'parts' in one) ? part.parts : [part],
  )
  return up.length <= AT_ONCE ? up : parts
}

function parted<T>(parts: Part<T>[]): Part<T>[] {
  if (parts.length <= AT_ONCE) return parts
  const groups = Math.ceil(parts.length / IN_GROUP)
  const from = (place: number) => Math.ceil((place * parts.length) / groups)
  const made = Array.from({ length: groups }, (_, place) => ({ parts: parts.slice(from(place), from(place + 1)) }))
  return parted(made)
}

/** All that can be pressed in a part, in order. */
export function pressed<T>(part: Part<T>): T[] {
  return 'press' in part ? [part.press] : part.parts.flatMap(pressed)
}

/** Where the scan is: the place at each level. Behind the last part of a group comes the way out of it. */
export type Way = readonly number[]

/** What stands at a way: a part, the way out of a group, or nothing where the screen is not the one that it was. */
export function at<T>(root: Part<T>, way: Way): Part<T> | 'out' | undefined {
  let here: Part<T> = root
  for (const [level, place] of way.entries()) {
    if (!('parts' in here)) return undefined
    const next: Part<T> | undefined = here.parts[place]
    if (!next) return place === here.parts.length && level > 0 && level === way.length - 1 ? 'out' : undefined
    here = next
  }
  return here
}

/** The next part, round and round; a group has its way out behind the last. */
export function next<T>(root: Part<T>, way: Way): Way {
  const above = at(root, way.slice(0, -1))
  const place = way.at(-1)
  if (place === undefined || above === undefined || above === 'out' || !('parts' in above)) return first(root)
  const places = above.parts.length + (way.length > 1 ? 1 : 0)
  return [...way.slice(0, -1), (place + 1) % places]
}

/** Into a group, or out of it. What can be pressed stays where it is. */
export function into<T>(root: Part<T>, way: Way): Way {
  const here = at(root, way)
  if (here === undefined) return first(root)
  if (here === 'out') return way.slice(0, -1)
  return 'parts' in here ? [...way, 0] : way
}

export function first<T>(root: Part<T>): Way {
  return 'parts' in root ? [0] : []
}

/** The way to what holds all of these, as far down as that goes; none where one of them is not there. */
export function find<T>(root: Part<T>, wanted: readonly T[]): Way | undefined {
  const all = pressed(root)
  if (wanted.length === 0 || !wanted.every((one) => all.includes(one))) return undefined
  const way: number[] = []
  let here: Part<T> = root
  while ('parts' in here) {
    const place = here.parts.findIndex((part) => {
      const inside = pressed(part)
      return wanted.every((one) => inside.includes(one))
    })
    const down: Part<T> | undefined = here.parts[place]
    if (!down) break
    way.push(place)
    here = down
    if (pressed(down).length === wanted.length) break
  }
  return way
}

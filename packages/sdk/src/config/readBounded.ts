import type { Path, Report } from './report.ts'

const MAX_DEPTH = 32
const MAX_VALUES = 200_000
/** Characters of text, in all. */
export const MAX_LENGTH = 2 ** 20

/** Whether a name would reach into an object's prototype. */
export const isReserved = (name: string): boolean => /^(__proto__|constructor|prototype)$/.test(name)

interface Place {
  readonly up?: Place
  readonly key: PropertyKey
}

/** What was read: a copy, or what was over which bound. */
export type Bounded = { readonly value: unknown } | { readonly found: string; readonly expected: string }

/**
 * Copies a value as plain JSON of bounded size, with a loop where recursion could overflow. What JSON cannot hold
 * (functions, big integers) is left out; names that would reach a prototype are reported and left out.
 */
export function* readBounded(source: unknown, report: Report): Generator<void, Bounded> {
  const top: { [key: string]: unknown } = {}
  const todo: {
    readonly from: unknown
    readonly into: { [key: PropertyKey]: unknown }
    readonly place: Place
    readonly depth: number
  }[] = [{ from: source, into: top, place: { key: 'value' }, depth: 0 }]
  let values = 0
  let length = 0
  const pathTo = (place: Place): Path => (place.up ? [...pathTo(place.up), place.key] : [])

  for (let next = todo.pop(); next; next = todo.pop()) {
    const { from, into, place, depth } = next
    if (++values > MAX_VALUES) return { found: 'more', expected: `at most ${MAX_VALUES} values` }
    if (values % 2000 === 0) yield
    if (typeof from === 'string') length += from.length
    if (length > MAX_LENGTH) return { found: 'more', expected: 'at most 1 MB' }
    if (typeof from !== 'object' || from === null) {
      if (/^(string|number|boolean|object)$/.test(typeof from)) into[place.key] = from
      continue
    }
    if (depth >= MAX_DEPTH) return { found: 'more', expected: `at most ${MAX_DEPTH} levels` }
    const copy: { [key: PropertyKey]: unknown } | unknown[] = Array.isArray(from) ? [] : {}
    into[place.key] = copy
    // Last in, first out: so from the last key to the first, to keep the order.
    for (const key of Object.keys(from).reverse()) {
      length += key.length
      const below: Place = { up: place, key: Array.isArray(from) ? Number(key) : key }
      if (isReserved(key)) report(pathTo(below), key, "a name that is not one of JavaScript's own")
      else
        todo.push({
          from: (from as { [key: string]: unknown })[key],
          into: copy as { [key: PropertyKey]: unknown },
          place: below,
          depth: depth + 1,
        })
    }
  }
  return { value: top['value'] }
}

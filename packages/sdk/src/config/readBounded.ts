import type { Path, Report } from './faults.ts'
import { isReserved } from './loose.ts'

/** Characters of text, in all. */
export const MAX_LENGTH = 2 ** 20
/** Levels of objects and lists. */
export const MAX_DEPTH = 32
const MAX_VALUES = 200_000

interface Place {
  readonly up?: Place
  readonly key: PropertyKey
}

type Holder = { [key: PropertyKey]: unknown }

/**
 * Copies a value as plain JSON of bounded size, with a loop where recursion could overflow. What JSON cannot hold
 * (functions, `NaN`) and names that would reach a prototype are reported and left out.
 *
 * @returns The copy, or the kind of bound that the value is over.
 */
export function* readBounded(
  source: unknown,
  report: Report,
): Generator<void, { readonly value?: unknown; readonly over?: string }> {
  const top: Holder = {}
  const todo: [from: unknown, into: Holder, place: Place, depth: number][] = [[source, top, { key: 'value' }, 0]]
  let values = 0
  let length = 0
  const pathTo = ({ up, key }: Place): Path => (up ? [...pathTo(up), key] : [])

  for (let next = todo.pop(); next; next = todo.pop()) {
    const [from, into, place, depth] = next
    if (++values > MAX_VALUES) return { over: 'many' }
    if (values % 2000 === 0) yield
    if (typeof from === 'string') length += from.length
    if (length > MAX_LENGTH) return { over: 'long' }
    if (typeof from === 'object' && from) {
      if (depth >= MAX_DEPTH) return { over: 'depth' }
      const isList = Array.isArray(from)
      if (isList && from.length > MAX_VALUES) return { over: 'many' }
      const copy = (isList ? new Array(from.length).fill(null) : {}) as Holder
      into[place.key] = copy
      const keys = isList ? [...from.keys()] : Object.keys(from)
      // Last in, first out: so from the last key to the first, to keep the order.
      for (const key of keys.reverse()) {
        if (todo.length % 2000 === 0) yield
        const below = { up: place, key }
        if (typeof key === 'string') length += key.length
        if (isReserved(String(key))) report(pathTo(below), key, 'name')
        else todo.push([(from as Holder)[key], copy, below, depth + 1])
      }
    } else if (/^(string|boolean|object)$/.test(typeof from) || Number.isFinite(from)) {
      // Minus nothing would be read as a price of minus nothing.
      into[place.key] = from === 0 ? 0 : from
    } else if (from !== undefined) report(pathTo(place), String(from), 'value')
  }
  return top
}

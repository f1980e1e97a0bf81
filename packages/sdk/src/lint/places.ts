import { type Node, parseTree } from 'jsonc-parser'
import type { JsonPath, Placed } from './finding.ts'

/** A stretch of text: its first unit, and the first behind it. */
export interface Range {
  readonly from: number
  readonly to: number
}

/** Finds things in the text of a file. */
export interface Places {
  /** What a path leads to; the opening of the innermost object or list that is there, where it leads to nothing. */
  readonly value: (path: JsonPath) => Range
  /** The key that ends a path. */
  readonly key: (path: JsonPath) => Range
  /** Keys that an object has twice: the last one counts. */
  readonly duplicates: readonly Placed[]
}

const rangeOf = ({ offset, length }: Node): Range => ({ from: offset, to: offset + length })
const opening = ({ offset }: Node): Range => ({ from: offset, to: offset + 1 })

/**
 * Reads where each value stands.
 *
 * @param text JSON without fault, of bounded depth.
 * @param lineOf The line of a unit of it, from 1.
 */
export function placesIn(text: string, lineOf: (at: number) => number): Places {
  const root = parseTree(text)!
  /** The entries of each object by key: of two with one key the last, as `JSON.parse` has it. */
  const entries = new Map<Node, Map<string, Node>>()
  const duplicates: Placed[] = []
  const read = (node: Node, path: JsonPath): void => {
    if (node.type === 'array') for (const [i, item] of (node.children ?? []).entries()) read(item, [...path, i])
    if (node.type !== 'object') return
    const own = new Map<string, Node>()
    entries.set(node, own)
    for (const entry of node.children ?? []) {
      const [key, value] = entry.children as [Node, Node]
      const name: string = key.value
      const at = [...path, name]
      const before = own.get(name)
      if (before) duplicates.push(duplicate(at, key, lineOf(before.offset)))
      own.set(name, entry)
      read(value, at)
    }
  }
  read(root, [])

  const find = (
    path: JsonPath,
  ): { readonly entry?: Node | undefined; readonly node: Node; readonly found: boolean } => {
    let node = root
    let entry: Node | undefined
    for (const step of path) {
      entry = node.type === 'object' ? entries.get(node)?.get(String(step)) : undefined
      const next = entry ? entry.children?.[1] : node.type === 'array' ? node.children?.[Number(step)] : undefined
      if (!next) return { node, found: false }
      node = next
    }
    return { entry, node, found: true }
  }
  return {
    value: (path) => {
      const { node, found } = find(path)
      return found ? rangeOf(node) : opening(node)
    },
    key: (path) => {
      const { entry, node } = find(path)
      return rangeOf(entry?.children?.[0] ?? node)
    },
    duplicates,
  }
}

function duplicate(path: JsonPath, key: Node, line: number): Placed {
  return {
    severity: 'fault',
    code: 'duplicate-key',
    path,
    ...rangeOf(key),
    found: `${key.value}, as on line ${line}`,
    expected: 'each key once: of two, only the last is read',
    fix: 'Remove one of the two.',
  }
}

/** Changes one value in the text of a file, and leaves everything else as it was written: order, layout, blank lines. */

import { findNodeAtLocation, type JSONPath, modify, type Node, parseTree } from 'jsonc-parser'

/** A change of the text: what stands from `from` up to `to` becomes `insert`. */
export interface TextChange {
  readonly from: number
  readonly to: number
  readonly insert: string
}

/** A line up to this length holds a value whole. */
const WIDTH = 100

/**
 * Says what to change so that a path leads to a value.
 *
 * @param text JSON without fault.
 * @param value `undefined` removes it, and an object that this leaves empty.
 */
export function changesFor(text: string, path: JSONPath, value: unknown): readonly TextChange[] {
  const root = parseTree(text)
  if (!root) return []
  const node = findNodeAtLocation(root, path)
  if (value === undefined) return node ? removal(text, path, node) : []
  if (node) {
    const insert = layOut(value, indentAt(text, node.offset), text)
    return [{ from: node.offset, to: node.offset + node.length, insert }]
  }
  return insertion(text, root, path, value)
}

function removal(text: string, path: JSONPath, node: Node): readonly TextChange[] {
  const owner = node.parent?.type === 'property' ? node.parent.parent : undefined
  if (owner?.children?.length === 1 && owner.parent?.type === 'property') return removal(text, path.slice(0, -1), owner)
  return modify(text, path, undefined, {}).map(({ offset, length, content }) => ({
    from: offset,
    to: offset + length,
    insert: content,
  }))
}

/** Puts a new entry behind the last one of the innermost object or list that is there. */
function insertion(text: string, root: Node, path: JSONPath, value: unknown): readonly TextChange[] {
  let depth = path.length - 1
  while (depth > 0 && !findNodeAtLocation(root, path.slice(0, depth))) depth--
  const owner = depth ? findNodeAtLocation(root, path.slice(0, depth)) : root
  if (owner?.type !== 'object' && owner?.type !== 'array') return []
  const inner = path
    .slice(depth + 1)
    .reduceRight((rest: unknown, step) => (typeof step === 'number' ? [rest] : { [step]: rest }), value)
  const key = owner.type === 'object' ? `${JSON.stringify(path[depth])}: ` : ''
  const outer = indentAt(text, owner.offset)
  const last = owner.children?.at(-1)
  if (!last) {
    const indent = outer + unitOf(text)
    const entry = `${eolOf(text)}${indent}${key}${layOut(inner, indent, text)}${eolOf(text)}${outer}`
    return [{ from: owner.offset + 1, to: owner.offset + owner.length - 1, insert: entry }]
  }
  const end = last.offset + last.length
  const isLines = text.slice(owner.offset, owner.children?.[0]?.offset).includes('\n')
  const indent = isLines ? indentAt(text, last.offset) : outer
  const entry = `${key}${layOut(inner, indent, text)}`
  return [{ from: end, to: end, insert: isLines ? `,${eolOf(text)}${indent}${entry}` : `, ${entry}` }]
}

const eolOf = (text: string): string => (text.includes('\r\n') ? '\r\n' : '\n')

/** What one level is indented by. */
const unitOf = (text: string): string => /^\{\r?\n([ \t]+)/.exec(text)?.[1] ?? '  '

/** The white space that the line of a unit begins with. */
const indentAt = (text: string, at: number): string =>
  /^[ \t]*/.exec(text.slice(text.lastIndexOf('\n', at - 1) + 1))![0]

/** Writes a value on one line, as a person would, or where that is too long on several. */
function layOut(value: unknown, indent: string, text: string): string {
  const line = oneLine(value)
  if (indent.length + line.length <= WIDTH) return line
  return JSON.stringify(value, undefined, unitOf(text)).replaceAll('\n', eolOf(text) + indent)
}

/** A value as a person would write it on one line. */
export function oneLine(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(oneLine).join(', ')}]`
  if (typeof value !== 'object' || value === null) return JSON.stringify(value)
  const entries = Object.entries(value).map(([key, inner]) => `${JSON.stringify(key)}: ${oneLine(inner)}`)
  return entries.length ? `{ ${entries.join(', ')} }` : '{}'
}

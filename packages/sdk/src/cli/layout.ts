import stringWidth from 'string-width'
import wrapAnsi from 'wrap-ansi'

/** The narrowest column that text is wrapped to: in a terminal narrower still, its lines are the terminal's matter. */
const NARROWEST = 20

/** Wraps text to a width, each of its lines after an indent; a word too long for a line stays whole. */
export function paragraph(text: string, width: number, indent = ''): string {
  const columns = Math.max(NARROWEST, width - stringWidth(indent))
  return wrapAnsi(text, columns)
    .split('\n')
    .map((line) => `${`${indent}${line}`.trimEnd()}\n`)
    .join('')
}

/** Sets pairs in two columns; below each other where the second would be too narrow to read. */
export function table(rows: readonly (readonly [term: string, text: string])[], width: number): string {
  const first = Math.max(...rows.map(([term]) => stringWidth(term))) + 4
  const isNarrow = width - first < 30
  return rows
    .map(([term, text]) => {
      if (isNarrow) return `  ${term}\n${paragraph(text, width, '    ')}`
      const lines = paragraph(text, width, ' '.repeat(first))
      return `  ${term}${' '.repeat(first - 2 - stringWidth(term))}${lines.slice(first)}`
    })
    .join('')
}

import { styleText } from 'node:util'
import { showPath } from '../config/describe.ts'
import type { Finding } from '../lint/finding.ts'
import type { Io } from './command.ts'
import { excerpt, printable } from './excerpt.ts'
import { paragraph, table } from './layout.ts'

/** What came of one file: its text with what was found in it, or why it could not be read. */
export type Outcome =
  | { readonly file: string; readonly text: string; readonly findings: readonly Finding[] }
  | { readonly file: string; readonly unreadable: string }

export interface Counts {
  readonly fault: number
  readonly advice: number
  readonly unreadable: number
}

export function countsOf(outcomes: readonly Outcome[]): Counts {
  const counts = { fault: 0, advice: 0, unreadable: 0 }
  for (const outcome of outcomes)
    if ('unreadable' in outcome) counts.unreadable++
    else for (const { severity } of outcome.findings) counts[severity]++
  return counts
}

/** What is written to either stream. */
export interface Printed {
  readonly stdout: string
  readonly stderr?: string
}

/** How findings are told, by the name of the format. */
export const formats: {
  readonly [name in 'text' | 'json' | 'github']: (outcomes: readonly Outcome[], io: Io) => Printed
} = {
  text: (outcomes, io) => ({
    stdout: `${outcomes.map((outcome) => asText(outcome, io)).join('')}${summary(outcomes, io.width)}`,
    stderr: outcomes.map((one) => ('unreadable' in one ? paragraph(one.unreadable, io.width) : '')).join(''),
  }),

  json(outcomes) {
    const files = outcomes.map((one) => ('unreadable' in one ? one : { file: one.file, findings: one.findings }))
    const { fault, advice, unreadable } = countsOf(outcomes)
    return { stdout: `${JSON.stringify({ files, faults: fault, advice, unreadable }, null, 2)}\n` }
  },

  github: (outcomes) => ({ stdout: outcomes.map(asCommands).join('') }),
}

const some = (n: number, one: string, more: string): string => `${n || 'no'} ${n === 1 ? one : more}`

function summary(outcomes: readonly Outcome[], width: number): string {
  const { fault, advice, unreadable } = countsOf(outcomes)
  const parts = [some(fault, 'fault', 'faults')]
  if (advice) parts.push(some(advice, 'piece of advice', 'pieces of advice'))
  const read = outcomes.length - unreadable
  if (!read) return ''
  const rest = unreadable ? `; ${some(unreadable, 'file', 'files')} could not be read` : ''
  return paragraph(`${some(read, 'file', 'files')} checked: ${parts.join(', ')}${rest}.`, width)
}

// ── For people ──────────────────────────────────────────────────────────────

function asText(outcome: Outcome, { color, width }: Io): string {
  if ('unreadable' in outcome) return ''
  const paint = (style: 'red' | 'yellow' | 'bold' | 'dim', text: string): string =>
    color ? styleText(style, text, { validateStream: false }) : text
  const lines = outcome.text.split(/\r\n|\r|\n/)

  return outcome.findings
    .map(({ severity, code, path, from, to, line, column, found, expected, nearest, fix }) => {
      const tone = severity === 'fault' ? 'red' : 'yellow'
      const place = printable(`${outcome.file}:${line}:${column}`)
      const where = path.length ? ` in ${printable(showPath(path))}` : ''
      const gutter = `  ${line} │ `
      const cut = excerpt(lines[line - 1] ?? '', column - 1, column - 1 + to - from, width - gutter.length)
      const mend = nearest === undefined ? fix : `${fix} It is the nearest valid name.`
      const rows = { found, [severity === 'fault' ? 'expected' : 'why']: expected, mend }
      return [
        paragraph(`${paint('bold', place)} ${paint(tone, `${severity} ${code}`)}${where}`, width),
        `${paint('dim', gutter.trimEnd())}${cut.text && ` ${cut.text}`}\n`,
        `${paint('dim', `${' '.repeat(gutter.length - 2)}│ `)}${paint(tone, cut.marks)}\n`,
        table(
          Object.entries(rows).flatMap(([term, text]) =>
            text ? [[paint('dim', term), printable(text)] as const] : [],
          ),
          width,
        ),
        '\n',
      ].join('')
    })
    .join('')
}

// ── For GitHub ──────────────────────────────────────────────────────────────

const escaped = (text: string): string => text.replaceAll('%', '%25').replaceAll('\r', '%0D').replaceAll('\n', '%0A')
const property = (text: string): string => escaped(text).replaceAll(':', '%3A').replaceAll(',', '%2C')

/** Workflow commands: GitHub shows each beside its line in the changes of a pull request. */
function asCommands(outcome: Outcome): string {
  const file = property(outcome.file)
  if ('unreadable' in outcome) return `::error file=${file}::${escaped(outcome.unreadable)}\n`
  return outcome.findings
    .map(({ severity, code, path, line, column, found, expected, fix }) => {
      const title = property([code, showPath(path)].filter(Boolean).join(' in '))
      const text =
        severity === 'fault' ? [`Found: ${found}`, `Expected: ${expected}`] : [`Found: ${found}`, `Why: ${expected}`]
      const message = escaped([...text, ...(fix ? [fix] : [])].join('\n'))
      return `::${severity === 'fault' ? 'error' : 'warning'} file=${file},line=${line},col=${column},title=${title}::${message}\n`
    })
    .join('')
}

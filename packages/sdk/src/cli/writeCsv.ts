import type { Spread, Summaries } from '../simulate/index.ts'

/** Writes a result as one figure a line: `persona,trigger,figure,value`, for a spreadsheet to turn as it likes. */
export function writeCsv({ all, personas }: Summaries): string {
  const lines: (readonly (string | number)[])[] = [['persona', 'trigger', 'figure', 'value']]
  for (const { persona, triggers, users, sessions, never, tooOften, shown, ...spreads } of [...personas, all]) {
    for (const [figure, value] of Object.entries({ users, sessions, shown, never, tooOften })) {
      lines.push([persona, '', figure, value])
    }
    for (const [name, spread] of Object.entries(spreads) as [string, Spread][]) {
      for (const [part, value] of Object.entries(spread)) lines.push([persona, '', `${name}.${part}`, value])
    }
    for (const { id, withheld, ...counts } of triggers) {
      for (const [figure, value] of Object.entries(counts)) lines.push([persona, id, figure, value])
      for (const [reason, value] of Object.entries(withheld)) lines.push([persona, id, `withheld.${reason}`, value])
    }
  }
  return lines.map((line) => `${line.map(cell).join(',')}\r\n`).join('')
}

/** A cell by RFC 4180. What a spreadsheet would take for a formula is made text. */
function cell(value: string | number): string {
  const text = typeof value === 'string' && /^[=+\-@\t]/.test(value) ? `'${value}` : String(value)
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text
}

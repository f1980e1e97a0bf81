import type { Change, Comparison, Contrast } from '../simulate/index.ts'
import { columns, count, many } from './columns.ts'
import { paragraph, table } from './layout.ts'
import type { Setting } from './readRun.ts'

/** What changed in one field, in words. */
function sayChange({ was, is }: Change): string {
  if (was === undefined) return `now ${is}`
  return is === undefined ? `was ${was}, and is no more` : `was ${was}, is ${is}`
}

const isNothing = ({ added, removed, changed, shared }: Comparison): boolean =>
  !added.length && !removed.length && !changed.length && !shared.length

const NOTHING = 'Both files mean the same.'
const HEADER = ['', 'users', 'prompts', 'never reached', 'too often']

function rowOf({ persona, users, was, is, never, tooOften, verdict }: Contrast): string[] {
  return [`${persona} (${verdict})`, count(users), move(was, is), move(...never), move(...tooOften)]
}

function move(was: number, is: number): string {
  return was === is ? count(is) : `${count(was)} → ${count(is)}`
}

function sayTriggers({ triggers }: Contrast): string {
  return triggers.map(({ id, was, is }) => `${id} ${move(was, is)}`).join(', ')
}

/** Writes a comparison for a terminal. */
export function writeDiff(
  comparison: Comparison,
  contrasts: readonly Contrast[],
  { users, days, seed }: Setting,
  width: number,
): string {
  const { added, removed, changed, shared } = comparison
  const changes = (list: readonly Change[]): string =>
    table(
      list.map((change) => [change.field, sayChange(change)] as const),
      width,
    )
  const moved = contrasts.filter(({ triggers }) => triggers.length)
  return [
    ...(isNothing(comparison) ? [paragraph(NOTHING, width)] : []),
    ...(added.length ? [paragraph(`Added: ${added.join(', ')}.`, width)] : []),
    ...(removed.length ? [paragraph(`Removed: ${removed.join(', ')}.`, width)] : []),
    ...changed.map(({ id, changes: list }) => `${paragraph(`Changed: ${id}`, width)}${changes(list)}`),
    ...(shared.length ? [`${paragraph('Changed for all triggers', width)}${changes(shared)}`] : []),
    paragraph(
      `What ${many(users, 'user')} ${users === 1 ? 'sees' : 'see'} in ${many(days, 'day')}, seed ${seed}:`,
      width,
    ) + columns(HEADER, contrasts.map(rowOf), width),
    ...(moved.length
      ? [
          paragraph('Prompts shown, where that differs:', width) +
            table(
              moved.map((one) => [one.persona, sayTriggers(one)] as const),
              width,
            ),
        ]
      : []),
  ].join('\n')
}

/** Text that Markdown leaves as it is, within one cell of a table. */
function plain(text: string): string {
  return text.replace(/[\\`*_{}[\]<>#|~!@&]/g, '\\$&').replace(/\s+/g, ' ')
}

function tableOf(header: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]): string => `| ${cells.join(' | ')} |\n`
  const rule = header.map((_, i) => (i ? '---:' : '---'))
  return `${line(header)}${line(rule)}${rows.map((row) => line(row.map(plain))).join('')}`
}

/** Writes a comparison to be pasted into a pull request. */
export function writeDiffMarkdown(
  comparison: Comparison,
  contrasts: readonly Contrast[],
  { users, days, seed }: Setting,
): string {
  const { added, removed, changed, shared } = comparison
  const changes = [
    ...changed.flatMap(({ id, changes: list }) => list.map((change) => [id, change] as const)),
    ...shared.map((change) => ['all triggers', change] as const),
  ]
  const moved = contrasts.filter(({ triggers }) => triggers.length)
  const names = (ids: readonly string[]): string => ids.map(plain).join(', ')
  return [
    '### What this edit changes\n',
    ...(isNothing(comparison) ? [`${NOTHING}\n`] : []),
    ...(added.length ? [`**Added:** ${names(added)}\n`] : []),
    ...(removed.length ? [`**Removed:** ${names(removed)}\n`] : []),
    ...(changes.length
      ? [
          changes
            .map(([id, change]) => `- **${plain(id)}**, ${plain(change.field)}: ${plain(sayChange(change))}\n`)
            .join(''),
        ]
      : []),
    `### Who sees more, fewer or other prompts\n\n${many(users, 'simulated user')} over ${many(days, 'day')}, seed ${seed}.\n`,
    tableOf(HEADER, contrasts.map(rowOf)),
    ...(moved.length ? [moved.map((one) => `- **${plain(one.persona)}:** ${plain(sayTriggers(one))}\n`).join('')] : []),
  ].join('\n')
}

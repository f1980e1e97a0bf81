import type { CheckedConfig } from '../config/types.ts'
import type { Spread, Summaries } from '../simulate/index.ts'
import { columns, count, many } from './columns.ts'
import { paragraph, table } from './layout.ts'
import type { Setting } from './readRun.ts'

const spread = ({ median, p95, max }: Spread): string => `${median} / ${p95} / ${max}`

/** Writes a result for people to read. */
export function writeSimulation(
  { all, personas, tooOften }: Summaries,
  { users, days, seed, journeys, startAt }: Setting,
  config: CheckedConfig,
  width: number,
): string {
  const hasSchedule = config.triggers.some(({ from, until }) => from !== undefined || until !== undefined)
  const start = journeys.start ?? new Date(startAt).toISOString().slice(0, 10)
  const everyone = personas.length > 1 ? [...personas, all] : personas
  const { triggers } = all
  const silent = triggers.filter(({ shown, held, withheld }) => !shown && !held && !Object.keys(withheld).length)
  const withheld = triggers.filter((trigger) => Object.keys(trigger.withheld).length)
  const parts = [
    paragraph(
      `${many(users, 'user')} over ${many(days, 'day')}, seed ${seed}${hasSchedule ? `, from ${start} on` : ''}. Median / 95 of 100 / most:`,
      width,
    ),
    columns(
      ['', 'a session', 'a week', 'a quarter', 'quiet days'],
      everyone.map((one) => [
        one.persona,
        spread(one.perSession),
        spread(one.perWeek),
        spread(one.perQuarter),
        spread(one.quiet),
      ]),
      width,
    ),
    columns(
      ['', 'users', 'sessions', 'prompts', 'never reached', 'too often'],
      everyone.map((one) => [one.persona, ...[one.users, one.sessions, one.shown, one.never, one.tooOften].map(count)]),
      width,
    ),
    paragraph(`Too often: more than ${tooOften.perWeek} prompts in one week. ${tooOften.source}.`, width),
    columns(
      ['What came of it', 'shown', 'clicked', 'dismissed', 'snoozed', 'ignored', 'held', 'bought'],
      triggers.map(({ id, shown, clicked, requested, dismissed, snoozed, ignored, held, converted }) => [
        id,
        ...[shown, clicked + requested, dismissed, snoozed, ignored, held, converted].map(count),
      ]),
      width,
    ),
    columns(
      ['Shown to', ...personas.map(({ persona }) => persona)],
      triggers.map(({ id }, i) => [id, ...personas.map((one) => count(one.triggers[i]?.shown ?? 0))]),
      width,
    ),
    ...(withheld.length
      ? [
          paragraph('Withheld, once a session for each reason:', width) +
            table(
              withheld.map((trigger) => [trigger.id, reasonsOf(trigger.withheld)] as const),
              width,
            ),
        ]
      : []),
    ...(silent.length
      ? [paragraph(`Never shown, and never near it: ${silent.map(({ id }) => id).join(', ')}.`, width)]
      : []),
  ]
  return parts.join('\n')
}

/** Reasons with their counts, the most frequent first. */
function reasonsOf(withheld: { readonly [reason: string]: number }): string {
  return Object.entries(withheld)
    .sort(([, a], [, b]) => b - a)
    .map(([reason, times]) => `${reason} ${count(times)}`)
    .join(', ')
}

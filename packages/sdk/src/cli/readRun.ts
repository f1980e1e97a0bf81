import type { CheckedConfig } from '../config/types.ts'
import type { Finding } from '../lint/finding.ts'
import { lint } from '../lint/lint.ts'
import { type Journeys, stockJourneys } from '../simulate/index.ts'
import { count } from './columns.ts'
import { type Io, type Option, Refusal } from './command.ts'
import { lintJourneys } from './lintJourneys.ts'
import { readSource } from './readSource.ts'
import { formats } from './report.ts'

/** The options that say who lives how long, of every command that simulates. */
export const runOptions = {
  journeys: { type: 'string', value: 'J.json', help: 'Who the users are; five stock personas where it is left out' },
  days: { type: 'string', value: 'N', help: 'How many days they live through, 1 to 730; 90 where it is left out' },
  users: { type: 'string', value: 'N', help: 'How many users there are, 1 to 10,000,000' },
  seed: {
    type: 'string',
    value: 'N',
    help: 'A whole number: the same one gives the same result; 1 where it is left out',
  },
} as const satisfies { readonly [name: string]: Option }

type Values = { readonly [name in keyof typeof runOptions]?: string }

/** What every run of a command has in common. */
export interface Setting {
  readonly journeys: Journeys
  readonly days: number
  readonly users: number
  readonly seed: number
  /** Today; of no account but to a trigger with a schedule. */
  readonly startAt: number
}

const DAY_MS = 86_400_000

/** Reads configurations and journeys; where they have faults these are told, and the answer is `undefined`. */
export async function readRun(
  files: readonly string[],
  values: Values,
  usersElse: number,
  io: Io,
): Promise<{ readonly configs: readonly [CheckedConfig, ...CheckedConfig[]]; readonly setting: Setting } | undefined> {
  const days = wholeOf(values, 'days', 1, 730, 90)
  const users = wholeOf(values, 'users', 1, 1e7, usersElse)
  const seed = wholeOf(values, 'seed', 0, 2 ** 31, 1)
  const configs: CheckedConfig[] = []
  let isSound = true
  /** As `check` tells it, but for advice. */
  const tell = (file: string, text: string, given: readonly Finding[]): void => {
    const findings = given.filter(({ severity }) => severity === 'fault')
    if (!findings.length) return
    isSound = false
    io.stderr(formats.text([{ file, text, findings }], { ...io, color: io.color && io.live === true }).stdout)
  }
  for (const file of files) {
    const text = await readSource(file, io)
    const { config, findings } = lint(text, { now: io.now })
    tell(file, text, findings)
    if (config) configs.push(config)
  }
  const [first, ...others] = configs
  if (!first || !isSound) return
  let journeys: Journeys | null = stockJourneys(first, ...others)
  if (values.journeys !== undefined) {
    const text = await readSource(values.journeys, io)
    const linted = lintJourneys(text, ...configs)
    tell(values.journeys, text, linted.findings)
    journeys = linted.journeys
  }
  const startAt = Math.floor(Date.now() / DAY_MS) * DAY_MS
  return journeys ? { configs: [first, ...others], setting: { journeys, days, users, seed, startAt } } : undefined
}

function wholeOf(values: Values, name: 'days' | 'users' | 'seed', least: number, most: number, usual: number): number {
  const text = values[name]
  if (text === undefined) return usual
  const number = Number(text)
  if (/^\d+$/.test(text) && number >= least && number <= most) return number
  throw new Refusal(`"--${name}" takes a whole number from ${count(least)} to ${count(most)}, and was given "${text}".`)
}

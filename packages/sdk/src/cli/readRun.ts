import { parseConfig } from '../config/index.ts'
import type { CheckedConfig, ConfigError } from '../config/types.ts'
import { type Journeys, parseJourneys, stockJourneys } from '../simulate/index.ts'
import { type Io, type Option, Refusal } from './command.ts'
import { paragraph } from './layout.ts'
import { readSource } from './readSource.ts'

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
  const tell = (file: string, errors: readonly ConfigError[]): void => {
    for (const { path, found, expected, nearest } of errors) {
      const at = path ? `${file}: ${path}` : file
      const near = nearest === undefined ? '' : ` Did you mean ${nearest}?`
      io.stderr(paragraph(`${at}: found ${found}, expected ${expected}.${near}`, io.width))
      isSound = false
    }
  }
  for (const file of files) {
    const { config, errors } = parseConfig(await readSource(file, io))
    tell(file, errors)
    if (config) configs.push(config)
  }
  const [first, ...others] = configs
  if (!first || !isSound) return
  let journeys: Journeys | null = stockJourneys(first, ...others)
  if (values.journeys !== undefined) {
    const parsed = parseJourneys(await readSource(values.journeys, io), ...configs)
    tell(values.journeys, parsed.errors)
    journeys = parsed.journeys
  }
  const startAt = Math.floor(Date.now() / DAY_MS) * DAY_MS
  return journeys ? { configs: [first, ...others], setting: { journeys, days, users, seed, startAt } } : undefined
}

function wholeOf(values: Values, name: 'days' | 'users' | 'seed', least: number, most: number, usual: number): number {
  const text = values[name]
  if (text === undefined) return usual
  const number = Number(text)
  if (/^\d+$/.test(text) && number >= least && number <= most) return number
  throw new Refusal(`"--${name}" takes a whole number from ${least} to ${most}, and was given "${text}".`)
}

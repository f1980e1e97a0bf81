import {
  anyLength,
  checked,
  count,
  either,
  isName,
  leaf,
  length,
  list,
  map,
  maybe,
  name,
  number,
  object,
  oneOf,
  part,
  type Schema,
} from '../config/leaves.ts'
import { parseMoment } from '../config/time.ts'

/** How many personas a file may have. */
const MAX_PERSONAS = 100

const share: Schema<string> = leaf(
  'a number from 0 up, or a share of the plan\'s limit such as "80%"',
  (value: unknown) => typeof value === 'string' && /^\d{1,4}(\.\d{1,4})?%$/.test(value),
)
const figure: Schema<number> = leaf(
  'a number from 0 up, or a share of the plan\'s limit such as "80%"',
  (value: unknown) => typeof value === 'number' && value >= 0 && value <= 1e12,
)
const amount = maybe(either(figure, share, (value) => typeof value === 'string'))
const weight = number(0, 1e6)
const day: Schema<string> = leaf(
  'a day such as "2026-02-28"',
  (value: unknown) => typeof value === 'string' && value.length === 10 && parseMoment(value) === value,
)

const growth = object({
  from: amount,
  to: amount,
  curve: maybe(oneOf('linear', 'exponential', 'saturating', 'step')),
  over: maybe(length),
  noise: maybe(part),
  resets: maybe(length),
})

const answers = checked(
  object({ click: maybe(part), dismiss: maybe(part), snooze: maybe(part), optOut: maybe(part) }),
  'parts that are at most 1 in all',
  (given) => Object.values(given).reduce((sum, value) => sum + value, 0) <= 1 + 1e-9,
)

const traits = map(leaf<unknown>('a value', () => true))

/** What a persona may be answered in: any prompt, a widget, a type of trigger. */
export const ANSWERED = [
  'any',
  'banner',
  'tooltip',
  'panel',
  'modal',
  'toast',
  'limit_approaching',
  'feature_discovery',
  'team_growth',
  'usage_milestone',
]

const persona = object({
  id: name,
  weight: maybe(weight),
  role: maybe(name),
  plan: maybe(name),
  age: maybe(anyLength),
  health: maybe(number(0, 100)),
  flags: maybe(list(name, 0, 100)),
  team: maybe(count),
  user: maybe(traits),
  account: maybe(traits),
  usage: maybe(map(growth)),
  visits: maybe(object({ perWeek: maybe(number(0, 7)), perDay: maybe(number(1, 8)), minutes: maybe(number(1, 60)) })),
  routes: maybe(map(weight, 'a path that begins with "/"', (key) => isName(key) && key[0] === '/')),
  features: maybe(map(object({ hover: maybe(part), try: maybe(part), search: maybe(part) }))),
  events: maybe(map(number(0, 1000))),
  answers: maybe(map(answers, 'key', (key) => ANSWERED.includes(key))),
  buys: maybe(part),
})

/** The journeys file, but for its version. */
export const journeys = object({
  $schema: maybe(leaf<string>('text', (value) => typeof value === 'string')),
  version: leaf<number>('1', (value) => value === 1),
  start: maybe(day),
  personas: list(persona, 1, MAX_PERSONAS),
})

import {
  amount,
  checked,
  condition,
  count,
  duration,
  either,
  fault,
  glob,
  isLocale,
  LOCALE,
  leaf,
  length,
  line,
  link,
  list,
  map,
  maybe,
  moment,
  name,
  number,
  object,
  oneOf,
  part,
  type Schema,
  span,
  text,
  truth,
} from './leaves.ts'
import { isObject } from './loose.ts'
import type { PluralText, SeatPrice, SuppressRule } from './types.ts'

// ── Parts ───────────────────────────────────────────────────────────────────

const FORMS = ['zero', 'one', 'two', 'few', 'many', 'other', 'by']
const form = maybe(line)
const plural: Schema<PluralText> = object({
  zero: form,
  one: form,
  two: form,
  few: form,
  many: form,
  other: line,
  by: maybe(name),
})
/** Whether an object means plural forms: some of their names, in part, are names of languages too. */
const isPlural = (value: unknown): boolean => isObject(value) && Object.keys(value).some((key) => FORMS.includes(key))
const words = either(line, plural, isObject)
const copyText = either(words, map(words, LOCALE, isLocale), (value) => isObject(value) && !isPlural(value))

const seatPrice: Schema<SeatPrice> = either(
  object({ amount }),
  object({
    tiers: checked<readonly { readonly upTo?: number; readonly amount: number }[]>(
      list(object({ upTo: maybe(count), amount }), 1, 100),
      {},
      ({ value, issues }) => {
        const tiers = value as readonly { readonly upTo?: number }[]
        if (
          !tiers.every(({ upTo }, i) => (i < tiers.length - 1 ? upTo! > (tiers[i - 1]?.upTo ?? 0) : upTo === undefined))
        )
          issues.push(fault(value, 'tiers with rising "upTo", the last without'))
      },
    ),
  }),
  (value) => isObject(value) && 'tiers' in value,
)

const plan = object({
  id: name,
  name: line,
  price: maybe(
    object({
      amount,
      currency: text('a currency of three letters, such as "USD"', 3, (value) => /^[a-z]{3}$/i.test(value), {
        pattern: '^[A-Za-z]{3}$',
      }),
      per: oneOf('month', 'year'),
    }),
  ),
  seatPrice: maybe(seatPrice),
  limits: maybe(
    map(
      leaf<number | null>(
        'a number from 0 up, or null for unlimited',
        { type: ['number', 'null'], minimum: 0 },
        (value) => value === null || (typeof value === 'number' && value >= 0),
      ),
    ),
  ),
  features: maybe(list(name)),
})

const theme = text(
  'a plain CSS value of at most 100 characters, without url()',
  100,
  (value) => !/[;{}\\<>@\p{C}]|\/\*|(url|src|image|set|element|fade)\s*\(/iu.test(value),
)

/** The parts of the file but the triggers. */
export const sections = {
  $schema: text('text', 2000),
  product: line,
  plans: list(plan),
  resources: map(copyText),
  features: map(object({ name: copyText, benefit: maybe(copyText), keywords: maybe(list(line)) })),
  links: object({
    upgrade: maybe(link),
    seats: maybe(link),
    compare: maybe(link),
    request: maybe(link),
    contact: maybe(link),
  }),
  caps: object({
    perSession: maybe(number(0, 3, true)),
    minInterval: maybe(duration(0)),
    groups: maybe(map(object({ max: count, per: length }))),
  }),
  guardrails: object({ minHealth: maybe(number(0, 100)), flags: maybe(list(name)), minAccountAge: maybe(duration(0)) }),
  buyers: condition,
  savedGroups: map(
    list<unknown>(
      leaf(
        'text, a number, true, false or null',
        { type: ['string', 'number', 'boolean', 'null'] },
        (value) => value === null || /^(string|number|boolean)$/.test(typeof value),
      ),
      0,
      1e5,
    ),
  ),
  neverBlock: list(glob),
  labels: map(map(line), LOCALE, isLocale),
  theme: object({
    accent: maybe(theme),
    surface: maybe(theme),
    ink: maybe(theme),
    font: maybe(theme),
    radius: maybe(theme),
    scheme: maybe(oneOf('light', 'dark')),
    inset: maybe(theme),
  }),
}

// ── Triggers ────────────────────────────────────────────────────────────────

const frequencyRule = object({ max: count, per: maybe(span) })
const never: Schema<null> = leaf('null', { type: 'null' }, (value) => value === null)
const orNull = <T>(schema: Schema<T>): Schema<T | null> => either(schema, never, (value) => value === null)

const suppress: Schema<SuppressRule> = either(
  object({ dismissals: count, quiet: length }),
  object({ impressions: count, per: span }),
  (value) => isObject(value) && 'impressions' in value,
)

const rising = (schema: Schema<readonly number[]>): Schema<readonly number[]> =>
  checked(schema, {}, ({ value, issues }) => {
    if ((value as readonly number[]).some((item, i, all) => item <= all[i - 1]!))
      issues.push(fault(value, 'rising numbers, each once'))
  })

const rung: Schema<number> = leaf(
  'a part of the limit in whole hundredths, from 0.01 to 1, such as 0.8',
  { type: 'number', minimum: 0.01, maximum: 1, multipleOf: 0.01 },
  // 0.29 * 100 is not quite 29.
  (value: unknown) =>
    typeof value === 'number' && value >= 0.01 && value <= 1 && Math.abs(value * 100 - Math.round(value * 100)) < 1e-9,
)
const at = maybe(either(rung, rising(list(rung, 1, 100)), Array.isArray))

const copy = maybe(object({ title: maybe(copyText), body: maybe(copyText) }))
const cta = maybe(
  object({
    primary: maybe(
      object({
        label: maybe(copyText),
        action: maybe(oneOf('upgrade', 'seats', 'explainer', 'plans', 'link')),
        href: maybe(link),
      }),
    ),
    secondary: maybe(object({ label: maybe(copyText), action: maybe(oneOf('dismiss', 'snooze')) })),
  }),
)

const common = {
  id: name,
  enabled: maybe(truth),
  audience: maybe(condition),
  schedule: maybe(object({ from: maybe(moment), until: maybe(moment) })),
  priority: maybe(number(-1e6, 1e6, true)),
  slot: maybe(name),
  group: maybe(name),
  frequency: maybe(orNull(either(frequencyRule, list(frequencyRule, 0, 20), Array.isArray))),
  suppress: maybe(orNull(suppress)),
  snooze: maybe(span),
  copy,
  cta,
  variants: maybe(
    list(object({ id: maybe(name), if: maybe(condition), weight: maybe(part), copy, cta, slot: maybe(name) }), 0, 100),
  ),
  holdout: maybe(part),
}

/** A trigger, by its type. */
export const triggerSchemas = {
  limit_approaching: object({ ...common, type: oneOf('limit_approaching'), resource: name, at, push: maybe(truth) }),
  feature_discovery: object({
    ...common,
    type: oneOf('feature_discovery'),
    feature: name,
    near: maybe(object({ route: maybe(either(glob, list(glob, 0, 100), Array.isArray)) })),
  }),
  team_growth: object({ ...common, type: oneOf('team_growth'), at }),
  usage_milestone: object({
    ...common,
    type: oneOf('usage_milestone'),
    metric: name,
    milestones: rising(
      list(
        leaf<number>(
          'a number over 0',
          { type: 'number', exclusiveMinimum: 0 },
          (value: unknown) => typeof value === 'number' && value > 0 && value < Infinity,
        ),
        3,
        5,
      ),
    ),
    surface: maybe(oneOf('modal', 'toast')),
  }),
}

import {
  amount,
  anyLength,
  anyText,
  byLocale,
  checked,
  condition,
  count,
  currency,
  either,
  glob,
  length,
  limit,
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
  orNull,
  part,
  positive,
  rung,
  type Schema,
  scalar,
  span,
  theme,
  truth,
} from './leaves.ts'
import { isObject } from './loose.ts'
import type { PluralText, SeatPrice, SuppressRule } from './types.ts'

const has =
  (...keys: string[]) =>
  (value: unknown): boolean =>
    isObject(value) && keys.some((key) => key in value)

// ── Copy ────────────────────────────────────────────────────────────────────

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
export const words = either(line, plural, isObject)
const isPlural = has('zero', 'one', 'two', 'few', 'many', 'other', 'by')
export const text = either(words, byLocale(words), (value) => isObject(value) && !isPlural(value))

// ── Parts ───────────────────────────────────────────────────────────────────

type Tiers = readonly { readonly upTo?: number; readonly amount: number }[]
const tiers = checked<Tiers>(list(object({ upTo: maybe(count), amount }), 1, 100), 'tiers', (all) =>
  all.every(({ upTo }, i) => (i < all.length - 1 ? upTo! > (all[i - 1]?.upTo ?? 0) : !upTo)),
)
const seatPrice: Schema<SeatPrice> = either(object({ amount }), object({ tiers }), has('tiers'))

const plan = object({
  id: name,
  name: line,
  price: maybe(object({ amount, currency, per: oneOf('month', 'year') })),
  seatPrice: maybe(seatPrice),
  limits: maybe(map(limit)),
  features: maybe(list(name)),
})

const ignore = map(line)
const to = maybe(link)
const token = maybe(theme)

/** The parts of the file but its version and its triggers. */
export const sections = {
  $schema: anyText,
  product: line,
  plans: list(plan),
  resources: map(text),
  features: map(object({ name: text, benefit: maybe(text), keywords: maybe(list(line)) })),
  links: object({ upgrade: to, seats: to, compare: to, request: to, contact: to }),
  caps: object({
    perSession: maybe(number(0, 3, true)),
    minInterval: maybe(anyLength),
    groups: maybe(map(object({ max: count, per: length }))),
  }),
  guardrails: object({ minHealth: maybe(number(0, 100)), flags: maybe(list(name)), minAccountAge: maybe(anyLength) }),
  buyers: condition,
  savedGroups: map(list(scalar, 0, 1e5)),
  neverBlock: list(glob),
  labels: byLocale(map(line)),
  theme: object({
    accent: token,
    surface: token,
    ink: token,
    font: token,
    radius: token,
    scheme: maybe(oneOf('light', 'dark')),
    inset: token,
  }),
  ignore,
}

// ── Triggers ────────────────────────────────────────────────────────────────

const orList = <T>(item: Schema<T>, least = 0) => either(item, list(item, least, 100), Array.isArray)

const suppress: Schema<SuppressRule> = either(
  object({ dismissals: count, quiet: length }),
  object({ impressions: count, per: span }),
  has('impressions'),
)

const rising = <T>(schema: Schema<T>): Schema<T> =>
  checked(schema, 'rising', (value) => [value].flat().every((item, i, all) => !i || item > all[i - 1]!))
const at = maybe(rising(orList(rung, 1)))

const copy = maybe(object({ title: maybe(text), body: maybe(text) }))
const label = maybe(text)
const cta = maybe(
  object({
    primary: maybe(object({ label, action: maybe(oneOf('upgrade', 'seats', 'explainer', 'plans', 'link')), href: to })),
    secondary: maybe(object({ label, action: maybe(oneOf('dismiss', 'snooze')) })),
  }),
)
const id = maybe(name)
const when = maybe(condition)
const yes = maybe(truth)

const trigger = <const T extends string, S extends object>(type: T, own: S) =>
  object({
    id: name,
    type: oneOf(type),
    enabled: yes,
    audience: when,
    schedule: maybe(object({ from: maybe(moment), until: maybe(moment) })),
    priority: maybe(number(-1e6, 1e6, true)),
    slot: id,
    group: id,
    frequency: maybe(orNull(orList(object({ max: count, per: maybe(span) })))),
    suppress: maybe(orNull(suppress)),
    snooze: maybe(span),
    copy,
    cta,
    variants: maybe(list(object({ id, if: when, weight: maybe(part), copy, cta, slot: id }), 0, 100)),
    holdout: maybe(part),
    ignore: maybe(ignore),
    ...own,
  })

/** A trigger, by its type. */
export const triggerSchemas = {
  limit_approaching: trigger('limit_approaching', { resource: name, at, push: yes }),
  feature_discovery: trigger('feature_discovery', {
    feature: name,
    near: maybe(object({ route: maybe(orList(glob)) })),
  }),
  team_growth: trigger('team_growth', { at }),
  usage_milestone: trigger('usage_milestone', {
    metric: name,
    milestones: rising(list(positive, 3, 5)),
    surface: maybe(oneOf('modal', 'toast')),
  }),
}

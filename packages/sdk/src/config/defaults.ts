import { get, isObject, keysOf, listOf } from './loose.ts'
import { parseDuration, parseMoment } from './time.ts'
import type {
  CheckedConfig,
  CheckedFrequency,
  CheckedPlan,
  CheckedSuppress,
  CheckedTrigger,
  Condition,
  FrequencyRule,
  Plan,
  PlimsollConfig,
  SuppressRule,
  Trigger,
  TriggerType,
} from './types.ts'

/** The file as it stands: known to be an object, its parts of any shape. */
export type Written = { readonly [key in keyof PlimsollConfig]?: unknown }

const DAY = 864e5
const SESSION = 'session'

/** Who can buy, unless the file says otherwise: three roles, without case, or who has no role. */
const BUYERS = {
  $or: [{ 'user.role': { $exists: false } }, { 'user.role': { $ini: ['admin', 'owner', 'billing'] } }],
}

const FREQUENCY: { readonly [type in TriggerType]: readonly CheckedFrequency[] } = {
  limit_approaching: [{ max: 1, per: SESSION }, { max: 3 }],
  feature_discovery: [{ max: 1 }],
  team_growth: [{ max: 1, per: SESSION }],
  usage_milestone: [{ max: 1 }],
}

const SUPPRESS: { readonly [type in TriggerType]?: CheckedSuppress } = {
  limit_approaching: { dismissals: 3, quietMs: 30 * DAY },
  feature_discovery: { impressions: 3, per: SESSION },
  team_growth: { untilRise: true },
}

/** Milliseconds of a duration that has passed the schema. */
const ms = (duration: string): number => parseDuration(duration)!

const span = (per: string): 'session' | number => (per === SESSION ? per : ms(per))

const frequency = ({ max, per }: FrequencyRule): CheckedFrequency => (per ? { max, per: span(per) } : { max })

const suppress = (rule: SuppressRule): CheckedSuppress =>
  'quiet' in rule
    ? { dismissals: rule.dismissals, quietMs: ms(rule.quiet) }
    : { impressions: rule.impressions, per: span(rule.per) }

const percents = (at: number | readonly number[] = 0.8): readonly number[] =>
  [at].flat().map((part) => Math.round(part * 100))

/** Leaves out what is `undefined`, so that the checked form is plain JSON. */
function compact<T extends object>(object: T): T {
  return Object.fromEntries(Object.entries(object).filter(([, value]) => value !== undefined)) as T
}

/** Fills a sound plan in. */
function fillPlan({ seatPrice, limits = {}, features = [], ...plan }: Plan): CheckedPlan {
  return compact({
    ...plan,
    seatTiers: seatPrice && ('tiers' in seatPrice ? seatPrice.tiers : [seatPrice]),
    limits,
    features,
  }) as CheckedPlan
}

/**
 * Fills a sound trigger in: the defaults of its type, lengths in milliseconds, rungs in whole percents.
 *
 * @param needs Placeholders needed by the trigger itself, then by each of its variants.
 */
export function fillTrigger(trigger: Trigger, [own = [], ...needs]: readonly (readonly string[])[]): CheckedTrigger {
  const { type, snooze = SESSION, schedule } = trigger
  const rules = trigger.frequency
  const moment = (text?: string) => (text ? parseMoment(text) : undefined)
  return compact({
    id: trigger.id,
    type,
    enabled: trigger.enabled ?? true,
    audience: trigger.audience,
    from: moment(schedule?.from),
    until: moment(schedule?.until),
    priority: trigger.priority ?? 0,
    slot: trigger.slot ?? (type === 'team_growth' ? 'team' : undefined),
    group: trigger.group,
    frequency:
      rules === undefined ? FREQUENCY[type] : [rules ?? []].flat().map((rule) => frequency(rule as FrequencyRule)),
    suppress: trigger.suppress ? suppress(trigger.suppress) : trigger.suppress === null ? undefined : SUPPRESS[type],
    snooze: span(snooze),
    copy: trigger.copy,
    cta: trigger.cta,
    variants: (trigger.variants ?? []).map((variant, i) => ({
      ...variant,
      id: variant.id ?? String(i),
      needs: needs[i],
    })),
    holdout: trigger.holdout ?? 0,
    needs: own,
    ...(type === 'limit_approaching'
      ? { resource: trigger.resource, at: percents(trigger.at), push: trigger.push ?? false }
      : type === 'feature_discovery'
        ? { feature: trigger.feature, routes: [trigger.near?.route ?? []].flat() }
        : type === 'team_growth'
          ? { resource: 'seats', at: percents(trigger.at) }
          : { metric: trigger.metric, milestones: trigger.milestones, surface: trigger.surface ?? 'modal' }),
  }) as CheckedTrigger
}

/**
 * Fills the rest of a file in, leaving out every part with a fault.
 *
 * A fault errs toward silence: while caps, guardrails or buyers cannot be read, nothing but a block shows; while the
 * pages that no block may cover cannot be read, none is covered.
 *
 * @param broken Parts with a fault, by name.
 * @param badPlans Their places in the list.
 */
export function fillConfig(
  file: Written,
  broken: ReadonlySet<string>,
  badPlans: ReadonlySet<unknown>,
  triggers: readonly CheckedTrigger[],
): CheckedConfig {
  const sound = (
    section: string,
    part = get(file, section),
    item: (value: unknown, name: string) => unknown = (value) => value,
  ) =>
    Object.fromEntries(
      keysOf(part)
        .filter((name) => !broken.has(`${section}.${name}`))
        .map((name) => [name, item(get(part, name), `${section}.${name}`)]),
    ) as never
  const whole = (section: 'caps' | 'guardrails'): object =>
    isObject(file[section]) && !broken.has(section) ? (file[section] as object) : {}

  const { perSession = 3, minInterval = '0s' }: PlimsollConfig['caps'] & {} = whole('caps')
  const {
    minHealth = 50,
    flags = ['support_escalation'],
    minAccountAge = '30d',
  }: PlimsollConfig['guardrails'] & {} = whole('guardrails')
  const isMuted = broken.has('caps') || broken.has('guardrails') || broken.has('buyers')
  return compact({
    product: broken.has('product') ? undefined : (file.product as string | undefined),
    plans: (listOf(file.plans) as readonly Plan[]).filter((_, i) => !badPlans.has(i)).map(fillPlan),
    resources: sound('resources'),
    features: sound('features'),
    links: sound('links'),
    caps: {
      perSession: isMuted ? 0 : perSession,
      minIntervalMs: ms(minInterval),
      groups: sound('caps.groups', get(file.caps, 'groups'), (group) => ({
        max: get(group, 'max'),
        perMs: ms(String(get(group, 'per'))),
      })),
    },
    guardrails: { minHealth, flags, minAccountAgeMs: ms(minAccountAge) },
    buyers: file.buyers === undefined || broken.has('buyers') ? BUYERS : (file.buyers as Condition),
    savedGroups: sound('savedGroups'),
    neverBlock: broken.has('neverBlock') ? ['/**'] : (listOf(file.neverBlock) as readonly string[]),
    labels: sound('labels', file.labels, (labels, name) => sound(name, labels)),
    theme: sound('theme'),
    triggers,
  }) as CheckedConfig
}

import type { CheckedConfig, CheckedTrigger, Condition } from '../config/types.ts'
import type { QuietRule } from './checkSuppression.ts'
import { type Attributes, compileCondition } from './compileCondition.ts'
import { prepareKeywords } from './matchSearch.ts'

type Predicate = (attributes: Attributes) => boolean

/** A trigger made ready for deciding: conditions compiled, days resolved, ranked. */
export interface Rule {
  readonly trigger: CheckedTrigger
  readonly audience: Predicate | undefined
  /** Epoch milliseconds. */
  readonly fromAt: number
  /** First moment after the schedule. */
  readonly untilAt: number
  /** One for each variant; those chosen by weight have none. */
  readonly variants: readonly (Predicate | undefined)[]
  readonly quiet: QuietRule
  /** Its place when every trigger is put in the order in which they win. */
  readonly rank: number
}

/** A file made ready for deciding, so that a signal finds the triggers that could care, and no others. */
export interface Rules {
  readonly config: CheckedConfig
  /** By id, the one that wins first. */
  readonly all: ReadonlyMap<string, Rule>
  /** Limit and team triggers by resource, the lowest mark first. */
  readonly byResource: ReadonlyMap<string, readonly Rule[]>
  readonly byMetric: ReadonlyMap<string, readonly Rule[]>
  readonly byFeature: ReadonlyMap<string, readonly Rule[]>
  /** Feature triggers that a route makes near. */
  readonly routed: readonly Rule[]
  /** What a search for a feature would say, for features with a trigger. */
  readonly keywords: ReadonlyMap<string, readonly string[]>
  readonly isBuyer: Predicate
}

/** Who wins at equal priority: what was pointed at, then limits, seats, milestones. */
const ORDER = ['feature_discovery', 'limit_approaching', 'team_growth', 'usage_milestone']

/** Orders triggers: the highest priority first, then by type, then as the file has them. */
export function compareTriggers(a: CheckedTrigger, b: CheckedTrigger): number {
  return b.priority - a.priority || ORDER.indexOf(a.type) - ORDER.indexOf(b.type)
}

/**
 * Makes a checked file ready for deciding.
 *
 * @param dayAt When the visitor's day `YYYY-MM-DD`, or the one `plus` days after it, begins; epoch milliseconds.
 */
export function prepareRules(config: CheckedConfig, dayAt: (day: string, plus: number) => number): Rules {
  const all = new Map<string, Rule>()
  const byResource = new Map<string, Rule[]>()
  const byMetric = new Map<string, Rule[]>()
  const byFeature = new Map<string, Rule[]>()
  const keywords = new Map<string, readonly string[]>()
  const routed: Rule[] = []
  const compile = (condition: Condition | undefined): Predicate | undefined =>
    condition && compileCondition(condition, config.savedGroups)

  for (const trigger of [...config.triggers].sort(compareTriggers)) {
    const { type, from, until, frequency, suppress } = trigger
    const rule: Rule = {
      trigger,
      audience: compile(trigger.audience),
      fromAt: typeof from === 'string' ? dayAt(from, 0) : (from ?? Number.NEGATIVE_INFINITY),
      untilAt: typeof until === 'string' ? dayAt(until, 1) : (until ?? Number.POSITIVE_INFINITY),
      variants: trigger.variants.map((variant) => compile(variant.if)),
      rank: all.size,
      quiet: { frequency, rearms: type === 'limit_approaching', ...(suppress && { suppress }) },
    }
    all.set(trigger.id, rule)
    if (type === 'usage_milestone') add(byMetric, trigger.metric, rule)
    else if (type !== 'feature_discovery') add(byResource, trigger.resource, rule)
    else {
      add(byFeature, trigger.feature, rule)
      if (trigger.routes.length) routed.push(rule)
      const feature = Object.hasOwn(config.features, trigger.feature) ? config.features[trigger.feature] : undefined
      if (feature) keywords.set(trigger.feature, prepareKeywords([...texts(feature.name), ...(feature.keywords ?? [])]))
    }
  }
  for (const list of byResource.values()) list.sort((a, b) => lowestMark(a) - lowestMark(b))
  return {
    config,
    all,
    byResource,
    byMetric,
    byFeature,
    routed,
    keywords,
    isBuyer: compileCondition(config.buyers, config.savedGroups),
  }
}

/** The mark under which a limit or team trigger cannot match. */
export function lowestMark({ trigger }: Rule): number {
  return 'at' in trigger ? (trigger.at[0] as number) : 0
}

function add(map: Map<string, Rule[]>, key: string, rule: Rule): void {
  const list = map.get(key)
  if (list) list.push(rule)
  else map.set(key, [rule])
}

/** Every wording of a name, whatever the locale. */
function texts(text: unknown): string[] {
  return typeof text === 'string' ? [text] : Object.values(text as object).flatMap(texts)
}

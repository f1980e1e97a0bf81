import type { CheckedConfig, CheckedTrigger, Condition } from '../config/types.ts'
import type { QuietRule } from './checkSuppression.ts'
import { type Attributes, compileCondition } from './compileCondition.ts'
import { firstOf } from './matchRoute.ts'

type Predicate = (attributes: Attributes) => boolean

/** A trigger made ready for deciding: conditions compiled, ranked. */
export interface Rule {
  readonly trigger: CheckedTrigger
  readonly audience: Predicate | undefined
  /** Epoch milliseconds; a day of the file is the visitor's, wherever they are by now. */
  readonly fromAt: () => number
  /** First moment after the schedule. */
  readonly untilAt: () => number
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
  /** Feature triggers that a route makes near, by the route's first segment; `*` for any. */
  readonly byRoute: ReadonlyMap<string, readonly Rule[]>
  readonly isBuyer: Predicate
  /** Whether any condition of the file may ask after usage. */
  readonly asksUsage: boolean
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
  const byRoute = new Map<string, Rule[]>()
  const conditions: Condition[] = []
  /** Of a large file most conditions are never asked on a page: each is compiled when it first is. */
  const compile = (condition: Condition): Predicate => {
    conditions.push(condition)
    let test: Predicate | undefined
    return (attributes) => {
      test ??= compileCondition(condition, config.savedGroups)
      return test(attributes)
    }
  }

  for (const trigger of [...config.triggers].sort(compareTriggers)) {
    const { type, from, until, frequency, suppress } = trigger
    const rule: Rule = {
      trigger,
      audience: trigger.audience && compile(trigger.audience),
      // Asked each time: who travels has another day.
      fromAt: () => (typeof from === 'string' ? dayAt(from, 0) : (from ?? Number.NEGATIVE_INFINITY)),
      untilAt: () => (typeof until === 'string' ? dayAt(until, 1) : (until ?? Number.POSITIVE_INFINITY)),
      variants: trigger.variants.map((variant) => variant.if && compile(variant.if)),
      rank: all.size,
      quiet: { frequency, rearms: type === 'limit_approaching', ...(suppress && { suppress }) },
    }
    all.set(trigger.id, rule)
    if (type === 'usage_milestone') add(byMetric, trigger.metric, rule)
    else if (type !== 'feature_discovery') add(byResource, trigger.resource, rule)
    else {
      add(byFeature, trigger.feature, rule)
      for (const first of new Set(trigger.routes.map(firstOf))) add(byRoute, first, rule)
    }
  }
  for (const list of byResource.values()) list.sort((a, b) => lowestMark(a) - lowestMark(b))
  return {
    config,
    all,
    byResource,
    byMetric,
    byFeature,
    byRoute,
    isBuyer: compile(config.buyers),
    asksUsage: /"usage\b/.test(JSON.stringify(conditions)),
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

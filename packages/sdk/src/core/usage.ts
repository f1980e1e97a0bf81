import type { CheckedConfig, CheckedPlan } from '../config/types.ts'
import type { Context } from './context.ts'
import type { Figures } from './prompt.ts'

/** A resource's figures as they hold now. */
export interface ResourceFigures {
  /** `used` and `pending` together. */
  readonly used: number
  readonly pending: number
  /** `null`: unlimited; `undefined`: unknown. */
  readonly limit: number | null | undefined
  /** Whole, rounded down; `undefined` without a limit above 0. */
  readonly percent: number | undefined
  readonly remaining: number | undefined
  /** As decisions, events and copy use them: whoever asked may add to them, for a spread would take as long as the rest. */
  readonly figures: { -readonly [figure in keyof Figures]: Figures[figure] }
}

/** The plan that the account is on, where the file knows it. */
export function currentPlan(config: CheckedConfig, context: Context): CheckedPlan | undefined {
  return config.plans.find((plan) => plan.id === context.account.plan)
}

/** Whether a name is a resource of the file, by its words or by a plan's limits; a metric that is none is an event. */
export function isResource(config: CheckedConfig, name: string): boolean {
  return Object.hasOwn(config.resources, name) || config.plans.some((plan) => Object.hasOwn(plan.limits, name))
}

/** The limit in force: the report's, else the plan's. */
export function limitOf(context: Context, plan: CheckedPlan | undefined, resource: string): number | null | undefined {
  const reported = context.usage[resource]?.limit
  return reported !== undefined
    ? reported
    : plan && Object.hasOwn(plan.limits, resource)
      ? plan.limits[resource]
      : undefined
}

/** Reads a resource's figures; `undefined` when nothing was reported, or the report's period is over. */
export function readUsage(
  context: Context,
  plan: CheckedPlan | undefined,
  resource: string,
  now: number,
): ResourceFigures | undefined {
  const report = context.usage[resource]
  if (!report || (report.resetsAt !== undefined && report.resetsAt <= now)) return

  const { pending, resetsIso } = report
  const used = report.used + pending
  const limit = limitOf(context, plan, resource)
  const percent = limit ? Math.floor((used * 100) / limit) : undefined
  const remaining = typeof limit === 'number' ? Math.max(0, limit - used) : undefined
  const figures: ResourceFigures['figures'] = { resource, used }
  if (pending) figures.pending = pending
  if (limit !== undefined) figures.limit = limit
  if (percent !== undefined) figures.percent = percent
  if (remaining !== undefined) figures.remaining = remaining
  if (resetsIso) figures.resetsAt = resetsIso
  return { used, pending, limit, percent, remaining, figures }
}

/** Whether the account has a feature: by its plan, or as an extra of its own. */
export function hasFeature(context: Context, plan: CheckedPlan | undefined, feature: string): boolean {
  const { features } = context.account
  return !!plan?.features.includes(feature) || (Array.isArray(features) && features.includes(feature))
}

/** Whether limit `b` is more than `a`; unlimited is more than any. */
export function isMore(a: number | null | undefined, b: number | null | undefined): boolean {
  return a !== undefined && a !== null && b !== undefined && (b === null || b > a)
}

/** The next plan: the first later one for which `gives` holds. */
export function nextPlan(
  config: CheckedConfig,
  plan: CheckedPlan | undefined,
  gives: (later: CheckedPlan) => boolean,
): CheckedPlan | undefined {
  const at = plan && config.plans.indexOf(plan)
  return at === undefined ? at : config.plans.find((later, i) => i > at && gives(later))
}

import type { CheckedPlan } from '../config/types.ts'
import type { Context } from './context.ts'
import { accountOf, counterOf, type Ledger, own, withAccount, withCounter, withKey } from './ledger.ts'
import { nextRung, rungAt, rungKey } from './match.ts'
import { milestoneKey } from './matchMilestone.ts'
import { nameAccount } from './mergeLedgers.ts'
import { rearm, renew, spend } from './outcome.ts'
import type { Rule, Rules } from './rules.ts'
import { keepSession, liveSession } from './session.ts'
import { currentPlan, isMore, isResource, limitOf, readUsage } from './usage.ts'

/** What rose: the plan, or a resource's limit. */
export type Rise =
  | { readonly of: 'plan'; readonly from: string; readonly to: string }
  | { readonly of: 'limit'; readonly resource: string; readonly from: number | null; readonly to: number | null }

export interface Observed {
  /** The very same object where nothing was new. */
  readonly ledger: Ledger
  readonly rises: readonly Rise[]
}

/** What there is to observe. */
export interface Sight {
  readonly rules: Rules
  readonly context: Context
  readonly accountKey: string
  readonly now: number
}

/**
 * Takes into the ledger all that a page knows: the user's own activity first, then what `observe` takes in.
 *
 * @param activeAt The latest activity that this tab knows of.
 * @param newId The id of a session that begins here.
 * @returns What rose.
 */
export function notice(
  ledger: Ledger,
  sight: Sight,
  activeAt: number,
  newId: string,
  events?: { readonly [event: string]: number },
): { readonly ledger: Ledger; readonly result: readonly Rise[] } {
  const kept = nameAccount(keepSession(ledger, activeAt, sight.now, newId), sight.accountKey)
  const seen = observe(kept, sight, liveSession(kept, activeAt, sight.now)?.id, events)
  return { ledger: seen.ledger, result: seen.rises }
}

/**
 * Takes into the ledger what is newly known of the account: plan and limits seen, billing periods, rungs, milestones
 * passed. Rises end quiet days and begin counts again. Observing the same twice changes nothing.
 *
 * @param events How often each event that has milestones happened since last observed.
 * @param session The live session's id; without one nobody is there, and no milestone is passed.
 */
export function observe(
  ledger: Ledger,
  sight: Sight,
  session: string | undefined,
  events: { readonly [event: string]: number } = {},
): Observed {
  const { rules, context, accountKey, now } = sight
  const rises: Rise[] = []
  const plan = currentPlan(rules.config, context)
  let next = observePlan(ledger, sight, plan, rises)
  for (const resource of Object.keys(context.usage)) {
    if (!isResource(rules.config, resource)) continue
    next = observeLimit(next, sight, plan, resource, rises)
    const figures = readUsage(context, plan, resource, now)
    if (!figures) continue

    for (const rule of rules.byResource.get(resource) ?? []) next = observeRule(next, rule, accountKey, figures)
    if (session !== undefined && rules.byMetric.has(resource)) {
      next = follow(next, rules, accountKey, 'figures', resource, figures.used, session)
    }
  }
  for (const [event, times] of Object.entries(events)) {
    if (isResource(rules.config, event)) continue
    const count = (own(accountOf(next, accountKey).counts, event) ?? 0) + times
    next = follow(next, rules, accountKey, 'counts', event, count, session)
  }
  if (session !== undefined) next = spendOld(next, accountKey, session)
  if (next !== ledger) next = withAccount(next, accountKey, { seenAt: now })
  return { ledger: next, rises }
}

function observePlan(
  ledger: Ledger,
  { rules, context, accountKey: key, now }: Sight,
  current: CheckedPlan | undefined,
  rises: Rise[],
): Ledger {
  const { plan: before, planAt, limits, limitsAt } = accountOf(ledger, key)
  const { account, identifiedAt = now } = context
  const { plan } = account
  // A tab that slept through a change still has the old plan.
  if (typeof plan !== 'string' || plan === before || identifiedAt < (planAt ?? identifiedAt)) return ledger

  const rank = (id: string): number => rules.config.plans.findIndex((known) => known.id === id)
  const next = withAccount(ledger, key, { plan, planAt: identifiedAt })
  if (before === undefined || rank(before) < 0 || rank(plan) <= rank(before)) return next

  rises.push({ of: 'plan', from: before, to: plan })
  // The limits rise with the plan, and are no rise of their own.
  const raised = { ...limits }
  const raisedAt = { ...limitsAt }
  for (const resource of Object.keys(limits)) {
    const limit = limitOf(context, current, resource)
    if (limit === undefined) continue
    raised[resource] = limit
    raisedAt[resource] = identifiedAt
  }
  let rearmed = withAccount(next, key, { limits: raised, limitsAt: raisedAt })
  for (const rule of rules.all.values()) rearmed = rearmRule(rearmed, rule, key)
  return rearmed
}

function observeLimit(
  ledger: Ledger,
  { rules, context, accountKey: key, now }: Sight,
  plan: CheckedPlan | undefined,
  resource: string,
  rises: Rise[],
): Ledger {
  const account = accountOf(ledger, key)
  const limit = limitOf(context, plan, resource)
  const seen = own(account.limits, resource)
  let next = ledger
  // The plan's limit holds since the plan was told, or since a report that has none.
  const report = context.usage[resource]
  const { askedAt: saidAt = now } = report ?? {}
  const askedAt = report?.limit === undefined ? Math.max(saidAt, context.identifiedAt ?? now) : saidAt
  if (limit !== undefined && limit !== seen && askedAt >= (own(account.limitsAt, resource) ?? askedAt)) {
    next = withAccount(next, key, {
      limits: withKey(account.limits, resource, limit),
      limitsAt: withKey(account.limitsAt, resource, askedAt),
    })
    if (isMore(seen, limit)) {
      rises.push({ of: 'limit', resource, from: seen as number, to: limit })
      for (const rule of rules.byResource.get(resource) ?? []) next = rearmRule(next, rule, key)
    }
  }
  const resetsAt = report?.resetsAt
  const before = own(account.resets, resource)
  // One that has passed says nothing new: a tab that was asleep may still hold it.
  if (resetsAt === undefined || resetsAt <= now || resetsAt === before) return next

  next = withAccount(next, key, { resets: withKey(account.resets, resource, resetsAt) })
  if (before !== undefined && before <= now && resetsAt > before) {
    for (const rule of rules.byResource.get(resource) ?? []) {
      for (const counter of limitKeys(next, rule, key)) next = renew(next, counter, rule.quiet, now)
    }
  }
  return next
}

/** The counters of a limit trigger that have counted something; other triggers never begin again. */
function limitKeys(ledger: Ledger, { trigger }: Rule, account: string): { account: string; key: string }[] {
  if (trigger.type !== 'limit_approaching') return []
  const { counters } = accountOf(ledger, account)
  return trigger.at
    .map((_, rung) => ({ account, key: rungKey(trigger, rung) }))
    .filter(({ key }) => Object.hasOwn(counters, key))
}

function rearmRule(ledger: Ledger, rule: Rule, account: string): Ledger {
  return limitKeys(ledger, rule, account).reduce(rearm, ledger)
}

/** Follows a ladder's rungs, and the least figure since team growth was refused. */
function observeRule(
  ledger: Ledger,
  { trigger }: Rule,
  key: string,
  figures: { percent?: number | undefined; used: number },
): Ledger {
  if (!('at' in trigger)) return ledger
  let next = ledger
  if (trigger.at.length > 1 && figures.percent !== undefined) {
    const { rungs } = accountOf(next, key)
    const seen = own(rungs, trigger.id)
    const rung = nextRung(seen, rungAt(trigger.at, figures.percent))
    if (rung !== seen) next = withAccount(next, key, { rungs: withKey(rungs, trigger.id, rung) })
  }
  if (trigger.type === 'team_growth') {
    for (let rung = 0; rung < trigger.at.length; rung++) {
      const at = { account: key, key: rungKey(trigger, rung) }
      if (figures.used < (counterOf(next, at).floor ?? 0)) next = withCounter(next, at, { floor: figures.used })
    }
  }
  return next
}

/**
 * Follows a metric, and notes the milestones that lie between two figures. The first figure ever is the start: nothing
 * is celebrated late.
 */
function follow(
  ledger: Ledger,
  rules: Rules,
  account: string,
  list: 'figures' | 'counts',
  metric: string,
  now: number,
  session: string | undefined,
): Ledger {
  const isFigure = list === 'figures'
  const { figures, counts } = accountOf(ledger, account)
  const seen = isFigure ? figures : counts
  const before = own(seen, metric)
  if (before === now) return ledger
  const changed = withKey(seen, metric, now)
  const next = withAccount(ledger, account, isFigure ? { figures: changed } : { counts: changed })
  if (before === undefined || session === undefined) return next
  const values = new Set<number>()
  for (const { trigger } of rules.byMetric.get(metric) ?? []) {
    if (trigger.type !== 'usage_milestone') continue
    for (const value of trigger.milestones) {
      if (before >= value || value > now) continue
      if (!counterOf(next, { account, key: milestoneKey(metric, value) }).n) values.add(value)
    }
  }
  if (!values.size) return next
  const spent = spendOld(next, account, session)
  const { passed } = accountOf(spent, account)
  const all = [...new Set([...(own(passed, metric)?.values ?? []), ...values])]
  return withAccount(spent, account, { passed: withKey(passed, metric, { session, values: all }) })
}

/** Spends what was passed in a session that has ended. */
function spendOld(ledger: Ledger, account: string, session: string): Ledger {
  const { passed } = accountOf(ledger, account)
  return Object.keys(passed).reduce(
    (next, metric) => (passed[metric]?.session === session ? next : spend(next, account, metric)),
    ledger,
  )
}

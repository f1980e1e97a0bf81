import { get } from '../../config/loose.ts'
import { parseMoment } from '../../config/time.ts'
import type { CheckedConfig, CheckedMilestone, CheckedPlan, CheckedTrigger } from '../../config/types.ts'
import { isMore, isResource } from '../../core/usage.ts'
import type { Rule } from '../advice.ts'
import { type Known, mayHold } from '../mayHold.ts'
import type { Written } from '../subject.ts'

/** What a trigger is about, for whoever sees it: two with the same subject ask the same thing. */
function subjectOf(trigger: CheckedTrigger): string {
  if (trigger.type === 'feature_discovery') return `feature ${trigger.feature}`
  if (trigger.type === 'usage_milestone') return `milestones of ${trigger.metric}`
  return `limit of ${trigger.resource}`
}

const DAY = 864e5

const isPast = (until: number | string | undefined, now: number): boolean =>
  // A day ends up to twelve hours after UTC's.
  until !== undefined && (typeof until === 'number' ? until : Date.parse(until) + 1.5 * DAY) < now

/** Plans whose accounts the trigger has something to offer; a plan without a later one that gives more has nothing. */
export function offering(config: CheckedConfig, trigger: CheckedTrigger): readonly CheckedPlan[] {
  const { plans } = config
  const hasLater = (plan: CheckedPlan, gives: (later: CheckedPlan) => boolean): boolean =>
    plans.slice(plans.indexOf(plan) + 1).some(gives)
  if (trigger.type === 'feature_discovery') {
    const { feature } = trigger
    return plans.filter(
      (plan) => !plan.features.includes(feature) && hasLater(plan, (later) => later.features.includes(feature)),
    )
  }
  if (trigger.type === 'team_growth') return plans.filter(({ limits }) => limits.seats !== null)
  const resource = trigger.type === 'limit_approaching' ? trigger.resource : trigger.metric
  if (trigger.type === 'usage_milestone' && !isResource(config, resource)) return plans.slice(0, -1)
  return plans.filter((plan) => {
    const limit = plan.limits[resource]
    // Unknown: the host reports one, and a later plan must say what it gives.
    return hasLater(plan, ({ limits }) =>
      limit === undefined
        ? trigger.type === 'usage_milestone' || limits[resource] !== undefined
        : isMore(limit, limits[resource]),
    )
  })
}

function knownOf(trigger: CheckedTrigger, plan: CheckedPlan): Known {
  const known = new Map<string, string | { least: number; most: number }>([['account.plan', plan.id]])
  if ('at' in trigger) {
    const least = (trigger.at[0] as number) / 100
    known.set(`usage.${trigger.resource}.ratio`, { least, most: Infinity })
    known.set(`usage.${trigger.resource}.percent`, { least: least * 100, most: Infinity })
  }
  return known
}

/** Milestones that no plan with something above it has room for. */
function outOfReach(trigger: CheckedMilestone, plans: readonly CheckedPlan[]): readonly number[] {
  const room = Math.max(...plans.map(({ limits }) => limits[trigger.metric] ?? Infinity))
  return trigger.milestones.filter((milestone) => milestone > room)
}

const neverFires: Rule = ({ config, options, triggers }, tell) => {
  const { plans, caps } = config
  if (caps.perSession === 0 && triggers.length)
    tell(
      'never-fires',
      ['caps', 'perSession'],
      '0 prompts a session',
      'Take it out (3 by default), or disable the triggers.',
    )
  for (const { trigger, path } of triggers) {
    const never = (at: readonly (string | number)[], found: string, fix: string): void =>
      tell('never-fires', [...path, ...at], found, fix)
    if (isPast(trigger.until, options.now)) {
      never(['schedule', 'until'], `over since ${String(show(trigger.until))}`, 'Move "until", or disable the trigger.')
      continue
    }
    if (trigger.holdout === 1) never(['holdout'], 'everybody is held out', 'Hold out a part, such as 0.1.')
    if (!plans.length) continue

    const offered = offering(config, trigger)
    const everyPlanHasIt =
      trigger.type === 'feature_discovery' && plans.every(({ features }) => features.includes(trigger.feature))
    if (everyPlanHasIt) {
      tell(
        'feature-in-every-plan',
        [...path, 'feature'],
        `${trigger.feature}, which all ${plans.length} plans have`,
        'Take the feature out of the plans that lack it, or the trigger out of the file.',
      )
    } else if (!offered.length) {
      never(
        [],
        `no plan has more to offer than an earlier one (${subjectOf(trigger)})`,
        'Say in "plans" what each plan gives.',
      )
    } else if (!offered.some((plan) => mayHold(trigger.audience, knownOf(trigger, plan), config.savedGroups))) {
      never(['audience'], 'an audience that nobody with something to gain can be in', audienceFix(offered))
    } else if (trigger.type === 'usage_milestone') {
      const lost = outOfReach(trigger, offered)
      for (const milestone of lost)
        never(
          ['milestones', trigger.milestones.indexOf(milestone)],
          `${milestone}, more than any plan below the last has room for`,
          'Choose a milestone that a plan’s limit lets people reach.',
        )
    }
  }
}

const show = (moment: number | string | undefined): string | undefined =>
  typeof moment === 'number' ? new Date(moment).toISOString() : moment

const audienceFix = (plans: readonly CheckedPlan[]): string =>
  `Plans that it could speak to: ${plans.map(({ id }) => id).join(', ')}.`

/** Two triggers with one subject: the counting is by subject, or the person is asked twice. */
const alwaysLoses: Rule = ({ triggers }, tell) => {
  const standing: Written[] = []
  const order = triggers.toSorted((a, b) => b.trigger.priority - a.trigger.priority)
  for (const { trigger, path } of order) {
    const winner = standing.find((other) => covers(other.trigger, trigger))
    if (winner)
      tell(
        'always-loses',
        path,
        `${trigger.id} asks about the ${subjectOf(trigger)} whenever ${winner.trigger.id} does`,
        `Give it an audience, a mark or a schedule of its own, or make it a variant of ${winner.trigger.id}.`,
      )
    standing.push({ trigger, path, source: undefined })
  }
}

/** Whether `a` speaks, with the first word, wherever `b` could. */
function covers(a: CheckedTrigger, b: CheckedTrigger): boolean {
  const sameMarks =
    'at' in a && 'at' in b
      ? b.at.every((mark) => a.at.includes(mark))
      : a.type === 'usage_milestone' && b.type === 'usage_milestone'
        ? b.milestones.every((milestone) => a.milestones.includes(milestone))
        : true
  return (
    a.type === b.type &&
    subjectOf(a) === subjectOf(b) &&
    sameMarks &&
    (!a.audience || JSON.stringify(a.audience) === JSON.stringify(b.audience)) &&
    (a.from === undefined || a.from === b.from) &&
    (a.until === undefined || a.until === b.until) &&
    a.holdout === 0
  )
}

/** Dates in an audience are moments of the account's: the age of those who are asked for. */
const DAYS_OF_LEARNING = 60

const youngAccounts: Rule = ({ config, options, triggers, source }, tell) => {
  const late = triggers.filter(({ trigger }) => /^(feature_discovery|usage_milestone)$/.test(trigger.type))
  const written = get(source, 'guardrails', 'minAccountAge')
  const days = config.guardrails.minAccountAgeMs / DAY
  // An age of nothing is told by `guardrails-off`.
  if (late.length && written !== undefined && days > 0 && days < DAYS_OF_LEARNING)
    tell('young-accounts', ['guardrails', 'minAccountAge'], `${written}`, 'Write "60d".')
  for (const { trigger, path } of late) {
    const youngest = /"account\.createdAt":\{[^}]*"\$gte?":"([^"]+)"/.exec(JSON.stringify(trigger.audience ?? {}))?.[1]
    const since = parseMoment(youngest)
    if (since === undefined || options.now - Date.parse(String(show(since))) > DAYS_OF_LEARNING * DAY) continue
    tell(
      'young-accounts',
      [...path, 'audience'],
      `accounts made since ${youngest}`,
      'Ask accounts that are 60 days old or more.',
    )
  }
}

export const reachRules: readonly Rule[] = [neverFires, alwaysLoses, youngAccounts]

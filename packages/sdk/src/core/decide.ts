import { bucket } from './bucket.ts'
import { checkCaps } from './checkCaps.ts'
import { checkFrequency } from './checkFrequency.ts'
import { checkGuardrails } from './checkGuardrails.ts'
import { armed, checkSnooze, checkSuppression, quietUntil } from './checkSuppression.ts'
import type { Attributes } from './compileCondition.ts'
import { bare, type Context } from './context.ts'
import { isKnown } from './isKnown.ts'
import { accountOf, counterOf, type Ledger, type Place, RESERVE_MS } from './ledger.ts'
import { type Facts, isReason, type Match } from './match.ts'
import { matchFeature } from './matchFeature.ts'
import { matchLimit } from './matchLimit.ts'
import { matchMilestone } from './matchMilestone.ts'
import { firstOf } from './matchRoute.ts'
import { matchTeam } from './matchTeam.ts'
import { bucketId, pickVariant } from './pickVariant.ts'
import type { Figures } from './prompt.ts'
import { lowestMark, type Rule, type Rules } from './rules.ts'
import { liveSession } from './session.ts'
import { currentPlan, readUsage } from './usage.ts'
import { type Reason, type ReasonName, type Verdict, withheld } from './verdict.ts'

/** What this page, and not the account or the past, says about showing something now. */
export interface Page {
  /** This tab's name among the tabs. */
  readonly tab: string
  readonly visible: boolean
  /** Until when the user counts as typing, epoch milliseconds. */
  readonly typingUntilAt: number
  /** Whether a dialog of the host's is open. */
  readonly dialog: boolean
  readonly paused: boolean
  readonly consent: boolean
  /** Whether the ledger can be read and written. */
  readonly storage: boolean
  /** The user's latest own activity that this tab knows of. */
  readonly activeAt: number
  readonly hashBy: 'account' | 'user'
  /** Whether there is a slot, a control or room of its own for the trigger's prompt. */
  readonly hasPlace: (rule: Rule, variant: number) => boolean
}

export interface DecideInput {
  readonly rules: Rules
  readonly context: Context
  readonly ledger: Ledger
  /** Names the account's part of the ledger. */
  readonly accountKey: string
  readonly page: Page
  readonly now: number
}

/** A trigger that has won, with everything needed to show it. */
export interface Candidate {
  readonly rule: Rule
  readonly match: Match
  /** Place in the trigger's `variants`; −1 for none. */
  readonly variant: number
  /** Whether it falls in the holdout: it counts as shown, and nothing shows. */
  readonly held: boolean
}

/** What is found of one trigger: it is a candidate where there is no reason against it. */
interface Judgement {
  readonly reasons: Reason[]
  figures: Figures
  candidate?: Candidate
}

export interface Decision {
  readonly show?: Candidate
  readonly verdicts: readonly Verdict[]
}

/** Which reasons do not count: for one that stands already, for one the user asked for, for a block. */
export type Ask = 'prompt' | 'standing' | 'asked' | 'block'

const OF_THE_MOMENT: readonly ReasonName[] = [
  'frequency',
  'quiet',
  'snoozed',
  'cap_session',
  'cap_interval',
  'cap_group',
  'hidden',
  'typing',
]
const EXEMPT: { readonly [ask in Ask]: readonly ReasonName[] } = {
  prompt: [],
  standing: [...OF_THE_MOMENT, 'copy', 'storage', 'dialog'],
  asked: [...OF_THE_MOMENT, 'health', 'age', 'flag', 'storage', 'dialog'],
  block: [
    ...OF_THE_MOMENT,
    'health',
    'age',
    'flag',
    'opted_out',
    'consent',
    'paused',
    'storage',
    'dialog',
    'plan_unknown',
    'no_next_plan',
    'already_has',
    'not_matched',
    'figures',
    'copy',
    'no_place',
  ],
}

/** What conditions see: traits as given, usage as it holds now, the path. */
export function attributesOf({ rules, context, now }: DecideInput): Attributes {
  const { user, account, path } = context
  const plan = currentPlan(rules.config, context)
  const usage = bare<unknown>()
  for (const resource of rules.asksUsage ? Object.keys(context.usage) : []) {
    const figures = readUsage(context, plan, resource, now)
    if (!figures) continue
    const { used, pending, limit, percent, remaining } = figures
    usage[resource] = { used, pending, limit, percent, remaining, ratio: limit ? used / limit : undefined }
  }
  return { user, account, usage, page: { path } }
}

/** Works out what every matcher of one decision looks at. */
export function factsOf({ rules, context, ledger, accountKey, page, now }: DecideInput): Facts {
  return {
    context,
    ledger,
    accountKey,
    account: accountOf(ledger, accountKey),
    session: liveSession(ledger, page.activeAt, now),
    plan: currentPlan(rules.config, context),
    now,
  }
}

/** Judges single triggers for one decision; facts and attributes are worked out once, when first needed. */
export function judgeWith(input: DecideInput) {
  const { rules, context, ledger, page, now } = input
  const facts = factsOf(input)
  const { session } = facts
  const id = bucketId(input)
  let attributes: Attributes | undefined
  const holds = (predicate: (attributes: Attributes) => boolean): boolean => {
    attributes ??= attributesOf(input)
    return predicate(attributes)
  }

  /**
   * Judges one trigger.
   *
   * @param all Whether to collect every reason rather than stop at the first.
   * @param standing The prompt on screen that asks whether it may stay.
   */
  return (rule: Rule, ask: Ask, all: boolean, standing?: Match): Judgement => {
    const { trigger } = rule
    const reasons: Reason[] = []
    const judged: Judgement = { reasons, figures: {} }
    const stop = (reason: Reason | undefined): boolean =>
      !!reason && !EXEMPT[ask].includes(reason.reason) && !!reasons.push(reason) && !all

    if (stop(trigger.enabled ? undefined : withheld('disabled'))) return judged
    const schedule =
      now < rule.fromAt()
        ? withheld('schedule', undefined, rule.fromAt())
        : now >= rule.untilAt()
          ? withheld('schedule')
          : undefined
    if (stop(schedule)) return judged
    if (rule.audience && !holds(rule.audience) && stop(withheld('audience'))) return judged

    const found = matchTrigger(rule, rules, standing ? Object.assign({ standing }, facts) : facts)
    // A plan that rose to the one offered has answered what stands.
    const isAnswered = !isReason(found) && standing?.figures.plan && standing.figures.plan === found.figures.currentPlan
    const match = isAnswered ? withheld('not_matched', found.figures as Reason['figures']) : found
    if (isReason(match) && stop(match)) return judged
    const pick = pickVariant(rule, holds, id)
    if (!isReason(match)) {
      judged.figures = match.figures
      // Asked for what is at −1, engines look it up by name.
      const needs = (pick < 0 ? undefined : trigger.variants[pick]?.needs) ?? trigger.needs
      const missing = needs.find((name) => !isKnown(name, match.figures, facts, rules))
      if (missing && stop(withheld('copy', { missing }))) return judged
    }
    if (!page.hasPlace(rule, pick) && stop(withheld('no_place'))) return judged

    const held = trigger.holdout > 0 && bucket(`${trigger.id}:holdout`, id) < trigger.holdout
    if (held && all) stop(withheld('holdout'))

    if (!isReason(match)) {
      const counter = armed(rule.quiet, counterOf(ledger, match.counter), now)
      const againAt = rule.quiet.rearms ? quietUntil(rule.quiet, counter, now) : undefined
      if (stop(checkFrequency(trigger.frequency, counter, session, match.counter.key, now, againAt))) return judged
      if (stop(checkSuppression(rule.quiet, counter, ledger, session, match.figures.used, now))) return judged
      if (stop(checkSnooze(counter, session, now))) return judged
    }
    if (checkCaps(trigger, rules.config, ledger, session, now).some(stop)) return judged
    if (checkGuardrails(trigger, rules.config, context, now).some(stop)) return judged
    if (ledger.optOuts.some((type) => type === 'all' || type === trigger.type) && stop(withheld('opted_out')))
      return judged
    // Without consent nobody has asked after storage or session, and neither is a reason of its own.
    const isKept = page.consent && page.storage
    if (!page.consent && stop(withheld('consent'))) return judged
    if (page.paused && stop(withheld('paused'))) return judged
    if (page.consent && !page.storage && stop(withheld('storage'))) return judged
    if ((!page.visible || (isKept && !session)) && stop(withheld('hidden'))) return judged
    const types = trigger.type === 'usage_milestone' && trigger.surface === 'modal' && now < page.typingUntilAt
    if (types && stop(withheld('typing', undefined, page.typingUntilAt))) return judged
    if (page.dialog && stop(withheld('dialog'))) return judged

    if (!isReason(match) && reasons.every(({ reason }) => reason === 'holdout')) {
      judged.candidate = { rule, match, variant: pick, held }
    }
    return judged
  }
}

/** Asks the matcher of the trigger's type. */
function matchTrigger({ trigger }: Rule, { config }: Rules, facts: Facts): Match | Reason {
  switch (trigger.type) {
    case 'limit_approaching':
      return matchLimit(trigger, config, facts)
    case 'feature_discovery':
      return matchFeature(trigger, config, facts)
    case 'team_growth':
      return matchTeam(trigger, config, facts)
    case 'usage_milestone':
      return matchMilestone(trigger, config, facts)
  }
  return trigger satisfies never
}

/** The triggers whose own conditions may hold now, the one that wins first in front. */
export function candidates({ rules, context, ledger, accountKey, page, now }: DecideInput): Rule[] {
  const found = new Set<Rule>()
  if (rules.byRoute.size)
    for (const first of [firstOf(context.path), '*']) for (const rule of rules.byRoute.get(first) ?? []) found.add(rule)
  const plan = currentPlan(rules.config, context)
  for (const resource of Object.keys(context.usage)) {
    const marked = rules.byResource.get(resource)
    if (!marked) continue
    const percent = readUsage(context, plan, resource, now)?.percent
    for (const rule of marked) {
      if (percent === undefined || percent < lowestMark(rule)) break
      found.add(rule)
    }
  }
  const session = liveSession(ledger, page.activeAt, now)
  const { passed } = accountOf(ledger, accountKey)
  for (const metric of Object.keys(passed)) {
    if (passed[metric]?.session === session?.id) for (const rule of rules.byMetric.get(metric) ?? []) found.add(rule)
  }
  for (const feature of Object.keys(context.near))
    for (const rule of rules.byFeature.get(feature) ?? []) found.add(rule)
  if (found.size < 2) return [...found]
  return [...found].sort((a, b) => a.rank - b.rank)
}

/** The place on screen, where another prompt holds it: shown, or reserved within the last ten seconds. */
export function takenPlace({ place }: Ledger, now: number): Place | undefined {
  return place && (place.shown || now < place.at + RESERVE_MS) ? place : undefined
}

/**
 * Decides what shows now.
 *
 * Pure: the same input gives the same decision. The winner must still be reserved before anything is drawn.
 *
 * @param which The triggers to judge, the one that wins first in front; by default those whose conditions may hold.
 * @param all Whether to collect every reason of every trigger, as `explain` does, rather than the first.
 */
export function decide(input: DecideInput, which: Iterable<Rule> = candidates(input), all = false): Decision {
  const { ledger, now } = input
  const judge = judgeWith(input)
  const place = takenPlace(ledger, now)
  const verdicts: Verdict[] = []
  let show: Candidate | undefined
  for (const rule of which) {
    const { reasons, candidate, figures } = judge(rule, 'prompt', all)
    if (candidate) {
      if (place) {
        const untilAt = place.shown ? undefined : place.at + RESERVE_MS
        reasons.push(withheld('on_screen', { triggerId: place.triggerId }, untilAt))
      } else if (show) reasons.push(withheld('outranked', { by: show.rule.trigger.id }))
      else show = candidate
    }
    verdicts.push({ triggerId: rule.trigger.id, triggerType: rule.trigger.type, reasons, figures })
  }
  return show ? { show, verdicts } : { verdicts }
}

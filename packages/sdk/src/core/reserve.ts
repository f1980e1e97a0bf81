import { armed } from './checkSuppression.ts'
import { type Candidate, type DecideInput, decide, takenPlace } from './decide.ts'
import { counterOf, type Ledger, type Place, RESERVE_MS, replaceCounter, withLedger } from './ledger.ts'
import { type Claim, countShown, type Entry } from './outcome.ts'
import type { Prompt } from './prompt.ts'
import { liveSession } from './session.ts'

/** What asking for the place on screen gave. */
export interface Reservation {
  readonly ledger: Ledger
  /** Absent where it was refused. */
  readonly claim?: Claim
  readonly candidate?: Candidate
  /** The place that stands in the way, where only that does. */
  readonly heldBy?: Place
}

/**
 * Takes the place on screen for a trigger, if every rule still agrees. Runs inside the ledger's transaction, on the
 * record as it stands there.
 *
 * @param evict The reservation that may be taken over: its tab is hidden, or gone.
 * @param id Names the new reservation.
 */
export function reserve(input: DecideInput, triggerId: string, id: string, evict?: string): Reservation {
  const { ledger, rules, page, now, accountKey } = input
  const rule = rules.all.get(triggerId)
  const { show } = decide({ ...input, ledger: withLedger(ledger, { place: undefined }) }, rule ? [rule] : [])
  const session = liveSession(ledger, page.activeAt, now)
  if (!rule || !show || !session) return { ledger }

  const place = takenPlace(ledger, now)
  if (place && place.id !== evict) return { ledger, heldBy: place }

  const claim = claimOf(show, { id, tab: page.tab, session: session.id, account: accountKey })
  // Quiet days that are over let counts begin again: from here on that is written down.
  const counter = counterOf(ledger, claim.counter)
  const fresh = armed(rule.quiet, counter, now)
  const rearmed = fresh === counter ? ledger : replaceCounter(ledger, claim.counter, fresh)
  const reserved = withLedger(rearmed, { place: { id, tab: page.tab, triggerId, at: now, shown: false } })
  return { ledger: show.held ? countShown(reserved, claim, now, 'held_out') : reserved, claim, candidate: show }
}

/**
 * Confirms a reservation: the prompt was seen. One that has lapsed is reserved anew, if every rule still agrees.
 *
 * @returns The ledger as it was where another has taken the place.
 */
export function confirm(input: DecideInput, claim: Claim): { readonly ledger: Ledger; readonly counted: boolean } {
  const { ledger, now } = input
  const { place } = ledger
  if (place?.id === claim.id) {
    if (place.shown) return { ledger, counted: true }
    if (now < place.at + RESERVE_MS) return { ledger: countShown(ledger, claim, now), counted: true }
  }
  const again = reserve(input, claim.triggerId, claim.id, claim.id)
  return again.claim && !again.candidate?.held
    ? { ledger: countShown(again.ledger, claim, now), counted: true }
    : { ledger, counted: false }
}

/** Whether a claim still has the place: its session lives, and no other has taken it. */
export function keepsPlace({ ledger, page, now }: DecideInput, claim: Claim): boolean {
  return (
    liveSession(ledger, page.activeAt, now)?.id === claim.session && (!ledger.place || ledger.place.id === claim.id)
  )
}

/**
 * What is written down of the user's answer to a prompt.
 *
 * @param prompt As it stood last.
 * @param counted Whether its impression was confirmed before.
 */
export function answerOf(
  t: 'clicked' | 'dismissed' | 'snoozed',
  claim: Claim,
  { trigger: { snooze }, figures: { used } }: Pick<Prompt, 'trigger' | 'figures'>,
  at: number,
  counted: boolean,
): Entry {
  return {
    t,
    claim,
    at,
    counted,
    snooze: t === 'snoozed' ? (typeof snooze === 'number' ? at + snooze : claim.session) : undefined,
    used,
  }
}

/** Makes the claim of a candidate that has won. */
function claimOf(
  { rule, match, variant }: Candidate,
  ids: { readonly id: string; readonly tab: string; readonly session: string; readonly account: string },
): Claim {
  const { trigger } = rule
  const { id, type, group } = trigger
  const { metric, used } = match.figures
  return {
    triggerId: id,
    triggerType: type,
    counter: match.counter,
    variant: trigger.variants[variant]?.id,
    group,
    metric,
    used,
    ...ids,
  }
}

/** Quotes a change of plan or seats, before anything is charged. Pure functions. */

import { MOST_SEATS, planById, plans } from './plans.mjs'
import { cycleAt, daysIn, daysLeft, prorate } from './proration.mjs'

/** @typedef {{ readonly plan: string, readonly extraSeats: number, readonly credit: number, readonly anchor: number }} Subscription */
/** @typedef {{ readonly plan: string } | { readonly seats: number }} Change `seats`: how many to add. */

/**
 * @typedef {object} Quote
 * @property {{ plan: string, extraSeats: number, seats: number, monthly: number }} before
 * @property {{ plan: string, extraSeats: number, seats: number, monthly: number }} after
 * @property {number} seatPrice Cents a month for each seat beyond those of the plan, after the change.
 * @property {number} difference Cents a month.
 * @property {number} daysLeft
 * @property {number} days In the cycle.
 * @property {number} prorated `difference × daysLeft ÷ days`, in cents.
 * @property {number} due Cents charged now.
 * @property {number} creditUsed Cents of earlier credit that this takes.
 * @property {number} creditLeft Cents that come off the next bill.
 * @property {string} renewsAt ISO 8601: from then on, `after.monthly`.
 */

/**
 * What a subscription holds and costs each month.
 *
 * @param {Pick<Subscription, 'plan' | 'extraSeats'>} subscription
 */
export function standing({ plan: id, extraSeats }) {
  const plan = /** @type {import('./plans.mjs').Plan} */ (planById(id))
  return { plan: id, extraSeats, seats: plan.seats + extraSeats, monthly: plan.price + extraSeats * plan.seatPrice }
}

/**
 * Seats bought one by one give way to those of a larger plan: nobody pays twice, and nobody loses a seat.
 *
 * @param {Subscription} subscription
 * @param {Change} change
 * @param {number} now
 * @returns {{ quote: Quote } | { refused: 'unknown_plan' | 'not_an_upgrade' | 'bad_seats' | 'too_many_seats' }}
 */
export function quoteChange(subscription, change, now) {
  const before = standing(subscription)
  let next = { plan: subscription.plan, extraSeats: subscription.extraSeats }

  if ('plan' in change) {
    const plan = planById(change.plan)
    if (!plan) return { refused: 'unknown_plan' }
    if (plans.indexOf(plan) <= plans.findIndex(({ id }) => id === subscription.plan))
      return { refused: 'not_an_upgrade' }
    next = { plan: plan.id, extraSeats: Math.max(0, before.seats - plan.seats) }
  } else {
    if (!Number.isSafeInteger(change.seats) || change.seats < 1) return { refused: 'bad_seats' }
    if (before.seats + change.seats > MOST_SEATS) return { refused: 'too_many_seats' }
    next.extraSeats += change.seats
  }

  const after = standing(next)
  const cycle = cycleAt(subscription.anchor, now)
  const difference = after.monthly - before.monthly
  const prorated = prorate(difference, cycle, now)
  const owed = prorated - subscription.credit
  return {
    quote: {
      before,
      after,
      seatPrice: /** @type {import('./plans.mjs').Plan} */ (planById(after.plan)).seatPrice,
      difference,
      daysLeft: daysLeft(cycle, now),
      days: daysIn(cycle),
      prorated,
      due: Math.max(0, owed),
      creditUsed: Math.max(0, Math.min(prorated, subscription.credit)),
      creditLeft: Math.max(0, -owed),
      renewsAt: new Date(cycle.end).toISOString(),
    },
  }
}

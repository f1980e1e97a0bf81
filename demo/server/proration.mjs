/**
 * Proration: what a change in the middle of a billing cycle costs now, and from when the new price holds.
 *
 * Money is whole cents, so that nothing is lost to fractions; moments are epoch milliseconds. Pure functions.
 */

export const DAY = 86_400_000

/** @typedef {{ readonly start: number, readonly end: number }} Cycle Midnights in UTC; `end` is the next cycle's start. */

/**
 * The monthly cycle that holds a moment.
 *
 * @param {number} anchor A midnight (UTC) on which a cycle began. Its day of the month is kept; a month too short for
 *   it renews on its last day.
 * @param {number} now
 * @returns {Cycle}
 */
export function cycleAt(anchor, now) {
  const from = new Date(anchor)
  const to = new Date(now)
  let months = (to.getUTCFullYear() - from.getUTCFullYear()) * 12 + to.getUTCMonth() - from.getUTCMonth()
  if (monthsAfter(anchor, months) > now) months -= 1
  return { start: monthsAfter(anchor, months), end: monthsAfter(anchor, months + 1) }
}

/** @param {number} anchor @param {number} months */
function monthsAfter(anchor, months) {
  const date = new Date(anchor)
  const year = date.getUTCFullYear()
  const month = date.getUTCMonth() + months
  const lastDay = new Date(Date.UTC(year, month + 1, 0)).getUTCDate()
  return Date.UTC(year, month, Math.min(date.getUTCDate(), lastDay))
}

/** @param {Cycle} cycle */
export function daysIn(cycle) {
  return Math.round((cycle.end - cycle.start) / DAY)
}

/**
 * Days not yet over, today among them: a change at noon pays for the whole day.
 *
 * @param {Cycle} cycle
 * @param {number} now
 */
export function daysLeft(cycle, now) {
  return Math.min(daysIn(cycle), Math.max(0, Math.ceil((cycle.end - now) / DAY)))
}

/**
 * Price difference × days left ÷ days in the cycle, to the nearest cent.
 *
 * @param {number} difference Cents a month; negative where the new price is the lower one.
 * @param {Cycle} cycle
 * @param {number} now
 * @returns {number} Cents; negative is owed to the customer.
 */
export function prorate(difference, cycle, now) {
  const cents = Math.round((Math.abs(difference) * daysLeft(cycle, now)) / daysIn(cycle))
  return difference < 0 && cents > 0 ? -cents : cents
}

/**
 * What Acme sells. `triggers.json` tells Plimsoll the same; this is the one that is charged and enforced, and a person
 * who edits the other changes what is said, never what is allowed.
 */

/**
 * @typedef {object} Plan
 * @property {string} id
 * @property {string} name
 * @property {number} price Cents a month.
 * @property {number} seatPrice Cents a month for each seat beyond those of the plan.
 * @property {number | null} projects `null`: unlimited.
 * @property {number} seats
 * @property {readonly string[]} features
 */

/** In rising order. @type {readonly Plan[]} */
export const plans = [
  { id: 'starter', name: 'Starter', price: 2900, seatPrice: 800, projects: 100, seats: 10, features: ['export'] },
  { id: 'pro', name: 'Pro', price: 9900, seatPrice: 800, projects: 1000, seats: 50, features: ['export', 'sso'] },
  {
    id: 'business',
    name: 'Business',
    price: 24900,
    seatPrice: 600,
    projects: null,
    seats: 200,
    features: ['export', 'sso', 'audit_log'],
  },
]

/** No account may hold more seats than this, whatever it pays. */
export const MOST_SEATS = 500

/**
 * @param {unknown} id
 * @returns {Plan | undefined}
 */
export function planById(id) {
  return plans.find((plan) => plan.id === id)
}

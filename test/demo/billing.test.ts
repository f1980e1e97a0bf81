import { expect, test } from 'vitest'
import { quoteChange } from '../../demo/server/billing.mjs'

const NOW = Date.parse('2026-06-16T09:30Z')
const starter = { plan: 'starter', extraSeats: 0, credit: 0, anchor: Date.parse('2026-06-01T00:00Z') }

test('states an upgrade before charging: half of the difference now, the new price from a named date', () => {
  expect(quoteChange(starter, { plan: 'pro' }, NOW)).toEqual({
    quote: {
      before: { plan: 'starter', extraSeats: 0, seats: 10, monthly: 2900 },
      after: { plan: 'pro', extraSeats: 0, seats: 50, monthly: 9900 },
      seatPrice: 800,
      difference: 7000,
      daysLeft: 15,
      days: 30,
      prorated: 3500,
      due: 3500,
      creditUsed: 0,
      creditLeft: 0,
      renewsAt: '2026-07-01T00:00:00.000Z',
    },
  })
})

test('adds seats at the price of the plan held', () => {
  const found = quoteChange(starter, { seats: 4 }, NOW)
  expect(found).toMatchObject({
    quote: {
      after: { plan: 'starter', extraSeats: 4, seats: 14, monthly: 6100 },
      difference: 3200,
      prorated: 1600,
      due: 1600,
    },
  })
})

test('lets added seats give way to those of a larger plan, and keeps only what goes beyond it', () => {
  expect(quoteChange({ ...starter, extraSeats: 4 }, { plan: 'pro' }, NOW)).toMatchObject({
    quote: { after: { extraSeats: 0, seats: 50, monthly: 9900 }, difference: 3800, due: 1900 },
  })
  expect(quoteChange({ ...starter, extraSeats: 45 }, { plan: 'pro' }, NOW)).toMatchObject({
    quote: { after: { extraSeats: 5, seats: 55, monthly: 13900 } },
  })
})

test('charges nothing where the larger plan costs less, and takes the rest off the next bill', () => {
  // 29 + 30 × 8 = 269 a month, against 99
  expect(quoteChange({ ...starter, extraSeats: 30 }, { plan: 'pro' }, NOW)).toMatchObject({
    quote: { difference: -17000, prorated: -8500, due: 0, creditUsed: 0, creditLeft: 8500 },
  })
})

test('takes earlier credit first', () => {
  expect(quoteChange({ ...starter, credit: 1000 }, { plan: 'pro' }, NOW)).toMatchObject({
    quote: { prorated: 3500, due: 2500, creditUsed: 1000, creditLeft: 0 },
  })
  expect(quoteChange({ ...starter, credit: 5000 }, { plan: 'pro' }, NOW)).toMatchObject({
    quote: { prorated: 3500, due: 0, creditUsed: 3500, creditLeft: 1500 },
  })
})

test.each([
  [{ plan: 'gold' }, 'unknown_plan'],
  [{ plan: 'starter' }, 'not_an_upgrade'],
  [{ seats: 0 }, 'bad_seats'],
  [{ seats: -4 }, 'bad_seats'],
  [{ seats: 1.5 }, 'bad_seats'],
  [{ seats: Number.NaN }, 'bad_seats'],
  [{ seats: 491 }, 'too_many_seats'],
])('refuses to quote %j', (change, refused) => {
  expect(quoteChange(starter, change, NOW)).toEqual({ refused })
})

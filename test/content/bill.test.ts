import fc from 'fast-check'
import { expect, test } from 'vitest'
import { writePrompt } from '../../packages/sdk/src/content/index.ts'
import { type Change, NOW, page, starter, teamPrompt } from './fixtures.ts'

const bill = (needed: number, change: Change = {}) => writePrompt(teamPrompt(change), page, needed)?.bill
const cycle = (start: unknown, end: unknown) => ({ account: { id: 'a1', cycle: { start, end } } })
const priced = (currency: string, ...amounts: number[]) => ({
  current: {
    ...starter,
    price: { amount: 29, currency, per: 'month' } as const,
    seatTiers: amounts.map((amount, i) => (i < amounts.length - 1 ? { upTo: 12 + i, amount } : { amount })),
  },
})

test('asks today for the days that are left', () => {
  expect(bill(3)).toMatchObject({
    each: { label: 'Each month', why: '$8.00 a seat', amount: '+$24.00' },
    due: { label: 'Due today', why: '12 of 30 days left', amount: '$9.60' },
  })
})

test.each([
  ['2026-11-18T23:59:59Z', '13 of 30 days left', '$10.40'],
  ['2026-11-19T00:00:00Z', '12 of 30 days left', '$9.60'],
  ['2026-11-19T00:00:01Z', '12 of 30 days left', '$9.60'],
  ['2026-11-30T23:59:59Z', '1 of 30 days left', '$0.80'],
  ['2026-11-01T00:00:00Z', '30 of 30 days left', '$24.00'],
  ['2026-10-20T00:00:00Z', '30 of 30 days left', '$24.00'],
])('counts a day begun as a whole one: at %s', (now, why, amount) => {
  expect(bill(3, { at: Date.parse(now) })?.due).toEqual({ label: 'Due today', why, amount })
})

test.each([
  ['over', '2026-10-01', '2026-11-01'],
  ['over this very moment', '2026-10-19', '2026-11-19'],
  ['turned round', '2026-12-01', '2026-11-01'],
  ['empty', '2026-12-01', '2026-12-01'],
  ['open', '2026-11-01', undefined],
  ['unreadable', 'soon', 'later'],
  ['no text', {}, []],
])('is not drawn for a cycle that is %s', (_, start, end) => {
  expect(bill(3, cycle(start, end))).toBeUndefined()
})

test('is not drawn without a price, a seat price or a cycle', () => {
  const { price: _p, ...unpriced } = starter
  const { seatTiers: _s, ...seatless } = starter
  expect(bill(3, { account: {} })).toBeUndefined()
  expect(bill(3, { current: unpriced })).toBeUndefined()
  expect(bill(3, { current: seatless })).toBeUndefined()
  const { current: _c, ...prompt } = teamPrompt()
  expect(writePrompt(prompt, page, 3)?.bill).toBeUndefined()
})

test('prices each seat by its place among all of them', () => {
  // Seats 11 and 12 at 20, seat 13 at 15.
  expect(bill(2, priced('USD', 20, 15))?.each).toMatchObject({ why: '$20.00 a seat', amount: '+$40.00' })
  expect(bill(3, priced('USD', 20, 15))).toMatchObject({
    each: { why: '$15.00 to $20.00 a seat', amount: '+$55.00' },
    due: { amount: '$22.00' },
  })
})

test('rounds to the smallest unit that the currency has', () => {
  expect(bill(1, priced('JPY', 800))).toMatchObject({ each: { amount: '+¥800' }, due: { amount: '¥320' } })
  expect(bill(1, priced('KWD', 1.111))?.due.amount).toBe('KWD\u00a00.444')
  // 2.51 × 12 ÷ 30 is 1.004; 3 × 0.5375 × 12 ÷ 30 is 0.645, and to a computer a little less: half a cent goes up.
  expect(bill(1, priced('USD', 2.51))?.due.amount).toBe('$1.00')
  expect(bill(1, priced('USD', 0.5375))?.due.amount).toBe('$0.22')
  expect(bill(3, priced('USD', 0.5375))?.due.amount).toBe('$0.65')
})

test('bills by the year where the plan does', () => {
  const current = {
    ...starter,
    price: { amount: 290, currency: 'USD', per: 'year' } as const,
    seatTiers: [{ amount: 80 }],
  }
  const year = cycle('2026-01-01T00:00:00Z', '2027-01-01T00:00:00Z')
  expect(bill(1, { current, ...year })).toMatchObject({
    each: { label: 'Each year', why: '$80.00 a seat', amount: '+$80.00' },
    due: { why: '43 of 365 days left', amount: '$9.42' },
  })
})

test('counts thirty days over a change of clocks', () => {
  const shifted = cycle('2026-10-10T00:00:00+02:00', '2026-11-09T00:00:00+01:00')
  const at = Date.parse('2026-10-20T00:00:00+02:00')
  expect(bill(1, { ...shifted, at })?.due.why).toMatch(/of 30 days left$/)
})

test('never asks for more today than each month, nor for less than nothing', () => {
  const amount = (text: string | undefined) => Number(text?.replace(/[^\d.-]/g, ''))
  fc.assert(
    fc.property(
      fc.integer({ min: 1, max: 999 }),
      fc.integer({ min: 1, max: 100_000 }),
      fc.integer({ min: -40, max: 40 }),
      fc.integer({ min: 1, max: 400 }),
      (needed, cents, startsIn, days) => {
        const start = NOW + startsIn * 86_400_000
        const of = {
          ...priced('USD', cents / 100),
          ...cycle(new Date(start).toISOString(), new Date(start + days * 86_400_000).toISOString()),
        }
        const drawn = bill(needed, of)
        if (startsIn + days <= 0) expect(drawn).toBeUndefined()
        else {
          expect(amount(drawn?.due.amount)).toBeGreaterThanOrEqual(0)
          expect(amount(drawn?.due.amount)).toBeLessThanOrEqual(amount(drawn?.each.amount))
        }
      },
    ),
    { numRuns: 200 },
  )
}, 30_000)

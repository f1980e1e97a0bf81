import { expect, test } from 'vitest'
import { cycleAt, daysIn, daysLeft, prorate } from '../../demo/server/proration.mjs'

const utc = (text: string) => Date.parse(`${text}Z`)
const november = { start: utc('2026-11-01T00:00'), end: utc('2026-12-01T00:00') }

test('charges half the difference with 15 of 30 days left', () => {
  expect(prorate(5000, november, utc('2026-11-16T00:00'))).toBe(2500)
})

test('charges the whole difference on the first day, and one thirtieth on the last', () => {
  expect(prorate(3000, november, utc('2026-11-01T00:00'))).toBe(3000)
  expect(prorate(3000, november, utc('2026-11-30T00:00'))).toBe(100)
})

test('rounds to the nearest cent', () => {
  // 1.00 × 10 ÷ 30 = 0.3333, × 20 ÷ 30 = 0.6667
  expect(prorate(100, november, utc('2026-11-21T00:00'))).toBe(33)
  expect(prorate(100, november, utc('2026-11-11T00:00'))).toBe(67)
})

test('owes the customer what a lower price saves, rounded alike', () => {
  expect(prorate(-100, november, utc('2026-11-11T00:00'))).toBe(-67)
  expect(prorate(0, november, utc('2026-11-11T00:00'))).toBe(0)
})

test('counts today as a whole day until it is over', () => {
  expect(daysLeft(november, utc('2026-11-16T00:00'))).toBe(15)
  expect(daysLeft(november, utc('2026-11-16T23:59'))).toBe(15)
  expect(daysLeft(november, utc('2026-11-17T00:00'))).toBe(14)
})

test('never counts more days than the cycle has, nor fewer than none', () => {
  expect(daysLeft(november, utc('2026-10-20T00:00'))).toBe(30)
  expect(daysLeft(november, utc('2026-12-20T00:00'))).toBe(0)
})

test('renews on the day of the month on which the first cycle began', () => {
  const anchor = utc('2026-01-15T00:00')
  expect(cycleAt(anchor, utc('2026-06-15T00:00'))).toEqual({
    start: utc('2026-06-15T00:00'),
    end: utc('2026-07-15T00:00'),
  })
  expect(cycleAt(anchor, utc('2026-06-14T23:59'))).toEqual({
    start: utc('2026-05-15T00:00'),
    end: utc('2026-06-15T00:00'),
  })
})

test('renews on the last day of a month too short for that day, and comes back to it', () => {
  const anchor = utc('2027-01-31T00:00')
  expect(cycleAt(anchor, utc('2027-02-10T00:00'))).toEqual({
    start: utc('2027-01-31T00:00'),
    end: utc('2027-02-28T00:00'),
  })
  expect(cycleAt(anchor, utc('2027-02-28T00:00'))).toEqual({
    start: utc('2027-02-28T00:00'),
    end: utc('2027-03-31T00:00'),
  })
  expect(daysIn(cycleAt(anchor, utc('2027-02-28T00:00')))).toBe(31)
})

test('finds the cycle of a moment before the first one', () => {
  expect(cycleAt(utc('2026-06-15T00:00'), utc('2026-05-01T00:00'))).toEqual({
    start: utc('2026-04-15T00:00'),
    end: utc('2026-05-15T00:00'),
  })
})

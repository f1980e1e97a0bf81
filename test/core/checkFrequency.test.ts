import { expect, test } from 'vitest'
import { checkFrequency } from '../../packages/sdk/src/core/checkFrequency.ts'
import { emptyCounter } from '../../packages/sdk/src/core/ledger.ts'
import { DAY, NOW, SESSION } from './sample.ts'

const IN_ALL = [{ max: 3 }]
const A_SESSION = [{ max: 1, per: 'session' }] as const
const A_WEEK = [{ max: 2, per: 7 * DAY }]
const ago = (...days: number[]) => ({ ...emptyCounter, n: days.length, shown: days.map((n) => NOW - n * DAY) })

test('allows the third impression of three in all', () => {
  expect(checkFrequency(IN_ALL, { ...emptyCounter, n: 2 }, SESSION, 'k', NOW)).toBe(undefined)
})

test('refuses the fourth of three in all, and time alone changes nothing', () => {
  expect(checkFrequency(IN_ALL, { ...emptyCounter, n: 3 }, SESSION, 'k', NOW)).toEqual({
    reason: 'frequency',
    figures: { shown: 3, max: 3 },
  })
})

test('refuses the second of one a session', () => {
  expect(checkFrequency(A_SESSION, emptyCounter, { ...SESSION, shown: { k: 1 } }, 'k', NOW)).toEqual({
    reason: 'frequency',
    figures: { shown: 1, max: 1, per: 'session' },
  })
})

test('counts a session by counter', () => {
  expect(checkFrequency(A_SESSION, emptyCounter, { ...SESSION, shown: { other: 1 } }, 'k', NOW)).toBe(undefined)
})

test('counts nothing in a session under a name that every object has', () => {
  expect(checkFrequency(A_SESSION, emptyCounter, SESSION, 'constructor', NOW)).toBe(undefined)
})

test('counts nothing where there is no session', () => {
  expect(checkFrequency(A_SESSION, emptyCounter, undefined, 'k', NOW)).toBe(undefined)
})

test('refuses the third of two a week until the first is a week old', () => {
  expect(checkFrequency(A_WEEK, ago(6, 1), SESSION, 'k', NOW)).toEqual({
    reason: 'frequency',
    untilAt: NOW + DAY,
    figures: { shown: 2, max: 2, per: 7 * DAY },
  })
})

test('forgets an impression that is a week old to the millisecond', () => {
  expect(checkFrequency(A_WEEK, ago(7, 1), SESSION, 'k', NOW)).toBe(undefined)
})

test('waits, where more were shown than the rule now allows, until enough are old', () => {
  expect(checkFrequency(A_WEEK, ago(6, 5, 1), SESSION, 'k', NOW)?.untilAt).toBe(NOW + 2 * DAY)
})

test('reads an impression later than now as now', () => {
  expect(checkFrequency(A_WEEK, ago(-400, -400), SESSION, 'k', NOW)).toEqual({
    reason: 'frequency',
    untilAt: NOW + 7 * DAY,
    figures: { shown: 2, max: 2, per: 7 * DAY },
  })
})

test('shows no more in a window than is remembered of it', () => {
  const counter = { ...emptyCounter, n: 150, shown: Array.from({ length: 100 }, (_, i) => NOW - 100 + i) }
  expect(checkFrequency([{ max: 200, per: DAY }], counter, SESSION, 'k', NOW)?.reason).toBe('frequency')
})

test('asks every rule of a list', () => {
  const rules = [...A_SESSION, ...IN_ALL]
  expect(checkFrequency(rules, { ...emptyCounter, n: 3 }, SESSION, 'k', NOW)?.figures).toEqual({ shown: 3, max: 3 })
})

test('knows no bound without a rule', () => {
  expect(checkFrequency([], { ...emptyCounter, n: 999 }, SESSION, 'k', NOW)).toBe(undefined)
})

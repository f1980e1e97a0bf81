import { expect, test } from 'vitest'
import { nextChangeAt } from '../../packages/sdk/src/core/nextChangeAt.ts'
import type { Verdict } from '../../packages/sdk/src/core/verdict.ts'
import { contextOf, type Known, NOW } from './sample.ts'

const until = (...moments: (number | undefined)[]): Verdict => ({
  triggerId: 'x',
  triggerType: 'team_growth',
  reasons: moments.map((untilAt) => ({ reason: 'quiet', ...(untilAt !== undefined && { untilAt }) })),
  figures: {},
})
const next = (verdicts: readonly Verdict[], known: Known = {}) => nextChangeAt(verdicts, contextOf(known), NOW)

test('is never where time alone changes nothing', () => {
  expect(next([until(undefined)])).toBe(Number.POSITIVE_INFINITY)
})

test('is the earliest end of any reason', () => {
  expect(next([until(NOW + 9, undefined), until(NOW + 5, NOW + 7)])).toBe(NOW + 5)
})

test('is the end of a billing period', () => {
  expect(next([until(NOW + 9)], { usage: { projects: { used: 1, resetsAt: NOW + 3 } } })).toBe(NOW + 3)
})

test('is the end of a search', () => {
  expect(next([], { near: { sso: { untilAt: NOW + 4 } } })).toBe(NOW + 4)
})

test('is never the end of what has none', () => {
  expect(next([], { near: { sso: { untilAt: Number.POSITIVE_INFINITY } } })).toBe(Number.POSITIVE_INFINITY)
})

test('is nothing that has passed or is now, so that no timer spins', () => {
  expect(next([until(NOW, NOW - 1)], { usage: { projects: { used: 1, resetsAt: NOW } } })).toBe(
    Number.POSITIVE_INFINITY,
  )
})

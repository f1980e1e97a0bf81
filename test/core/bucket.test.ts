import { describe, expect, test } from 'vitest'
import { bucket } from '../../packages/sdk/src/core/bucket.ts'
import recorded from '../cases/growthbook/recorded.json' with { type: 'json' }

test(`agrees with GrowthBook's hash, version 2, on ${recorded.buckets.length} seeds and ids`, () => {
  expect(recorded.buckets.map(([seed, id]) => [seed, id, bucket(seed as string, id as string)])).toEqual(
    recorded.buckets,
  )
})

describe('stays where it fell', () => {
  test.each([
    ['', 'a', 0.0216],
    ['projects-80', 'account-1', 0.9785],
    ['projects-80:holdout', 'account-1', 0.2983],
  ])('puts seed %j and id %j at %s', (seed, id, expected) => {
    expect(bucket(seed, id)).toBe(expected)
  })
})

test('spreads ids evenly: each tenth takes a tenth of 20,000', () => {
  const tenths = new Array<number>(10).fill(0)
  for (let i = 0; i < 20_000; i++) {
    const tenth = Math.floor(bucket('projects-80', `account-${i}`) * 10)
    tenths[tenth] = (tenths[tenth] ?? 0) + 1
  }
  // 2,000 each with a deviation of 42: five of those either way.
  for (const count of tenths) expect(Math.abs(count - 2000)).toBeLessThan(212)
})

test('lets one seed say nothing of another: a tenth held out is a tenth of each half', () => {
  let held = 0
  let heldOfFirstHalf = 0
  for (let i = 0; i < 20_000; i++) {
    if (bucket('projects-80:holdout', `account-${i}`) >= 0.1) continue
    held++
    if (bucket('projects-80', `account-${i}`) < 0.5) heldOfFirstHalf++
  }
  expect(Math.abs(held - 2000)).toBeLessThan(212)
  expect(Math.abs(heldOfFirstHalf / held - 0.5)).toBeLessThan(0.06)
})

test('stays from 0 to 0.9999, in whole steps of 0.0001', () => {
  const all = Array.from({ length: 50_000 }, (_, i) => bucket('seed', `${i}`))
  expect(Math.min(...all)).toBe(0)
  expect(Math.max(...all)).toBe(0.9999)
  expect(all.every((at) => at === Math.round(at * 10_000) / 10_000)).toBe(true)
})

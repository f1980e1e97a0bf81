import { describe, expect, test } from 'vitest'
import { isOver, parseDuration, parseMoment } from '../../packages/sdk/src/config/time.ts'

describe('reads a duration', () => {
  test.each([
    ['30s', 30_000],
    ['30m', 1_800_000],
    ['24h', 86_400_000],
    ['30d', 2_592_000_000],
    ['2w', 1_209_600_000],
    ['0d', 0],
    ['3650d', 315_360_000_000],
    ['87600h', 315_360_000_000],
  ])('%s', (text, ms) => {
    expect(parseDuration(text)).toBe(ms)
  })
})

describe('reads no duration in', () => {
  test.each([
    30,
    '30',
    'd',
    '',
    '1y',
    '1M',
    '1.5h',
    '-1d',
    '+1d',
    ' 30d',
    '30d ',
    '30 d',
    '1e3s',
    '3651d',
    '9999999999s',
    null,
    '٣d',
  ])('%j', (value) => {
    expect(parseDuration(value)).toBeUndefined()
  })
})

describe('reads a moment', () => {
  test.each([
    ['2026-02-28', '2026-02-28'],
    ['2028-02-29', '2028-02-29'],
    ['2026-02-28T09:00Z', Date.UTC(2026, 1, 28, 9)],
    ['2026-02-28T09:00:30Z', Date.UTC(2026, 1, 28, 9, 0, 30)],
    ['2026-02-28T09:00:30.5Z', Date.UTC(2026, 1, 28, 9, 0, 30, 500)],
    ['2026-02-28T09:00:00+05:30', Date.UTC(2026, 1, 28, 3, 30)],
    ['2026-02-28T09:00:00', new Date(2026, 1, 28, 9).getTime()],
    ['1969-12-31T23:59:59Z', -1000],
  ])('%s', (text, moment) => {
    expect(parseMoment(text)).toBe(moment)
  })
})

describe('reads no moment in', () => {
  test.each([
    '2026-02-29',
    '2026-02-30',
    '2026-02-30T00:00:00Z',
    '2026-04-31',
    '2026-00-01',
    '2026-13-01',
    '2026-01-00',
    '2026-01-32',
    '2026-1-1',
    '26-01-01',
    '2026-01-01T',
    '2026-01-01T25:00Z',
    '2026-01-01T09:60Z',
    '2026-01-01 09:00',
    '2026-01-01T09:00z',
    '+012026-01-01',
    'March 1, 2026',
    'tomorrow',
    '',
    20260101,
    null,
  ])('%j', (value) => {
    expect(parseMoment(value)).toBeUndefined()
  })
})

describe('is over before it begins', () => {
  const noon = Date.UTC(2026, 2, 1, 12)
  test.each<[from: number | string, until: number | string, expected: boolean]>([
    ['2026-03-01', '2026-03-01', false],
    ['2026-03-02', '2026-03-01', true],
    [noon, noon, false],
    [noon + 1, noon, true],
    // Somewhere on earth the day has not ended, or has begun.
    [noon, '2026-03-01', false],
    [Date.UTC(2026, 2, 2, 11), '2026-03-01', false],
    [Date.UTC(2026, 2, 2, 13), '2026-03-01', true],
    ['2026-03-01', Date.UTC(2026, 1, 28, 10), false],
    ['2026-03-01', Date.UTC(2026, 1, 28, 9), true],
  ])('from %s until %s: %s', (from, until, expected) => {
    expect(isOver(from, until)).toBe(expected)
  })
})

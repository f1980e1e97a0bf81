import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { browserClock } from '../../packages/sdk/src/browser/clock.ts'

const NOW = Date.UTC(2026, 10, 1)
const DAY = 86_400_000
const clock = browserClock()
const fn = vi.fn()

beforeEach(() => {
  vi.useFakeTimers({ now: NOW })
})
afterEach(() => {
  vi.useRealTimers()
  fn.mockReset()
})

test('tells the time of the wall clock', () => {
  expect(clock.now()).toBe(NOW)
})

test('calls at the moment, once, and not a millisecond before', () => {
  clock.at(NOW + 5000, fn)
  vi.advanceTimersByTime(4999)
  expect(fn).not.toHaveBeenCalled()
  vi.advanceTimersByTime(1)
  expect(fn).toHaveBeenCalledTimes(1)
  vi.advanceTimersByTime(DAY)
  document.dispatchEvent(new Event('visibilitychange'))
  vi.advanceTimersByTime(DAY)
  expect(fn).toHaveBeenCalledTimes(1)
})

test('calls for a moment that has passed, but not before it returns', () => {
  clock.at(NOW - 5000, fn)
  expect(fn).not.toHaveBeenCalled()
  vi.advanceTimersByTime(0)
  expect(fn).toHaveBeenCalledTimes(1)
})

test('waits 30 days, more than a timer can', () => {
  clock.at(NOW + 30 * DAY, fn)
  vi.advanceTimersByTime(30 * DAY - 1)
  expect(fn).not.toHaveBeenCalled()
  vi.advanceTimersByTime(1)
  expect(fn).toHaveBeenCalledTimes(1)
})

test('does not call once stopped', () => {
  const stop = clock.at(NOW + 5000, fn)
  stop()
  document.dispatchEvent(new Event('visibilitychange'))
  vi.advanceTimersByTime(DAY)
  expect(fn).not.toHaveBeenCalled()
  expect(vi.getTimerCount()).toBe(0)
})

test.each([
  ['the tab becomes visible', () => document.dispatchEvent(new Event('visibilitychange'))],
  ['the page is thawed', () => document.dispatchEvent(new Event('resume'))],
  ['the page returns', () => window.dispatchEvent(new Event('pageshow'))],
  ['the window gets focus', () => window.dispatchEvent(new Event('focus'))],
])('calls at once after a sleep, when %s', (_, happen) => {
  clock.at(NOW + DAY, fn)
  vi.setSystemTime(NOW + 2 * DAY)
  happen()
  vi.advanceTimersByTime(0)
  expect(fn).toHaveBeenCalledTimes(1)
})

test('sees within a minute that the clock was set forward', () => {
  clock.at(NOW + 30 * DAY, fn)
  vi.setSystemTime(NOW + 31 * DAY)
  vi.advanceTimersByTime(60_000)
  expect(fn).toHaveBeenCalledTimes(1)
})

test('waits longer where the clock was set back', () => {
  clock.at(NOW + 5000, fn)
  vi.setSystemTime(NOW - 5000)
  vi.advanceTimersByTime(9999)
  expect(fn).not.toHaveBeenCalled()
  vi.advanceTimersByTime(1)
  expect(fn).toHaveBeenCalledTimes(1)
})

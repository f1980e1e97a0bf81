import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { isPageVisible, type PageLife, watchPageLife } from '../../packages/sdk/src/browser/pageLife.ts'

const onLife = vi.fn<(life: PageLife) => void>()
const told = () => onLife.mock.calls.map(([life]) => life)
let stop: () => void
beforeEach(() => {
  onLife.mockReset()
  stop = watchPageLife(onLife)
})
afterEach(() => {
  stop()
  vi.restoreAllMocks()
})

test('tells whether the page can be seen', () => {
  expect(isPageVisible()).toBe(true)
  const state = vi.spyOn(document, 'visibilityState', 'get').mockReturnValue('hidden')
  expect(isPageVisible()).toBe(false)
  document.dispatchEvent(new Event('visibilitychange'))
  state.mockReturnValue('visible')
  document.dispatchEvent(new Event('visibilitychange'))
  expect(told()).toEqual(['hidden', 'visible'])
})

test('tells that the page leaves, and that it returned from the back/forward cache, but not that it loaded', () => {
  window.dispatchEvent(new PageTransitionEvent('pageshow', { persisted: false }))
  window.dispatchEvent(new PageTransitionEvent('pagehide', { persisted: true }))
  window.dispatchEvent(new PageTransitionEvent('pageshow', { persisted: true }))
  expect(told()).toEqual(['leaving', 'returned'])
})

test('tells that the page was frozen, and thawed', () => {
  document.dispatchEvent(new Event('freeze'))
  document.dispatchEvent(new Event('resume'))
  expect(told()).toEqual(['leaving', 'returned'])
})

test('tells nothing once stopped', () => {
  stop()
  document.dispatchEvent(new Event('visibilitychange'))
  document.dispatchEvent(new Event('resume'))
  window.dispatchEvent(new PageTransitionEvent('pagehide'))
  expect(told()).toEqual([])
})

/** What a prompt that is no dialog says to screen readers as it comes. */

import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { banner } from './cases.ts'
import { action, clear, host, show, sleep, until } from './harness.ts'

afterEach(() => {
  clear()
  vi.useRealTimers()
})

test('says so once, politely, in a region that was there before, in the light tree', async () => {
  let bornAt = 0
  let saidAt = 0
  const said: string[] = []
  // Told in the turn of the change itself, so these moments are true on a busy machine too.
  const watch = new MutationObserver((changes) => {
    if (!bornAt && document.querySelector('[role="status"]')) bornAt = performance.now()
    for (const { target, addedNodes } of changes) {
      const region = (target as Element).closest?.('[role="status"]')
      if (!region || addedNodes.length === 0) continue
      saidAt ||= performance.now()
      said.push(region.textContent ?? '')
    }
  })
  watch.observe(document.documentElement, { childList: true, subtree: true, characterData: true })
  const { shown } = await show(banner(82))
  expect(document.querySelectorAll('[role="status"]').length).toBe(1)
  expect(document.querySelectorAll('plimsoll-root > [role="status"]').length).toBe(1)
  await until(() => said.length)
  expect(saidAt - bornAt).toBeGreaterThan(99)
  shown.update(banner(83))
  await sleep(200)
  watch.disconnect()
  expect(said).toEqual(['82 of 100 projects used. Pro gives you 1,000 projects for $99 a month.'])
})

test('shows its status to screen readers alone', async () => {
  await show(banner(82))
  const region = host('[role="status"]')
  expect([region.offsetWidth, region.offsetHeight]).toEqual([1, 1])
})

describe('once it was heard', () => {
  const said = (): string | null => host('[role="status"]').textContent

  /** Seven seconds pass at once; what a prompt waits for before passes as it does. */
  beforeEach(() => void vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'], shouldAdvanceTime: true }))

  test('is empty again: nobody reads it twice', async () => {
    const { shown } = await show(banner(82))
    await until(said)
    vi.advanceTimersByTime(3000)
    expect(said()).toBe('82 of 100 projects used. Pro gives you 1,000 projects for $99 a month.')
    vi.advanceTimersByTime(4000)
    expect(said()).toBe('')
    shown.update(banner(83))
    vi.advanceTimersByTime(7000)
    expect(said()).toBe('')
  })

  test('is given its time anew when it says something else', async () => {
    await show(banner(82, { buyer: false }))
    await until(said)
    vi.advanceTimersByTime(6000)
    action('primary').click()
    await until(() => said()?.match(/cop/i))
    vi.advanceTimersByTime(3000)
    expect(said()).toMatch(/cop/i)
    vi.advanceTimersByTime(4000)
    expect(said()).toBe('')
  })

  test.each(['before it is said', 'before it is empty'])('leaves no timer behind: gone %s', async (when) => {
    const { shown } = await show(banner(82))
    if (when === 'before it is empty') await until(said)
    shown.close()
    expect(vi.getTimerCount()).toBe(0)
  })
})

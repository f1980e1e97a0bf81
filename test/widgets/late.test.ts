/** What comes when a prompt is no more, or while its slot is away: no error escapes into the page. */

import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { cases } from './cases.ts'
import { action, clear, get, host, page, show, sleep, until } from './harness.ts'

const errors: string[] = []
const note = (event: PromiseRejectionEvent | ErrorEvent): void => {
  event.preventDefault()
  errors.push(String('reason' in event ? event.reason : event.error))
}

beforeEach(() => {
  errors.length = 0
  addEventListener('unhandledrejection', note)
  addEventListener('error', note)
  page('<div data-plimsoll-slot="here" style="min-height:300px"></div>')
})
afterEach(() => {
  clear()
  vi.useRealTimers()
  Reflect.deleteProperty(navigator, 'clipboard')
  removeEventListener('unhandledrejection', note)
  removeEventListener('error', note)
})

test.each(['copied', 'refused'])('the clipboard’s answer to a prompt that is gone is dropped: %s', async (answer) => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'], shouldAdvanceTime: true })
  let settle = (): void => {}
  const asking = new Promise<void>((done, refuse) => {
    settle = answer === 'copied' ? done : () => refuse(new Error('not allowed'))
  })
  Object.defineProperty(navigator, 'clipboard', { configurable: true, value: { writeText: () => asking } })
  const { shown } = await show(cases['banner-ask']!.prompt)
  action('primary').click()
  shown.close()
  settle()
  await sleep(20)
  expect(vi.getTimerCount()).toBe(0)
  expect(errors).toEqual([])
})

test('newer figures and another size of the window, while the page draws its slot anew, are taken when it is back', async () => {
  const { shown } = await show(cases['banner-80']!.prompt)
  const slot = host('[data-plimsoll-slot]')
  const root = slot.firstElementChild as Element
  slot.remove()
  root.remove()
  dispatchEvent(new Event('resize'))
  shown.update(cases['banner-full']!.prompt)
  document.body.append(slot)
  await until(() => root.isConnected)
  expect(get('.title').textContent).toBe('All 100 projects are in use')
  expect(errors).toEqual([])
})

import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { userEvent } from 'vitest/browser'
import { type Activity, watchActivity } from '../../packages/sdk/src/browser/watchActivity.ts'

let at = 1_000_000
const onActive = vi.fn<(at: number) => void>()
let activity: Activity
let host: HTMLElement

beforeEach(() => {
  at = 1_000_000
  onActive.mockReset()
  host = document.body.appendChild(document.createElement('div'))
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] })
  activity = watchActivity(onActive, () => at)
})
afterEach(() => {
  activity.stop()
  vi.useRealTimers()
  host.remove()
})

const moments = () => onActive.mock.calls.map(([when]) => when)
/** What vitest's own commands wait with is real. */
const press = async (key: string) => {
  vi.useRealTimers()
  await userEvent.keyboard(key)
}

test('tells of a key at once', async () => {
  await press('a')
  expect(moments()).toEqual([1_000_000])
})

test('tells of a pointer', async () => {
  vi.useRealTimers()
  host.textContent = 'click me'
  await userEvent.click(host)
  expect(moments()).toEqual([1_000_000])
})

test('tells nothing of what a script makes up', () => {
  for (const type of ['pointerdown', 'pointermove', 'keydown', 'wheel', 'touchstart']) {
    host.dispatchEvent(new Event(type, { bubbles: true, composed: true }))
  }
  host.click()
  expect(moments()).toEqual([])
})

test('tells the first at once and the latest ten seconds later, then every ten seconds while there is more', () => {
  const heard: ((event: unknown) => void)[] = []
  vi.spyOn(window, 'addEventListener').mockImplementation((_, listener) => heard.push(listener as never))
  activity.stop()
  activity = watchActivity(onActive, () => at)
  vi.restoreAllMocks()
  const act = (when: number) => {
    at = when
    heard[0]?.({ isTrusted: true, type: 'wheel', composedPath: () => [] })
  }
  act(0)
  act(2000)
  act(9000)
  expect(moments()).toEqual([0])
  vi.advanceTimersByTime(9999)
  expect(moments()).toEqual([0])
  vi.advanceTimersByTime(1)
  expect(moments()).toEqual([0, 9000])
  vi.advanceTimersByTime(10_000)
  expect(moments()).toEqual([0, 9000])
  act(40_000)
  expect(moments()).toEqual([0, 9000, 40_000])
  act(41_000)
  activity.stop()
  vi.advanceTimersByTime(60_000)
  expect(moments()).toEqual([0, 9000, 40_000])
})

test.each([
  ['an input', '<input>'],
  ['a text area', '<textarea></textarea>'],
  ['a select', '<select><option>a</select>'],
  ['editable content', '<div contenteditable tabindex="0"><b>x</b></div>'],
])('counts a key in %s as typing for three seconds', async (_, html) => {
  host.innerHTML = html
  ;(host.firstElementChild as HTMLElement).focus()
  await press('a')
  expect(activity.typingUntil()).toBe(1_003_000)
})

test('counts a key in a field inside a shadow root as typing', async () => {
  const root = host.attachShadow({ mode: 'open' })
  root.innerHTML = '<input>'
  root.querySelector('input')?.focus()
  await press('a')
  expect(activity.typingUntil()).toBe(1_003_000)
})

test('counts no key elsewhere as typing', async () => {
  host.innerHTML = '<button>x</button>'
  host.querySelector('button')?.focus()
  await press('a')
  expect(moments()).toEqual([1_000_000])
  expect(activity.typingUntil()).toBeLessThan(at)
})

test('waits for no key that was pressed before the clock was set back', async () => {
  host.innerHTML = '<input>'
  host.querySelector('input')?.focus()
  await press('a')
  at -= 600_000
  expect(activity.typingUntil()).toBeLessThanOrEqual(at)
})

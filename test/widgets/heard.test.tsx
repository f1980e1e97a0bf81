/** Each widget in each state as a screen reader is told of it, and as it is walked by the keyboard alone. */

import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { userEvent } from 'vitest/browser'
import { readAloud } from './ax.ts'
import { type Case, cases } from './cases.ts'
import { action, clear, find, focused, host, page, show, until, widget } from './harness.ts'
import { beside } from './heardBeside.ts'
import { dialogs } from './heardDialogs.ts'

const PAGE =
  '<h1>Projects</h1><main><button id="before">New project</button><div data-plimsoll-slot="here" style="min-height:500px"></div>' +
  '<button id="c" data-plimsoll-feature="sso" data-plimsoll-guard="invite">Single sign-on</button><a href="#after">Help</a></main>'
/** What the page itself says, which is the same in every state. */
const OWN = /^(heading "Projects"|main$|button "New project"|link "Help")/

/** What is said stands for seconds, which pass at once. */
beforeEach(() => void vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'], shouldAdvanceTime: true }))

afterEach(() => {
  clear()
  vi.useRealTimers()
  Reflect.deleteProperty(navigator, 'clipboard')
})

/**
 * Draws a state for somebody who uses the keyboard alone.
 *
 * @returns What was said as it came; nothing of a dialog, which is read because it takes the focus.
 */
async function draw({ prompt, press }: Case): Promise<string | undefined> {
  page(PAGE)
  const writeText = (): Promise<void> => (press === 'askRefused' ? Promise.reject(new Error('no')) : Promise.resolve())
  Object.defineProperty(navigator, 'clipboard', { configurable: true, value: { writeText } })
  host(standsBesideControl(prompt.kind) ? '#c' : '#before').focus()
  await show(prompt, prompt.slot === 'here' ? {} : { anchor: host('#c') })
  if (press) {
    action('primary').focus()
    await userEvent.keyboard('{Enter}')
    await until(() => find('[data-state="asked"]'))
  }
  const status = document.querySelector('plimsoll-root > [role="status"]')
  if (!status) return undefined
  const title = widget().querySelector('.title')?.firstChild?.textContent ?? ''
  await until(() => status.textContent?.match(press ? /cop/i : title))
  const said = status.textContent ?? ''
  vi.advanceTimersByTime(7000)
  return said
}

const standsBesideControl = (kind: string): boolean => /tooltip|panel/.test(kind)

/** What Tab stops at inside the widget, from where the focus is until it leaves, or comes round. */
async function walk(): Promise<string[]> {
  const stops: Element[] = []
  const names: string[] = []
  for (let presses = 0; presses < 16; presses++) {
    await userEvent.keyboard('{Tab}')
    const stop = focused()
    if (!stop || stops.includes(stop)) break
    if (!widget().contains(stop)) {
      if (stops.length) break
      continue
    }
    stops.push(stop)
    names.push(stop.getAttribute('aria-label') ?? stop.textContent?.trim() ?? '')
  }
  return names
}

const heard = { ...beside, ...dialogs }

test('every state is written down', () => {
  expect(Object.keys(heard).sort()).toEqual(Object.keys(cases).sort())
})

describe('reads, and is walked by Tab', () => {
  test.each(Object.entries(cases))('%s', async (name, state) => {
    const said = await draw(state)
    const from = focused()
    const lines = await readAloud()
    const ours = lines.filter((line) => !OWN.test(line.trim()))
    const depth = Math.min(...ours.map((line) => line.search(/\S/)))
    const news = said === undefined ? [] : [`Said: ${said}`]
    const told = [...ours.map((line) => line.slice(depth)), ...news, `Tab: ${(await walk()).join(' · ')}`].join('\n')
    if (!state.press && !widget().matches(':modal')) expect(from?.id).toMatch(/before|c/)
    expect(told.replaceAll(location.origin, 'https://acme.test')).toBe(heard[name]?.slice(1))
  })
})

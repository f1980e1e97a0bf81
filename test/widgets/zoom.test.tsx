/** Forced colours, large text, and a page zoomed to 400 %: nothing is lost, and everything can be reached. */

import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { cdp, page as screen } from 'vitest/browser'
import { faults, letAxeIn } from './axe.ts'
import { type Case, cases } from './cases.ts'
import { action, clear, find, host, page, show, until, widget } from './harness.ts'

const html = document.documentElement
const PAGE =
  '<h1>Projects</h1><main><button id="c" data-plimsoll-feature="sso" data-plimsoll-guard="invite" style="min-height:44px">' +
  'Single sign-on</button><div data-plimsoll-slot="here" style="min-height:500px"></div></main>'

const send = (method: string, params: object): Promise<unknown> =>
  (cdp() as unknown as { send(method: string, params: object): Promise<unknown> }).send(method, params)

const STILL = { name: 'prefers-reduced-motion', value: 'reduce' }
beforeAll(() => send('Emulation.setEmulatedMedia', { features: [STILL] }))
afterAll(() => send('Emulation.setEmulatedMedia', { features: [] }))

afterEach(() => {
  clear()
  html.removeAttribute('style')
  Reflect.deleteProperty(navigator, 'clipboard')
})

async function draw({ prompt, press }: Case): Promise<void> {
  page(PAGE)
  scrollTo(0, 0)
  const writeText = (): Promise<void> => (press === 'askRefused' ? Promise.reject(new Error('no')) : Promise.resolve())
  Object.defineProperty(navigator, 'clipboard', { configurable: true, value: { writeText } })
  const { drawn } = await show(prompt, prompt.slot === 'here' ? {} : { anchor: host('#c') })
  expect(drawn).toBe(true)
  if (press) {
    action('primary').click()
    await until(() => find('[data-state="asked"]'))
  }
  // What stands beside its control is placed from frame to frame.
  for (let frames = 0; frames < 3; frames++) await new Promise(requestAnimationFrame)
}

const states = Object.entries(cases)

describe('axe finds nothing, and leaves nothing open,', () => {
  beforeAll(letAxeIn)

  describe('in forced colours', () => {
    beforeAll(() =>
      send('Emulation.setEmulatedMedia', { features: [STILL, { name: 'forced-colors', value: 'active' }] }),
    )
    afterAll(() => send('Emulation.setEmulatedMedia', { features: [STILL] }))

    test.each(states)('in %s', async (_, state) => {
      expect(matchMedia('(forced-colors: active)').matches).toBe(true)
      await draw(state)
      expect(await faults()).toEqual([])
    })
  })

  test.each(states)('in %s, with text of twice the size', async (_, state) => {
    html.style.fontSize = '200%'
    await draw(state)
    expect(await faults()).toEqual([])
  })
})

describe('at 400 % of 1280 × 1024 everything can be brought into view', () => {
  beforeAll(() => screen.viewport(320, 256))
  afterAll(() => screen.viewport(900, 700))

  test.each(states)('of %s', async (_, state) => {
    await draw(state)
    const hidden: string[] = []
    for (const part of widget().querySelectorAll<HTMLElement>(
      'a, button, input, .title, .text, .meter, li, dt, dd, [role="cell"]',
    )) {
      if (!part.checkVisibility() || !part.getBoundingClientRect().width) continue
      // What scrolls inside a widget is scrolled, not the page under it.
      part.scrollIntoView({ block: 'nearest', container: 'nearest' } as ScrollIntoViewOptions)
      const { left, right, top, bottom } = part.getBoundingClientRect()
      const hit = (part.getRootNode() as ShadowRoot).elementFromPoint((left + right) / 2, (top + bottom) / 2)
      const isInside = left >= -0.5 && right <= 320.5 && top >= -0.5 && bottom <= 256.5
      if (!isInside || !(part.contains(hit) || hit?.contains(part)))
        hidden.push(
          `${part.textContent || part.className}: ${[left, top, right, bottom].map(Math.round)}, under ${hit?.localName}`,
        )
    }
    expect(hidden).toEqual([])
  })
})

test('no word of the comparison breaks at 320 px, with text of twice the size, and all of it can be scrolled to', async () => {
  await letAxeIn()
  await screen.viewport(320, 900)
  html.style.fontSize = '200%'
  await draw(cases.plans as Case)
  const found = await faults()
  const broken: string[] = []
  for (const part of widget().querySelectorAll('[role="columnheader"] b, [role="cell"]')) {
    const walker = document.createTreeWalker(part, NodeFilter.SHOW_TEXT)
    for (let text = walker.nextNode(); text; text = walker.nextNode()) {
      const range = document.createRange()
      for (const { index, 0: word } of (text.textContent ?? '').matchAll(/\S+/g)) {
        range.setStart(text, index)
        range.setEnd(text, index + word.length)
        if (range.getClientRects().length > 1) broken.push(word)
      }
    }
    part.scrollIntoView({ block: 'nearest', inline: 'nearest' })
    const { left, right } = part.getBoundingClientRect()
    if (left < -0.5 || right > 320.5) broken.push(`${part.textContent} out of sight`)
  }
  await screen.viewport(900, 700)
  expect([broken, found]).toEqual([[], []])
})

describe('over a keyboard on the screen', () => {
  afterEach(() => screen.viewport(900, 700))

  /** What a keyboard that resizes the page leaves of the height of a phone that lies on its side. */
  const LEFT = 110

  test.each(['banner', 'toast', 'block-seats', 'modal', 'explainer'])(
    'every control of %s can be reached in what is left',
    async (name) => {
      await screen.viewport(390, 844)
      await draw(cases[name] as Case)
      await screen.viewport(390, LEFT)
      for (let frames = 0; frames < 3; frames++) await new Promise(requestAnimationFrame)
      const hidden = [...widget().querySelectorAll<HTMLElement>('a, button, input')].filter((part) => {
        if (!part.checkVisibility()) return false
        part.scrollIntoView({ block: 'nearest', container: 'nearest' } as ScrollIntoViewOptions)
        const { left, right, top, bottom } = part.getBoundingClientRect()
        const hit = (part.getRootNode() as ShadowRoot).elementFromPoint((left + right) / 2, (top + bottom) / 2)
        return top < -0.5 || bottom > LEFT + 0.5 || !(part.contains(hit) || hit?.contains(part))
      })
      expect(hidden.map((part) => part.outerHTML.slice(0, 80))).toEqual([])
    },
  )
})

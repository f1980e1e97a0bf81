/** Contrast of the default theme, measured from the picture and not from the rule. */

import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { cdp, page as screen } from 'vitest/browser'
import { cases } from './cases.ts'
import { clear, host, page, show, widget } from './harness.ts'
import { contrastIn } from './pixels.ts'

const html = document.documentElement
const emulate = (features: readonly { name: string; value: string }[]): Promise<unknown> =>
  (cdp() as unknown as { send(method: string, params: object): Promise<unknown> }).send('Emulation.setEmulatedMedia', {
    features,
  })

beforeAll(async () => {
  await emulate([{ name: 'prefers-reduced-motion', value: 'reduce' }])
  await screen.viewport(1000, 900)
})
afterAll(async () => {
  await emulate([])
  await screen.viewport(900, 700)
})
afterEach(() => {
  clear()
  html.removeAttribute('style')
})

/** Every line of text that can be seen, by its words. */
function linesOf(root: Element): (readonly [string, DOMRect])[] {
  const lines: (readonly [string, DOMRect])[] = []
  const walker = document.createTreeWalker(root, NodeFilter.SHOW_TEXT)
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    const parent = node.parentElement
    if (!node.textContent?.trim() || !parent?.checkVisibility() || parent.closest('.hidden')) continue
    const range = document.createRange()
    range.selectNodeContents(node)
    const [rect] = range.getClientRects()
    if (rect && rect.width > 1) lines.push([node.textContent, rect])
  }
  return lines
}

describe.each(['light', 'dark'])('in %s', (scheme) => {
  test.each([
    'banner',
    'banner-full',
    'tooltip',
    'panel',
    'block-seats',
    'block-refused',
    'modal',
    'toast',
    'explainer',
    'plans',
  ])('text stands out by 4.5 to 1, what is no text by 3 to 1: %s', async (name) => {
    html.style.colorScheme = scheme
    html.style.background = scheme === 'dark' ? '#131417' : '#f7f7f8'
    page(
      '<h1>Projects</h1><div data-plimsoll-slot="here" style="min-height:500px"></div><button id="c" data-plimsoll-feature="sso">Single sign-on</button>',
    )
    const { prompt } = cases[name]!
    await show(prompt, prompt.slot === 'here' ? {} : { anchor: host('#c') })
    const faint: string[] = []
    for (const [words, rect] of linesOf(widget())) {
      const found = await contrastIn(rect)
      if (found < 4.5) faint.push(`${words}: ${found.toFixed(2)}`)
    }
    // The cross, the meter with its mark, checks, the stepper's buttons.
    for (const part of widget().querySelectorAll('.dismiss svg, .meter, .table svg, .stepper button')) {
      const rect = part.getBoundingClientRect()
      if (!rect.width) continue
      const found = await contrastIn(rect)
      if (found < 3) faint.push(`${part.closest('[class]')?.getAttribute('class')}: ${found.toFixed(2)}`)
    }
    expect(linesOf(widget()).length).toBeGreaterThan(3)
    expect(faint).toEqual([])
  })
})

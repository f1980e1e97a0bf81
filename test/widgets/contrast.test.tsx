/** Contrast of the default theme, measured from the picture and not from the rule. */

import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
import { cdp, page as screen } from 'vitest/browser'
import { cases } from './cases.ts'
import { action, clear, find, host, page, show, until, widget } from './harness.ts'
import { contrastsIn } from './pixels.ts'

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
  Reflect.deleteProperty(navigator, 'clipboard')
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

/** What cannot be told from its ground in the picture, by its words or its class. */
async function faint(): Promise<string[]> {
  const contrastIn = await contrastsIn(widget())
  // No text are the cross, the meter with its mark, checks, the stepper's buttons.
  const parts = [...widget().querySelectorAll('.dismiss svg, .meter, .table svg, .stepper button')]
    .filter((part) => part.checkVisibility())
    .map((part) => [`${part.closest('[class]')?.getAttribute('class')}`, part.getBoundingClientRect(), 3] as const)
  return [...linesOf(widget()).map((line) => [...line, 4.5] as const), ...parts].flatMap(([what, rect, least]) => {
    const found = contrastIn(rect)
    return found < least ? [`${what}: ${found.toFixed(2)}`] : []
  })
}

test.each(Object.entries(cases))(
  'text stands out by 4.5 to 1, what is no text by 3 to 1, light and dark: %s',
  async (_, { prompt, press }) => {
    page(
      '<h1>Projects</h1><div data-plimsoll-slot="here" style="min-height:500px"></div><button id="c" data-plimsoll-feature="sso" data-plimsoll-guard="invite">Single sign-on</button>',
    )
    const writeText = (): Promise<void> =>
      press === 'askRefused' ? Promise.reject(new Error('no')) : Promise.resolve()
    Object.defineProperty(navigator, 'clipboard', { configurable: true, value: { writeText } })
    await show(prompt, prompt.slot === 'here' ? {} : { anchor: host('#c') })
    if (press) {
      // Its reader is in the page: what is selected elsewhere is paler, as the browser draws it.
      action('primary').focus()
      action('primary').click()
      await until(() => find('[data-state="asked"]'))
      expect(linesOf(find('.quote') as Element).length).toBe(1)
    }
    expect(linesOf(widget()).length).toBeGreaterThan(2)
    for (const scheme of ['light', 'dark']) {
      html.style.colorScheme = scheme
      html.style.background = scheme === 'dark' ? '#131417' : '#f7f7f8'
      expect([scheme, ...(await faint())]).toEqual([scheme])
    }
  },
)

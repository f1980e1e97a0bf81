/** The ring around what has the focus, measured from the picture: it stands out by 3 to 1 from what was there before. */

import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
import { cdp, page as screen } from 'vitest/browser'
import { cases } from './cases.ts'
import { clear, host, page, show, widget } from './harness.ts'
import { contrastOfChange } from './pixels.ts'

const html = document.documentElement
const STILL = { name: 'prefers-reduced-motion', value: 'reduce' }
const emulate = (features: readonly { name: string; value: string }[]): Promise<unknown> =>
  (cdp() as unknown as { send(method: string, params: object): Promise<unknown> }).send('Emulation.setEmulatedMedia', {
    features,
  })

beforeAll(() => screen.viewport(1000, 900))
afterAll(async () => {
  await emulate([])
  await screen.viewport(900, 700)
})
afterEach(() => {
  clear()
  html.removeAttribute('style')
})

const FORCED = { name: 'forced-colors', value: 'active' }
/** Pale and dark ones, and one in between. */
const accents = ['#ffe600', '#101010', '#f43f5e']

test.each([
  ...['banner', 'tooltip', 'block-seats', 'modal', 'plans'].flatMap((name) =>
    ['light', 'dark', 'forced colours'].map((look) => ({ name, look, accent: '' })),
  ),
  ...accents.flatMap((accent) => ['light', 'dark'].map((look) => ({ name: 'banner', look, accent }))),
])('around each control of $name, $look $accent', async ({ name, look, accent }) => {
  await emulate(look === 'forced colours' ? [STILL, FORCED] : [STILL])
  const scheme = look === 'dark' ? 'dark' : 'light'
  html.style.colorScheme = scheme
  html.style.background = scheme === 'dark' ? '#131417' : '#f7f7f8'
  page(
    '<h1>Projects</h1><div data-plimsoll-slot="here" style="min-height:500px"></div><button id="c" data-plimsoll-feature="sso">Single sign-on</button>',
  )
  const { prompt } = cases[name]!
  if (accent) html.style.setProperty('--plimsoll-accent', accent)
  await show(prompt, prompt.slot === 'here' ? {} : { anchor: host('#c') })
  const faint: string[] = []
  const controls = [...widget().querySelectorAll<HTMLElement>('a, button, input')].filter((one) =>
    one.checkVisibility(),
  )
  for (const control of controls) {
    control.scrollIntoView({ block: 'nearest' })
    ;((control.getRootNode() as ShadowRoot).activeElement as HTMLElement | null)?.blur()
    const { x, y, width, height } = control.getBoundingClientRect()
    const found = await contrastOfChange(new DOMRect(x - 5, y - 5, width + 10, height + 10), () =>
      control.focus({ focusVisible: true } as FocusOptions),
    )
    if (found < 3)
      faint.push(`${control.getAttribute('data-plimsoll-action') ?? control.className}: ${found.toFixed(2)}`)
  }
  expect(controls.length).toBeGreaterThan(1)
  expect(faint).toEqual([])
})

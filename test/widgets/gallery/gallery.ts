/**
 * Draws one state in the host page: `?state=banner-80`, `&dir=rtl`, `&width=320` for the slot's width, `&text=200` for
 * the text's size in percent, `&accent=red`.
 */

import { widgets } from '@plimsoll/widgets'
import { arabicCases, cases } from '../cases.ts'

const query = new URLSearchParams(location.search)
const state = query.get('state') ?? 'banner'
const rtl = query.get('dir') === 'rtl'
const found = (rtl ? arabicCases : cases)[state]
if (!found) throw new Error(`No state ${state}`)

document.documentElement.dir = rtl ? 'rtl' : 'ltr'
document.documentElement.lang = rtl ? 'ar' : 'en'
if (query.has('text')) {
  // What is looked at is the widgets: the page around them stays as it is.
  document.body.style.fontSize = '14px'
  document.documentElement.style.fontSize = `${query.get('text')}%`
}
document.documentElement.style.setProperty('--plimsoll-accent', query.get('accent'))

const { prompt, press } = found
const place = document.querySelector<HTMLElement>('.place')
const control = document.querySelector<HTMLElement>('.control')
if (!place || !control) throw new Error('The page is not the gallery’s')

if (prompt.slot === 'here') {
  place.dataset.plimsollSlot = 'here'
  const width = query.get('width')
  if (width) place.style.width = `${width}px`
  // Room for a banner in its slot; without it the banner would stand over what follows.
  place.style.minHeight = prompt.kind === 'banner' ? '300px' : ''
} else if (prompt.kind === 'panel') control.dataset.plimsollGuard = 'invite'
else control.dataset.plimsollFeature = 'sso'

// Without https or where the browser forbids it there is no clipboard; here both answers are wanted at will.
Object.defineProperty(navigator, 'clipboard', {
  value: { writeText: () => (press === 'askRefused' ? Promise.reject(new Error('refused')) : Promise.resolve()) },
})

const shown = widgets().show(prompt, {
  ...(prompt.slot !== 'here' && { anchor: control }),
  onOutcome: (outcome) => outcome.type !== 'clicked',
})
const drawn = await shown.drawn
if (press) {
  const roots = document.querySelectorAll('plimsoll-root')
  const buttons = [...roots].flatMap(({ shadowRoot }) => [
    ...(shadowRoot?.querySelectorAll<HTMLElement>('[data-plimsoll-action="primary"]') ?? []),
  ])
  for (const button of buttons) button.click()
  await new Promise((resolve) => setTimeout(resolve, 100))
}
document.documentElement.dataset.drawn = String(drawn)

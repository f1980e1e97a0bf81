/** Every control of every widget in every state is of use to somebody who has a keyboard and nothing else. */

import { afterEach, expect, test } from 'vitest'
import { userEvent } from 'vitest/browser'
import { type Case, cases } from './cases.ts'
import { action, clear, find, focused, host, page, show, until, widget } from './harness.ts'

afterEach(() => {
  clear()
  Reflect.deleteProperty(navigator, 'clipboard')
})

const PAGE =
  '<main><button id="c" data-plimsoll-feature="sso" data-plimsoll-guard="invite">Single sign-on</button><div data-plimsoll-slot="here" style="min-height:500px"></div></main>'

/** What each state has, sorted: × and Dismiss are controls of their own, and so is the link above a plan's column. */
const has: Readonly<Record<string, string>> = {
  banner: 'dismiss primary snooze stop',
  'banner-full-float': 'dismiss primary snooze stop',
  'banner-80': 'dismiss primary snooze stop',
  'banner-full': 'dismiss primary snooze stop',
  'banner-ask': 'dismiss primary snooze stop',
  'banner-asked': 'dismiss primary stop',
  'banner-refused': 'dismiss dismiss stop',
  tooltip: 'dismiss dismiss primary stop',
  'tooltip-slot': 'dismiss dismiss primary stop',
  'tooltip-asked': 'dismiss primary stop',
  panel: 'dismiss dismiss fewer more primary stop',
  'panel-beside': 'dismiss dismiss fewer more primary stop',
  'panel-asked': 'dismiss primary stop',
  'block-seats': 'cancel more primary',
  'block-ask': 'cancel primary',
  'block-asked': 'cancel primary',
  'block-refused': 'cancel',
  'block-use': 'cancel primary',
  'block-feature': 'cancel primary',
  modal: 'dismiss dismiss primary stop',
  'modal-long': 'dismiss dismiss primary stop',
  'modal-asked': 'dismiss dismiss primary stop',
  toast: 'dismiss primary stop',
  'toast-asked': 'dismiss primary stop',
  explainer: 'dismiss dismiss primary',
  'explainer-ask': 'dismiss dismiss primary',
  plans: 'dismiss dismiss primary primary',
}

/** A step at its end does nothing, however it is pressed. */
const controls = (): HTMLElement[] => [
  ...widget().querySelectorAll<HTMLElement>('[data-plimsoll-action], .step:not([aria-disabled])'),
]

const nameOf = ({ dataset, ariaLabel }: HTMLElement): string =>
  dataset.plimsollAction ?? ariaLabel?.replace('One seat ', '') ?? ''

/**
 * Draws a state for somebody who uses the keyboard alone.
 *
 * @returns What came of it since: what was reported and copied, the words of the widget, and the number of seats.
 */
async function draw({ prompt, press }: Case): Promise<() => readonly unknown[]> {
  clear()
  page(PAGE)
  const copied: string[] = []
  const writeText = (text: string): Promise<void> => {
    copied.push(text)
    return press === 'askRefused' ? Promise.reject(new Error('no')) : Promise.resolve()
  }
  Object.defineProperty(navigator, 'clipboard', { configurable: true, value: { writeText } })
  host('#c').focus()
  const { outcomes } = await show(prompt, prompt.slot === 'here' ? {} : { anchor: host('#c') })
  if (press) {
    action('primary').focus()
    await userEvent.keyboard('{Enter}')
    await until(() => find('[data-state="asked"]'))
  }
  const before = [outcomes.length, copied.length] as const
  return () => [outcomes.slice(before[0]), copied.slice(before[1]), find<HTMLInputElement>('input')?.value]
}

/** Whether what has the focus stands before a control in its widget. */
const isBefore = (control: HTMLElement): boolean => {
  const now = focused()
  return !now || !widget().contains(now) || now.compareDocumentPosition(control) === Node.DOCUMENT_POSITION_FOLLOWING
}

test('every state is written down', () => {
  expect(Object.keys(has).sort()).toEqual(Object.keys(cases).sort())
})

test.each(Object.entries(cases))(
  'Tab reaches each control, and Enter and Space do what a click does: %s',
  { timeout: 60_000 },
  async (state, drawn) => {
    await draw(drawn)
    const all = controls().map((control) => [nameOf(control), control.localName] as const)
    expect(all.map(([name]) => name).sort()).toEqual(has[state]?.split(' '))
    for (const [i, [name, element]] of all.entries()) {
      const what = await draw(drawn)
      const nothing = JSON.stringify(what())
      controls()[i]?.click()
      await until(() => JSON.stringify(what()) !== nothing)
      const clicked = what()
      for (const key of element === 'a' ? ['{Enter}'] : ['{Enter}', ' ']) {
        const pressed = await draw(drawn)
        const control = controls()[i] as HTMLElement
        for (let presses = 0; presses < 20 && focused() !== control; presses++)
          await userEvent.keyboard(isBefore(control) ? '{Tab}' : '{Shift>}{Tab}{/Shift}')
        expect([name, focused()]).toEqual([name, control])
        await userEvent.keyboard(key)
        await until(() => JSON.stringify(pressed()) !== nothing)
        expect([name, key, pressed()]).toEqual([name, key, clicked])
      }
    }
  },
)

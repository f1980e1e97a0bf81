/** Every control of every widget is of use to somebody who has a keyboard and nothing else. */

import type { Outcome, Prompt } from '@plimsoll/sdk'
import { afterEach, expect, test } from 'vitest'
import { userEvent } from 'vitest/browser'
import { banner, explainer, modal, panel, plans, seatBlock, toast, tooltip, useBlock } from './cases.ts'
import { clear, focused, host, page, show, until, widget } from './harness.ts'

afterEach(clear)

const PAGE =
  '<main><button id="c" data-plimsoll-feature="sso">Single sign-on</button><div data-plimsoll-slot="team" style="min-height:500px"></div></main>'

/** What each has, sorted: × and Dismiss are controls of their own. */
const kinds: readonly (readonly [name: string, prompt: Prompt, controls: string])[] = [
  ['banner', banner(82), 'dismiss primary snooze stop'],
  ['toast', toast(), 'dismiss primary stop'],
  ['tooltip', tooltip(), 'dismiss dismiss primary stop'],
  ['panel', panel(), 'dismiss dismiss primary stop'],
  ['milestone', modal(), 'dismiss dismiss primary stop'],
  ['explainer', explainer(), 'dismiss dismiss primary'],
  ['comparison', plans(), 'dismiss dismiss primary primary'],
  ['block of seats', seatBlock(), 'cancel primary'],
  ['block of use', useBlock(), 'cancel primary'],
]

const controls = (): HTMLElement[] => [...widget().querySelectorAll<HTMLElement>('[data-plimsoll-action]')]

async function draw(prompt: Prompt): Promise<readonly Outcome[]> {
  clear()
  page(PAGE)
  host('#c').focus()
  return (await show(prompt, { anchor: host('#c') })).outcomes
}

test.each(kinds)(
  'Tab reaches each control, and Enter and Space do what a click does: %s',
  { timeout: 60_000 },
  async (_, prompt, names) => {
    await draw(prompt)
    const all = controls().map(({ dataset, localName }) => [`${dataset.plimsollAction}`, localName] as const)
    expect(all.map(([name]) => name).sort()).toEqual(names.split(' '))
    for (const [i, [name, element]] of all.entries()) {
      const clicked = await draw(prompt)
      controls()[i]?.click()
      await until(() => clicked.length)
      for (const key of element === 'a' ? ['{Enter}'] : ['{Enter}', ' ']) {
        const pressed = await draw(prompt)
        for (let presses = 0; presses < 20 && focused() !== controls()[i]; presses++) await userEvent.keyboard('{Tab}')
        expect([name, focused()]).toEqual([name, controls()[i]])
        await userEvent.keyboard(key)
        await until(() => pressed.length)
        expect([name, key, pressed]).toEqual([name, key, clicked])
      }
    }
  },
)

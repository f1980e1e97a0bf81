/** How much copy there is room for on a phone: what `plimsoll check` calls too long is held to the widgets here. */

import type { Prompt } from '@plimsoll/sdk'
import { afterEach, beforeAll, describe, expect, test } from 'vitest'
import { page as screen } from 'vitest/browser'
import { ROOM } from '../../packages/sdk/src/advise/rules/copy.ts'
import { banner, modal, panel, toast, tooltip } from './cases.ts'
import { action, clear, get, host, page, show } from './harness.ts'

const TEXT =
  'You keep every file that your colleagues have shared with you this year, and can restore older versions of them '
const LINES = { title: 2, body: 4, label: 1 }

const makers: { readonly [widget in keyof typeof ROOM]: (changes: object) => Prompt } = {
  banner: (changes) => banner(82, changes),
  tooltip,
  panel,
  modal,
  toast: ({ trigger, ...changes }: { trigger?: object }) =>
    toast({ ...changes, trigger: { ...trigger, surface: 'toast' } }),
}

beforeAll(() => screen.viewport(320, 640))
afterEach(clear)

/** Lines that the words take; a chip behind them stands where it fits. */
function linesOf(element: Element): number {
  const words = [...element.childNodes].find(({ nodeType }) => nodeType === Node.TEXT_NODE)
  const range = document.createRange()
  range.selectNodeContents(words as Node)
  return new Set([...range.getClientRects()].map(({ top }) => Math.round(top))).size
}

/** Lines of a text of that length, in one field of a widget. */
async function draw(widget: keyof typeof ROOM, field: keyof typeof LINES, length: number): Promise<number> {
  page('<button id="c" data-plimsoll-feature="sso" data-plimsoll-guard="invite" style="min-height:44px">Open</button>')
  const text = TEXT.repeat(3).slice(0, length)
  const trigger = field === 'label' ? { cta: { primary: { label: text } } } : { copy: { [field]: text } }
  const isBeside = widget === 'tooltip' || widget === 'panel'
  const { drawn } = await show(makers[widget]({ trigger }), isBeside ? { anchor: host('#c') } : {})
  expect(drawn).toBe(true)
  const lines = linesOf(field === 'label' ? action('primary') : get(`[part~="${field === 'body' ? 'text' : 'title'}"]`))
  clear()
  return lines
}

describe.each(Object.keys(ROOM) as (keyof typeof ROOM)[])('a %s', (widget) => {
  test.each(Object.entries(LINES) as [keyof typeof LINES, number][])(
    'has room at 320 px for a %s of the length that is called long enough, and for few letters more',
    async (field, most) => {
      const room = ROOM[widget][field]
      expect(await draw(widget, field, room)).toBeLessThanOrEqual(most)
      expect(await draw(widget, field, Math.ceil(room * 1.3))).toBeGreaterThan(most)
    },
  )
})

/** Sections 3, 4 and 6: each prompt is easy to refuse, and no refusal is lost. */

import { expect } from 'vitest'
import { DAY, MINUTE } from '../../e2e/host.ts'
import { plain } from '../../e2e/stored.ts'
import { action, allKinds, calmly, engine, kinds, only, show, soon, test, widget } from '../visitor.ts'

const dismiss = action('dismiss')

test.for(allKinds)('takes × on a %s for an answer, and shows it no more after a load', async (kind, { visitor }) => {
  const page = await show(visitor, kind)
  await page.click(dismiss)
  await page.gone(widget(kind))
  const heard = (await page.events()).filter(({ type }) => type === 'impression' || type === 'dismiss')
  expect(heard).toMatchObject([{ type: 'impression' }, { type: 'dismiss', triggerId: kinds[kind].id, by: 'close' }])
  await page.again()
  const [method, argument] = kinds[kind].signal
  await page.call(method, argument)
  expect(await page.count(widget(kind))).toBe(0)
  expect(await page.reasons(kinds[kind].id)).not.toEqual(['shows'])
})

test.for(allKinds)('stops for good by Stop showing these: %s', async (kind, { visitor }) => {
  const page = await show(visitor, kind)
  await page.click(action('stop'))
  await page.gone(widget(kind))
  await page.again()
  expect(await page.reasons(kinds[kind].id)).toContain('opted_out')
})

test.for(allKinds)('is refused by keyboard alone, × being among what Tab reaches: %s', async (kind, { visitor }) => {
  const page = await show(visitor, kind)
  await page.focus(kind === 'modal' ? action('primary') : '#sso')
  const reached = () =>
    page.eval(() =>
      (window as any).all('[data-plimsoll-action="dismiss"]').some((one: Element) => one.matches(':focus')),
    )
  for (let i = 0; i < 12 && !(await reached()); i++) await page.press('Tab')
  await page.press('Enter')
  await page.gone(widget(kind))
  expect(await page.events('dismiss')).toMatchObject([{ by: expect.stringMatching(/close|button/) }])
})

const escapes: readonly (readonly [kind: keyof typeof kinds, focus: string, closes: boolean])[] = [
  ['banner', '#work', false],
  ['banner', dismiss, true],
  ['panel', dismiss, true],
  ['toast', dismiss, true],
  ['tooltip', '#sso', true],
  ['tooltip', '#work', false],
  ['modal', '', true],
]

test.for(escapes)(
  'hears Esc: on a %s, the focus on "%s", closing it is %s',
  async ([kind, focus, closes], { visitor }) => {
    const page = await show(visitor, kind, {
      script: `${calmly()} addEventListener('keydown', (e) => setTimeout(() => { window.handled = e.defaultPrevented }))`,
    })
    if (kind === 'tooltip') await page.hover('h1')
    if (focus) await page.focus(focus)
    await page.press('Escape')
    // A dialog is closed by the browser itself.
    if (kind !== 'modal') await soon(() => page.eval(() => (window as any).handled)).toBe(closes)
    if (closes) await page.gone(widget(kind))
    else expect(await page.count(widget(kind))).toBe(1)
    expect((await page.events('dismiss')).map(({ by }) => by)).toEqual(closes ? ['escape'] : [])
  },
)

const closedByEsc = ['modal', 'banner'] as const

test.for(closedByEsc)('leaves an Esc alone that the host has handled: %s', async (kind, { visitor }) => {
  const page = await show(visitor, kind)
  if (kind === 'banner') await page.focus(dismiss)
  await page.eval(() => addEventListener('keydown', (e) => e.preventDefault(), { capture: true, once: true }))
  await page.press('Escape')
  await page.settled()
  expect(await page.count(widget(kind))).toBe(1)
  await page.press('Escape')
  await page.gone(widget(kind))
})

const firm = only('banner', { suppress: { dismissals: 1, quiet: '30d' } })

test('loses no refusal to a navigation in the same moment', async ({ visitor }) => {
  const page = await show(visitor, 'banner', { config: firm })
  await page.eval((selector) => {
    ;(window as any).all(selector)[0].click()
    location.href = '/next'
  }, dismiss)
  await soon(() => page.eval(() => location.pathname)).toBe('/next')
  await page.event('ready')
  await page.call(...kinds.banner.signal)
  // WebKitGTK may keep the page that was left for the way back with the answer's transaction open, and until it lets go
  // of it no other can write: nothing shows.
  const held = engine === 'WebKitGTK' ? /quiet|storage/ : /quiet/
  await soon(async () => `${await page.reasons('projects-80')}`).toMatch(held)
  expect(await page.count(widget('banner'))).toBe(0)
})

test('loses no refusal to a tab that closes in the same moment', async ({ visitor }) => {
  // The first has nothing of ours yet: else it might be the one that shows it.
  const first = await visitor.open({ config: firm, path: '/plain', early: true, host: { routes: plain } })
  const second = await visitor.another()
  await second.call(...kinds.banner.signal)
  await second.shown(widget('banner'))
  await second.eval((selector) => (window as any).all(selector)[0].click(), dismiss)
  await second.close()
  await first.arrive()
  await first.call(...kinds.banner.signal)
  await soon(() => first.reasons('projects-80')).toContain('quiet')
})

const near = { config: only('banner'), script: calmly({ projects: { used: 82 } }) }

test('is put off by Remind me later to the next session, and no further', async ({ visitor }) => {
  const page = await visitor.open(near)
  await page.click(action('snooze'))
  await page.gone(widget('banner'))
  expect((await page.events('snooze')).length).toBe(1)
  await page.again()
  expect(await page.reasons('projects-80')).toContain('snoozed')
  await page.later(31 * MINUTE)
  await page.again()
  await page.shown(widget('banner'))
})

test('is quiet for 30 days from the third refusal, and then returns', async ({ visitor }) => {
  const page = await visitor.open(near)
  for (const wait of [31 * MINUTE, 31 * MINUTE, 30 * DAY - MINUTE]) {
    await page.click(dismiss)
    await page.gone(widget('banner'))
    await page.later(wait)
    await page.again()
  }
  expect(await page.reasons('projects-80')).toContain('quiet')
  await page.later(MINUTE)
  await page.again()
  await page.shown(widget('banner'))
})

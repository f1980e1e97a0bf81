/** Sections 1, 4 and 6 over two tabs of one profile (windows, where the engine hides a tab). */

import { expect } from 'vitest'
import { markup } from '../../e2e/stored.ts'
import { neverAtOnce, round, stormConfig, stormPages, stormScript } from '../../e2e/storm.ts'
import { action, anyPrompt, calmly, only, soon, test, widget } from '../visitor.ts'

const near = calmly({ projects: { used: 82 } })
const banner = widget('banner')
const tooltip = widget('tooltip')
/** Asked at any time: what keeps it away is the other tab's prompt, or what was refused, and nothing else. */
const always = only('banner', { frequency: null, suppress: { dismissals: 1, quiet: '30d' } })

test('shows one banner, though both tabs are near the mark, and counts it once', async ({ visitor }) => {
  const first = await visitor.open({ config: always, script: near })
  await first.event('impression')
  const second = await visitor.another()
  await second.call('usage', { projects: { used: 84 } })
  await soon(() => second.reasons('projects-80')).toEqual(['on_screen'])
  expect([await first.count(banner), await second.count(banner)]).toEqual([1, 0])
  expect(await second.events('impression')).toEqual([])
  // What one tab is told, both know.
  await soon(() => first.text(banner)).toContain('84 of 100')
})

test('closes a prompt that is answered in another tab', async ({ visitor }) => {
  // What was asked for stands in every tab that asked.
  const first = await visitor.open({ script: near })
  await first.event('impression')
  await first.hears()
  await first.click('#sso')
  await first.shown(tooltip)
  const second = await visitor.another()
  await second.hears()
  await second.click('#sso')
  await second.click(`${tooltip} ${action('dismiss')}`)
  await second.gone(tooltip)
  await first.gone(tooltip)
  await first.shown(banner)
  await second.call('optOut', 'limit_approaching')
  await first.gone(banner)
  await second.call('usage', { projects: { used: 90 } })
  expect(await second.count(banner)).toBe(0)
})

test('shows in no tab what was refused in one', async ({ visitor }) => {
  const first = await visitor.open({ config: always, script: near })
  await first.event('impression')
  const second = await visitor.another()
  await first.click(action('dismiss'))
  await first.gone(banner)
  await second.call('usage', { projects: { used: 90 } })
  expect([await first.count(anyPrompt), await second.count(anyPrompt)]).toEqual([0, 0])
  await soon(() => second.reasons('projects-80')).toEqual(['quiet'])
})

test('closes in every tab what a risen plan answers, and tells of one conversion', async ({ visitor }) => {
  const first = await visitor.open({ config: only('banner'), script: near })
  await first.event('impression')
  const second = await visitor.another()
  await second.call('identify', { account: { id: 'acme', plan: 'pro' } })
  await first.gone(banner)
  await first.settled()
  const told = [...(await first.events('conversion')), ...(await second.events('conversion'))]
  expect(told.map(({ triggerId }) => triggerId)).toEqual(['projects-80'])
})

test('closes in every tab what is forgotten in one', async ({ visitor }) => {
  const first = await visitor.open({ config: always, script: near })
  // Counted: there is nothing more to write, which would find the record gone.
  await first.event('impression')
  const second = await visitor.another()
  expect(await first.count(banner)).toBe(1)
  await second.call('forget')
  await first.gone(banner)
  await second.call('usage', { projects: { used: 84 } })
  expect([await first.count(anyPrompt), await second.count(anyPrompt)]).toEqual([0, 0])
})

/** `hide(true)` hides the page from itself, which no driver does in every engine. */
const hiding = `
  window.hide = (hidden) => {
    const facts = { hidden, visibilityState: hidden ? 'hidden' : 'visible' }
    for (const [key, value] of Object.entries(facts)) Object.defineProperty(document, key, { configurable: true, value })
    document.dispatchEvent(new Event('visibilitychange'))
  }
  if (location.search === '?hidden') hide(true);`

/**
 * A clock four times as slow: the ten seconds after which a place lapses that nobody has seen outlast all patience, and
 * what storage was too slow for is tried again within it.
 */
const slow = `{ const { now } = Date; Date.now = () => Math.floor(now() / 4) }`

test('reserves nothing in a hidden tab, and yields its place at once, uncounted, to the tab that is seen', async ({
  visitor,
}) => {
  const first = await visitor.open({ config: always, before: hiding + slow, script: near, path: '/?hidden' })
  expect([await first.reasons('projects-80'), await first.count(banner)]).toEqual([['hidden'], 0])
  // Seen until the prompt is drawn, and no longer: it is reserved by then, and no impression.
  await first.eval(async (selector) => {
    const { hide, all } = window as any
    hide(false)
    while (!all(selector).length) await new Promise((done) => setTimeout(done, 5))
    hide(true)
  }, banner)
  const second = await visitor.another()
  await second.event('impression')
  await first.gone(banner)
  expect((await first.events()).filter(({ type }) => /impression|dismiss/.test(type))).toEqual([])
})

test('takes a prompt off the screen, unrefused, when the user logs out in another tab, and shows none until somebody is there', async ({
  visitor,
}) => {
  const first = await visitor.open({ config: always, script: near })
  await first.event('impression')
  const second = await visitor.another()
  await second.call('reset')
  await first.gone(banner)
  const answer = await first.call('guard', 'use', { resource: 'projects', amount: 1 })
  expect(answer).toMatchObject({ allowed: true })
  for (const tab of [first, second]) await tab.call('usage', { projects: { used: 90 } })
  expect([await first.count(anyPrompt), await second.count(anyPrompt)]).toEqual([0, 0])
  expect([...(await first.events('dismiss')), ...(await first.events('error'))]).toEqual([])
  // In the tab that is in front: WebKitGTK may take one that is covered for hidden.
  await second.hover('#work')
  await second.call('identify', { user: { id: 'ana', role: 'admin' }, account: { id: 'acme', plan: 'starter' } })
  await second.call('usage', { projects: { used: 90 } })
  await second.shown(banner)
})

test('shows one banner over twenty pages that begin at the same moment, and none in any once it is refused', async ({
  visitor,
}) => {
  const body = '<iframe src="/" width="300" height="200"></iframe>'.repeat(20)
  const page = await visitor.open({
    config: always,
    early: true,
    path: '/outer',
    script: near,
    host: {
      csp: "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; frame-src 'self'",
      routes: { '/outer': markup('', body) },
    },
  })
  /** How many of the pages are ready, banners they show, and what came of them. */
  const sum = () =>
    page.eval(
      (selector) =>
        Array.from(frames, (frame: any) => [
          ...['ready', 'impression', 'dismiss'].map(
            (type) => frame.seen?.filter((one: any) => one.type === type).length ?? 0,
          ),
          frame.all?.(selector).length ?? 0,
        ]).reduce((all, one) => all.map((n: number, i: number) => n + one[i])),
      banner,
    )
  await soon(sum).toEqual([20, expect.any(Number), 0, 1])
  await page.eval(async () => {
    await Promise.all(Array.from(frames, (frame: any) => frame.plimsoll.dismiss('projects-80')))
  })
  await soon(sum).toEqual([20, 1, 1, 0])
  const reasons = () =>
    page.eval(() =>
      Promise.all(
        Array.from(frames, async (frame: any) => {
          await frame.plimsoll.usage({ projects: { used: 90 } })
          return (await frame.plimsoll.explain('projects-80'))[0].reasons[0]?.reason
        }),
      ),
    )
  await soon(reasons).toEqual(Array(20).fill('quiet'))
  expect(await sum()).toEqual([20, 1, 1, 0])
})

test('never draws two prompts at once, nor one over a cap, in five frames that storm', async ({ visitor }) => {
  const count = 5
  const page = await visitor.open({
    config: stormConfig,
    script: stormScript,
    host: stormPages(count),
    path: '/frames',
    early: true,
  })
  const ready = () =>
    page.eval(
      () =>
        Array.from(frames, (frame: any) => frame.seen?.some((one: any) => one.type === 'ready')).filter(Boolean).length,
    )
  await soon(ready).toBe(count)
  const tabs = {
    count,
    page: { evaluate: (read: () => any) => page.eval(read) },
    // All in one call, for a driver that makes one at a time.
    each: (deed: string, given: readonly unknown[] = []) =>
      page.eval(
        (name, each) => Promise.all(Array.from(frames, (frame: any, i) => frame.deeds[name](each[i]))),
        deed,
        given,
      ),
  }
  neverAtOnce(await round(tabs, 'ana', 1))
}, 300_000)

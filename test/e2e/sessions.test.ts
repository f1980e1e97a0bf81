/** Section 3, in general: sessions, impressions, page loads, route changes and refusals, over tabs and time. */

import type { BrowserContext, Page } from 'playwright-core'
import puppeteer, { type Browser as Puppet, type Page as PuppetPage } from 'puppeteer-core'
import { afterAll, afterEach, beforeEach, describe, expect, test } from 'vitest'
import { chromiumArgs, findChromium } from '../browser.ts'
import {
  action,
  ana,
  arrive,
  call,
  calm,
  closeBrowser,
  event,
  events,
  everywhere,
  exampleConfig,
  type Host,
  MINUTE,
  marksHeard,
  moveClock,
  near,
  newVisitor,
  reasons,
  record,
  settled,
  soon,
  startHost,
  widget,
  withClock,
} from './host.ts'

let host: Host
let visitor: BrowserContext

beforeEach(async () => {
  host = await startHost(exampleConfig(), { script: near, body: everywhere })
  visitor = await newVisitor()
  await withClock(visitor)
})
afterEach(async () => {
  await visitor.close()
  await host.close()
})
afterAll(closeBrowser)

async function openTab(path = '/'): Promise<Page> {
  const page = await visitor.newPage()
  await arrive(page, host, path)
  return page
}

const banner = (page: Page) => widget(page, 'banner')
const gone = (page: Page, kind = 'banner') => soon(() => widget(page, kind).count()).toBe(0)
/** Presses a key in the page, as a user does. */
const act = (page: Page) => page.keyboard.press('Shift')
const sessions = async (page: Page) => [
  ...new Set((await events(page, 'impression')).map(({ sessionId }) => sessionId)),
]

describe('a session', () => {
  test('ends after 30 minutes without activity: at 29 the prompt stands, at 31 it is withdrawn, no refusal', async () => {
    const page = await openTab()
    await event(page, 'impression')
    await moveClock(page, 29 * MINUTE)
    await settled(page)
    expect(await banner(page).count()).toBe(1)
    await moveClock(page, 2 * MINUTE)
    await gone(page)
    expect(await events(page, 'dismiss')).toEqual([])
    expect(await reasons(page, 'projects-80')).toEqual(['hidden'])
  })

  test('goes on for another 30 minutes with each activity of the user', async () => {
    const page = await openTab()
    await event(page, 'impression')
    await moveClock(page, 29 * MINUTE)
    await act(page)
    await settled(page)
    await moveClock(page, 29 * MINUTE)
    await settled(page)
    expect(await banner(page).count()).toBe(1)
    expect((await sessions(page)).length).toBe(1)
  })

  test('begins anew with the user’s next activity, and then the prompt may show again', async () => {
    const page = await openTab()
    await event(page, 'impression')
    await moveClock(page, 31 * MINUTE)
    await gone(page)
    await act(page)
    await banner(page).waitFor()
    await soon(async () => (await sessions(page)).length).toBe(2)
  })

  test('is not kept by what the host says', async () => {
    const page = await openTab()
    await event(page, 'impression')
    for (const used of [83, 84, 85, 86]) {
      await moveClock(page, 8 * MINUTE)
      await call(page, 'usage', { projects: { used } })
      await call(page, 'track', 'report_exported')
      await call(page, 'page', `/${used}`)
    }
    await gone(page)
    expect(await reasons(page, 'projects-80')).toEqual(['hidden'])
  })

  test('is not kept by events that a script makes up', async () => {
    const page = await openTab()
    await event(page, 'impression')
    await moveClock(page, 20 * MINUTE)
    await page.evaluate(() => {
      for (const type of ['pointerdown', 'keydown', 'wheel', 'touchstart'])
        document.body.dispatchEvent(new Event(type, { bubbles: true }))
    })
    await moveClock(page, 11 * MINUTE)
    await gone(page)
  })

  test('spans tabs: activity in one keeps the prompt of another', async () => {
    const first = await openTab()
    await event(first, 'impression')
    const second = await openTab()
    await moveClock(first, 20 * MINUTE)
    // The other page hears of the clock from another process.
    await soon(() => second.evaluate(() => localStorage.getItem('test-clock'))).toBe(`${20 * MINUTE}`)
    await act(second)
    await settled(second)
    await moveClock(first, 20 * MINUTE)
    await settled(first)
    expect(await banner(first).count()).toBe(1)
    await call(second, 'usage', { projects: { used: 90 } })
    expect(await reasons(second, 'projects-80')).toContain('frequency')
    await moveClock(first, 11 * MINUTE)
    await gone(first)
  })

  test('ends with reset, and with another user, but not with a login', async () => {
    host.options = {
      ...host.options,
      script: `${record}plimsoll('usage', { projects: { used: 82 } });plimsoll('identify', { account: { id: 'acme', plan: 'starter' } })`,
    }
    const page = await openTab()
    await event(page, 'impression')
    await call(page, 'identify', { user: { id: 'ana' } })
    await call(page, 'usage', { projects: { used: 84 } })
    await soon(() => reasons(page, 'projects-80')).toContain('frequency')
    const who = { user: { id: 'ana' }, account: { id: 'acme', plan: 'starter' } }
    await call(page, 'reset')
    await gone(page)
    await call(page, 'identify', who)
    await call(page, 'usage', { projects: { used: 84 } })
    await banner(page).waitFor()
    await soon(async () => (await sessions(page)).length).toBe(2)
    await call(page, 'identify', { ...who, user: { id: 'bo' } })
    await gone(page)
    await call(page, 'usage', { projects: { used: 84 } })
    await soon(async () => (await sessions(page)).length).toBe(3)
  })
})

describe('an impression', () => {
  test('tells of the trigger, its figures and the moment', async () => {
    const page = await openTab()
    await banner(page).waitFor()
    const told = await event(page, 'impression')
    expect(told).toMatchObject({
      triggerId: 'projects-80',
      triggerType: 'limit_approaching',
      figures: { used: 82, limit: 100 },
    })
    expect(Number.isNaN(Date.parse(`${told.at}`))).toBe(false)
  })

  test('waits while the slot is scrolled out of sight, and gives its place back uncounted', async () => {
    const triggers = [{ id: 'deep', type: 'limit_approaching', resource: 'projects', slot: 'deep' }]
    host.config = exampleConfig({ triggers })
    host.options = {
      ...host.options,
      body: '<h1>Top</h1><div style="height: 3000px"></div><div data-plimsoll-slot="deep" style="min-height: 200px"></div>',
      csp: "style-src 'self' 'unsafe-inline'",
    }
    const page = await openTab()
    await banner(page).waitFor()
    await moveClock(page, 11_000)
    await settled(page)
    expect(await events(page, 'impression')).toEqual([])
    await page.evaluate(() => scrollTo(0, document.documentElement.scrollHeight))
    await event(page, 'impression', 'deep')
    expect((await events(page, 'impression')).length).toBe(1)
  })

  test('is at once when the user answers sooner, and is told before the answer', async () => {
    const page = await openTab()
    // Answered in the very frame that it comes.
    await page.evaluate(async () => {
      const find = () =>
        [...document.querySelectorAll('plimsoll-root')]
          .map((root) => root.shadowRoot?.querySelector<HTMLElement>('[data-plimsoll-action="snooze"]'))
          .find(Boolean)
      while (!find()) await new Promise(requestAnimationFrame)
      find()?.click()
    })
    await gone(page)
    const told = (await events(page))
      .map(({ type }) => type)
      .filter((type) => /^(impression|dismiss|snooze)$/.test(type))
    expect(told).toEqual(['impression', 'dismiss', 'snooze'])
  })

  test('that a page load takes away is over for the session, and no refusal', async () => {
    const page = await openTab()
    await event(page, 'impression')
    await arrive(page, host)
    expect(await banner(page).count()).toBe(0)
    expect(await reasons(page, 'projects-80')).toEqual(['frequency'])
    expect(await events(page, 'dismiss')).toEqual([])
  })

  test('that a page load came before is none: the prompt shows again', async () => {
    const page = await visitor.newPage()
    await page.goto(host.origin)
    await banner(page).waitFor()
    await page.evaluate(() => {
      if ((window as any).seen.some(({ type }: { type: string }) => type === 'impression'))
        throw new Error('Too slow to tell')
    })
    await page.goto(host.origin)
    await event(page, 'impression')
  })
})

describe('a route change', () => {
  test.each([
    ['banner', { projects: { used: 82 }, seats: { used: 2, limit: 10 } }, false],
    ['panel', { projects: { used: 9 }, seats: { used: 9, limit: 10 } }, false],
    ['toast', { projects: { used: 10 }, seats: { used: 2, limit: 10 } }, true],
  ] as const)('leaves a %s standing while its conditions hold', async (kind, usage, isMilestone) => {
    const config = exampleConfig() as { triggers: { type: string; audience?: object }[] }
    host.config = {
      ...config,
      triggers: config.triggers
        .filter(({ type }) => (type === 'usage_milestone') === isMilestone)
        .map((one) => ({
          ...one,
          ...(isMilestone && { surface: 'toast' }),
          audience: { 'page.path': { $ne: '/billing' } },
        })),
    }
    host.options = { ...host.options, script: `${record}${ana}plimsoll('usage', ${JSON.stringify(calm)})` }
    const page = await openTab()
    await call(page, 'usage', usage)
    await event(page, 'impression')
    await page.evaluate(() => history.pushState(null, '', '/projects/1'))
    await settled(page)
    expect(await widget(page, kind).count()).toBe(1)
    await page.evaluate(() => history.pushState(null, '', '/billing'))
    await gone(page, kind)
    expect(await events(page, 'dismiss')).toEqual([])
  })

  test('closes a tooltip whose anchor is gone with it, and leaves one whose anchor stays', async () => {
    host.options = { ...host.options, script: `${record}${ana}` }
    const page = await openTab()
    await marksHeard(page)
    await page.locator('#sso').hover()
    await event(page, 'impression', 'sso-discovery')
    await page.evaluate(() => history.pushState(null, '', '/next'))
    await settled(page)
    expect(await widget(page, 'tooltip').count()).toBe(1)
    await page.evaluate(() => {
      document.querySelector('#sso')?.remove()
      history.pushState(null, '', '/away')
    })
    await gone(page, 'tooltip')
    expect(await events(page, 'dismiss')).toEqual([])
  })

  test('is found by itself through the browser’s own buttons and a host’s router', async () => {
    host.config = exampleConfig({
      triggers: [{ id: 'here', type: 'limit_approaching', resource: 'projects', audience: { 'page.path': '/here' } }],
    })
    const page = await openTab()
    expect(await reasons(page, 'here')).toEqual(['audience'])
    await page.evaluate(() => history.pushState(null, '', '/here'))
    await banner(page).waitFor()
    await page.goBack()
    await gone(page)
    await page.goForward()
    await soon(() => reasons(page, 'here')).not.toContain('audience')
  })
})

describe('a refusal', () => {
  test.each([
    ['×', (page: Page) => action(page, 'dismiss').first().click(), { by: 'close' }],
    ['Remind me later', (page: Page) => action(page, 'snooze').click(), { by: 'snooze' }],
    ['Esc', (page: Page) => action(page, 'snooze').press('Escape'), { by: 'escape' }],
    ['the host’s own word', (page: Page) => call(page, 'dismiss', 'projects-80'), { by: 'host' }],
  ])('by %s is written before it closes: a load right after shows it no more', async (_, refuse, by) => {
    const page = await openTab()
    await banner(page).waitFor()
    await refuse(page)
    await gone(page)
    expect(await events(page, 'dismiss')).toMatchObject([{ triggerId: 'projects-80', ...by }])
    await arrive(page, host)
    expect(await reasons(page, 'projects-80')).toContain('frequency')
    // Three of these open quiet days.
    await moveClock(page, 31 * MINUTE)
    await arrive(page, host)
    await banner(page).waitFor()
    await call(page, 'dismiss')
    await gone(page)
    await moveClock(page, 31 * MINUTE)
    await arrive(page, host)
    await banner(page).waitFor()
    await call(page, 'dismiss')
    await gone(page)
    expect(await reasons(page, 'projects-80')).toContain('quiet')
  })

  test('is not a followed primary, which closes the prompt in all tabs', async () => {
    const first = await openTab()
    await banner(first).waitFor()
    await first.evaluate(() => addEventListener('click', (click) => click.preventDefault()))
    await action(first, 'primary').click()
    await gone(first)
    expect(await events(first, 'click')).toMatchObject([
      { triggerId: 'projects-80', action: 'upgrade', href: `${host.origin}/billing/upgrade?plan=pro&from=projects-80` },
    ])
    expect(await events(first, 'dismiss')).toEqual([])
    const second = await openTab()
    expect(await reasons(second, 'projects-80')).toEqual(['frequency'])
  })

  test('of team growth holds until seats in use rise', async () => {
    host.options = { ...host.options, script: `${record}${ana}plimsoll('usage', { seats: { used: 8, limit: 10 } })` }
    const page = await openTab()
    await widget(page, 'panel').waitFor()
    await action(page, 'dismiss').first().click()
    await gone(page, 'panel')
    await moveClock(page, 31 * MINUTE)
    await arrive(page, host)
    expect(await reasons(page, 'team-growth')).toEqual(['quiet'])
    await call(page, 'usage', { seats: { used: 9, limit: 10 } })
    await widget(page, 'panel').waitFor()
  })
})

/** Tabs that are really hidden. */
describe('a hidden tab', () => {
  let puppet: Puppet
  beforeEach(async () => {
    puppet = await puppeteer.launch({ executablePath: findChromium(), args: [...chromiumArgs], headless: true })
  })
  afterEach(() => puppet.close())

  const open = async (): Promise<PuppetPage> => {
    const page = await puppet.newPage()
    await page.goto(host.origin)
    await page.waitForFunction(() => (window as any).seen?.some((one: any) => one.type === 'ready'))
    return page
  }
  const isVisible = (page: PuppetPage) => page.evaluate(() => document.visibilityState === 'visible')
  const shows = (page: PuppetPage) =>
    page.evaluate(() =>
      [...document.querySelectorAll('plimsoll-root')].some((root) =>
        root.shadowRoot?.querySelector('[data-plimsoll-widget]'),
      ),
    )
  const why = (page: PuppetPage) =>
    page.evaluate(async () =>
      (await (window as any).plimsoll.explain('projects-80'))[0].reasons.map((one: any) => one.reason),
    )
  const impressions = (page: PuppetPage) =>
    page.evaluate(() => (window as any).seen.filter((one: any) => one.type === 'impression').length)

  test('shows nothing, and shows as soon as it is looked at', async () => {
    host.options = { ...host.options, script: `${record}${ana}` }
    const first = await open()
    const second = await open()
    await second.bringToFront()
    await soon(() => isVisible(first)).toBe(false)
    await first.evaluate(() => (window as any).plimsoll.usage({ projects: { used: 82 } }))
    await second.evaluate(() => (window as any).plimsoll.pause('this tab'))
    await soon(() => why(first)).toEqual(['hidden'])
    expect(await shows(first)).toBe(false)
    await first.bringToFront()
    await soon(() => shows(first)).toBe(true)
    await soon(() => impressions(first)).toBe(1)
  })

  test('yields its place, uncounted, to the tab that takes it', async () => {
    host.config = exampleConfig({
      triggers: [{ id: 'projects-80', type: 'limit_approaching', resource: 'projects', frequency: null }],
    })
    const first = await open()
    await soon(() => impressions(first)).toBe(1)
    const second = await open()
    await second.bringToFront()
    await soon(() => shows(second)).toBe(true)
    await soon(() => shows(first)).toBe(false)
    expect(await first.evaluate(() => (window as any).seen.filter((one: any) => one.type === 'dismiss').length)).toBe(0)
  })
})

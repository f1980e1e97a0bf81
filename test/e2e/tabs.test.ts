/** Sections 4 and 6 over several tabs of one browser: one prompt on screen, caps exact, answers heard everywhere. */

import type { BrowserContext, Page } from 'playwright-core'
import puppeteer, { type Browser as Puppet } from 'puppeteer-core'
import { afterAll, afterEach, beforeEach, describe, expect, test } from 'vitest'
import { chromiumArgs, findChromium } from '../browser.ts'
import {
  action,
  ana,
  call,
  closeBrowser,
  event,
  events,
  exampleConfig,
  type Host,
  near,
  newVisitor,
  reasons,
  record,
  settled,
  soon,
  startHost,
  widget,
} from './host.ts'

let host: Host
let visitor: BrowserContext

beforeEach(async () => {
  host = await startHost(exampleConfig(), { script: near })
  visitor = await newVisitor()
})
afterEach(async () => {
  await visitor.close()
  await host.close()
})
afterAll(closeBrowser)

async function openTab(path = ''): Promise<Page> {
  const page = await visitor.newPage()
  await page.goto(host.origin + path)
  await event(page, 'ready')
  await settled(page)
  return page
}

const counts = (pages: Page[], kind: string) => Promise.all(pages.map((page) => widget(page, kind).count()))
const sum = (numbers: number[]) => numbers.reduce((a, b) => a + b, 0)
const heard = async (pages: Page[], type: string) => (await Promise.all(pages.map((page) => events(page, type)))).flat()

test('shows one banner and counts one impression when twenty tabs open at once', async () => {
  const pages = await Promise.all(Array.from({ length: 20 }, () => visitor.newPage()))
  await Promise.all(pages.map((page) => page.goto(host.origin)))
  await Promise.all(pages.map((page) => event(page, 'ready')))
  await expect.poll(() => heard(pages, 'impression').then((all) => all.length), { timeout: 20_000 }).toBe(1)
  await Promise.all(pages.map(settled))
  expect(sum(await counts(pages, 'banner'))).toBe(1)
  expect((await heard(pages, 'impression')).length).toBe(1)
  // Once per trigger, reason and session, whichever tab says it.
  const withheld = (await heard(pages, 'withheld')).map(({ triggerId, reason }) => `${triggerId} ${reason}`)
  expect(withheld).toEqual([...new Set(withheld)])
}, 90_000)

test('shows a prompt once though the tab that it stands in is too busy to say so when another asks', async () => {
  const busy = `
    const look = () => {
      const [widget] = [...document.querySelectorAll('plimsoll-root')].flatMap(({ shadowRoot }) => [
        ...shadowRoot.querySelectorAll('[data-plimsoll-widget]'),
      ])
      if (!widget) return requestAnimationFrame(look)
      localStorage.setItem('busy', '1')
      for (const began = Date.now(); Date.now() - began < 5000; );
      widget.querySelector('[data-plimsoll-action="dismiss"]').click()
    }
    if (location.search === '?busy') look()`
  host.options = { ...host.options, script: near + busy }
  const second = await visitor.newPage()
  // Of this origin, and without Plimsoll.
  await second.goto(`${host.origin}/host.js`)
  const first = await visitor.newPage()
  void first.goto(`${host.origin}/?busy`)
  await soon(() => second.evaluate(() => localStorage.getItem('busy'))).toBe('1')
  await second.goto(host.origin)
  await event(first, 'dismiss')
  await soon(() => reasons(second, 'projects-80')).toEqual(['frequency'])
  expect((await heard([first, second], 'impression')).length).toBe(1)
})

test('closes a prompt in every tab when it is answered in one, and shows it in none again', async () => {
  const first = await openTab()
  await widget(first, 'banner').waitFor()
  const second = await openTab()
  expect(await widget(second, 'banner').count()).toBe(0)
  await action(first, 'dismiss').click()
  await expect.poll(() => widget(first, 'banner').count()).toBe(0)
  await call(second, 'usage', { projects: { used: 90 } })
  expect(await widget(second, 'banner').count()).toBe(0)
  expect(await reasons(second, 'projects-80')).toEqual(['frequency'])
})

test('shares what one tab was told with the others of the same user and account', async () => {
  const first = await openTab()
  await widget(first, 'banner').waitFor()
  const second = await openTab()
  await call(second, 'usage', { projects: { used: 93 } })
  await expect.poll(() => widget(first, 'banner').innerText()).toContain('93 of 100 projects used')
})

test('closes what a rise answers in every tab, and tells of one conversion', async () => {
  const first = await openTab()
  await event(first, 'impression')
  const second = await openTab()
  await call(second, 'identify', { account: { id: 'acme', plan: 'pro' } })
  await expect.poll(() => widget(first, 'banner').count()).toBe(0)
  await Promise.all([first, second].map(settled))
  expect((await heard([first, second], 'conversion')).length).toBe(1)
})

test('takes a prompt off the screen, unrefused, when the user logs out in another tab', async () => {
  const first = await openTab()
  await event(first, 'impression')
  const second = await openTab()
  await call(second, 'reset')
  await expect.poll(() => widget(first, 'banner').count()).toBe(0)
  expect(await heard([first, second], 'dismiss')).toEqual([])
  // Another session, in which it may show again.
  await call(second, 'identify', { user: { id: 'ana', role: 'admin' }, account: { id: 'acme', plan: 'starter' } })
  await call(second, 'usage', { projects: { used: 82 } })
  await second.bringToFront()
  await second.mouse.move(5, 5)
  // In either tab, for both are visible here.
  await expect.poll(async () => (await heard([first, second], 'impression')).length).toBe(2)
})

test('gives the place of a tab that is gone to the next, whose prompt then counts', async () => {
  const triggers = [
    { id: 'projects-80', type: 'limit_approaching', resource: 'projects' },
    { id: 'storage-80', type: 'limit_approaching', resource: 'storage' },
  ]
  const plans = [
    { id: 'starter', name: 'Starter', limits: { projects: 100, storage: 10 } },
    { id: 'pro', name: 'Pro', limits: { projects: 1000, storage: 100 } },
  ]
  host.config = exampleConfig({
    triggers,
    plans,
    resources: { projects: 'projects', storage: 'GB' },
    features: {},
    links: { upgrade: '/up' },
  })
  const first = await openTab()
  await event(first, 'impression')
  // Crashed: nothing is said, nothing is written.
  const client = await visitor.newCDPSession(first)
  void client.send('Page.crash').catch(() => {})
  await first.waitForEvent('crash')
  const second = await openTab()
  await call(second, 'usage', { storage: { used: 9 } })
  await event(second, 'impression', 'storage-80')
})

test('never shows more than three prompts a session over all tabs', async () => {
  const names = ['a', 'b', 'c', 'd', 'e']
  const limits = (n: number) => Object.fromEntries(names.map((name) => [name, n]))
  host.config = exampleConfig({
    plans: [
      { id: 'starter', name: 'Starter', limits: limits(100) },
      { id: 'pro', name: 'Pro', limits: limits(1000) },
    ],
    resources: Object.fromEntries(names.map((name) => [name, name])),
    features: {},
    links: { upgrade: '/up' },
    triggers: names.map((resource) => ({ id: resource, type: 'limit_approaching', resource })),
  })
  host.options = { script: `${record}${ana}` }
  const pages = await Promise.all([openTab(), openTab(), openTab()])
  const usage = Object.fromEntries(names.map((name) => [name, { used: 90 }]))
  await Promise.all(pages.map((page) => call(page, 'usage', usage)))
  for (let round = 0; round < 5; round++) {
    for (const page of pages) {
      await page.bringToFront()
      await settled(page)
      if ((await widget(page, 'banner').count()) === 0) continue
      const shown = await page.evaluate(() => (window as any).plimsoll.$decision.get().prompt.triggerId)
      await action(page, 'dismiss').click()
      await event(page, 'dismiss', shown)
      await settled(page)
    }
  }
  expect((await heard(pages, 'impression')).length).toBe(3)
  await expect.poll(() => reasons(pages[0] as Page, 'e'), { timeout: 20_000 }).toContain('cap_session')
}, 90_000)

describe('a tab that cannot be seen', () => {
  let puppet: Puppet
  beforeEach(async () => {
    puppet = await puppeteer.launch({ executablePath: findChromium(), args: [...chromiumArgs], headless: true })
  })
  afterEach(() => puppet.close())

  test('reserves nothing, and yields its place at once to the tab that is seen', async () => {
    // Asked at any time: whether the first has been seen for a second makes no difference.
    const trigger = { id: 'projects-80', type: 'limit_approaching', resource: 'projects', frequency: null }
    host.config = exampleConfig({ triggers: [trigger] })
    // A clock four times as slow: the ten seconds after which a place lapses outlast all patience.
    host.options = { script: `{ const { now } = Date; Date.now = () => Math.floor(now() / 4) } ${near}` }
    const open = async () => {
      const page = await puppet.newPage()
      await page.goto(host.origin)
      await page.waitForFunction(() => (window as any).seen?.some((one: any) => one.type === 'ready'))
      return page
    }
    const bannerIn = (page: Awaited<ReturnType<typeof open>>) =>
      page.evaluate(
        () =>
          [...document.querySelectorAll('plimsoll-root')].filter((root) =>
            root.shadowRoot?.querySelector('[data-plimsoll-widget]'),
          ).length,
      )
    const first = await open()
    await first.waitForFunction(() =>
      [...document.querySelectorAll('plimsoll-root')].some((root) =>
        root.shadowRoot?.querySelector('[data-plimsoll-widget]'),
      ),
    )
    const second = await open()
    await second.bringToFront()
    expect(await first.evaluate(() => document.visibilityState)).toBe('hidden')
    await second.evaluate(() => (window as any).plimsoll.usage({ projects: { used: 84 } }))
    await second.waitForFunction(() => (window as any).seen.some((one: any) => one.type === 'impression'))
    await soon(() => Promise.all([first, second].map(bannerIn))).toEqual([0, 1])
    const reasons = await first.evaluate(async () => (await (window as any).plimsoll.explain('projects-80'))[0].reasons)
    expect(reasons.map(({ reason }: { reason: string }) => reason)).toEqual(['hidden'])
  })
})

/** Section 5, the round trip: what became of a blocked request once its limit has risen. */

import type { BrowserContext, Page } from 'playwright-core'
import puppeteer from 'puppeteer-core'
import { afterAll, afterEach, beforeEach, describe, expect, test } from 'vitest'
import { chromiumArgs, findChromium } from '../browser.ts'
import {
  action,
  ana,
  answer,
  ask,
  block,
  call,
  closeBrowser,
  DAY,
  event,
  events,
  type Host,
  isAnswered,
  MINUTE,
  mishaps,
  moveClock,
  newVisitor,
  record,
  settled,
  soon,
  startHost,
  widget,
  withClock,
} from './host.ts'

let host: Host
let visitor: BrowserContext
let page: Page

/** Each page reports the limit that stands in storage, as a host's server would know it. */
const script = `${record}${ana}
  plimsoll('usage', { seats: { used: 9, limit: Number(localStorage.limit || 10) } })`

beforeEach(async () => {
  host = await startHost(undefined, { script })
  visitor = await newVisitor()
  await withClock(visitor)
  page = await visitor.newPage()
})
afterEach(async () => {
  for (const open of visitor.pages().filter((tab) => tab.url() !== 'about:blank'))
    expect(await mishaps(open)).toEqual([])
  await visitor.close()
  await host.close()
})
afterAll(closeBrowser)

const request = { seats: 2, ref: { form: 'invite', mails: ['ben@example.com', 'eve@example.com'] } }
const refused = {
  allowed: false,
  reason: 'seat_limit',
  triggerId: 'team-growth',
  used: 9,
  limit: 10,
  requested: 2,
  remaining: 1,
}

async function open(path = '/'): Promise<Page> {
  const tab = await visitor.newPage()
  await tab.goto(host.origin + path)
  await event(tab, 'ready')
  await settled(tab)
  return tab
}

/** Is blocked on the page, and follows the link of the block. */
async function leave(): Promise<void> {
  await page.goto(host.origin)
  await event(page, 'ready')
  await ask(page, 'invite', request)
  await block(page).waitFor()
  await action(page, 'primary').click()
  await page.waitForURL('**/billing/seats?add=1')
  await event(page, 'ready')
  await settled(page)
}

/** The limit rises on the server, and this page learns of it. */
async function raise(on: Page, limit = 11): Promise<void> {
  await on.evaluate((to) => localStorage.setItem('limit', `${to}`), limit)
  await call(on, 'usage', { seats: { used: 9, limit } })
}

const unblocked = {
  triggerId: 'team-growth',
  triggerType: 'team_growth',
  action: 'invite',
  requested: 2,
  ref: request.ref,
  figures: { resource: 'seats', requested: 2 },
}

describe('while the asking page lives', () => {
  test('its promise alone answers, when a host router took the link over', async () => {
    await page.goto(host.origin)
    await event(page, 'ready')
    await page.evaluate(() => {
      ;(window as any).plimsoll.on('click', (detail: { href: string }, event: Event) => {
        event.preventDefault()
        history.pushState(null, '', detail.href)
      })
    })
    await ask(page, 'invite', request)
    await block(page).waitFor()
    await action(page, 'primary').click()
    await soon(() => block(page).count()).toBe(0)
    expect(await event(page, 'click')).toMatchObject({
      triggerId: 'team-growth',
      action: 'seats',
      href: `${host.origin}/billing/seats?add=1`,
    })
    expect(new URL(page.url()).pathname).toBe('/billing/seats')
    expect(await isAnswered(page)).toBe(false)
    await raise(page)
    expect(await answer(page)).toEqual({ allowed: true, reason: 'limit_raised' })
    await settled(page)
    await page.reload()
    await event(page, 'ready')
    await settled(page)
    expect(await events(page, 'unblocked')).toEqual([])
  })

  test('its promise alone answers, when the link was opened in another tab', async () => {
    await page.goto(host.origin)
    await event(page, 'ready')
    await ask(page, 'invite', request)
    await block(page).waitFor()
    const opened = visitor.waitForEvent('page')
    await action(page, 'primary').click({ modifiers: ['ControlOrMeta'] })
    const other = await opened
    await event(other, 'ready')
    await raise(other)
    expect(await answer(page)).toEqual({ allowed: true, reason: 'limit_raised' })
    for (const tab of [other, page]) await settled(tab)
    expect([await events(other, 'unblocked'), await events(page, 'unblocked')]).toEqual([[], []])
  })

  test('waits on when the rise is too small', async () => {
    await page.goto(host.origin)
    await event(page, 'ready')
    await page.evaluate(() =>
      (window as any).plimsoll.on('click', (_: unknown, event: Event) => event.preventDefault()),
    )
    await ask(page, 'invite', { seats: 6 })
    await block(page).waitFor()
    await action(page, 'primary').click()
    await soon(() => block(page).count()).toBe(0)
    await raise(page, 12)
    expect([await isAnswered(page), await block(page).count()]).toEqual([false, 0])
    await raise(page, 15)
    expect(await answer(page)).toEqual({ allowed: true, reason: 'limit_raised' })
  })

  test('is asked anew when the user comes back without having bought: the old question is refused', async () => {
    await page.goto(host.origin)
    await event(page, 'ready')
    await page.evaluate(() =>
      (window as any).plimsoll.on('click', (_: unknown, event: Event) => event.preventDefault()),
    )
    await ask(page, 'invite', { seats: 2 })
    await block(page).waitFor()
    await action(page, 'primary').click()
    await soon(() => block(page).count()).toBe(0)
    await ask(page, 'invite', { seats: 2 })
    await block(page).waitFor()
    expect(await answer(page, 0)).toEqual(refused)
    expect(await isAnswered(page, 1)).toBe(false)
  })
})

describe('once the asking page is left', () => {
  test('tells once when the request fits, with what the host handed over', async () => {
    await leave()
    expect(await events(page, 'unblocked')).toEqual([])
    await raise(page)
    expect(await event(page, 'unblocked')).toMatchObject(unblocked)
    await raise(page, 20)
    await page.reload()
    await event(page, 'ready')
    await settled(page)
    expect(await events(page, 'unblocked')).toEqual([])
  })

  test('tells on the page that the user comes back to, with no further signal', async () => {
    await leave()
    await page.evaluate(() => localStorage.setItem('limit', '11'))
    await page.goBack()
    expect(await event(page, 'unblocked')).toMatchObject(unblocked)
  })

  test('tells in one tab of several', async () => {
    await leave()
    const tabs = [page, await open('/a'), await open('/b')]
    await raise(page)
    await Promise.all(tabs.map((tab) => call(tab, 'usage', { seats: { used: 9, limit: 11 } })))
    const told = async () => (await Promise.all(tabs.map((tab) => events(tab, 'unblocked')))).flat().length
    await soon(told).toBe(1)
    for (const tab of tabs) await settled(tab)
    expect(await told()).toBe(1)
  })

  test('tells a minute before 24 hours are over', async () => {
    await leave()
    await moveClock(page, DAY - MINUTE)
    await raise(page)
    expect(await event(page, 'unblocked')).toMatchObject(unblocked)
  })

  test('tells nothing a minute after', async () => {
    await leave()
    await moveClock(page, DAY + MINUTE)
    await raise(page)
    await page.reload()
    await event(page, 'ready')
    await settled(page)
    expect(await events(page, 'unblocked')).toEqual([])
  })

  test('tells nothing while it does not fit, nor of a block that was cancelled, nor to another user or account', async () => {
    await leave()
    await call(page, 'usage', { seats: { used: 12, limit: 13 } })
    expect(await events(page, 'unblocked')).toEqual([])
    await call(page, 'identify', { account: { id: 'other', plan: 'pro' } })
    await call(page, 'usage', { seats: { used: 1, limit: 50 } })
    expect(await events(page, 'unblocked')).toEqual([])
    await call(page, 'identify', { user: { id: 'ben' }, account: { id: 'acme', plan: 'pro' } })
    await call(page, 'usage', { seats: { used: 1, limit: 50 } })
    expect(await events(page, 'unblocked')).toEqual([])
    await call(page, 'identify', { user: { id: 'ana', role: 'admin' }, account: { id: 'acme', plan: 'starter' } })
    await raise(page)
    expect(await event(page, 'unblocked')).toMatchObject(unblocked)
  })

  test('tells nothing of a block that was cancelled before the page was left', async () => {
    await page.goto(host.origin)
    await event(page, 'ready')
    await ask(page, 'invite', request)
    await block(page).waitFor()
    await action(page, 'cancel').click()
    expect(await answer(page)).toEqual(refused)
    await page.goto(`${host.origin}/billing/seats`)
    await event(page, 'ready')
    await raise(page)
    expect(await events(page, 'unblocked')).toEqual([])
  })

  test('has kept the intent and nothing else', async () => {
    await leave()
    const kept = await page.evaluate(
      () =>
        new Promise((done) => {
          const opening = indexedDB.open('plimsoll')
          opening.onsuccess = () => {
            const reading = opening.result.transaction('ledger').objectStore('ledger').getAll()
            reading.onsuccess = () => {
              opening.result.close()
              // It stands in the account, in what is appended and not folded in yet, or, replayed, in both.
              const records = reading.result.flatMap((one: any) => [one, ...Object.values(one.accounts ?? {})])
              const intents = records.flatMap(({ intent }: any) => intent ?? [])
              done(intents.filter(({ at }: any, i: number) => intents.findIndex((one: any) => one.at === at) === i))
            }
          }
        }),
    )
    expect(kept).toEqual([
      {
        triggerId: 'team-growth',
        triggerType: 'team_growth',
        action: 'invite',
        requested: 2,
        resource: 'seats',
        ref: request.ref,
        tab: expect.any(String),
        at: expect.any(Number),
      },
    ])
  })

  test('tells of a feature that the plan has now, and takes a ref that cannot be stored for none', async () => {
    await page.goto(host.origin)
    await event(page, 'ready')
    await page.evaluate(() => {
      const ref: { self?: unknown; call: () => void } = { call: () => {} }
      ref.self = ref
      ;(window as any).plimsoll.guard('feature', { feature: 'sso', ref })
    })
    await block(page).waitFor()
    await action(page, 'primary').click()
    await widget(page, 'explainer').waitFor()
    await action(page, 'primary').click()
    await page.waitForURL('**/billing/upgrade?plan=pro&from=sso-discovery')
    await event(page, 'ready')
    await settled(page)
    await call(page, 'identify', { account: { id: 'acme', plan: 'pro' } })
    const told = await event(page, 'unblocked')
    expect(told).toMatchObject({
      triggerId: 'sso-discovery',
      action: 'feature',
      requested: 1,
      figures: { feature: 'sso', requested: 1 },
    })
    expect('ref' in told).toBe(false)
    expect(await events(page, 'error')).toEqual([])
  })
})

test('answers once when the page comes back from the back/forward cache', async () => {
  // A page of billing without Plimsoll, as many are.
  const routes = { '/billing/seats': () => ({ type: 'text/html', body: '<p>Seats</p>' }) }
  host.options = { ...host.options, cache: 'max-age=0', routes }
  // Playwright keeps that cache off, and loses a page that comes out of it.
  const browser = await puppeteer.launch({
    executablePath: findChromium(),
    args: [...chromiumArgs],
    ignoreDefaultArgs: ['--disable-back-forward-cache'],
  })
  try {
    const tab = await browser.newPage()
    const until = (expression: string) => tab.waitForFunction(expression)
    const seen = (type: string) => `seen.filter((event) => event.type === '${type}')`
    await tab.goto(host.origin)
    await until(`${seen('ready')}.length`)
    await tab.evaluate((given) => {
      const page = window as any
      page.plimsoll.guard('invite', given).then((result: unknown) => {
        page.answered = result
      })
    }, request)
    await until(`${seen('block')}.length`)
    await Promise.all([tab.waitForNavigation(), tab.locator('::-p-aria(Add 1 seat)').click()])
    expect(new URL(tab.url()).pathname).toBe('/billing/seats')
    await tab.evaluate("localStorage.setItem('limit', '11')")
    await tab.goBack()
    expect([new URL(tab.url()).pathname, await tab.evaluate("'answered' in window")]).toEqual(['/', true])
    await tab.evaluate('plimsoll.usage({ seats: { used: 9, limit: 11 } })')
    await until(`${seen('unblocked')}.length`)
    await tab.evaluate('plimsoll.explain()')
    expect(await tab.evaluate('answered')).toEqual(refused)
    expect(await tab.evaluate(`${seen('unblocked')}.length`)).toBe(1)
  } finally {
    await browser.close()
  }
})

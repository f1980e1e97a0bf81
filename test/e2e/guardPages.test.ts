/** Section 5: where a block never stands, and what is read again before one does. */

import type { BrowserContext, Page } from 'playwright-core'
import { afterAll, afterEach, beforeEach, describe, expect, test } from 'vitest'
import {
  action,
  ana,
  answer,
  ask,
  block,
  call,
  closeBrowser,
  event,
  events,
  exampleConfig,
  fullTeam,
  type Host,
  type HostOptions,
  isAnswered,
  marksHeard,
  mishaps,
  newVisitor,
  record,
  soon,
  startHost,
} from './host.ts'

let host: Host
let visitor: BrowserContext
let page: Page

async function open(path = '/', config: object = exampleConfig(), options: HostOptions = {}): Promise<void> {
  host = await startHost(config, { script: fullTeam, ...options })
  await page.goto(host.origin + path)
  await event(page, 'ready')
}

beforeEach(async () => {
  visitor = await newVisitor()
  page = await visitor.newPage()
})
afterEach(async () => {
  expect(await mishaps(page)).toEqual([])
  await visitor.close()
  await host.close()
})
afterAll(closeBrowser)

const refused = {
  allowed: false,
  reason: 'seat_limit',
  triggerId: 'team-growth',
  used: 9,
  limit: 10,
  requested: 2,
  remaining: 1,
}

const config = exampleConfig({
  neverBlock: ['/settings/export/**', '/sign-out'],
  links: {
    upgrade: '/billing/upgrade?plan={plan.id}',
    seats: '/accounts/{account.id}/seats?add={seats.needed}',
    request: '/ask#{user.id}',
    contact: '/contact',
  },
})

describe('on a page where no block may stand', () => {
  test.each([
    '/billing/upgrade',
    '/accounts/acme/seats',
    '/ask',
    '/contact',
    '/settings/export',
    '/settings/export/all',
    '/sign-out',
  ])('refuses without a widget: %s', async (path) => {
    await open(path, config)
    expect(await call(page, 'guard', 'invite', { seats: 2 })).toEqual(refused)
    expect(await block(page).count()).toBe(0)
    expect(await events(page, 'block')).toEqual([])
  })

  test.each(['/billing', '/accounts/acme/seats/plan', '/settings', '/'])('blocks on any other: %s', async (path) => {
    await open(path, config)
    await ask(page, 'invite', { seats: 2 })
    await block(page).waitFor()
  })

  test('refuses without a widget where the link is the trigger\u2019s own', async () => {
    const own = {
      id: 'team-growth',
      type: 'team_growth',
      cta: { primary: { label: 'Buy', href: '/shop/{seats.needed}' } },
    }
    await open('/shop/3', exampleConfig({ triggers: [own] }))
    expect(await call(page, 'guard', 'invite', { seats: 2 })).toEqual(refused)
    expect(await block(page).count()).toBe(0)
  })

  test('leaves with a refusal when the route changes to one', async () => {
    await open('/team', config)
    await ask(page, 'invite', { seats: 2 })
    await block(page).waitFor()
    await page.evaluate(() => history.pushState(null, '', '/team/all'))
    await call(page, 'page')
    expect([await block(page).count(), await isAnswered(page)]).toEqual([1, false])
    await page.evaluate(() => history.pushState(null, '', '/sign-out'))
    expect(await answer(page)).toEqual(refused)
    expect(await block(page).count()).toBe(0)
  })
})

describe('with a context source', () => {
  /** Answers with this limit of seats; `reads` counts. */
  function source(limit: () => number): { options: HostOptions; reads: () => number } {
    let reads = 0
    const body = () => ({
      user: { id: 'ana', role: 'admin' },
      account: { id: 'acme', plan: 'starter' },
      usage: { seats: { used: 9, limit: limit() } },
    })
    return {
      reads: () => reads,
      options: {
        script: record,
        tag: 'data-config="/triggers.json" data-context="/api/context"',
        routes: {
          '/api/context': () => {
            reads++
            return { body: JSON.stringify(body()) }
          },
        },
      },
    }
  }

  test('reads it again before a block, so that nobody is blocked after paying', async () => {
    let limit = 10
    const { options, reads } = source(() => limit)
    await open('/', exampleConfig(), options)
    expect(await call(page, 'guard', 'invite', { seats: 1 })).toEqual({ allowed: true })
    expect(reads()).toBe(1)
    limit = 11
    expect(await call(page, 'guard', 'invite', { seats: 2 })).toEqual({ allowed: true })
    expect(reads()).toBe(2)
    expect(await events(page, 'block')).toEqual([])
  })

  test('blocks with the figures that it answers', async () => {
    let limit = 10
    const { options } = source(() => limit)
    await open('/', exampleConfig(), options)
    limit = 11
    await ask(page, 'invite', { seats: 6 })
    await block(page).waitFor()
    expect(await block(page).innerText()).toContain('2 of these 6 invites fit')
  })

  test('waits 1.5 seconds for it at most, and takes a later answer all the same', async () => {
    let send = (): void => {}
    const gate = new Promise<void>((done) => {
      send = done
    })
    let reads = 0
    const { options } = source(() => 10)
    const first = options.routes?.['/api/context'] as () => { body: string }
    const routes = {
      '/api/context': async () => {
        if (!reads++) return first()
        await gate
        return { body: JSON.stringify({ usage: { seats: { used: 9, limit: 20 } } }) }
      },
    }
    await open('/', exampleConfig(), { ...options, routes })
    const at = await page.evaluate(() => performance.now())
    await ask(page, 'invite', { seats: 2 })
    await block(page).waitFor()
    expect(await page.evaluate((since) => performance.now() - since, at)).toBeGreaterThan(1500)
    expect(await isAnswered(page)).toBe(false)
    send()
    expect(await answer(page)).toEqual({ allowed: true, reason: 'limit_raised' })
  })

  test('blocks with what is known where it fails', async () => {
    let reads = 0
    const { options } = source(() => 10)
    const first = options.routes?.['/api/context'] as () => { body: string }
    const routes = { '/api/context': () => (reads++ ? { status: 500, body: '{}' } : first()) }
    await open('/', exampleConfig(), { ...options, routes })
    await ask(page, 'invite', { seats: 2 })
    await block(page).waitFor()
    await action(page, 'cancel').click()
    expect(await answer(page)).toEqual(refused)
  })
})

describe('a marked form or button', () => {
  const form = (seats: unknown) => `
    <button id="use" data-plimsoll-guard="use" data-plimsoll-request='{"resource":"projects","amount":95}'><b>Add</b></button>
    <form id="form" data-plimsoll-guard="invite" data-plimsoll-request='${typeof seats === 'string' ? seats : JSON.stringify({ seats })}'>
      <input id="mail" value="ben@example.com"><button id="send" name="how" value="mail">Send</button><button id="link" name="how" value="link">Copy link</button>
    </form>`
  /** Notes each event that reaches the host, whether it was the user's own, and what sent it. */
  const note = `${record}${ana}
    plimsoll('usage', { seats: { used: 9, limit: 10 }, projects: { used: 10 } })
    window.came = []
    addEventListener('submit', (event) => {
      event.preventDefault()
      came.push(['submit', event.isTrusted, event.submitter && event.submitter.value])
    })
    addEventListener('click', (event) => event.target.closest('#use') && came.push(['click', event.isTrusted]))`
  const came = () => page.evaluate(() => (window as any).came)
  async function openMarked(file: object, options: HostOptions): Promise<void> {
    await open('/', file, { script: note, ...options })
    await marksHeard(page)
  }

  test('is untouched under the limit', async () => {
    await openMarked(exampleConfig(), { body: form(1) })
    await page.locator('#link').click()
    expect(await came()).toEqual([['submit', true, 'link']])
    await page.locator('#mail').press('Enter')
    expect(await came()).toEqual([
      ['submit', true, 'link'],
      ['submit', true, 'mail'],
    ])
    expect(await block(page).count()).toBe(0)
  })

  test('is stopped over the limit, and sent again with its own submitter once the limit has risen', async () => {
    await openMarked(exampleConfig(), { body: form(2) })
    await page.locator('#link').click()
    await block(page).waitFor()
    expect(await came()).toEqual([])
    await call(page, 'usage', { seats: { used: 9, limit: 11 } })
    await soon(came).toEqual([['submit', true, 'link']])
    await page.locator('#send').click()
    expect(await came()).toEqual([
      ['submit', true, 'link'],
      ['submit', true, 'mail'],
    ])
  })

  test('is not sent when the user leaves, and asks again the next time', async () => {
    await openMarked(exampleConfig(), { body: form(2) })
    for (const _ of [1, 2]) {
      await page.locator('#send').click()
      await block(page).waitFor()
      await page.keyboard.press('Escape')
      await soon(() => block(page).count()).toBe(0)
    }
    expect(await came()).toEqual([])
    expect((await events(page, 'block')).length).toBe(2)
  })

  test('is one block and one sending for a double click', async () => {
    await openMarked(exampleConfig(), { body: form(2) })
    await page.evaluate(() => {
      const send = document.getElementById('send') as HTMLElement
      send.click()
      send.click()
    })
    await block(page).waitFor()
    await call(page, 'usage', { seats: { used: 9, limit: 11 } })
    await soon(came).toEqual([['submit', true, 'mail']])
    expect((await events(page, 'block')).length).toBe(1)
  })

  test('is clicked again where it is a button', async () => {
    await openMarked(exampleConfig(), { body: form(2) })
    await page.locator('#use b').click()
    await block(page).waitFor()
    expect(await came()).toEqual([])
    await call(page, 'usage', { projects: { used: 10, limit: 200 } })
    await soon(came).toEqual([['click', false]])
  })

  test.each([
    ['a request that is no JSON', '{"seats":', exampleConfig()],
    ['a request that does not say what it needs', '{"seats":-1}', exampleConfig()],
    [
      'no trigger that may block',
      '{"seats":2}',
      exampleConfig({ triggers: [{ id: 'one', type: 'team_growth', enabled: false }] }),
    ],
  ])('goes on as the host wrote it with %s', async (_, request, file) => {
    await openMarked(file, { body: form(request) })
    await page.locator('#link').click()
    await soon(came).toEqual([['submit', true, 'link']])
    await page.locator('#link').click()
    await soon(came).toEqual([
      ['submit', true, 'link'],
      ['submit', true, 'link'],
    ])
    expect(await block(page).count()).toBe(0)
  })

  test("is sent again by itself where the block's code is missing", async () => {
    const routes = { '/plimsoll/plimsoll-block.js': () => ({ status: 404, type: 'text/plain', body: 'none' }) }
    await openMarked(exampleConfig(), { body: form(2), routes })
    await page.locator('#send').click()
    await soon(came).toEqual([['submit', true, 'mail']])
  })

  test('is sent again by itself where the context source says that there is room now', async () => {
    let limit = 10
    const routes = { '/api/context': () => ({ body: JSON.stringify({ usage: { seats: { used: 9, limit } } }) }) }
    const tag = 'data-config="/triggers.json" data-context="/api/context"'
    await openMarked(exampleConfig(), { body: form(2), routes, tag })
    limit = 11
    await page.locator('#send').click()
    await soon(came).toEqual([['submit', true, 'mail']])
    expect(await events(page, 'block')).toEqual([])
  })
})

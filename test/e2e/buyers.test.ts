/** Section 4: who cannot buy is not sold to. */

import type { BrowserContext, Page } from 'playwright-core'
import { afterAll, afterEach, beforeEach, describe, expect, test } from 'vitest'
import {
  action,
  answer,
  ask,
  block,
  call,
  closeBrowser,
  event,
  events,
  exampleConfig,
  type Host,
  isAnswered,
  MINUTE,
  mishaps,
  moveClock,
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
let page: Page

const near = { projects: { used: 82 }, seats: { used: 2 } }
const full = { projects: { used: 10 }, seats: { used: 9 } }

const body =
  '<div data-plimsoll-slot="team"></div><button data-plimsoll-feature="sso" aria-disabled="true">Single sign-on</button>'

async function open(user: object, usage: object, config: object = exampleConfig()): Promise<void> {
  const who = { user: { id: 'ben', ...user }, account: { id: 'acme', plan: 'starter' } }
  host = await startHost(config, {
    body,
    script: `${record}plimsoll('identify', ${JSON.stringify(who)}); plimsoll('usage', ${JSON.stringify(usage)})`,
  })
  await page.goto(host.origin)
  await event(page, 'ready')
}

beforeEach(async () => {
  visitor = await newVisitor({ permissions: ['clipboard-read', 'clipboard-write'] })
  await withClock(visitor)
  page = await visitor.newPage()
})
afterEach(async () => {
  expect(await mishaps(page)).toEqual([])
  await visitor.close()
  await host.close()
})
afterAll(closeBrowser)

const banner = () => widget(page, 'banner')
const copied = () => page.evaluate(() => navigator.clipboard.readText())
const refused = {
  allowed: false,
  reason: 'seat_limit',
  triggerId: 'team-growth',
  used: 9,
  limit: 10,
  requested: 2,
  remaining: 1,
}

describe('who can buy', () => {
  test.each([
    ['an admin', { role: 'admin' }, 'Upgrade now'],
    ['an owner, however it is written', { role: 'Owner' }, 'Upgrade now'],
    ['one of several roles', { role: ['viewer', 'BILLING'] }, 'Upgrade now'],
    ['a user of no known role', {}, 'Upgrade now'],
    ['a member', { role: 'member' }, 'Ask an admin'],
    ['a user of several other roles', { role: ['viewer', 'editor'] }, 'Ask an admin'],
    ['a role that only contains the word', { role: 'administrative assistant' }, 'Ask an admin'],
  ])('is told by role: %s', async (_, user, label) => {
    await open(user, near)
    await banner().waitFor()
    expect(await action(page, 'primary').innerText()).toBe(label)
  })

  test('is whom the file says, where it says', async () => {
    await open({ role: 'member', canBuy: true }, near, exampleConfig({ buyers: { 'user.canBuy': true } }))
    await banner().waitFor()
    expect(await action(page, 'primary').innerText()).toBe('Upgrade now')
    await call(page, 'identify', { user: { id: 'ben', role: 'admin', canBuy: false } })
    await soon(() => action(page, 'primary').innerText()).toBe('Ask an admin')
  })
})

describe('who cannot', () => {
  test.each([
    ['projects-80', 'banner'],
    ['sso-discovery', 'tooltip'],
    ['team-growth', 'panel'],
    ['first-100', 'modal'],
  ])('reads no price in %s, and is offered to ask', async (triggerId, kind) => {
    await open({ role: 'member' }, { projects: { used: 10 }, seats: { used: 2 } })
    await call(page, 'preview', triggerId)
    await widget(page, kind).waitFor()
    expect(await action(page, 'primary').innerText()).toBe('Ask an admin')
    expect(await widget(page, kind).innerText()).not.toMatch(/\$|99/)
  })

  test('has a ready message copied, is told so, and refuses nothing by closing', async () => {
    await open({ role: 'member' }, near)
    await event(page, 'impression')
    await action(page, 'primary').click()
    await soon(() => banner().innerText()).toContain('Message copied')
    const message = await copied()
    expect(message).toContain('Could you move us to Pro?')
    expect(message).toContain(`${host.origin}/billing/upgrade?plan=pro&from=projects-80`)
    expect(message).not.toMatch(/undefined|\{|\$/)
    expect(await banner().innerText()).toContain(message)
    expect(await event(page, 'request')).toMatchObject({
      triggerId: 'projects-80',
      triggerType: 'limit_approaching',
      figures: { used: 82, limit: 100 },
    })
    await action(page, 'dismiss').first().click()
    await soon(() => banner().count()).toBe(0)
    await settled(page)
    expect((await events(page)).map(({ type }) => type).filter((type) => /dismiss|snooze|click/.test(type))).toEqual([])
    // Had it been a refusal, two more would do; as it is, only the session's one impression is used up.
    expect(await reasons(page, 'projects-80')).toEqual(['frequency'])
  })

  test('can copy again', async () => {
    await open({ role: 'member' }, near)
    await banner().waitFor()
    await action(page, 'primary').click()
    await soon(() => banner().innerText()).toContain('Message copied')
    await page.evaluate(() => navigator.clipboard.writeText('something else'))
    await banner().getByRole('button', { name: 'Copy again' }).click()
    await soon(copied).toContain('Could you move us to Pro?')
    await settled(page)
    expect((await events(page, 'request')).length).toBe(1)
  })

  test('is shown the message to copy by hand where the browser does not allow copying', async () => {
    await page.addInitScript(() => Object.defineProperty(navigator, 'clipboard', { value: undefined }))
    await open({ role: 'member' }, near)
    await banner().waitFor()
    await action(page, 'primary').click()
    await soon(() => banner().innerText()).toContain('Copy this message')
    expect(await banner().innerText()).toContain('Could you move us to Pro?')
    await event(page, 'request', 'projects-80')
  })

  test('is led to where the host takes requests, where the file says so, and nothing is copied', async () => {
    const links = { upgrade: '/billing/upgrade', request: '/ask-admin?for={trigger.id}' }
    await open({ role: 'member' }, near, exampleConfig({ links }))
    await banner().waitFor()
    await page.evaluate(() =>
      addEventListener('plimsoll:request', (asked) =>
        sessionStorage.setItem('asked', (asked as CustomEvent).detail.triggerId),
      ),
    )
    await page.evaluate(() => navigator.clipboard.writeText('mine'))
    expect(await action(page, 'primary').innerText()).toBe('Ask an admin')
    await action(page, 'primary').click()
    await page.waitForURL('**/ask-admin?for=projects-80')
    expect(await copied()).toBe('mine')
    expect(await page.evaluate(() => sessionStorage.getItem('asked'))).toBe('projects-80')
  })
})

describe('at a block', () => {
  test('is told that an admin can help, and asks; leaving answers the host', async () => {
    await open({ role: 'member' }, { ...full, seats: { used: 9 } })
    await ask(page, 'invite', { seats: 2 })
    await block(page).waitFor()
    expect(await block(page).innerText()).toContain('An admin can add the one that is missing.')
    expect(await block(page).innerText()).not.toContain('$')
    await action(page, 'primary').click()
    await soon(() => block(page).innerText()).toContain('Message copied')
    expect(await copied()).toBe(
      `Hi, could you add 1 seat to our Acme plan? We have 10 and need 11. You can do it here: ${host.origin}/billing/seats?add=1`,
    )
    expect(await isAnswered(page)).toBe(false)
    await block(page).getByRole('button', { name: 'Close' }).click()
    expect(await answer(page)).toEqual(refused)
  })

  test('asks once a session: the message is copied again, the event fires anew in the next', async () => {
    await open({ role: 'member' }, full)
    const askAnAdmin = async (): Promise<void> => {
      await ask(page, 'invite', { seats: 2 })
      await block(page).waitFor()
      await action(page, 'primary').click()
      await soon(() => block(page).innerText()).toContain('Message copied')
      await page.keyboard.press('Escape')
      await soon(() => block(page).count()).toBe(0)
      await settled(page)
    }
    await askAnAdmin()
    await askAnAdmin()
    expect((await events(page, 'request')).length).toBe(1)
    await moveClock(page, 31 * MINUTE)
    await page.reload()
    await event(page, 'ready')
    await askAnAdmin()
    expect((await events(page, 'request')).length).toBe(1)
  })

  test('has the request kept when it follows the link for requests, and is told when an admin has helped', async () => {
    await open(
      { role: 'member' },
      full,
      exampleConfig({ links: { upgrade: '/billing/upgrade', seats: '/billing/seats', request: '/ask-admin' } }),
    )
    await ask(page, 'invite', { seats: 2, ref: 'form-7' })
    await block(page).waitFor()
    await action(page, 'primary').click()
    await page.waitForURL('**/ask-admin')
    await event(page, 'ready')
    await call(page, 'usage', { seats: { used: 9, limit: 11 } })
    expect(await event(page, 'unblocked')).toMatchObject({
      triggerId: 'team-growth',
      action: 'invite',
      requested: 2,
      ref: 'form-7',
    })
  })

  test('stays while a mail is written, and goes on once it has helped', async () => {
    await open(
      { role: 'member' },
      full,
      exampleConfig({
        links: {
          upgrade: '/billing/upgrade',
          seats: '/billing/seats',
          request: 'mailto:admins@example.com?subject={seats.needed}',
        },
      }),
    )
    await ask(page, 'invite', { seats: 2 })
    await block(page).waitFor()
    // No mail program is to start here.
    await page.evaluate(() => addEventListener('click', (click) => click.preventDefault()))
    await action(page, 'primary').click()
    await event(page, 'request')
    expect([await block(page).count(), await isAnswered(page)]).toEqual([1, false])
    await call(page, 'usage', { seats: { used: 9, limit: 11 } })
    expect(await answer(page)).toEqual({ allowed: true, reason: 'limit_raised' })
    await settled(page)
    expect(await events(page, 'unblocked')).toEqual([])
  })
})

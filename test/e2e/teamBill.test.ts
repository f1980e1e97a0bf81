/** Sections 2 and 3: the seats to add, and what they cost each month and today. */

import type { BrowserContext, Page } from 'playwright-core'
import { afterAll, afterEach, beforeEach, describe, expect, test } from 'vitest'
import {
  action,
  answer,
  ask,
  block,
  call,
  closeBrowser,
  DAY,
  event,
  exampleConfig,
  type Host,
  mishaps,
  newVisitor,
  record,
  soon,
  startHost,
  widget,
} from './host.ts'

let host: Host
let visitor: BrowserContext
let page: Page

/** Half of thirty days are left, less the moment since. */
const cycle = (fromDays = -15, toDays = 15) => ({
  start: new Date(Date.now() + fromDays * DAY).toISOString(),
  end: new Date(Date.now() + toDays * DAY).toISOString(),
})

interface Visit {
  readonly account?: object
  readonly user?: object
  readonly seats?: object
  readonly config?: object
}

async function open({
  account = { cycle: cycle() },
  user = {},
  seats = { used: 9 },
  config = exampleConfig(),
}: Visit = {}): Promise<void> {
  const who = { user: { id: 'ana', role: 'admin', ...user }, account: { id: 'acme', plan: 'starter', ...account } }
  host = await startHost(config, {
    body: '<div data-plimsoll-slot="team"></div>',
    script: `${record}plimsoll('identify', ${JSON.stringify(who)}); plimsoll('usage', ${JSON.stringify({ seats })})`,
  })
  await page.goto(host.origin)
  await event(page, 'ready')
}

beforeEach(async () => {
  visitor = await newVisitor({ locale: 'en-US' })
  page = await visitor.newPage()
})
afterEach(async () => {
  expect(await mishaps(page)).toEqual([])
  await visitor.close()
  await host.close()
})
afterAll(closeBrowser)

const bill = () => page.locator('[part=bill]')
const fewer = () => page.getByRole('button', { name: 'One seat fewer' })
const more = () => page.getByRole('button', { name: 'One seat more' })
const number = () => page.getByRole('spinbutton', { name: 'Seats to add' })
const link = () => action(page, 'primary').getAttribute('href')

/** What the bill says, without its stepper. */
async function sums(): Promise<string[]> {
  return bill().locator('small, output').allInnerTexts()
}

/** Takes a step, and waits until the link has followed it. */
async function step(how: Promise<unknown>, needed: number): Promise<void> {
  await how
  await soon(link).toBe(`${host.origin}/billing/seats?add=${needed}`)
}

describe('in the panel', () => {
  test('counts seats up and down from one; each month, due today and the link follow', async () => {
    await open()
    await bill().waitFor()
    expect(await sums()).toEqual(['10 now, 11 then', '$8.00 a seat', '+$8.00', '15 of 30 days left', '$4.00'])
    expect(await action(page, 'primary').innerText()).toBe('Add 1 seat')
    expect(await link()).toBe(`${host.origin}/billing/seats?add=1`)
    expect(await fewer().getAttribute('aria-disabled')).toBe('true')
    await step(more().click(), 2)
    await step(more().click(), 3)
    expect(await sums()).toEqual(['10 now, 13 then', '$8.00 a seat', '+$24.00', '15 of 30 days left', '$12.00'])
    expect(await action(page, 'primary').innerText()).toBe('Add 3 seats')
    await step(fewer().click(), 2)
    expect((await sums())[2]).toBe('+$16.00')
  })

  test('takes a number that is typed, within 1 and 999', async () => {
    await open()
    await step(number().fill('25'), 25)
    expect(await sums()).toEqual(['10 now, 35 then', '$8.00 a seat', '+$200.00', '15 of 30 days left', '$100.00'])
    await number().fill('5000')
    await step(number().blur(), 999)
    expect(await number().inputValue()).toBe('999')
    await number().fill('0')
    await step(number().blur(), 1)
    expect(await number().inputValue()).toBe('1')
  })

  test('follows the stepper to where seats are bought, and says so in the click', async () => {
    await open()
    await step(number().fill('4'), 4)
    await page.evaluate(() =>
      addEventListener('plimsoll:click', (click) => sessionStorage.setItem('href', (click as CustomEvent).detail.href)),
    )
    await action(page, 'primary').click()
    await page.waitForURL('**/billing/seats?add=4')
    expect(await page.evaluate(() => sessionStorage.getItem('href'))).toBe(`${host.origin}/billing/seats?add=4`)
  })

  test('keeps the number while figures change', async () => {
    await open()
    await step(number().fill('4'), 4)
    await call(page, 'usage', { seats: { used: 10 } })
    await soon(() => widget(page, 'panel').innerText()).toContain('All 10 seats are taken')
    expect([await number().inputValue(), await link()]).toEqual(['4', `${host.origin}/billing/seats?add=4`])
  })

  test('prices each seat by its place among all seats, where the price has tiers', async () => {
    const { plans } = exampleConfig() as { plans: object[] }
    const [starter, pro] = plans
    const tiers = [{ upTo: 12, amount: 20 }, { amount: 15 }]
    await open({ config: exampleConfig({ plans: [{ ...starter, seatPrice: { tiers } }, pro] }) })
    await bill().waitFor()
    expect(await sums()).toEqual(['10 now, 11 then', '$20.00 a seat', '+$20.00', '15 of 30 days left', '$10.00'])
    await step(number().fill('3'), 3)
    expect(await sums()).toEqual([
      '10 now, 13 then',
      '$15.00 to $20.00 a seat',
      '+$55.00',
      '15 of 30 days left',
      '$27.50',
    ])
  })

  test.each([
    ['no cycle is known', { account: {} }],
    ['the cycle is over', { account: { cycle: cycle(-31, -1) } }],
    ['the plan has no price for a seat', { account: { plan: 'pro', cycle: cycle() }, seats: { used: 45 } }],
    ['the user cannot buy', { user: { role: 'member' } }],
    ['there is no link for seats', { config: exampleConfig({ links: { upgrade: '/billing/upgrade' } }) }],
  ] as [string, Visit][])('draws none where %s', async (_, visit) => {
    await open(visit)
    await widget(page, 'panel').waitFor()
    expect([await bill().count(), await number().count()]).toEqual([0, 0])
  })
})

describe('in the block', () => {
  test('begins with what is missing, and goes no lower', async () => {
    await open()
    await ask(page, 'invite', { seats: 4 })
    await block(page).waitFor()
    expect(await sums()).toEqual(['10 now, 13 then', '$8.00 a seat', '+$24.00', '15 of 30 days left', '$12.00'])
    expect([await number().inputValue(), await fewer().getAttribute('aria-disabled')]).toEqual(['3', 'true'])
    expect(await action(page, 'primary').innerText()).toBe('Add 3 seats')
    await step(more().click(), 4)
    expect((await sums())[0]).toBe('10 now, 14 then')
  })

  test('adds more as more are missing, and less once the limit rises', async () => {
    await open()
    await ask(page, 'invite', { seats: 4 })
    await block(page).waitFor()
    await call(page, 'usage', { seats: { used: 10 } })
    await soon(link).toBe(`${host.origin}/billing/seats?add=4`)
    await call(page, 'usage', { seats: { used: 10, limit: 12 } })
    await soon(link).toBe(`${host.origin}/billing/seats?add=2`)
    expect(await sums()).toEqual(['12 now, 14 then', '$8.00 a seat', '+$16.00', '15 of 30 days left', '$8.00'])
    await call(page, 'usage', { seats: { used: 10, limit: 14 } })
    expect(await answer(page)).toEqual({ allowed: true, reason: 'limit_raised' })
  })
})

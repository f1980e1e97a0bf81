import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Browser, BrowserContext, Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest'
import { launchChromium } from '../browser.ts'
import { type Demo, openDemo, setClock } from '../demo/openDemo.ts'

/** What a person does in Acme, with the built script tag, under the strict policy. It is 16 June 2026. */

let browser: Browser
let demo: Demo
let context: BrowserContext
let page: Page
const wrong: string[] = []

beforeAll(async () => {
  browser = await launchChromium()
})
afterAll(() => browser.close())
beforeEach(async () => {
  demo = await openDemo()
  context = await browser.newContext({ viewport: { width: 1280, height: 800 }, reducedMotion: 'reduce' })
  context.setDefaultTimeout(15_000)
  await setClock(context, demo.url)
  await context.addInitScript(() =>
    addEventListener('securitypolicyviolation', ({ violatedDirective, blockedURI }) =>
      console.error(`policy: ${violatedDirective} ${blockedURI}`),
    ),
  )
  context.on('weberror', (error) => wrong.push(String(error.error())))
  context.on('console', (message) => {
    // a refused request is the server doing its work
    if (message.type() === 'error' && !message.text().includes('409')) wrong.push(message.text())
  })
  page = await context.newPage()
})
afterEach(async () => {
  await context.close()
  await demo.close()
  expect(wrong.splice(0)).toEqual([])
})

const banner = (on = page) => on.locator('[data-plimsoll-widget="banner"]')
const panel = (on = page) => on.locator('[data-plimsoll-widget="panel"]')
const action = (name: string) => `[data-plimsoll-action="${name}"]`
const six = 'a@acme.test, b@acme.test, c@acme.test, d@acme.test, e@acme.test, f@acme.test'

/** Events since the tab was opened, oldest first: `impression projects-limit`. */
const events = (on = page): Promise<string[]> =>
  on.evaluate(() =>
    (
      globalThis as never as { acmeRecord: { events: { type: string; detail: { triggerId?: string } }[] } }
    ).acmeRecord.events
      .map(({ type, detail }) => [type, detail.triggerId].filter(Boolean).join(' '))
      .filter((text) => /^(impression|click|block|unblocked|conversion)/.test(text))
      .reverse(),
  )

async function persona(id: string): Promise<void> {
  await context.request.post(`${demo.url}/api/demo/persona`, { data: { persona: id } })
}

async function inviteSix(on = page): Promise<void> {
  await on.goto(`${demo.url}/team`)
  await on.getByLabel('Email addresses').fill(six)
  await on.getByRole('button', { name: 'Send 6 invites' }).click()
  await panel(on).and(on.locator('[data-plimsoll-block]')).waitFor()
}

test('leads from the banner through the upgrade to a conversion', async () => {
  await page.goto(demo.url)
  await banner().getByText('82 of 100 projects used').waitFor()
  await expect.poll(() => events()).toEqual(['impression projects-limit'])
  await banner().locator(action('primary')).click()

  await page.waitForURL(/\/billing\/upgrade\?plan=pro&from=projects-limit$/)
  await page.getByText('$35.00 now, then $99.00 a month from 1 July 2026.').waitFor()
  expect(await banner().count()).toBe(0)
  await page.getByRole('button', { name: 'Pay $35.00 and go to Pro' }).click()
  await page.getByRole('heading', { name: 'You have Pro' }).waitFor()
  await expect
    .poll(() => events())
    .toEqual(['impression projects-limit', 'click projects-limit', 'conversion projects-limit'])

  await page.getByRole('link', { name: 'Back to Projects' }).click()
  await page.getByText('82 of 1,000 projects').waitFor()
  await page.reload()
  await page.getByText('82 of 1,000 projects').waitFor()
  expect(await banner().count()).toBe(0)
})

test('blocks six invites where two fit, sells the seats, and sends the six when the page comes back', async () => {
  await inviteSix()
  await panel().getByText('2 of these 6 invites fit').waitFor()
  await panel().locator(action('primary')).click()

  await page.waitForURL(/\/billing\/seats\?add=4/)
  await page.getByText('$16.00 now, then $61.00 a month from 1 July 2026.').waitFor()
  await page.getByRole('button', { name: 'Pay $16.00 and add 4 seats' }).click()
  await page.locator('.notice', { hasText: '6 invites sent.' }).waitFor()
  // The last two come in either order: of a rise, and of room for what was asked.
  await expect
    .poll(async () => (await events()).sort())
    .toEqual(['block team-growth', 'click team-growth', 'conversion team-growth', 'unblocked team-growth'])

  await page.getByRole('link', { name: 'See the team' }).click()
  await page.getByText('14 of 14 seats').first().waitFor()
  await page.getByRole('rowheader', { name: 'f@acme.test' }).waitFor()
  await page.reload()
  await page.getByRole('rowheader', { name: 'f@acme.test' }).waitFor()
  expect(await page.getByLabel('Email addresses').inputValue()).toBe('')
})

test('sends the six where they were asked for, if the seats are bought in another tab', async () => {
  await inviteSix()
  const other = await context.newPage()
  await other.goto(`${demo.url}/billing/seats?add=4`)
  await other.getByRole('button', { name: 'Pay $16.00 and add 4 seats' }).click()
  await other.getByRole('heading', { name: 'You have Starter with 4 added seats' }).waitFor()
  await page.locator('.notice', { hasText: '6 invites sent.' }).waitFor()
  expect(await panel().count()).toBe(0)
  expect(await events(other)).not.toContain('unblocked team-growth')
})

test('keeps the invites in the form when the block is cancelled, and sends the two that fit if asked', async () => {
  await inviteSix()
  await panel().locator(action('cancel')).click()
  await page.getByText('2 of these 6 invites fit. Nothing is sent; they stay here.').waitFor()
  expect(await page.getByLabel('Email addresses').inputValue()).toBe(six)
  await page.getByRole('button', { name: 'Send the first 2' }).click()
  await page.locator('.notice', { hasText: '2 invites sent.' }).waitFor()
  await page.getByText('10 of 10 seats').first().waitFor()
  expect(await page.getByLabel('Email addresses').inputValue()).toBe(
    'c@acme.test\nd@acme.test\ne@acme.test\nf@acme.test',
  )
  await page.reload()
  await page.getByRole('button', { name: 'Send 4 invites' }).waitFor()
})

test('refuses the 11th seat on the server where the page was tampered with', async () => {
  await page.goto(`${demo.url}/team`)
  await page.waitForFunction(() => 'plimsoll' in window)
  await page.evaluate(() => {
    const host = window as never as { plimsoll(method: string, ...given: unknown[]): Promise<unknown> }
    return host.plimsoll('usage', { seats: { used: 1, limit: 500 } })
  })
  await page.getByLabel('Email addresses').fill(six)
  await page.getByRole('button', { name: 'Send 6 invites' }).click()
  await page
    .locator('.notice', { hasText: 'The server refused this: 8 of 10 seats are taken, so 2 of these 6 invites fit.' })
    .waitFor()
  expect(await panel().and(page.locator('[data-plimsoll-block]')).count()).toBe(0)
})

test('stops the 101st project by markup alone, and lets it through after the upgrade', async () => {
  await context.request.post(`${demo.url}/api/demo/pretend`, { data: { projects: 100 } })
  await page.goto(demo.url)
  await page.getByRole('button', { name: 'New project' }).click()
  await page.getByLabel('Name of the project').fill('Tide tables')
  await page.getByRole('button', { name: 'Create' }).click()
  const block = page.locator('[data-plimsoll-block]')
  await block.getByText('All 100 projects are in use').waitFor()
  await block.locator(action('primary')).click()
  await page.getByRole('button', { name: 'Pay $35.00 and go to Pro' }).click()
  await page.locator('.notice', { hasText: 'There is room for your project now.' }).waitFor()
})

test('celebrates the 50th project', async () => {
  await persona('solo')
  await page.goto(demo.url)
  await page.getByRole('button', { name: 'New project' }).click()
  await page.getByLabel('Name of the project').fill('Tide tables')
  await page.getByRole('button', { name: 'Create' }).click()
  await page.locator('[data-plimsoll-widget="modal"]').getByText('50 projects').first().waitFor()
})

test('explains a locked feature when its control is pressed', async () => {
  await page.goto(`${demo.url}/settings`)
  await page.waitForLoadState('networkidle')
  await page.getByRole('button', { name: 'Single sign-on' }).click({ force: true }) // it is `aria-disabled`, and answers
  await page
    .locator('[data-plimsoll-widget="tooltip"]')
    .getByText('lets your team sign in with the company account', { exact: false })
    .waitFor()
})

test('offers the plan to who searches for what it has', async () => {
  await persona('solo')
  await page.goto(demo.url)
  // Nobody listens to marked fields until their code is there, which a guard waits for.
  await page.evaluate(() => (window as any).plimsoll.guard('use', { resource: 'projects' }))
  await page.getByRole('searchbox').fill('okta')
  await page.getByText('No project is called “okta”.').waitFor()
  await page
    .locator('[data-plimsoll-slot="search"] [data-plimsoll-widget="tooltip"]')
    .getByText('Single sign-on')
    .first()
    .waitFor()
})

test('asks an admin where a member cannot buy', async () => {
  await persona('member')
  await page.goto(demo.url)
  await banner().getByText('91 of 100 projects used').waitFor()
  await banner().getByText('Ask an admin').waitFor()
})

test('shows nothing to an unhealthy account but a block, and the drawer says why', async () => {
  await persona('unhealthy')
  await page.goto(demo.url)
  await page.getByRole('button', { name: 'Try Plimsoll' }).click()
  const row = page.getByRole('row').filter({ has: page.getByRole('rowheader', { name: 'projects-limit' }) })
  await row.getByText('health').first().waitFor()
  expect(await row.getByRole('cell').first().textContent()).toBe('no')
  expect(await banner().count()).toBe(0)
  await page.getByRole('button', { name: 'Try Plimsoll' }).click()
  await inviteSix()
})

test('takes an edited figure at once, and shows the events it causes', async () => {
  await persona('solo')
  await page.goto(demo.url)
  await page.getByRole('button', { name: 'Try Plimsoll' }).click()
  await page.getByRole('slider', { name: 'Projects' }).fill('85')
  await banner().getByText('85 of 100 projects used').waitFor()
  await page.locator('.tryit-log').getByText('impression').waitFor()
})

test('shows what an edited triggers.json says, once it is read again', async () => {
  const triggers = join(mkdtempSync(join(tmpdir(), 'plimsoll-demo-')), 'triggers.json')
  const file = JSON.parse(readFileSync(new URL('../../demo/triggers.json', import.meta.url), 'utf8'))
  const write = (limit: object) =>
    writeFileSync(triggers, JSON.stringify({ ...file, triggers: [{ ...file.triggers[0], ...limit }] }))
  write({ enabled: false })
  const edited = await openDemo({ triggers })
  await setClock(context, edited.url)
  await page.goto(edited.url)
  await page.getByRole('button', { name: 'Try Plimsoll' }).click()
  await page.getByRole('row').filter({ hasText: 'projects-limit' }).getByText('disabled').waitFor()

  write({ copy: { title: 'Room for {remaining} more' } })
  await page.getByRole('button', { name: 'Read triggers again' }).click()
  await banner().getByText('Room for 18 more').waitFor()
  await edited.close()
})

test('stays quiet for 30 days after three refusals, and comes back, as the clock is moved', async () => {
  await page.goto(demo.url)
  await page.getByRole('button', { name: 'Try Plimsoll' }).click()
  for (const last of [false, false, true]) {
    await banner().locator(action('dismiss')).click()
    await expect.poll(() => banner().count()).toBe(0)
    if (!last) await page.getByRole('button', { name: '+1 day', exact: true }).click()
  }
  const row = page.getByRole('row').filter({ hasText: 'projects-limit' })
  await row.getByText('18 Jul, in 30 days').waitFor()

  await page.getByRole('button', { name: '+7 days' }).click()
  await row.getByText('quiet').waitFor()
  expect(await banner().count()).toBe(0)

  await page.getByRole('button', { name: '+30 days' }).click()
  await banner().getByText('82 of 100 projects used').waitFor()
})

test('forgets what was shown when the ledger is emptied', async () => {
  await page.goto(demo.url)
  await page.getByRole('button', { name: 'Try Plimsoll' }).click()
  await banner().locator(action('dismiss')).click()
  await expect.poll(() => banner().count()).toBe(0)
  await page.reload()
  await page.getByRole('row').filter({ hasText: 'projects-limit' }).getByText('frequency').waitFor()
  expect(await banner().count()).toBe(0)
  await page.getByRole('button', { name: 'Empty the ledger' }).click()
  await banner().waitFor()
})

test('holds every prompt while somebody pays, and decides anew when they leave', async () => {
  await page.goto(`${demo.url}/billing/upgrade?plan=pro`)
  await page.getByRole('button', { name: 'Try Plimsoll' }).click()
  await page.getByRole('row').filter({ hasText: 'projects-limit' }).getByText('paused').waitFor()
  expect(await banner().count()).toBe(0)
  await page.getByRole('link', { name: 'Cancel' }).click()
  await banner().getByText('82 of 100 projects used').waitFor()
})

test('takes what another tab has changed when it is looked at again', async () => {
  await page.goto(demo.url)
  await banner().waitFor()
  await context.request.post(`${demo.url}/api/demo/pretend`, { data: { projects: 90 } })
  await page.evaluate(() => document.dispatchEvent(new Event('visibilitychange')))
  await page.getByText('90 of 100 projects').first().waitFor()
  await banner().getByText('90 of 100 projects used').waitFor()
})

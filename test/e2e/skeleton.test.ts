import type { BrowserContext, Page } from 'playwright-core'
import { afterAll, afterEach, beforeEach, expect, test } from 'vitest'
import { action, closeBrowser, event, events, type Host, near, newVisitor, startHost, widget } from './host.ts'

let host: Host
let visitor: BrowserContext
let page: Page

beforeEach(async () => {
  host = await startHost(undefined, { script: near })
  visitor = await newVisitor()
  page = await visitor.newPage()
})
afterEach(async () => {
  await visitor.close()
  await host.close()
})
afterAll(closeBrowser)

test('leads from the script tag to the upgrade page through one banner', async () => {
  await page.goto(host.origin)
  await widget(page, 'banner').waitFor()
  const { figures, triggerId } = await event(page, 'impression')
  expect({ figures, triggerId }).toEqual({
    triggerId: 'projects-80',
    figures: {
      resource: 'projects',
      used: 82,
      limit: 100,
      remaining: 18,
      percent: 82,
      plan: 'pro',
      currentPlan: 'starter',
    },
  })
  await action(page, 'primary').click()
  await page.waitForURL('**/billing/upgrade?plan=pro&from=projects-80')
  await page.goto(host.origin)
  await event(page, 'ready')
  expect(await page.evaluate(() => (window as any).plimsoll.explain('projects-80'))).toEqual([
    {
      triggerId: 'projects-80',
      triggerType: 'limit_approaching',
      wouldShow: false,
      reasons: [{ reason: 'frequency', figures: { shown: 1, max: 1, per: 'session' } }],
    },
  ])
  expect(await page.evaluate(() => [(window as any).violations, (window as any).failures])).toEqual([[], []])
  expect((await events(page)).map(({ type }) => type)).not.toContain('error')
})

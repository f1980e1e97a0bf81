import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { launchChromium } from '../browser.ts'
import { type Demo, openDemo } from '../demo/openDemo.ts'

let browser: Browser
let demo: Demo
beforeAll(async () => {
  browser = await launchChromium()
  demo = await openDemo()
})
afterAll(async () => {
  await browser.close()
  await demo.close()
})

test('is a part of the demo, a link away', async () => {
  const context = await browser.newContext({ viewport: { width: 1280, height: 1000 } })
  const page = await context.newPage()
  await page.addInitScript(() => localStorage.setItem('acme-drawer', 'open'))
  await page.goto(`${demo.url}/projects`)
  const [studio] = await Promise.all([
    context.waitForEvent('page'),
    page.getByRole('link', { name: 'Write your own in the studio (opens a tab)' }).click(),
  ])
  const faults: string[] = []
  studio.on('console', (message) => {
    if (message.type() === 'error') faults.push(message.text())
  })
  await studio.frameLocator('iframe').locator('[data-plimsoll-widget="banner"]').waitFor()
  expect(studio.url()).toBe(`${demo.url}/studio/`)
  expect(faults).toEqual([])
})

test('is found without its last slash, and shows no file that lies beside it', async () => {
  expect((await fetch(`${demo.url}/studio`)).url).toBe(`${demo.url}/studio/`)
  expect((await fetch(`${demo.url}/studio/..%2ftsconfig.json`)).status).toBe(404)
})

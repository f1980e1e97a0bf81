import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import type { AxeResults } from 'axe-core'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { launchChromium } from '../browser.ts'
import { type Demo, noScript, openDemo } from '../demo/openDemo.ts'

/** The host's own page is without fault, so that a fault found later is a widget's. */

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')
const paths = [
  '/projects',
  '/reports',
  '/team',
  '/settings',
  '/billing',
  '/billing/upgrade?plan=pro',
  '/billing/seats?add=4',
]

let browser: Browser
let demo: Demo
beforeAll(async () => {
  browser = await launchChromium()
  demo = await openDemo({ plimsoll: noScript() })
})
afterAll(async () => {
  await browser.close()
  await demo.close()
})

async function openPage(width: number, colorScheme: 'light' | 'dark'): Promise<Page> {
  const context = await browser.newContext({ viewport: { width, height: 800 }, colorScheme, reducedMotion: 'reduce' })
  await context.addInitScript(() => localStorage.setItem('acme-drawer', 'open'))
  return context.newPage()
}

async function visit(page: Page, path: string): Promise<void> {
  await page.goto(demo.url + path)
  await page.getByText(path.startsWith('/billing/') ? 'Due now' : 'Events as they arrive').waitFor()
}

async function faults(page: Page): Promise<string[]> {
  await page.evaluate(axe)
  const { violations, incomplete } = await page.evaluate<AxeResults>(
    `axe.run({ rules: { 'target-size': { enabled: true } }, resultTypes: ['violations', 'incomplete'] })`,
  )
  return [...violations, ...incomplete].flatMap(({ id, nodes }) =>
    nodes.map(({ html }) => `${id}: ${html.slice(0, 160)}`),
  )
}

test.each(['light', 'dark'] as const)(
  'leaves axe nothing to find on any page, in %s, with the drawer open',
  async (scheme) => {
    const page = await openPage(1280, scheme)
    for (const path of paths) {
      await visit(page, path)
      expect({ path, faults: await faults(page) }).toEqual({ path, faults: [] })
    }
    await page.context().close()
  },
)

test('fits every page into 320 px', async () => {
  const page = await openPage(320, 'light')
  for (const path of paths) {
    await visit(page, path)
    const width = await page.evaluate(() => document.documentElement.scrollWidth)
    expect({ path, width, faults: await faults(page) }).toEqual({ path, width: 320, faults: [] })
  }
  await page.context().close()
})

test('keeps what has the focus out from under the drawer', async () => {
  const page = await openPage(1280, 'light')
  await visit(page, '/projects')
  const covered = await page.evaluate(() => {
    const drawer = document.querySelector('.tryit-body')!.getBoundingClientRect().top
    const under: string[] = []
    for (const control of document.querySelectorAll<HTMLElement>('.app :is(a, button, input, textarea)')) {
      control.focus()
      if (control.getBoundingClientRect().bottom > drawer) under.push(control.outerHTML)
    }
    return under
  })
  expect(covered).toEqual([])
  await page.context().close()
})

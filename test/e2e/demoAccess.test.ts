import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import type { AxeResults } from 'axe-core'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
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

async function open(path: string, width: number, colorScheme: 'light' | 'dark'): Promise<Page> {
  const page = await browser.newPage({ viewport: { width, height: 800 }, colorScheme, reducedMotion: 'reduce' })
  await page.goto(demo.url + path)
  await page.locator('h1').waitFor()
  await page.getByRole('button', { name: 'Try Plimsoll' }).click()
  if (path.startsWith('/billing/')) await page.getByText('Due now').waitFor()
  return page
}

async function faults(page: Page): Promise<string[]> {
  await page.evaluate(axe)
  const { violations, incomplete } = await page.evaluate<AxeResults>(
    `axe.run({ rules: { 'target-size': { enabled: true } } })`,
  )
  return [...violations, ...incomplete].flatMap(({ id, nodes }) =>
    nodes.map(({ html }) => `${id}: ${html.slice(0, 160)}`),
  )
}

describe.each(['light', 'dark'] as const)('in %s', (scheme) => {
  test.each(paths)('leaves axe nothing to find on %s, with the drawer open', async (path) => {
    const page = await open(path, 1280, scheme)
    expect(await faults(page)).toEqual([])
    await page.close()
  })
})

test.each(paths)('fits %s into 320 px, and keeps axe content', async (path) => {
  const page = await open(path, 320, 'light')
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(320)
  expect(await faults(page)).toEqual([])
  await page.close()
})

test('keeps what has the focus out from under the drawer', async () => {
  const page = await open('/team', 1280, 'light')
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
  await page.close()
})

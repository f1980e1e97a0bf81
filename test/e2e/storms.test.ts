/**
 * Section 6, exact over tabs: many tabs that signal at the same instant, and in storms, while prompts come and go. What
 * was drawn and counted over all of them is held against every cap, and against the record.
 */

import type { BrowserContext, Frame } from 'playwright-core'
import { afterAll, afterEach, test } from 'vitest'
import { closeBrowser, type Host, newVisitor, record, startHost } from './host.ts'
import { neverAtOnce, round, stormConfig, stormPages, stormScript, type Tabs } from './storm.ts'

let host: Host
let visitor: BrowserContext
afterEach(async () => {
  await visitor.close()
  await host.close()
})
afterAll(closeBrowser)

/** As many tabs as asked: pages of their own, or frames of one page, which share its thread and nothing else. */
async function openTabs(count: number, as: 'pages' | 'frames'): Promise<Tabs> {
  host = await startHost(stormConfig, { ...stormPages(count), script: record + stormScript })
  visitor = await newVisitor({ viewport: { width: 3000, height: 1100 } })
  if (as === 'pages') {
    const pages = await Promise.all(Array.from({ length: count }, () => visitor.newPage()))
    await Promise.all(pages.map((page) => page.goto(host.origin)))
    return tabsOf(pages.map((page) => page.mainFrame()))
  }
  const page = await visitor.newPage()
  await page.goto(`${host.origin}/frames`)
  return tabsOf(page.frames().slice(1))
}

const tabsOf = (tabs: readonly Frame[]): Tabs => ({
  count: tabs.length,
  page: tabs[0]!.page(),
  each: (deed, given) =>
    Promise.all(
      tabs.map((tab, i) =>
        tab.evaluate(([name, one]) => (window as any).deeds[name](one), [deed, given?.[i]] as const),
      ),
    ),
})

const LONG = !!process.env.PLIMSOLL_LONG
const rounds = LONG ? Number(process.env.PLIMSOLL_ROUNDS ?? 100) : 1

test.each(LONG ? [2, 5, 20, 50] : [5])(
  'never draws two prompts at once, nor one over a cap, in %i frames that storm',
  async (count) => {
    const tabs = await openTabs(count, 'frames')
    for (let i = 0; i < rounds; i++) neverAtOnce(await round(tabs, `user-${i}`, i + 1))
  },
  7_200_000,
)

test.each(LONG ? [2, 5, 20] : [5])(
  'never counts a prompt over a cap in %i pages that storm, each in a process of its own',
  async (count) => {
    const tabs = await openTabs(count, 'pages')
    for (let i = 0; i < rounds; i++) await round(tabs, `user-${i}`, i + 1)
  },
  7_200_000,
)

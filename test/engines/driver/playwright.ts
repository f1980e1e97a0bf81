/** Chromium and Firefox, which playwright drives (Firefox by WebDriver BiDi). */

import { type BrowserContextOptions, type Browser as Driven, firefox } from 'playwright-core'
import { findFirefox } from '../../../.ci/engines.mjs'
import { launchChromium } from '../../browser.ts'
import type { Browser, Wishes } from './driver.ts'

export async function chromium({ dark, lessMotion, forcedColors }: Wishes = {}): Promise<Browser> {
  const wishes = {
    colorScheme: dark ? 'dark' : 'light',
    reducedMotion: lessMotion ? 'reduce' : 'no-preference',
    forcedColors: forcedColors ? 'active' : 'none',
  } as const
  return drive(await launchChromium(), wishes)
}

/** Playwright tells an installed Firefox of no wishes: they are its own settings, as the system would have them. */
export async function firefoxEsr({ dark, lessMotion, forcedColors }: Wishes = {}): Promise<Browser> {
  const firefoxUserPrefs = {
    'ui.systemUsesDarkTheme': dark ? 1 : 0,
    'ui.prefersReducedMotion': lessMotion ? 1 : 0,
    // 2: the person's colours over the page's, always.
    'browser.display.document_color_use': forcedColors ? 2 : 0,
  }
  const driven = await firefox.launch({ channel: 'moz-firefox', executablePath: findFirefox()!, firefoxUserPrefs })
  return drive(driven, { colorScheme: null, reducedMotion: null })
}

/** What a page still waits for, as for a script that never comes, is no reason to wait. */
const parsed = { waitUntil: 'domcontentloaded' } as const

async function drive(driven: Driven, wishes: BrowserContextOptions): Promise<Browser> {
  const context = await driven.newContext(wishes)
  return {
    version: driven.version(),
    close: () => driven.close(),
    async newPage() {
      const page = await context.newPage()
      return {
        goto: (url) => page.goto(url, parsed),
        reload: () => page.reload(parsed),
        eval: (fn, ...args) => page.evaluate(`(${fn})(...${JSON.stringify(args)})`),
        // Playwright's own click waits for a locked control to be unlocked.
        async click(selector) {
          await page.locator(selector).first().hover()
          await page.mouse.down()
          await page.mouse.up()
        },
        hover: (selector) => page.locator(selector).first().hover(),
        press: (key) => page.keyboard.press(key),
        type: (text) => page.keyboard.type(text),
        screenshot: (path) => page.screenshot({ path }),
        print: async () => (await page.pdf()).length,
        close: () => page.close(),
      }
    },
  }
}

/** The real browsers that tests run in. */

import { type Browser, chromium } from 'playwright-core'
import { findChromium, findHeadlessShell } from '../.ci/chromium.mjs'

export { findChromium, findHeadlessShell }

/** Works as root in a container, and asks nothing of the network. */
export const chromiumArgs = [
  '--no-sandbox',
  '--disable-quic',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
]

/**
 * Starts Chromium's headless shell under playwright. Its pages always claim to be visible; for hidden tabs, and for a
 * profile that outlives the browser, use the whole Chromium under puppeteer-core.
 */
export function launchChromium(args: readonly string[] = [], executablePath = findHeadlessShell()): Promise<Browser> {
  return chromium.launch({ executablePath, args: [...chromiumArgs, ...args] })
}

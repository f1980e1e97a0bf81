/** The real browser that tests run in. */

import { type Browser, chromium } from 'playwright-core'
import { findChromium } from '../.ci/chromium.mjs'

export { findChromium }

/** Works as root in a container, and asks nothing of the network. */
export const chromiumArgs = [
  '--no-sandbox',
  '--disable-quic',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
]

/** Starts Chromium under playwright. Its pages always claim to be visible; for hidden tabs use puppeteer-core. */
export function launchChromium(args: readonly string[] = []): Promise<Browser> {
  return chromium.launch({ executablePath: findChromium(), args: [...chromiumArgs, ...args] })
}

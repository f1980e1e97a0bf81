/** A profile of Firefox with files that are spoiled while no browser runs. */

import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { BrowserContext, Page } from 'playwright-core'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { findFirefox } from '../../.ci/engines.mjs'
import {
  arrive,
  ask,
  block,
  call,
  event,
  events,
  exampleConfig,
  fullTeam,
  type Host,
  mishaps,
  soon,
  startHost,
  widget,
} from './host.ts'
import { launchFirefox } from './profile.ts'

/** Shown as often as caps allow, until it is refused. */
const config = exampleConfig({
  triggers: [
    {
      id: 'projects-80',
      type: 'limit_approaching',
      resource: 'projects',
      frequency: null,
      suppress: { dismissals: 1, quiet: '30d' },
    },
    { id: 'team-growth', type: 'team_growth' },
  ],
})
const script = `${fullTeam};plimsoll('usage', { projects: { used: 82 } })`

let host: Host
let profile: string
let browser: BrowserContext
const launch = async (): Promise<void> => {
  browser = await launchFirefox(profile)
}
beforeEach(async () => {
  host = await startHost(config, { script })
  profile = await mkdtemp(join(tmpdir(), 'plimsoll-firefox-'))
  await launch()
})
afterEach(async () => {
  await browser.close()
  await host.close()
  await rm(profile, { recursive: true, force: true, maxRetries: 10, retryDelay: 100 })
})

/** Opens the host's page, and refuses what it shows. */
async function refuse(): Promise<void> {
  const page = await browser.newPage()
  await arrive(page, host)
  await event(page, 'impression', 'projects-80')
  await page.evaluate(() => void (window as any).plimsoll.dismiss('projects-80'))
  await soon(() => widget(page, 'banner').count()).toBe(0)
}

/** The policy forbids images, and Firefox tells the page of the icon that it looks for by itself. */
const harm = async (page: Page) => (await mishaps(page)).filter((one) => !/favicon/.test(`${one}`))

// In CI a missing engine is a failure: it fails to start.
const missing = !findFirefox() && process.env.CI !== 'true'

test.skipIf(missing)(
  'spoiled files of Firefox: one error at most, the host unharmed, blocks stand, and it works',
  async () => {
    await refuse()
    await browser.close()
    const sites = join(profile, 'storage', 'default')
    const [site] = (await readdir(sites)).filter((name) => name.includes(`+${new URL(host.origin).port}`))
    const folder = join(sites, site as string, 'idb')
    const files = (await readdir(folder)).filter((name) => name.includes('.sqlite'))
    for (const file of files) await writeFile(join(folder, file), 'garbage'.repeat(500))
    await launch()
    const page = await browser.newPage()
    await arrive(page, host)
    await ask(page, 'invite', { seats: 2 })
    await block(page).waitFor()
    await call(page, 'close', 'team-growth')
    await event(page, 'impression', 'projects-80')
    expect([await events(page, 'error'), await harm(page)]).toEqual([[], []])
  },
)

/** A profile of Firefox: killed in the midst of its life, or with files that are spoiled while no browser runs. */

import { execFileSync } from 'node:child_process'
import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type BrowserContext, firefox, type Page } from 'playwright-core'
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
  reasons,
  soon,
  startHost,
  widget,
} from './host.ts'

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
  browser = await firefox.launchPersistentContext(profile, {
    channel: 'moz-firefox',
    executablePath: findFirefox() as string,
  })
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

/** Kills the browser of this profile, and those it has started. */
async function kill(): Promise<void> {
  const own = () =>
    execFileSync('ps', ['-eo', 'pid=,args='], { encoding: 'utf8' })
      .split('\n')
      .filter((line) => line.includes(profile))
  for (const line of own()) process.kill(Number.parseInt(line, 10), 'SIGKILL')
  await soon(own).toEqual([])
}

/** The policy forbids images, and Firefox tells the page of the icon that it looks for by itself. */
const harm = async (page: Page) => (await mishaps(page)).filter((one) => !/favicon/.test(`${one}`))

// In CI a missing engine is a failure: it fails to start.
const missing = !findFirefox() && process.env.CI !== 'true'

test.skipIf(missing)('a refusal that was seen to close outlives a Firefox that is killed', async () => {
  await refuse()
  await kill()
  await launch()
  const page = await browser.newPage()
  await arrive(page, host)
  expect(await reasons(page, 'projects-80')).toContain('quiet')
  expect([await events(page, 'impression'), await events(page, 'error'), await harm(page)]).toEqual([[], [], []])
})

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

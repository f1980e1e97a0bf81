/** A page's own life: frozen, or hidden for days. What it shows is never old. */

import { afterEach, beforeEach, expect, test } from 'vitest'
import { DAY, exampleConfig, type Host, near, soon, startHost } from './host.ts'
import { launchWhole, openIn, type Puppet, type PuppetPage } from './profile.ts'
import { plain } from './stored.ts'

/** One refusal silences for 30 days; else it may show in every session. */
const config = exampleConfig({
  triggers: [
    {
      id: 'projects-80',
      type: 'limit_approaching',
      resource: 'projects',
      frequency: { max: 1, per: 'session' },
      suppress: { dismissals: 1, quiet: '30d' },
    },
  ],
})

/** A clock that the tests move for every page at once. */
const script = `
  const RealDate = Date
  const ahead = () => Number(localStorage.getItem('test-clock') ?? 0)
  Date = class extends RealDate {
    constructor(...args) { args.length ? super(...args) : super(RealDate.now() + ahead()) }
    static now() { return RealDate.now() + ahead() }
  }
  ${near}`

let host: Host
let puppet: Puppet
beforeEach(async () => {
  host = await startHost(config, { script, routes: plain })
  puppet = await launchWhole()
})
afterEach(async () => {
  await puppet.close()
  await host.close()
})

const shows = (page: PuppetPage): Promise<boolean> =>
  page.evaluate(() =>
    [...document.querySelectorAll('plimsoll-root')].some((root) =>
      root.shadowRoot?.querySelector('[data-plimsoll-widget]'),
    ),
  )
const why = (page: PuppetPage): Promise<string[]> =>
  page.evaluate(async () =>
    (await (window as any).plimsoll.explain('projects-80'))[0].reasons.map((one: any) => one.reason),
  )
const count = (page: PuppetPage, type: string): Promise<number> =>
  page.evaluate((wanted) => (window as any).seen.filter((one: any) => one.type === wanted).length, type)
const say = (page: PuppetPage, method: string, ...args: unknown[]): Promise<unknown> =>
  page.evaluate((name, given) => (window as any).plimsoll[name](...given), method, args)

test('a frozen page keeps its place from nobody, and shows nothing that was refused meanwhile', async () => {
  const page = await openIn(puppet, host.origin)
  await soon(() => shows(page)).toBe(true)
  const client = await page.createCDPSession()
  const other = await puppet.newPage()
  await other.bringToFront()
  await client.send('Page.setWebLifecycleState', { state: 'frozen' })
  await other.goto(host.origin)
  await other.evaluate((ms) => localStorage.setItem('test-clock', `${ms}`), DAY)
  await other.reload()
  await soon(() => shows(other)).toBe(true)
  await say(other, 'dismiss', 'projects-80')
  await soon(() => why(other)).toContain('quiet')
  await client.send('Page.setWebLifecycleState', { state: 'active' })
  await page.bringToFront()
  await soon(() => why(page)).toContain('quiet')
  await soon(() => shows(page)).toBe(false)
})

test('a page hidden for two days shows nothing of the session before, and begins another when it is looked at', async () => {
  const page = await openIn(puppet, host.origin)
  await soon(() => count(page, 'impression')).toBe(1)
  const other = await puppet.newPage()
  await other.goto(`${host.origin}/plain`)
  await other.bringToFront()
  await soon(() => page.evaluate(() => document.visibilityState)).toBe('hidden')
  await other.evaluate((ms) => localStorage.setItem('test-clock', `${ms}`), 2 * DAY)
  await page.bringToFront()
  await soon(() => shows(page)).toBe(false)
  await page.mouse.move(5, 5)
  await soon(() => count(page, 'impression')).toBe(2)
  expect(await count(page, 'dismiss')).toBe(0)
  const sessions = await page.evaluate(() =>
    (window as any).seen.flatMap((one: any) => (one.type === 'impression' ? [one.sessionId] : [])),
  )
  expect(new Set(sessions).size).toBe(2)
})

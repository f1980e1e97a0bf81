/** A page that lives long: nothing grows, nothing is slow. The ten minutes are in `soak.long.test.ts`. */

import { afterAll, expect, test } from 'vitest'
import {
  action,
  ana,
  arrive,
  call,
  closeBrowser,
  DAY,
  exampleConfig,
  marksHeard,
  mishaps,
  moveClock,
  newVisitor,
  record,
  startHost,
  widget,
  withClock,
} from './host.ts'
import { expectFlat, expectQuick, inUse, type Measure, startSoak } from './soak.ts'
import { found, plain, write } from './stored.ts'

const LONG = !!process.env.PLIMSOLL_LONG
const DAYS = LONG ? 365 : 7

afterAll(closeBrowser)

test('ten thousand signals a minute, and prompts that come and go, leave a page as it was and its user undisturbed', async () => {
  const visitor = await newVisitor()
  const soak = await startSoak(visitor, 7)
  const measures: Measure[] = []
  for (let round = 0; round < 3; round++) measures.push(await soak.round(3500))
  // The first round loads code, and the browser makes it quick.
  const [, first, last] = measures as [Measure, Measure, Measure]
  expect(measures.reduce((sum, { impressions }) => sum + impressions, 0)).toBeGreaterThan(0)
  expect(measures.reduce((sum, { tooltips }) => sum + tooltips, 0)).toBeGreaterThan(0)
  expect(measures.reduce((sum, { blocks }) => sum + blocks, 0)).toBeGreaterThan(0)
  expect(last.signals).toBeGreaterThan(400)
  expectFlat(first, last, 600_000)
  measures.forEach(expectQuick)
  await visitor.close()
  await soak.host.close()
}, 180_000)

test('a thousand route changes, with slots and anchors and what stands in them coming and going, leave nothing behind', async () => {
  const visitor = await newVisitor()
  const page = await visitor.newPage()
  const triggers = [
    { id: 'projects-80', type: 'limit_approaching', resource: 'projects', slot: 'here', frequency: null },
    { id: 'sso-discovery', type: 'feature_discovery', feature: 'sso' },
  ]
  const script = `${record}${ana}plimsoll('usage', { projects: { used: 10 } })`
  const host = await startHost(exampleConfig({ triggers }), { script, body: '<main></main>' })
  await arrive(page, host)
  await marksHeard(page)
  const cdp = await visitor.newCDPSession(page)
  await cdp.send('Performance.enable')

  /**
   * A router's work: another address, another page's content. Each twentieth page brings what no rule counts: the answer
   * to a click on its locked control, a preview in its slot, or a block. Five pages later it is gone.
   */
  const routes = (from: number, to: number): Promise<number> =>
    page.evaluate(
      async ([first, last]) => {
        const { plimsoll } = window as any
        const main = document.querySelector('main') as HTMLElement
        const find = (what: string) =>
          [...document.querySelectorAll('plimsoll-root')]
            .map(({ shadowRoot }) => shadowRoot?.querySelector<HTMLElement>(what))
            .find(Boolean)
        const until = async (holds: () => unknown) => {
          while (!holds()) await new Promise(requestAnimationFrame)
        }
        let stood = 0
        for (let i = first; i < last; i++) {
          history.pushState({}, '', `/route/${i}`)
          const slot = document.createElement('div')
          slot.dataset.plimsollSlot = 'here'
          slot.style.minHeight = '300px'
          const control = document.createElement('button')
          control.dataset.plimsollFeature = 'sso'
          control.textContent = `Route ${i}`
          main.replaceChildren(slot, control)
          if (i % 20 === 5) {
            const kind = ['tooltip', 'banner', 'block'][Math.floor(i / 20) % 3]
            if (kind === 'tooltip') control.click()
            else if (kind === 'banner') plimsoll.preview('projects-80')
            else plimsoll.guard('use', { resource: 'projects', amount: 1000 })
            await until(() => find('[data-plimsoll-widget]'))
            stood++
          } else if (i % 20 === 10) {
            find('[data-plimsoll-action="cancel"]')?.click()
            plimsoll.close()
            await until(() => !find('[data-plimsoll-widget]'))
          }
          await new Promise((done) => setTimeout(done))
        }
        // The next page has neither slot nor control.
        history.pushState({}, '', '/last')
        main.replaceChildren()
        return stood
      },
      [from, to] as const,
    )
  await routes(0, 100)
  const before = await inUse(cdp)
  expect(await routes(100, 1000)).toBe(45)
  const after = await inUse(cdp)
  expect(after.nodes - before.nodes).toBeLessThan(20)
  expect(after.listeners - before.listeners).toBeLessThan(8)
  // The browser itself keeps some 800 bytes of each route, in a page without Plimsoll too.
  expect(after.heap - before.heap).toBeLessThan(1_200_000)
  expect(await mishaps(page)).toEqual([])
  await visitor.close()
  await host.close()
}, 120_000)

test(`the record of ${LONG ? 'a year' : 'a year and a week'} of daily use is small in the browser’s own store`, async () => {
  const visitor = await newVisitor()
  await withClock(visitor)
  const page = await visitor.newPage()
  const loud = { frequency: null, suppress: null }
  const triggers = [
    { id: 'projects-80', type: 'limit_approaching', resource: 'projects', at: [0.8, 0.9, 1], group: 'g', ...loud },
    { id: 'team-growth', type: 'team_growth', ...loud },
    { id: 'exports', type: 'usage_milestone', metric: 'export_made', milestones: [10, 100, 1000], surface: 'toast' },
    { id: 'sso-discovery', type: 'feature_discovery', feature: 'sso' },
  ]
  const caps = { groups: { g: { max: 500, per: '365d' } } }
  const body = '<button data-plimsoll-feature="sso">SSO</button><div data-plimsoll-slot="team"></div>'
  const host = await startHost(exampleConfig({ triggers, caps }), { script: `${record}${ana}`, body, routes: plain })
  await arrive(page, host)
  const records = async () => Object.entries((await found(page)).records).filter(([key]) => !key.startsWith('config:'))
  let largest = 0
  /** Fills every list of the record as daily use of a year has, to the brim, so that a week is enough to see it run over. */
  const age = async (): Promise<void> => {
    const [[key, old]] = (await records()).filter(([, value]) => value.accounts) as [[string, any]]
    const [[account, seen]] = Object.entries<any>(old.accounts) as [[string, any]]
    const now = old.session.activeAt
    const times = Array.from({ length: 100 }, (_, i) => now - (100 - i) * 4 * DAY)
    const [exposure] = seen.exposures
    const aged = {
      ...old,
      groups: { g: times },
      accounts: {
        ...Object.fromEntries(
          times.slice(0, 25).map((seenAt, i) => [`a${i}`, { ...seen, counters: {}, exposures: [], seenAt }]),
        ),
        [account]: {
          ...seen,
          counters: Object.fromEntries(
            Object.entries<any>(seen.counters).map(([id, counter]) => [
              id,
              { ...counter, n: 100, shown: times, refused: times },
            ]),
          ),
          exposures: times.map((at) => ({ ...exposure, at })),
        },
      },
    }
    await write(page, { [key]: aged })
  }
  for (let day = 0; day < DAYS; day++) {
    await moveClock(page, DAY)
    await page.mouse.move(10 + (day % 9), 700)
    await call(page, 'track', 'export_made')
    await call(page, 'usage', { projects: { used: 60 } })
    await call(page, 'usage', { projects: { used: 80 + (day % 21) }, seats: { used: 8 + (day % 3), limit: 10 } })
    const dismiss = action(page, 'dismiss').first()
    if (day % 3 === 0) await dismiss.click()
    if (!day && !LONG) await age()
    if (day % 50 === 6 || day === DAYS - 1) largest = Math.max(largest, JSON.stringify(await records()).length)
  }
  expect(await widget(page, 'banner').count()).toBeLessThanOrEqual(1)
  expect(largest).toBeGreaterThan(1000)
  expect(largest).toBeLessThan(20_000)
  const lists: number[] = []
  const [kept] = (await records()).map(([, value]) => value).filter((value) => value.accounts)
  JSON.stringify(kept, (_, value) => {
    if (Array.isArray(value)) lists.push(value.length)
    return value
  })
  // What was full before the last days took each of them in, and let the oldest go.
  if (!LONG) expect(Math.max(...lists)).toBe(100)
  expect([Math.max(...lists) <= 100, Object.keys(kept.accounts).length <= 20]).toEqual([true, true])
  await visitor.close()
  await host.close()
}, 3_600_000)

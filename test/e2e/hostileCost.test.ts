/** What the most costly file costs the page: never more than 50 ms of its main thread at a time. */

import type { BrowserContext, Page } from 'playwright-core'
import { afterAll, afterEach, beforeEach, expect, test } from 'vitest'
import {
  closeBrowser,
  events,
  exampleConfig,
  type Host,
  mishaps,
  near,
  newVisitor,
  reasons,
  settled,
  startHost,
} from './host.ts'
import { longestTask, slowness } from './trace.ts'

let host: Host
let visitor: BrowserContext
let page: Page
beforeEach(async () => {
  visitor = await newVisitor()
  page = await visitor.newPage()
})
afterEach(async () => {
  expect(await mishaps(page)).toEqual([])
  await visitor.close()
  await host.close()
})
afterAll(closeBrowser)

const json = (more: object): string => JSON.stringify(exampleConfig(more))
const times = <T>(length: number, make: (i: number) => T): T[] => Array.from({ length }, (_, i) => make(i))
const limit = { type: 'limit_approaching', resource: 'projects' }

/** Each as large as a file may be, or nearly so. */
const files: readonly (readonly [what: string, file: string])[] = [
  ['has 100,000 triggers', json({ triggers: times(100_000, () => ({})) })],
  ['is 100,000 levels deep', `${'['.repeat(100_000)}${']'.repeat(100_000)}`],
  ['has 200,000 values', json({ savedGroups: { all: times(199_000, () => 1) } })],
  ['has 90,000 keys', `{${times(90_000, (i) => `"k${i}":1`).join()}}`],
  ['is one text of a megabyte', json({ product: 'x'.repeat(980_000) })],
  ['is one name of a megabyte', json({ ['x'.repeat(980_000)]: 1 })],
  [
    'has 9,000 triggers with names that are nearly right',
    json({ triggers: times(9000, (i) => ({ id: `t${i}`, ...limit, frequencyy: 1, suppres: 2, audienc: 3 })) }),
  ],
  [
    'has 9,000 triggers of a type that is nearly right, and long',
    json({ triggers: times(9000, (i) => ({ id: `t${i}`, type: `limit_aproaching${'g'.repeat(40)}`, resource: 'x' })) }),
  ],
  [
    'names 9,000 resources that are nearly right, of 900',
    json({
      resources: Object.fromEntries(times(900, (i) => [`resource_number_${i}`, 'x'])),
      triggers: times(9000, (i) => ({ id: `t${i}`, type: 'limit_approaching', resource: `resource_numbr_${i}` })),
    }),
  ],
  [
    'has 3,000 patterns that look for ever',
    json({
      triggers: times(3000, (i) => ({
        id: `t${i}`,
        ...limit,
        audience: { 'user.id': { $regex: `^${'(a|aa)'.repeat(20)}[${'\\w'.repeat(20)}]+$` } },
      })),
    }),
  ],
  [
    'has one copy of 1,800 locales in 500 characters each',
    json({
      triggers: [
        {
          id: 't',
          ...limit,
          copy: { title: Object.fromEntries(times(1800, (i) => [`en-x-a${i}`, '{used} '.repeat(68)])) },
        },
      ],
    }),
  ],
  [
    'has a condition of 20,000 parts',
    json({ triggers: [{ id: 't', ...limit, audience: { $or: times(20_000, (i) => ({ a: { $gt: i } })) } }] }),
  ],
]

/** How long the longest task of a page is that loads a file; what others do to the machine varies: the best of a few. */
async function costOf(file: string, script = near): Promise<number> {
  host = await startHost(file, { script })
  let best = Number.POSITIVE_INFINITY
  for (let visit = 0; visit < 4 && best > 50; visit++) {
    const longest = await longestTask(page, async () => {
      await page.goto(host.origin)
      // Refused, or in force.
      await page.waitForFunction(() => (window as any).seen.some(({ type }: any) => /error|ready/.test(type)))
      await settled(page)
    })
    const slower = await slowness(page)
    best = Math.min(best, longest / slower)
  }
  return best
}

test.each(files)(
  'a file that %s makes no long task',
  async (_, file) => {
    expect(file.length).toBeLessThan(1_000_000)
    expect(await costOf(file)).toBeLessThanOrEqual(50)
  },
  120_000,
)

test('as many patterns as a file may have, each on the worst 1,000 letters, make no long task', async () => {
  const triggers = times(25, (i) => ({ id: `t${i}`, ...limit, audience: { 'user.bio': { $regex: `.*x${i}` } } }))
  const bio = `plimsoll('identify', { user: { id: 'ana', bio: 'a'.repeat(1000) } });`
  expect(await costOf(json({ triggers }), `${near}${bio}`)).toBeLessThanOrEqual(50)
  // One more than a file may have is refused, and the rest is in force: each was tried.
  expect((await events(page, 'error')).length).toBe(1)
  const tried = await Promise.all(times(24, (i) => reasons(page, `t${i}`)))
  expect(new Set(tried.flat())).toEqual(new Set(['audience']))
}, 120_000)

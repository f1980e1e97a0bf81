/** What may soon show is fetched and tried while the page is idle; and whoever is far from every mark fetches nothing. */

import type { BrowserContext, Page } from 'playwright-core'
import { afterAll, afterEach, expect, test } from 'vitest'
import {
  action,
  arrive,
  call,
  closeBrowser,
  event,
  events,
  everywhere,
  exampleConfig,
  fullTeam,
  type Host,
  mishaps,
  near,
  newVisitor,
  settled,
  soon,
  startHost,
  watching,
  widget,
} from './host.ts'

let host: Host
let visitor: BrowserContext
let page: Page

const at = (used: number): string => near.replace('82', `${used}`)
const fetched = (): string[] =>
  ['banner', 'tooltip', 'panel', 'modal', 'toast', 'block'].filter((kind) =>
    host.requests.includes(`/plimsoll/plimsoll-${kind}.js`),
  )

async function open(script: string, more: object = {}, body?: string, tag?: string): Promise<void> {
  host = await startHost(exampleConfig(more), {
    script: watching + script,
    ...(body !== undefined && { body }),
    ...(tag !== undefined && { tag }),
  })
  visitor = await newVisitor()
  page = await visitor.newPage()
  await arrive(page, host)
}
afterEach(async () => {
  expect(await mishaps(page)).toEqual([])
  await visitor.close()
  await host.close()
})
afterAll(closeBrowser)

/** Waits until the page has looked ahead: behind the code for guards and marked elements, once it is idle. */
async function looked(): Promise<void> {
  await soon(() => host.requests).toContain('/plimsoll/plimsoll-hooks.js')
  await page.waitForLoadState('networkidle')
  await call(page, 'page', '/')
  await page.evaluate(() => new Promise((done) => requestIdleCallback(done)))
  await page.waitForLoadState('networkidle')
}
const drawn = (): Promise<string[]> =>
  page.evaluate(() => (window as any).made.filter((name: string) => name === 'section'))

/** Each is drawn, and drawn and laid out. */
const DRAWN = ['section', 'section']

test('a mark that is a tenth of the limit away has its banner fetched and drawn out of sight', async () => {
  await open(at(75))
  await soon(drawn).toEqual(DRAWN)
  expect(fetched()).toEqual(['banner'])
  // Nobody sees or hears of it.
  expect(await page.locator('plimsoll-root').count()).toBe(0)
  expect((await events(page)).map(({ type }) => type)).toEqual(['ready'])

  await call(page, 'usage', { projects: { used: 82 } })
  await widget(page, 'banner').waitFor()
  expect(host.requests.filter((path) => path.endsWith('-banner.js'))).toHaveLength(1)
})

test.each([
  ['far from the mark', at(40), {}],
  [
    'who is not asked',
    at(75),
    { triggers: [{ id: 'a', type: 'limit_approaching', resource: 'projects', audience: { 'user.role': 'owner' } }] },
  ],
  [
    'in the holdout',
    at(75),
    { triggers: [{ id: 'a', type: 'limit_approaching', resource: 'projects', holdout: 0.99 }] },
  ],
  ['who has stopped all prompts', `${at(75)}plimsoll('optOut')`, {}],
])('a visitor %s fetches no widget', async (_, script, more) => {
  await open(script, more)
  await looked()
  expect(fetched()).toEqual([])
})

test('a seat limit that is near has its block fetched before anyone is stopped', async () => {
  await open(fullTeam.replace('used: 9', 'used: 7'))
  await looked()
  expect(fetched()).toEqual([])
  // No slot on this page: nothing but the block may show.
  await call(page, 'usage', { seats: { used: 9, limit: 10 } })
  await soon(fetched).toEqual(['block'])
})

test('a locked feature on the page has its tooltip fetched, and a milestone within a tenth its widget', async () => {
  await open(at(7), {}, everywhere)
  await soon(fetched).toEqual(['tooltip'])
  await visitor.close()
  await host.close()
  await open(at(95), {
    triggers: [{ id: 'm', type: 'usage_milestone', metric: 'projects', milestones: [50, 100, 1000] }],
  })
  await soon(fetched).toEqual(['modal'])
})

test.each([
  ['banner', at(40), { projects: { used: 75 } }, {}, 'section'],
  [
    'modal',
    at(60),
    { projects: { used: 95 } },
    { triggers: [{ id: 'm', type: 'usage_milestone', metric: 'projects', milestones: [50, 100, 1000] }] },
    'dialog',
  ],
  ['block', fullTeam.replace('used: 9', 'used: 7'), { seats: { used: 9, limit: 10 } }, {}, 'dialog'],
] as const)(
  'a %s that is tried is never painted, moves nothing, and leaves the focus',
  async (kind, script, usage, more, tag) => {
    await open(script, more, '<h1>Projects</h1><input id="name">')
    await page.locator('#name').focus()
    expect(fetched()).toEqual([])
    await call(page, 'usage', usage)
    await soon(fetched).toContain(kind)
    await soon(() =>
      page.evaluate(() => (window as any).made.filter((name: string) => /section|dialog/.test(name))),
    ).toEqual([tag, tag])
    await page.evaluate(() => new Promise((done) => requestIdleCallback(done)))
    expect(await page.evaluate(() => [(window as any).noticed, document.activeElement?.id])).toEqual([[], 'name'])
    expect(await page.locator('plimsoll-root').count()).toBe(0)
  },
)

test('the database is opened at the start, and never again for signals, for a prompt, or for its refusal', async () => {
  await open(`window.opened = []
    const openOne = IDBFactory.prototype.open
    IDBFactory.prototype.open = function (...asked) {
      opened.push(asked[0])
      return openOne.apply(this, asked)
    };${at(40)}`)
  // All that is opened since it was last asked.
  const opened = (): Promise<string[]> => page.evaluate(() => (window as any).opened.splice(0))
  await event(page, 'ready')
  await settled(page)
  expect(await opened()).toContain('plimsoll')

  await page.evaluate(async () => {
    const { plimsoll } = window as any
    for (let i = 0; i < 300; i++) {
      plimsoll.usage({ projects: { used: 40 + (i % 20) } })
      plimsoll.track('exported', { i })
      plimsoll.page(`/projects/${i}`)
      // Turns of their own: one decision for each ten.
      if (i % 10 === 0) await plimsoll.explain()
    }
    plimsoll.usage({ projects: { used: 82 } })
  })
  await event(page, 'impression')
  await action(page, 'dismiss').click()
  await event(page, 'dismiss')
  await widget(page, 'banner').waitFor({ state: 'detached' })
  await settled(page)
  expect(await opened()).toEqual([])
})

test('a mark of the page’s that is neither HTML nor SVG throws nothing into it', async () => {
  const odd = `document.addEventListener('DOMContentLoaded', () => {
    const mark = document.createElementNS('urn:own', 'mark')
    mark.setAttribute('data-plimsoll-feature', 'sso')
    document.body.append(mark)
  });`
  await open(`${odd}${at(75)}`)
  await soon(drawn).toEqual(DRAWN)
})

test('a renderer of the host’s that throws when it is asked for a place throws nothing into the page', async () => {
  const render = '{ warm() {}, show() {}, hasPlace() { window.asked = true; throw new Error("no place") } }'
  await open(`plimsoll('init', { config: '/triggers.json', render: ${render} });${at(75)}`, {}, undefined, '')
  await soon(() => page.evaluate(() => !!(window as any).asked)).toBe(true)
  await looked()
})

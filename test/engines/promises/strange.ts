/** Section 6, the host: what its page has done to the browser's own, Plimsoll withstands or says so, and harms nothing. */

import { expect } from 'vitest'
import { calm, strictCsp } from '../../e2e/host.ts'
import { found, markup } from '../../e2e/stored.ts'
import {
  closedRoot,
  nextVersion,
  throwingJson,
  tooBroken,
  twoVersions,
  withstood,
  xhtml,
} from '../../e2e/strangePages.ts'
import { action, anyPrompt, calmly, engine, only, soon, type Tab, test, widget } from '../visitor.ts'

const banner = widget('banner')
const near = calmly({ projects: { used: 82 } })
const isAllowed = (page: Tab) => page.call('guard', 'use', { resource: 'projects', amount: 1 })

/** WebKitGTK's driver works by the page's own promise, and asks this of it. */
const driven =
  engine === 'WebKitGTK'
    ? 'Promise.prototype.finally ??= function (work) { return this.then((value) => (work(), value)) };'
    : ''

test.for(withstood)('shows its prompt, and takes the answer, where the page %s', async ([, script], { visitor }) => {
  const page = await visitor.open({ config: only('banner'), before: `${script};${driven}`, script: near })
  await page.shown(banner)
  expect(await page.text(banner)).toContain('82 of 100 projects used')
  await page.click(action('dismiss'))
  await page.gone(banner)
  expect([(await page.event('dismiss')).by, await page.events('error')]).toEqual(['close', []])
})

test.for(tooBroken)(
  'shows nothing, says so once, and answers guards where the page %s',
  async ([, script, words], { visitor }) => {
    const page = await visitor.open({ config: only('banner'), before: `${script};`, script: near, early: true })
    expect((await page.event('error')).message).toContain(words)
    expect(await isAllowed(page)).toMatchObject({ allowed: true })
    expect([await page.count(anyPrompt), await page.events('impression')]).toEqual([0, []])
    expect((await page.events('error')).length).toBe(1)
  },
)

test('answers guards where the page has a JSON that throws', async ({ visitor }) => {
  // In a frame: drivers speak by the page's own JSON.
  const page = await visitor.open({
    config: only('banner'),
    script: `if (parent !== window) { ${near}${throwingJson} }`,
    path: '/outer',
    early: true,
    host: { csp: `${strictCsp}; frame-src 'self'`, routes: { '/outer': markup('', '<iframe src="/"></iframe>') } },
  })
  const heard = () =>
    page.eval((selector) => {
      const { isAllowed, failures, violations, all } = frames[0] as any
      return isAllowed === undefined
        ? null
        : { isAllowed, harm: [...failures, ...violations], shown: all(selector).length }
    }, anyPrompt)
  await soon(heard).toEqual({ isAllowed: true, harm: [], shown: 0 })
})

test('shows its prompt in a document of XHTML, and takes the answer', async ({ visitor }) => {
  const page = await visitor.open({ config: only('banner'), script: near, host: { routes: xhtml } })
  await page.click(action('dismiss'))
  await page.gone(banner)
  expect([(await page.event('dismiss')).by, await page.events('error')]).toEqual(['close', []])
})

test('finds neither slot nor control in a closed shadow root, and shows the rest', async ({ visitor }) => {
  const page = await visitor.open({
    body: '<div id="closed"></div>',
    script: closedRoot + calmly({ ...calm, projects: { used: 82 }, seats: { used: 9, limit: 10 } }),
  })
  await page.shown(banner)
  await page.hears()
  await page.eval(() => (window as any).control.click())
  await page.settled()
  expect(await page.reasons('team-growth')).toContain('no_place')
  const { records } = await found({ evaluate: (read) => page.eval(read) })
  const tried = Object.values(records).flatMap((one: any) =>
    one?.t === 'attempt' ? [one] : Object.keys(one?.features ?? {}),
  )
  expect([tried, await page.events('error')]).toEqual([[], []])
})

test('is the first of two versions, with its own chunks', async ({ visitor }) => {
  const page = await visitor.open({
    config: only('banner'),
    script: near,
    host: { routes: { ...nextVersion(), '/': markup(twoVersions) } },
  })
  await page.shown(banner)
  expect([await page.count(banner), (await page.events('ready')).length]).toEqual([1, 1])
  expect(visitor.host.requests.filter((path) => path.startsWith('/next/'))).toEqual(['/next/plimsoll.js'])
  expect(await isAllowed(page)).toMatchObject({ allowed: true })
})

test('is not on paper, where the engine’s driver can print', async ({ visitor }) => {
  const page = await visitor.open({ config: only('banner') })
  const without = await page.print()
  expect(typeof without).toBe(engine === 'WebKitGTK' ? 'undefined' : 'number')
  await page.call('usage', { projects: { used: 82 } })
  await page.event('impression')
  expect(await page.count(banner)).toBe(1)
  if (without === undefined) return
  // When it was made stands in the file too, and does not always take as many bytes.
  expect(Math.abs(((await page.print()) ?? 0) - without)).toBeLessThan(20)
  await page.eval(() => document.body.append('82 of 100 projects used'))
  expect(await page.print()).toBeGreaterThan(without + 20)
})

/** Files that are not the build's own: with `plimsoll-checked.js` the browser runs none of them. */

import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import type { BrowserContext, Page } from 'playwright-core'
import { afterAll, afterEach, beforeEach, describe, expect, test } from 'vitest'
import {
  action,
  built,
  call,
  closeBrowser,
  event,
  events,
  exampleConfig,
  type Host,
  type HostOptions,
  mishaps,
  near,
  newVisitor,
  soon,
  startHost,
  strictCsp,
  widget,
} from './host.ts'
import { hostScript, markup } from './stored.ts'

const dist = process.env.PLIMSOLL_DIST ?? fileURLToPath(new URL('../../packages/widgets/dist', import.meta.url))
const hashes: { readonly [file: string]: string } = JSON.parse(readFileSync(`${dist}/integrity.json`, 'utf8'))

let host: Host
let visitor: BrowserContext
let page: Page

beforeEach(async () => {
  visitor = await newVisitor()
  page = await visitor.newPage()
})
afterEach(async () => {
  expect(await mishaps(page)).toEqual([])
  expect(await page.evaluate(() => (window as any).pwned)).toBe(undefined)
  await visitor.close()
  await host.close()
})
afterAll(closeBrowser)

/** A tag as the README writes it: its file's hash beside it. */
const tagged = (file: string, more = '', at = '/plimsoll/') =>
  `<script ${more} src="${at}${file}" integrity="${hashes[file]}"></script>`
const head = (more = '', at = '/plimsoll/') =>
  tagged('plimsoll-stub.js', more, at) +
  hostScript.replace('<script', `<script ${more}`) +
  tagged('plimsoll-checked.js', `async data-plimsoll data-config="/triggers.json" ${more}`, at)

const places = '<p><button data-plimsoll-feature="sso">SSO</button></p><div data-plimsoll-slot="team"></div>'

/** What was told, but for storage that a busy machine made wait. */
const told = async (): Promise<string[]> =>
  (await events(page, 'error')).map(({ message }) => `${message}`).filter((message) => !/ledger/.test(message))

async function visit(options: HostOptions = {}, more = ''): Promise<void> {
  host = await startHost(exampleConfig(), {
    script: near,
    ...options,
    routes: { '/': markup(head(more), places), ...options.routes },
  })
  await page.goto(host.origin)
}

/** What another than the builder would put into a file: it would run before anything that is the file's own. */
const tampered = (file: string) => () => ({
  type: 'text/javascript',
  body: `window.pwned = '${file}';${built.get(file)}`,
})

describe('the checked script', () => {
  test('shows its prompts under the strict policy, and leaves nothing of its checks in the page', async () => {
    await visit()
    await event(page, 'impression', 'projects-80')
    for (const id of ['sso-discovery', 'team-growth', 'first-100']) {
      await call(page, 'preview', id)
      await soon(() => page.locator(`[data-plimsoll-trigger="${id}"]`).count()).toBe(1)
    }
    await call(page, 'close')
    expect(await told()).toEqual([])
    expect(await page.locator('link').count()).toBe(0)
    // Each file came once: what ran is what was checked.
    const files = host.requests.filter((path) => path.startsWith('/plimsoll/'))
    expect(files).toEqual([...new Set(files)])
    expect(files).toContain('/plimsoll/plimsoll-frame.js')
  })

  test('is checked itself: another file in its place does not run', async () => {
    await visit({ routes: { '/plimsoll/plimsoll-checked.js': tampered('plimsoll-checked.js') } })
    await page.waitForLoadState('networkidle')
    expect(await page.evaluate(() => (window as any).plimsoll.guard('invite', { seats: 2 }))).toEqual({
      allowed: true,
      reason: 'unavailable',
    })
    expect(await events(page)).toEqual([])
  })

  test.each([
    ['validator', 'nothing shows'],
    ['describe', 'nothing shows'],
    ['stage', 'code for prompts'],
    ['hooks', 'guards and marked elements'],
    ['frame', 'could not be drawn'],
    ['banner', 'could not be drawn'],
  ])('runs no other file in the place of %s: one error tells, and the next load is well again', async (name, words) => {
    const file = `plimsoll-${name}.js`
    const routes = { [`/plimsoll/${file}`]: tampered(file) }
    await visit({ routes })
    await soon(told).toEqual([expect.stringContaining(words)])
    await page.waitForLoadState('networkidle')
    expect(await told()).toHaveLength(1)
    expect(await page.evaluate(() => (window as any).pwned)).toBe(undefined)

    host.options = { ...host.options, routes: { '/': markup(head()) } }
    await page.goto(host.origin)
    // Without hooks, the banner showed in the first load.
    if (name === 'hooks')
      expect(await call(page, 'guard', 'use', { resource: 'projects', amount: 1 })).toEqual({ allowed: true })
    else await event(page, 'impression', 'projects-80')
    expect(await told()).toEqual([])
  })

  test('says which file it was, where the error can', async () => {
    await visit({ routes: { '/plimsoll/plimsoll-stage.js': tampered('plimsoll-stage.js') } })
    await soon(told).toEqual([
      expect.stringContaining('./plimsoll-stage.js could not be had, or is not the file that was built.'),
    ])
  })

  test('runs no file that was swapped after it was checked: none is fetched twice', async () => {
    let asked = 0
    const file = 'plimsoll-banner.js'
    const swap = () => (asked++ ? tampered(file)() : { type: 'text/javascript', body: `${built.get(file)}` })
    await visit({ routes: { [`/plimsoll/${file}`]: swap } })
    await event(page, 'impression', 'projects-80')
    expect(asked).toBe(1)
  })

  test('works from another origin, which sends its files to anyone', async () => {
    const cdn = await startHost()
    try {
      const open = { 'access-control-allow-origin': '*' }
      cdn.options = {
        routes: Object.fromEntries(
          [...built].map(([file, body]) => [
            `/plimsoll/${file}`,
            () => ({ type: 'text/javascript', headers: open, body: `${body}` }),
          ]),
        ),
      }
      const at = `${cdn.origin}/plimsoll/`
      await visit({
        csp: strictCsp.replace("script-src 'self'", `script-src 'self' ${cdn.origin}`),
        routes: { '/': markup(head('crossorigin', at).replace('crossorigin src="/host.js"', 'src="/host.js"')) },
      })
      await event(page, 'impression', 'projects-80')
      expect(host.requests.filter((path) => path.startsWith('/plimsoll/'))).toEqual([])
    } finally {
      await cdn.close()
    }
  })

  test('works where the policy goes by nonces alone', async () => {
    await visit({ csp: strictCsp.replace("script-src 'self'", "script-src 'nonce-n0'") }, 'nonce="n0"')
    await event(page, 'impression', 'projects-80')
    await action(page, 'dismiss').click()
    await soon(() => widget(page, 'banner').count()).toBe(0)
  })

  test('keeps a policy that demands the integrity of every script, as the plain one cannot', async () => {
    const own = `sha384-${createHash('sha384').update(near).digest('base64')}`
    const whole = head('crossorigin').replace('src="/host.js"', `integrity="${own}" src="/host.js"`)
    const demanding = (scripts: string) => () => ({
      ...markup(scripts)(),
      headers: { 'integrity-policy': 'blocked-destinations=(script)' },
    })
    await visit({ routes: { '/': demanding(whole) as never } })
    await event(page, 'impression', 'projects-80')

    const swapped = whole
      .replace('/plimsoll-checked.js', '/plimsoll.js')
      .replace(`${hashes['plimsoll-checked.js']}`, `${hashes['plimsoll.js']}`)
    host.options = { ...host.options, routes: { '/': demanding(swapped) as never } }
    await page.goto(host.origin)
    await soon(told).toContainEqual(expect.stringContaining('code for prompts'))
    expect(await events(page, 'impression')).toEqual([])
    await page.evaluate(() => {
      ;(window as any).violations = []
    })
  })
})

/** Pages that are strange, or broken by their own scripts: what Plimsoll withstands, and that it breaks none of the rest. */

import type { BrowserContext, Page } from 'playwright-core'
import { afterAll, afterEach, beforeEach, describe, expect, test } from 'vitest'
import {
  action,
  ana,
  block,
  call,
  closeBrowser,
  event,
  events,
  everywhere,
  exampleConfig,
  type Host,
  type HostOptions,
  mishaps,
  near,
  newVisitor,
  reasons,
  record,
  settled,
  soon,
  startHost,
  strictCsp,
  widget,
} from './host.ts'
import { found, hostScript, markup, stub, tag } from './stored.ts'
import { closedRoot, nextVersion, throwingJson, tooBroken, twoVersions, withstood, xhtml } from './strangePages.ts'

let host: Host
let visitor: BrowserContext
let page: Page
let warnings: string[]
let uncaught: string[]

async function visit(options: HostOptions = {}): Promise<void> {
  host = await startHost(exampleConfig(), { script: near, ...options })
  await page.goto(host.origin)
}

beforeEach(async () => {
  visitor = await newVisitor()
  page = await visitor.newPage()
  warnings = []
  uncaught = []
  page.on('console', (message) => {
    if (message.type() === 'warning') warnings.push(message.text())
  })
  page.on('pageerror', ({ message }) => uncaught.push(message))
})
afterEach(async () => {
  expect(uncaught).toEqual([])
  await visitor.close()
  await host.close()
})
afterAll(closeBrowser)

/** What becomes of the page's own promise, and the words that it throws. */
const noPromise = [
  ['no promise', 'delete window.Promise', 'Promise is not defined'],
  [
    'a promise that throws',
    `window.Promise = function () { throw new Error('mine') }
    for (const name of ['resolve', 'reject', 'all', 'allSettled', 'race']) Promise[name] = Promise`,
    'mine',
  ],
] as const

const guarded = (amount: number) =>
  page.evaluate((more) => (window as any).plimsoll.guard('use', { resource: 'projects', amount: more }), amount)

const told = async (): Promise<unknown[]> => (await events(page, 'error')).map(({ message }) => message)

describe('prompts show all the same where the page', () => {
  test.each(withstood)('%s', async (_, script) => {
    await visit({ script: `${script};${near}` })
    await event(page, 'impression', 'projects-80')
    expect(await widget(page, 'banner').innerText()).toContain('82 of 100 projects used')
    expect([await told(), await mishaps(page)]).toEqual([[], []])
  })

  test('has elements named as the document’s own methods', async () => {
    const names = 'querySelector currentScript getElementById head body title cookie location defaultView contains dir'
    const named = names
      .split(' ')
      .map((name) => `<form name="${name}"><input name="x"></form><img name="${name}" alt="">`)
    await visit({ routes: { '/': markup('', `${named.join('')}${stub}${hostScript}${tag}`) } })
    await event(page, 'impression', 'projects-80')
    expect([await told(), await mishaps(page)]).toEqual([[], []])
  })

  test('has other elements of our root’s name, and one of our script’s id', async () => {
    const body = '<plimsoll-root id="plimsoll-root"><b>theirs</b></plimsoll-root><a id="engine" name="plimsoll"></a>'
    await visit({ body })
    await event(page, 'impression', 'projects-80')
    await action(page, 'dismiss').click()
    await soon(() => widget(page, 'banner').count()).toBe(0)
    expect(await page.locator('plimsoll-root b').innerText()).toBe('theirs')
    expect(await told()).toEqual([])
  })
})

describe('nothing shows, one error tells, and the host goes on where the page', () => {
  test.each(tooBroken)('%s', async (_, script, words) => {
    await visit({ script: `${script};${near}` })
    await soon(told).toEqual([expect.stringContaining(words)])
    expect(await events(page, 'impression')).toEqual([])
    const free = await page.evaluate(() => (window as any).plimsoll.guard('use', { resource: 'projects', amount: 1 }))
    expect(free).toMatchObject({ allowed: true })
    expect(await mishaps(page)).toEqual([])
  })

  test.each(['createElement', 'addEventListener', 'querySelectorAll'])('has an element named %s', async (name) => {
    await visit({ routes: { '/': markup('', `<form name="${name}"></form>${stub}${hostScript}${tag}`) } })
    await soon(async () => new Set(await told()).size).toBe(1)
    expect(await events(page, 'impression')).toEqual([])
    expect(await mishaps(page)).toEqual([])
  })

  test('has a JSON that throws: even then no call does', async () => {
    await visit({ script: near + throwingJson })
    await soon(() => page.evaluate(() => (window as any).isAllowed)).toBe(true)
  })
})

describe('a page', () => {
  /** Asked of the page again and again: the driver waits in it by a promise. */
  const first = (type: string) => soon(() => events(page, type).then((all) => all.map(({ triggerId }) => triggerId)))

  test.each(noPromise)(
    'that has %s has prompts and blocks: calls before load throw what that throws, and those after it settle',
    async (...given) => {
      const [, script, words] = given
      const early = `window.thrown = []
      for (const name of ['identify', 'usage', 'guard', 'on'])
        try { plimsoll[name]('x') } catch (cause) { thrown.push(cause.message) }`
      await visit({ script: `${record}${script};${early}` })
      await soon(() => page.evaluate(() => !!(window as any).plimsoll.engine)).toBe(true)
      expect(await page.evaluate(() => (window as any).thrown)).toEqual(Array(4).fill(words))
      await page.evaluate(`${ana};plimsoll('usage', { projects: { used: 82 } }).then(() => { window.isTaken = true })`)
      await first('impression').toEqual(['projects-80'])
      expect(await page.evaluate(() => (window as any).isTaken)).toBe(true)
      expect(await guarded(1)).toEqual({ allowed: true })
      const asked = guarded(50)
      await block(page).waitFor()
      await page.keyboard.press('Escape')
      expect(await asked).toMatchObject({ allowed: false, reason: 'usage_limit' })
      await action(page, 'dismiss').click()
      await first('dismiss').toEqual(['projects-80'])
      expect([await told(), await mishaps(page)]).toEqual([[], []])
    },
  )

  test.each(noPromise)('left with %s before Plimsoll comes has its prompts', async (_, script) => {
    await visit({ script: `${near};queueMicrotask(() => { ${script} })` })
    await first('impression').toEqual(['projects-80'])
    expect(await guarded(1)).toEqual({ allowed: true })
    expect([await told(), await mishaps(page)]).toEqual([[], []])
  })

  test.each(noPromise)('left with %s while a prompt stands has it refused all the same', async (_, script) => {
    await visit({ script: `${near};addEventListener('plimsoll:impression', () => { ${script} })` })
    await first('impression').toEqual(['projects-80'])
    await action(page, 'dismiss').click()
    await soon(() => widget(page, 'banner').count()).toBe(0)
    expect((await events(page, 'dismiss')).map(({ by }) => by)).toEqual(['close'])
    expect([await told(), await mishaps(page)]).toEqual([[], []])
  })
})

describe('a name of ours that every object inherits', () => {
  const visitWith = (name: string, value: string) =>
    visit({ script: `Object.prototype.${name} = ${value};${near}`, body: everywhere })

  test('may be taken for the host’s own word', async () => {
    await visitWith('limit', '90')
    await event(page, 'impression', 'projects-80')
    expect(await widget(page, 'banner').innerText()).toContain('82 of 90 projects used')
    expect([await told(), await mishaps(page)]).toEqual([[], []])
  })

  test('is told of where it is no such word', async () => {
    await visitWith('limit', '{}')
    await soon(told).toEqual(['usage: usage.projects.limit: found object, expected a number, 0 or more, or null.'])
    expect([(await guarded(1)).allowed, await events(page, 'impression')]).toEqual([true, []])
    expect(await mishaps(page)).toEqual([])
  })

  test.each(['banner', 'claim', 'done', 'engine', 'event', 'frame', 'role'])(
    'keeps neither prompt nor block away, nor what the user answers: %s',
    async (name) => {
      await visitWith(name, '{}')
      await event(page, 'impression', 'projects-80')
      await action(page, 'dismiss').click()
      await soon(() => widget(page, 'banner').count()).toBe(0)
      await soon(() => reasons(page, 'projects-80')).toContain('frequency')
      const asked = guarded(50)
      await block(page).waitFor()
      await page.keyboard.press('Escape')
      expect(await asked).toMatchObject({ allowed: false, reason: 'usage_limit' })
      // A tooltip whose answer is taken for one that has lost its place goes at once: nothing is said of it here.
      await page.locator('#sso').click({ force: true })
      await settled(page)
      expect(await mishaps(page)).toEqual([])
    },
  )

  test('keeps no dialog from being drawn anew: look', async () => {
    await visitWith('look', '{}')
    await event(page, 'impression', 'projects-80')
    await call(page, 'identify', { user: { id: 'ana', role: 'member' }, account: { id: 'acme', plan: 'starter' } })
    const asked = guarded(50)
    await block(page).locator('[data-plimsoll-action="primary"]').click()
    await block(page).and(page.locator('[data-state="asked"]')).waitFor()
    await page.keyboard.press('Escape')
    expect(await asked).toMatchObject({ allowed: false, reason: 'usage_limit' })
    expect(await mishaps(page)).toEqual([])
  })

  test.each(['account', 'at', 'config', 'consent', 'context', 'id', 'store', 'triggers', 'usage', 'user'])(
    'keeps no call from settling, and no guard from allowing: %s',
    async (name) => {
      await visitWith(name, '{}')
      await soon(async () => (await events(page)).length).toBeGreaterThan(0)
      const settledAll = await page.evaluate(async () => {
        const { plimsoll } = window as any
        const calls = [
          plimsoll.guard('use', { resource: 'projects', amount: 1 }),
          plimsoll.identify({ user: { id: 'ben' }, account: { id: 'acme', plan: 'starter' } }),
          plimsoll.usage({ projects: { used: 83 } }),
          plimsoll.track('exported'),
          plimsoll.page('/a'),
          plimsoll.explain(),
          plimsoll.pause('x'),
          plimsoll.resume('x'),
          plimsoll.dismiss(),
          plimsoll.optOut('team_growth'),
          plimsoll.forget(),
          plimsoll.reset(),
        ]
        return (await Promise.allSettled(calls)).map(({ status, value }: any, i) => (i ? status : value.allowed))
      })
      expect(settledAll).toEqual([true, ...Array(11).fill('fulfilled')])
      expect(await mishaps(page)).toEqual([])
    },
  )
})

describe('documents', () => {
  test('of XHTML are documents too', async () => {
    await visit({ routes: xhtml })
    await event(page, 'impression', 'projects-80')
    await action(page, 'dismiss').click()
    await soon(() => widget(page, 'banner').count()).toBe(0)
    expect([await told(), await mishaps(page)]).toEqual([[], []])
  })

  test('in a frame of the same origin are pages of their own', async () => {
    const csp = `${strictCsp}; frame-src 'self'`
    host = await startHost(exampleConfig(), {
      script: near,
      csp,
      routes: { '/outer': markup('', '<iframe src="/"></iframe>') },
    })
    await page.goto(`${host.origin}/outer`)
    const frame = page.frame({ url: `${host.origin}/` })
    await frame?.waitForFunction(() => (window as any).seen.some(({ type }: any) => type === 'impression'))
    expect(await page.evaluate(() => Reflect.ownKeys(window).includes('plimsoll'))).toBe(false)
    expect(await page.locator('plimsoll-root').count()).toBe(0)
  })

  test('in a frame without an origin do nothing, and throw nothing', async () => {
    const csp = `${strictCsp.replaceAll("'self'", '*')}; frame-src *`
    const routes = { '/outer': markup('', '<iframe sandbox="allow-scripts" src="/"></iframe>') }
    host = await startHost(exampleConfig(), { script: near, csp, routes })
    await page.goto(`${host.origin}/outer`)
    await soon(() => page.frames().length).toBe(2)
    const frame = page.frames()[1]
    await frame?.waitForFunction(() => (window as any).plimsoll?.engine)
    expect(
      await frame?.evaluate(() => (window as any).plimsoll.guard('use', { resource: 'projects', amount: 1 })),
    ).toMatchObject({ allowed: true })
    expect(
      await frame?.evaluate(() => [(window as any).failures, document.querySelectorAll('plimsoll-root').length]),
    ).toEqual([[], 0])
  })

  test('whose <base> leads away lead neither the file, nor the code, nor the links away', async () => {
    const away = '<base href="https://evil.example/x/">'
    const csp = "default-src * 'unsafe-inline'"
    await visit({ csp, routes: { '/': markup(stub + hostScript + tag + away) } })
    await soon(() => warnings).toEqual(['Plimsoll: /triggers.json is of another origin: give it to init by code.'])
    const config = `${host.origin}/triggers.json`
    await page.evaluate((url) => void (window as any).plimsoll('init', { config: url }), config)
    await event(page, 'impression', 'projects-80')
    expect(await action(page, 'primary').getAttribute('href')).toBe(
      `${host.origin}/billing/upgrade?plan=pro&from=projects-80`,
    )
  })

  test('are printed without us', async () => {
    await visit()
    await event(page, 'impression', 'projects-80')
    await page.emulateMedia({ media: 'print' })
    expect(await widget(page, 'banner').isVisible()).toBe(false)
    await page.emulateMedia({ media: 'screen' })
    expect(await widget(page, 'banner').isVisible()).toBe(true)
  })

  test('keep what is in a closed shadow root to themselves: neither slot nor control is found there', async () => {
    const script = `${near}${closedRoot}plimsoll('usage', { seats: { used: 9, limit: 10 } })`
    await visit({ script, body: '<div id="closed"></div>' })
    await event(page, 'impression', 'projects-80')
    await page.evaluate(() => (window as any).control.click())
    await settled(page)
    expect(await reasons(page, 'team-growth')).toContain('no_place')
    expect(JSON.stringify((await found(page)).records)).not.toContain('attempt')
    expect([await told(), await mishaps(page)]).toEqual([[], []])
  })

  test('that remove our root lose the prompt, and nothing else', async () => {
    await visit()
    await event(page, 'impression', 'projects-80')
    const standing = () => page.evaluate(() => (window as any).plimsoll.$decision.get().prompt?.triggerId)
    expect(await standing()).toBe('projects-80')
    await page.evaluate(() => document.querySelector('plimsoll-root')?.remove())
    await soon(standing).toBe(undefined)
    await call(page, 'usage', { projects: { used: 85 } })
    await call(page, 'dismiss')
    expect(await widget(page, 'banner').count()).toBe(0)
    expect(await events(page, 'dismiss')).toEqual([])
    const asked = page.evaluate(() => (window as any).plimsoll.guard('use', { resource: 'projects', amount: 50 }))
    await block(page).waitFor()
    await page.keyboard.press('Escape')
    expect(await asked).toMatchObject({ allowed: false, reason: 'usage_limit' })
    expect([await told(), await mishaps(page)]).toEqual([[], []])
  })

  test('that load two versions have the first, whose chunks are its own, with one warning', async () => {
    await visit({ routes: { ...nextVersion(), '/': markup(twoVersions) } })
    await event(page, 'impression', 'projects-80')
    expect(warnings).toEqual(['Plimsoll is loaded twice: the first one stays.'])
    expect([await widget(page, 'banner').count(), (await events(page, 'ready')).length]).toEqual([1, 1])
    expect(host.requests.filter((path) => path.startsWith('/next/'))).toEqual(['/next/plimsoll.js'])
    expect([await told(), await mishaps(page)]).toEqual([[], []])
  })
})

/** Sections 1 and 6: installing the script tag, in every order, and a host that nothing breaks. */

import { readdirSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { createContext, runInContext } from 'node:vm'
import type { BrowserContext, Page } from 'playwright-core'
import { afterAll, afterEach, beforeEach, describe, expect, test } from 'vitest'
import {
  action,
  ana,
  block,
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
  record,
  settled,
  soon,
  startHost,
  strictCsp,
  widget,
} from './host.ts'
import { hangs, hostScript, markup, missing, stub, tag } from './stored.ts'

let host: Host
let visitor: BrowserContext
let page: Page
let warnings: string[]

/** Visits the host's page and waits for nothing. */
async function visit(options: HostOptions = {}, config: object | string = exampleConfig()): Promise<void> {
  host = await startHost(config, { script: near, ...options })
  await page.goto(host.origin)
}

beforeEach(async () => {
  visitor = await newVisitor()
  page = await visitor.newPage()
  warnings = []
  page.on('console', (message) => {
    if (message.type() === 'warning') warnings.push(message.text())
  })
})
afterEach(async () => {
  // Not every test visits a page.
  const isVisited = page.url() !== 'about:blank'
  if (isVisited) expect(await mishaps(page)).toEqual([])
  await visitor.close()
  if (isVisited) await host.close()
})
afterAll(closeBrowser)

const at = (path: string) => fileURLToPath(new URL(path, import.meta.url))
const dist = `${process.env.PLIMSOLL_DIST ?? at('../../packages/widgets/dist')}/`

/** What a host without the stub does: it speaks once the engine is there. */
const whenReady = `${record}
  addEventListener('plimsoll:ready', () => { ${ana} plimsoll.usage({ projects: { used: 82 } }) })
`

describe('the script', () => {
  test.each([
    ['an async classic script', stub + hostScript + tag, ''],
    ['a deferred script', stub + hostScript + tag.replace('async', 'defer'), ''],
    ['a blocking script, before the body', stub + hostScript + tag.replace('async', ''), ''],
    ['a blocking script, at the end of the body', stub + hostScript, tag.replace('async', '')],
    ['a module', stub + hostScript + tag.replace('async', 'type="module"'), ''],
    ['an async module', stub + hostScript + tag.replace('async', 'async type="module"'), ''],
  ])('shows its banner as %s', async (_, head, body) => {
    await visit({ routes: { '/': markup(head, body) } })
    await event(page, 'impression', 'projects-80')
    expect(await events(page, 'error')).toEqual([])
  })

  test('needs no stub where nothing is called before it is ready', async () => {
    await visit({ script: whenReady, routes: { '/': markup(hostScript + tag) } })
    await event(page, 'impression', 'projects-80')
  })

  test('is found when the host’s script adds it later', async () => {
    const script = `${near}
      addEventListener('load', () => {
        const script = document.createElement('script')
        Object.assign(script.dataset, { plimsoll: '', config: '/triggers.json' })
        script.src = '/plimsoll/plimsoll.js'
        document.head.append(script)
      })
    `
    // A host that sets script.src enforces no Trusted Types.
    await visit({
      script,
      csp: strictCsp.replace(/;[^;]*trusted-types.*/, ''),
      routes: { '/': markup(stub + hostScript) },
    })
    await event(page, 'impression', 'projects-80')
  })

  test('takes inert markup that only looks like it for no script of its own', async () => {
    const lure =
      '<div data-plimsoll src="/plimsoll/plimsoll.js" data-config="/lure.json"></div><script data-plimsoll data-config="/lure.json"></script><svg><script data-plimsoll href="/plimsoll/plimsoll-stub.js" data-config="/lure.json"></script></svg>'
    await visit({ routes: { '/': markup(stub + hostScript, lure + tag) } })
    await event(page, 'impression', 'projects-80')
    expect(host.requests).not.toContain('/lure.json')
  })

  test('finds its lazy chunks beside it, wherever that is', async () => {
    const moved = Object.fromEntries(
      readdirSync(dist)
        .filter((name) => name.endsWith('.js'))
        .map((name) => [
          `/assets/v1/${name}`,
          () => ({ type: 'text/javascript', body: readFileSync(dist + name, 'utf8') }),
        ]),
    )
    const routes = { ...moved, '/': markup(stub + hostScript + tag.replace('/plimsoll/', '/assets/v1/')) }
    await visit({ routes })
    await event(page, 'impression', 'projects-80')
    expect(host.requests.filter((path) => path.startsWith('/plimsoll/'))).toEqual(['/plimsoll/plimsoll-stub.js'])
  })

  test('is one engine with one warning when it is loaded twice', async () => {
    await visit({ routes: { '/': markup(stub + hostScript + tag, tag.replace('/plimsoll.js', '/plimsoll.js?again')) } })
    await event(page, 'impression', 'projects-80')
    await page.waitForLoadState('networkidle')
    await settled(page)
    expect(warnings).toEqual(['Plimsoll is loaded twice: the first one stays.'])
    expect([
      await widget(page, 'banner').count(),
      (await events(page, 'ready')).length,
      (await events(page, 'impression')).length,
    ]).toEqual([1, 1, 1])
  })

  test('adds no global but plimsoll, whatever was used', async () => {
    const globals = () => page.evaluate(() => Reflect.ownKeys(window).map(String))
    host = await startHost(exampleConfig(), { script: near, routes: { '/without': markup(hostScript) } })
    host.options = { ...host.options, script: record }
    await page.goto(`${host.origin}/without`)
    const before = await globals()
    host.options = { ...host.options, script: near }
    await page.goto(host.origin)
    await event(page, 'impression', 'projects-80')
    await call(page, 'explain')
    void page.evaluate(() => void (window as any).plimsoll.guard('use', { resource: 'projects', amount: 50 }))
    await block(page).waitFor()
    await page.keyboard.press('Escape')
    expect((await globals()).filter((key) => !before.includes(key))).toEqual(['plimsoll'])
    expect(await page.evaluate(() => Object.keys((window as any).Object.prototype))).toEqual([])
  })

  test.each([
    ['a form with that id, and the stub', stub, '<form id="plimsoll"></form>'],
    ['a form with that id, and no stub', '', '<form id="plimsoll"><input name="call"><input name="q"></form>'],
    ['an element that hides document.scripts', stub, '<img name="scripts" alt="">'],
    ['an element that hides document.baseURI', stub, '<img name="baseURI" alt="">'],
  ])('stands its ground against %s', async (_, head, body) => {
    // The markup is there before any script.
    const script = head ? near : whenReady
    await visit({ script, routes: { '/': markup('', `${body}${head}${hostScript}${tag}`) } })
    await event(page, 'impression', 'projects-80')
    expect(await page.evaluate(() => typeof (window as any).plimsoll)).toBe('function')
  })

  test.each(['plimsoll.js', 'plimsoll-checked.js', 'plimsoll-stub.js'])(
    'does nothing where there is no page, and does not throw: %s',
    (file) => {
      const code = readFileSync(dist + file, 'utf8').replace('}(window)', '}(globalThis)')
      const bare = createContext({})
      runInContext(code, bare)
      expect(Object.keys(bare)).toEqual(file === 'plimsoll-stub.js' ? ['plimsoll'] : [])
    },
  )

  test('can be imported and made on a server, which opens and prints nothing', async () => {
    const [{ createPlimsoll }, { widgets }] = await Promise.all([import('@plimsoll/sdk'), import('@plimsoll/widgets')])
    const plimsoll = createPlimsoll({ config: exampleConfig(), render: widgets() })
    await plimsoll.identify({ user: { id: 'ana' }, account: { id: 'acme', plan: 'starter' } })
    await plimsoll.usage({ projects: { used: 82 } })
    expect(await plimsoll.guard('use', { resource: 'projects', amount: 1 })).toEqual({ allowed: true })
    await plimsoll.destroy()
  })
})

describe('calls', () => {
  test('before load are one turn, in any order, and their promises settle', async () => {
    const script = `${record}
      window.kept = plimsoll
      window.results = []
      const done = (name) => (result) => results.push([name, result])
      plimsoll('track', 'search', { query: 'okta' }).then(done('track'))
      plimsoll.usage({ projects: { used: 82 } }).then(done('usage'))
      plimsoll('guard', 'use', { resource: 'projects', amount: 1 }).then(done('guard'))
      plimsoll.explain('projects-80').then(done('explain'))
      window.unsubscribed = 0
      const off = plimsoll.on('impression', () => { unsubscribed++ })
      plimsoll.on('impression', (detail, event) => { window.heard = [detail.triggerId, event.type, event.detail === detail] })
      off()
      plimsoll('identify', { account: { id: 'acme', plan: 'starter' }, user: { id: 'ana', role: 'admin' } }).then(done('identify'))
    `
    await visit({ script })
    await event(page, 'impression')
    await soon(() => page.evaluate(() => (window as any).results.map(([name]: [string]) => name).sort())).toEqual([
      'explain',
      'guard',
      'identify',
      'track',
      'usage',
    ])
    const results = new Map(await page.evaluate(() => (window as any).results as [string, any][]))
    expect(results.get('guard')).toEqual({ allowed: true })
    expect(results.get('usage')).toBe(undefined)
    expect(results.get('explain')).toMatchObject([{ triggerId: 'projects-80' }])
    expect(await page.evaluate(() => (window as any).unsubscribed)).toBe(0)
    // Features come before limits: of one turn's signals the search wins.
    expect(await events(page, 'impression')).toMatchObject([{ triggerId: 'projects-80' }])
    expect(await page.evaluate(() => (window as any).heard)).toEqual(['projects-80', 'plimsoll:impression', true])
  })

  test('of a stub that the host has kept go on to the engine', async () => {
    await visit({ script: `${near}window.kept = plimsoll` })
    await event(page, 'impression')
    const explained = await page.evaluate(() => (window as any).kept('explain', 'projects-80'))
    expect(explained).toMatchObject([{ triggerId: 'projects-80', wouldShow: false }])
  })

  test('are the same as a function and as methods', async () => {
    await visit()
    await event(page, 'impression')
    const [first, second] = await page.evaluate(async () => {
      const { plimsoll } = window as any
      return [await plimsoll('explain', 'projects-80'), await plimsoll.explain('projects-80')]
    })
    expect(first).toEqual(second)
    expect(
      await page.evaluate(() =>
        'init identify usage track page guard on off explain preview consent optOut optIn forget pause resume close dismiss report reset destroy'
          .split(' ')
          .filter((name) => typeof (window as any).plimsoll[name] !== 'function'),
      ),
    ).toEqual([])
  })

  test('return promises always, but for on, and never throw', async () => {
    await visit()
    await event(page, 'ready')
    const strange = await page.evaluate(async () => {
      const { plimsoll } = window as any
      const names =
        'init identify usage track page guard off explain preview consent optOut optIn forget pause resume close dismiss report reset destroy nothing constructor __proto__ then'
      const wrong: string[] = []
      for (const name of names.split(' ')) {
        if (typeof plimsoll(name)?.then !== 'function') wrong.push(name)
        await plimsoll(name)
      }
      return wrong
    })
    expect(strange).toEqual([])
  })

  test('start by hand with init, before or after everything else', async () => {
    const script = `${record}
      plimsoll('usage', { projects: { used: 82 } })
      plimsoll('consent', true)
      plimsoll('init', { config: '/triggers.json', consent: 'required' })
      ${ana}
    `
    await visit({ script, tag: '' })
    await event(page, 'impression', 'projects-80')
  })

  test('that a user makes before init are not lost: opting out', async () => {
    const script = `${record}
      plimsoll('optOut', 'limit_approaching')
      plimsoll('init', { config: '/triggers.json' })
      ${ana}
      plimsoll('usage', { projects: { used: 82 } })
    `
    await visit({ script, tag: '' })
    await event(page, 'ready')
    await settled(page)
    expect(await call(page, 'explain', 'projects-80')).toMatchObject([
      { wouldShow: false, reasons: [{ reason: 'opted_out' }] },
    ])
    expect(await widget(page, 'banner').count()).toBe(0)
  })

  test('in the turn of a reset hold: whoever logs in next is known', async () => {
    await visit()
    await event(page, 'impression')
    await page.evaluate(() => {
      const { plimsoll } = window as any
      plimsoll.reset()
      plimsoll.identify({ user: { id: 'ben', role: 'admin' }, account: { id: 'umbrella', plan: 'starter' } })
      plimsoll.usage({ projects: { used: 90 } })
    })
    await soon(() => widget(page, 'banner').allInnerTexts()).toEqual([
      expect.stringContaining('90 of 100 projects used'),
    ])
  })

  test('after destroy do nothing and settle, and nothing is left in the page', async () => {
    await visit()
    await event(page, 'impression')
    await page.evaluate(() => (window as any).plimsoll.destroy())
    expect(await page.locator('plimsoll-root').count()).toBe(0)
    const answers = await page.evaluate(async () => {
      const { plimsoll } = window as any
      await plimsoll.usage({ projects: { used: 99 } })
      return [await plimsoll.guard('use', { resource: 'projects', amount: 50 }), await plimsoll.explain()]
    })
    expect(answers).toEqual([{ allowed: true, reason: 'unavailable' }, []])
    // No connection is left that would hold the host's own deletion up.
    const deleted = await page.evaluate(
      () =>
        new Promise((done) => {
          const request = indexedDB.deleteDatabase('plimsoll')
          request.onsuccess = () => done('deleted')
          request.onblocked = () => done('blocked')
        }),
    )
    expect(deleted).toBe('deleted')
  })
})

describe('attributes of the tag', () => {
  const context = {
    user: { id: 'ana', role: 'admin' },
    account: { id: 'acme', plan: 'starter' },
    usage: { projects: { used: 82 } },
  }

  test('data-context is read at start', async () => {
    const routes = { '/api/context': () => ({ body: JSON.stringify(context) }) }
    await visit({ script: record, tag: 'data-config="/triggers.json" data-context="/api/context"', routes })
    await event(page, 'impression', 'projects-80')
    expect(host.requests.filter((path) => path === '/api/context').length).toBe(1)
  })

  test.each([
    ['a missing one', missing],
    ['a page of HTML', () => ({ type: 'text/html', body: '<!doctype html><title>Log in</title>' })],
    ['what is no JSON', () => ({ body: '{ user: ' })],
    ['what is no context', () => ({ body: '[1, 2]' })],
  ])('data-context with %s is one error, and the host goes on', async (_, answer) => {
    await visit({
      script: record,
      tag: 'data-config="/triggers.json" data-context="/api/context"',
      routes: { '/api/context': answer },
    })
    await event(page, 'ready')
    expect((await events(page, 'error')).length).toBe(1)
    await call(page, 'identify', { user: { id: 'ana', role: 'admin' }, account: { id: 'acme', plan: 'starter' } })
    await call(page, 'usage', { projects: { used: 82 } })
    await event(page, 'impression', 'projects-80')
  })

  test.each([
    ['data-config', (origin: string) => `data-config="${origin}/triggers.json"`],
    ['data-config without a scheme', (origin: string) => `data-config="${origin.slice(5)}/triggers.json"`],
    ['data-context', (origin: string) => `data-config="/triggers.json" data-context="${origin}/api/context"`],
    ['a data-config that is no URL', () => 'data-config="http://["'],
    ['a data-config of script', () => 'data-config="data:application/json,{}"'],
  ])('%s of another origin is refused with one warning, and asks nobody', async (_, attributes) => {
    const other = await startHost()
    try {
      host = await startHost(exampleConfig(), { script: near, csp: "default-src * data: 'unsafe-inline'" })
      host.options = { ...host.options, tag: attributes(other.origin) }
      await page.goto(host.origin)
      await soon(() => warnings.length).toBe(1)
      expect(warnings[0]).toMatch(/^Plimsoll: .* is of another origin: give it to init by code\.$/)
      await page.waitForLoadState('networkidle')
      expect(other.requests).toEqual([])
      // By code it is the host's own word; and what was called before is still played.
      await page.evaluate(() => void (window as any).plimsoll('init', { config: '/triggers.json' }))
      await event(page, 'impression', 'projects-80')
    } finally {
      await other.close()
    }
  })

  test('a file that redirects to another origin is refused', async () => {
    const other = await startHost()
    try {
      other.options = {
        routes: {
          '/moved.json': () => ({
            body: JSON.stringify(exampleConfig()),
            headers: { 'access-control-allow-origin': '*' },
          }),
        },
      }
      const moved = () => ({ status: 302, headers: { location: `${other.origin}/moved.json` }, body: '' })
      await visit({ csp: "default-src * 'unsafe-inline'", routes: { '/triggers.json': moved } })
      expect((await event(page, 'error')).message).toContain('redirected to another origin')
      expect(await widget(page, 'banner').count()).toBe(0)
    } finally {
      await other.close()
    }
  })

  test('a host whose policy goes by nonces alone needs no more than its nonce on the tag', async () => {
    const nonced = (script: string) => script.replace('<script ', '<script nonce="n0" ')
    await visit({
      csp: "default-src 'none'; script-src 'nonce-n0'; style-src 'nonce-n0'; connect-src 'self'; require-trusted-types-for 'script'; trusted-types 'none'",
      routes: {
        '/': markup(
          nonced(stub) + nonced(hostScript) + nonced(tag).replace('data-plimsoll', 'data-plimsoll data-nonce="n0"'),
        ),
      },
    })
    await event(page, 'impression', 'projects-80')
    await action(page, 'dismiss').click()
    await soon(() => widget(page, 'banner').count()).toBe(0)
  })
})

describe('code that is blocked', () => {
  test('plimsoll.js: the host goes on, and its guards answer', async () => {
    await visit({ routes: { '/plimsoll/plimsoll.js': missing } })
    expect(await page.evaluate(() => (window as any).plimsoll.guard('invite', { seats: 2 }))).toEqual({
      allowed: true,
      reason: 'unavailable',
    })
    expect(await events(page)).toEqual([])
  })

  test.each([
    ['validator', 'nothing shows', missing],
    ['stage', 'code for prompts', missing],
    ['frame', 'could not be drawn', missing],
    ['banner', 'could not be drawn', missing],
    ['hooks', 'guards and marked elements', missing],
    ['validator', 'nothing shows', () => ({ type: 'text/javascript', body: 'throw new Error("spoiled")' })],
    ['banner', 'could not be drawn', () => ({ type: 'text/html', body: '<!doctype html>' })],
  ])('%s: one error that says "%s", nothing thrown, and the next load is well again', async (name, words, answer) => {
    const routes: Record<string, typeof answer> = { [`/plimsoll/plimsoll-${name}.js`]: answer }
    await visit({ routes })
    const { message } = await event(page, 'error')
    expect(message).toContain(words)
    await page.waitForLoadState('networkidle')
    expect((await events(page, 'error')).length).toBe(1)
    if (name !== 'hooks') {
      expect(await widget(page, 'banner').count()).toBe(0)
      expect(await events(page, 'impression')).toEqual([])
    }
    delete routes[`/plimsoll/plimsoll-${name}.js`]
    await page.goto(host.origin)
    // Without hooks, the banner showed in the first load.
    if (name === 'hooks')
      expect(await call(page, 'guard', 'use', { resource: 'projects', amount: 1 })).toEqual({ allowed: true })
    else await event(page, 'impression', 'projects-80')
    expect(await events(page, 'error')).toEqual([])
  })

  test('a chunk of another build, as after a deploy: nothing shows, one error, nothing thrown', async () => {
    const stage = `${built.get('plimsoll-stage.js')}`.replace(/engine\.b[0-9a-f]{8}/, 'engine.b00000000')
    const routes = { '/plimsoll/plimsoll-stage.js': () => ({ type: 'text/javascript', body: stage }) }
    await visit({ routes })
    const { message } = await event(page, 'error')
    expect(message).toContain('code for prompts')
    await page.waitForLoadState('networkidle')
    expect((await events(page, 'error')).length).toBe(1)
    expect(await events(page, 'impression')).toEqual([])
  })

  test('a page whose own script keeps its plimsoll in a constant has its prompts all the same', async () => {
    await visit({ script: `const plimsoll = window.plimsoll;${near}` })
    await event(page, 'impression', 'projects-80')
  })

  test('desk: explain answers with nothing, and one error', async () => {
    await visit({ routes: { '/plimsoll/plimsoll-desk.js': missing } })
    await event(page, 'ready')
    expect(await page.evaluate(() => (window as any).plimsoll.explain())).toEqual([])
    expect(await events(page, 'error')).toMatchObject([{ message: expect.stringContaining('explain failed.') }])
  })

  test('a chunk that never comes holds nothing up: the prompt is neither shown nor counted', async () => {
    await visit({ routes: { '/plimsoll/plimsoll-banner.js': hangs } })
    await event(page, 'ready')
    expect(await call(page, 'guard', 'use', { resource: 'projects', amount: 1 })).toEqual({ allowed: true })
    expect(await events(page, 'impression')).toEqual([])
    expect(await widget(page, 'banner').count()).toBe(0)
  })
})

describe('the strict policy', () => {
  test('sees a violation where there is one, so that none means none', async () => {
    await visit({
      script: `${near}addEventListener('load', () => { try { document.body.innerHTML = '<p>' } catch {} })`,
    })
    await event(page, 'ready')
    await soon(() => mishaps(page)).toEqual([expect.stringContaining('require-trusted-types-for')])
    await page.evaluate(() => {
      ;(window as any).violations = []
    })
  })

  test('is kept by every kind of widget, from the first frame to its answer', async () => {
    const script = `${near}
      window.show = (id) => setTimeout(() => plimsoll.preview(id))
    `
    const triggers = [
      { id: 'banner', type: 'limit_approaching', resource: 'projects' },
      { id: 'tooltip', type: 'feature_discovery', feature: 'sso' },
      { id: 'panel', type: 'team_growth' },
      { id: 'modal', type: 'usage_milestone', metric: 'projects', milestones: [10, 100, 1000] },
      { id: 'toast', type: 'usage_milestone', metric: 'exports', milestones: [10, 100, 1000], surface: 'toast' },
    ]
    const body = '<p><button data-plimsoll-feature="sso">SSO</button></p><div data-plimsoll-slot="team"></div>'
    await visit({ script, body }, exampleConfig({ triggers }))
    await event(page, 'impression', 'banner')
    for (const kind of ['tooltip', 'panel', 'modal', 'toast']) {
      await page.evaluate((id) => (window as any).show(id), kind)
      await widget(page, kind).waitFor()
    }
    await call(page, 'close')
    await page.getByRole('button', { name: 'SSO' }).click()
    await widget(page, 'tooltip').waitFor()
    await action(page, 'primary').first().click()
    await widget(page, 'explainer').waitFor()
    await page.keyboard.press('Escape')
    await call(page, 'dismiss')
    await call(page, 'usage', { projects: { used: 10 } })
    await call(page, 'usage', { projects: { used: 100 } })
    await widget(page, 'modal').waitFor()
    await action(page, 'primary').click()
    await widget(page, 'plans').waitFor()
    await page.keyboard.press('Escape')
    await page.evaluate(() => void (window as any).plimsoll.guard('use', { resource: 'projects', amount: 50 }))
    await block(page).waitFor()
    await page.keyboard.press('Escape')
    await call(page, 'explain')
    expect(await events(page, 'error')).toEqual([])
  })
})

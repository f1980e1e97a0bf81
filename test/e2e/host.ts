/** A host's page: the built script tag under the strict CSP, in real Chromium. */

import { readdirSync, readFileSync } from 'node:fs'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { setTimeout as sleep } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import type { Browser, BrowserContext, Page } from 'playwright-core'
import { expect } from 'vitest'
import { launchChromium } from '../browser.ts'

/** The policy that the contract names, with no exceptions. */
export const strictCsp =
  "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; require-trusted-types-for 'script'; trusted-types 'none'"

/** Another build can be tested by naming its folder. */
const dist = `${process.env.PLIMSOLL_DIST ?? fileURLToPath(new URL('../../packages/widgets/dist', import.meta.url))}/`

/** The built files, as they were when the test file began. */
export const built = new Map(
  readdirSync(dist)
    .filter((name) => name.endsWith('.js'))
    .map((name) => [name, readFileSync(dist + name)]),
)

/** The contract's example file, with what a test changes of it. */
export function exampleConfig(more: object = {}): object {
  return {
    version: 1,
    product: 'Acme',
    plans: [
      {
        id: 'starter',
        name: 'Starter',
        price: { amount: 29, currency: 'USD', per: 'month' },
        seatPrice: { amount: 8 },
        limits: { projects: 100, seats: 10 },
        features: ['export'],
      },
      {
        id: 'pro',
        name: 'Pro',
        price: { amount: 99, currency: 'USD', per: 'month' },
        limits: { projects: 1000, seats: 50 },
        features: ['export', 'sso'],
      },
    ],
    resources: { projects: { one: 'project', other: 'projects' }, seats: { one: 'seat', other: 'seats' } },
    features: {
      sso: {
        name: 'Single sign-on',
        benefit: 'lets your team sign in with the company account',
        keywords: ['saml', 'okta'],
      },
      export: { name: 'Export' },
    },
    links: { upgrade: '/billing/upgrade?plan={plan.id}&from={trigger.id}', seats: '/billing/seats?add={seats.needed}' },
    triggers: [
      { id: 'projects-80', type: 'limit_approaching', resource: 'projects' },
      { id: 'sso-discovery', type: 'feature_discovery', feature: 'sso' },
      { id: 'team-growth', type: 'team_growth' },
      { id: 'first-100', type: 'usage_milestone', metric: 'projects', milestones: [10, 100, 1000] },
    ],
    ...more,
  }
}

const four = ['f1', 'f2', 'f3', 'f4']
/** Four features that the next plan alone has, each with a trigger of its name. */
export const fourFeatures = exampleConfig({
  plans: [
    { id: 'starter', name: 'Starter' },
    { id: 'pro', name: 'Pro', features: four },
  ],
  features: Object.fromEntries(four.map((name) => [name, { name }])),
  resources: {},
  triggers: four.map((feature) => ({ id: feature, type: 'feature_discovery', feature })),
})
/** A locked control for each, its id the feature's name. */
export const fourControls = four
  .map((name) => `<p><button data-plimsoll-feature="${name}" id="${name}">${name}</button></p>`)
  .join('')

export interface Answer {
  readonly status?: number
  readonly type?: string
  readonly headers?: { readonly [name: string]: string }
  readonly body: string
}

export interface HostOptions {
  /** The body's markup. */
  readonly body?: string
  /** Attributes of the script tag beside `data-plimsoll` and `src`. */
  readonly tag?: string
  /** The host's own script, run before Plimsoll loads. */
  readonly script?: string
  readonly csp?: string
  /** @default 'no-store' */
  readonly cache?: string
  readonly lang?: string
  /** Milliseconds that the answer to a path takes. */
  readonly slow?: { readonly [path: string]: number }
  /** Answers other paths. */
  readonly routes?: { readonly [path: string]: () => Answer | Promise<Answer> }
}

export interface Host {
  readonly origin: string
  /** Bytes of our files asked for so far, by name. */
  readonly requests: string[]
  config: object | string
  options: HostOptions
  close(): Promise<void>
}

/** The system hands a port out again, and a profile still holds what an earlier test stored at that origin. */
const used = new Set<number>()

async function listen(server: Server): Promise<number> {
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done))
  const { port } = server.address() as AddressInfo
  if (!used.has(port)) {
    used.add(port)
    return port
  }
  await new Promise((done) => server.close(done))
  return listen(server)
}

/** Serves a host's page, the built files and `triggers.json`, each test on an origin of its own. */
export async function startHost(config: object | string = exampleConfig(), options: HostOptions = {}): Promise<Host> {
  const requests: string[] = []
  const server: Server = createServer(async (request, response) => {
    const { pathname } = new URL(request.url ?? '/', 'http://host')
    const send = (status: number, type: string, body: string | Buffer, headers = {}): void => {
      response.writeHead(status, {
        'content-type': type,
        'content-security-policy': host.options.csp ?? strictCsp,
        'cache-control': host.options.cache ?? 'no-store',
        ...headers,
      })
      response.end(body)
    }
    requests.push(pathname)
    const slow = host.options.slow?.[pathname]
    if (slow) await sleep(slow)
    const route = host.options.routes?.[pathname]
    if (route) {
      const { status = 200, type = 'application/json', body, headers } = await route()
      return send(status, type, body, headers)
    }
    if (pathname.startsWith('/plimsoll/')) {
      const file = built.get(pathname.slice('/plimsoll/'.length))
      return file ? send(200, 'text/javascript', file) : send(404, 'text/plain', 'none')
    }
    if (pathname === '/triggers.json') {
      return send(200, 'application/json', typeof host.config === 'string' ? host.config : JSON.stringify(host.config))
    }
    if (pathname === '/host.js') return send(200, 'text/javascript', host.options.script ?? '')
    if (pathname === '/favicon.ico') return send(204, 'image/x-icon', '')
    const { body = '', tag = 'data-config="/triggers.json"', lang = 'en' } = host.options
    send(
      200,
      'text/html',
      `<!doctype html><html lang="${lang}"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>Host</title>
<script src="/plimsoll/plimsoll-stub.js"></script><script src="/host.js"></script>
<script async src="/plimsoll/plimsoll.js" data-plimsoll ${tag}></script></head><body>${body}</body></html>`,
    )
  })
  const port = await listen(server)
  const host: Host = {
    origin: `http://127.0.0.1:${port}`,
    requests,
    config,
    options,
    close: () =>
      new Promise((done) => {
        server.closeAllConnections()
        server.close(() => done())
      }),
  }
  return host
}

/** The host's script that most tests use: who is here, and 82 of 100 projects. It records events and violations. */
export const record = `
  window.seen = []
  for (const type of 'ready impression click dismiss snooze block unblocked request conversion holdout withheld error'.split(' '))
    addEventListener('plimsoll:' + type, (event) => seen.push({ type, ...event.detail }))
  window.violations = []
  addEventListener('securitypolicyviolation', (event) => violations.push(event.violatedDirective + ' ' + event.blockedURI))
  window.failures = []
  addEventListener('error', (event) => failures.push(event.message))
  addEventListener('unhandledrejection', (event) => failures.push(String(event.reason)))
`

/**
 * Whoever watches the page for what nobody asked for: `noticed` has what stands in a frame or can be found, what moves, opens, scrolls,
 * or takes the focus away; `made` the elements that are asked for, wherever they are drawn.
 */
export const watching = `{
  window.noticed = []
  const note = (what) => noticed.push(what)
  const frame = () => {
    if (document.querySelector('plimsoll-root')) note('painted')
    requestAnimationFrame(frame)
  }
  requestAnimationFrame(frame)
  new MutationObserver(() => {
    if (document.querySelector('plimsoll-root')) note('found')
  }).observe(document, { childList: true, subtree: true })
  new PerformanceObserver(() => note('moved')).observe({ type: 'layout-shift' })
  for (const type of ['blur', 'beforetoggle', 'toggle', 'scroll'])
    addEventListener(type, () => note(type), true)
  window.made = []
  const make = document.createElementNS
  document.createElementNS = function (space, name, ...rest) {
    made.push(name)
    return make.call(this, space, name, ...rest)
  }
}
`

export const ana = `
  plimsoll('identify', { user: { id: 'ana', role: 'admin' }, account: { id: 'acme', plan: 'starter' } })
`

export const near = `${record}${ana}
  plimsoll('usage', { projects: { used: 82 } })
`

let browser: Promise<Browser> | undefined

/** One browser for a file; each context is a visitor of their own. */
export async function newVisitor(options: Parameters<Browser['newContext']>[0] = {}): Promise<BrowserContext> {
  browser ??= launchChromium()
  return (await browser).newContext(options)
}

export async function closeBrowser(): Promise<void> {
  await (await browser)?.close()
  browser = undefined
}

export interface Seen {
  readonly type: string
  readonly triggerId?: string
  readonly [key: string]: unknown
}

/** The events of one type so far, in the order they came. */
export function events(page: Page, type?: string): Promise<Seen[]> {
  return page.evaluate(
    (only) => (window as unknown as { seen: Seen[] }).seen.filter((event) => !only || event.type === only),
    type,
  )
}

/** Waits for an event and returns it. */
export async function event(page: Page, type: string, triggerId?: string): Promise<Seen> {
  const found = await page.waitForFunction(
    ([wanted, id]) =>
      (window as unknown as { seen: Seen[] }).seen.find((one) => one.type === wanted && (!id || one.triggerId === id)),
    [type, triggerId] as const,
  )
  return (await found.jsonValue()) as Seen
}

/** A widget on the page, wherever its root stands. */
export const widget = (page: Page, kind: string) => page.locator(`[data-plimsoll-widget="${kind}"]`)

export const action = (page: Page, name: string) => page.locator(`[data-plimsoll-action="${name}"]`)

export const MINUTE = 60_000
export const DAY = 86_400_000

/** Lets every page of a visitor read a clock that `moveClock` can move. */
export async function withClock(visitor: BrowserContext): Promise<void> {
  await visitor.addInitScript(() => {
    const RealDate = Date
    const offset = (): number => Number(localStorage.getItem('test-clock') ?? 0)
    class MovedDate extends RealDate {
      constructor(...args: []) {
        if (args.length) super(...args)
        else super(RealDate.now() + offset())
      }
      static override now = () => RealDate.now() + offset()
    }
    globalThis.Date = MovedDate as DateConstructor
  })
}

/** Moves the visitor's clock; pages notice as they would after a sleep, when the window is focused again. */
export async function moveClock(page: Page, ms: number): Promise<void> {
  await page.evaluate((by) => {
    localStorage.setItem('test-clock', `${Number(localStorage.getItem('test-clock') ?? 0) + by}`)
    window.dispatchEvent(new Event('focus'))
  }, ms)
}

/** Polls with patience: a busy machine is no failure. */
export const soon = <T>(read: () => T | Promise<T>) => expect.poll(read, { timeout: 20_000 })

/** The reasons that `explain` gives for one trigger. */
export function reasons(page: Page, triggerId: string): Promise<string[]> {
  return page.evaluate(async (id) => {
    const [explained] = await (window as any).plimsoll.explain(id)
    return explained.wouldShow ? ['shows'] : explained.reasons.map((one: { reason: string }) => one.reason)
  }, triggerId)
}

/** Makes a call of the page's own `plimsoll`, and waits until its decision is made. */
export async function call(page: Page, method: string, ...args: unknown[]): Promise<unknown> {
  const result = await page.evaluate(([name, given]) => (window as any).plimsoll[name as string](...(given as [])), [
    method,
    args,
  ] as const)
  await settled(page)
  return result
}

/** Waits until what was said so far is decided: two turns and a transaction of the same database. */
export async function settled(page: Page): Promise<void> {
  await page.evaluate(async () => {
    await (window as any).plimsoll.explain()
    await new Promise((done) => setTimeout(done, 60))
    await (window as any).plimsoll.explain()
  })
}

/** All seats but one are in use, and 10 of 100 projects. */
export const fullTeam = `${record}${ana}
  plimsoll('usage', { seats: { used: 9, limit: 10 }, projects: { used: 10 } })
`

/** Asks `guard` and leaves the answer to `answer`; the result counts the questions of this page from 0. */
export function ask(page: Page, action: string, request?: object): Promise<number> {
  return page.evaluate(
    ([name, given]) => {
      const host = window as unknown as { asked?: { result?: unknown }[]; plimsoll: any }
      host.asked ??= []
      const question: { result?: unknown } = {}
      host.plimsoll.guard(name, given).then((result: unknown) => {
        question.result = result
      })
      return host.asked.push(question) - 1
    },
    [action, request] as const,
  )
}

/** Waits for the answer to a question. */
export async function answer(page: Page, question = 0): Promise<unknown> {
  const found = await page.waitForFunction((i) => (window as any).asked[i].result, question)
  return found.jsonValue()
}

/** Whether a question has been answered by now. */
export function isAnswered(page: Page, question = 0): Promise<boolean> {
  return page.evaluate((i) => !!(window as any).asked[i].result, question)
}

/** A block on the page, whichever its kind. */
export const block = (page: Page) => page.locator('[data-plimsoll-block]')

/** What went wrong on the page so far, as the host would see it: violations of its policy, and errors that escaped. */
export function mishaps(page: Page): Promise<unknown[]> {
  return page.evaluate(() => [...(window as any).violations, ...(window as any).failures])
}

/** Opens a host's page, and waits until what it said before load is decided. */
export async function arrive(page: Page, host: Host, path = '/'): Promise<void> {
  await page.goto(host.origin + path)
  await event(page, 'ready')
  await settled(page)
}

/** Waits until marked controls are listened to: their code comes behind the first decision. */
export async function marksHeard(page: Page): Promise<void> {
  expect(await call(page, 'guard', 'look', { seats: 0 })).toMatchObject({ allowed: true })
}

/** Holds one of the built files back until it is let go, as a slow network would. */
export function holdBack(host: Host, name: string): { asked(): Promise<void>; letGo(): void } {
  let letGo = (): void => {}
  const gone = new Promise<void>((done) => {
    letGo = done
  })
  const path = `/plimsoll/${name}`
  const late = () => gone.then(() => ({ type: 'text/javascript', body: `${built.get(name)}` }))
  host.options = { ...host.options, routes: { ...host.options.routes, [path]: late } }
  return { asked: async () => soon(() => host.requests).toContain(path), letGo }
}

/** The features, limits, seats and milestone that one page can be near at once, each with a place of its own. */
export const everywhere = `
  <main><h1>Settings</h1>
  <button id="work">Work</button>
  <input id="field" aria-label="Name">
  <p><button id="sso" aria-disabled="true" data-plimsoll-feature="sso">Single sign-on</button></p>
  <div data-plimsoll-slot="team"></div></main>`

/** Usage under every mark: the first figure ever seen, so that a milestone can be passed after it. */
export const calm = { projects: { used: 9 }, seats: { used: 2, limit: 10 } }

/** A visitor of a host's page in one engine: what tests say of it, and read from it. */

import { expect, test as plainTest } from 'vitest'
import {
  ana,
  calm,
  everywhere,
  exampleConfig,
  type Host,
  type HostOptions,
  record,
  type Seen,
  startHost,
} from '../e2e/host.ts'
import type { Browser, Page, Wishes } from './driver/driver.ts'

type Launch = (wishes?: Wishes) => Promise<Browser>

/** Which engine this file's tests run in. */
export let engine = ''
let launch: Launch
export function nameEngine(name: string, start: Launch): void {
  engine = name
  launch = start
}

let browser: Browser
let page: Page

/** One page of the engine serves all tests, each time on an origin of its own. */
export async function use(started: Browser): Promise<void> {
  browser = started
  page = await browser.newPage()
}

/** Starts the engine once more, as of a person with wishes, for the tests until what it returns is called. */
export async function launchFor(wishes: Wishes): Promise<() => Promise<unknown>> {
  const before = { browser, page }
  const other = await launch(wishes)
  await use(other)
  return () => {
    ;({ browser, page } = before)
    return other.close()
  }
}

/** Beside what every host's page records: what is found through open shadow roots, and a clock that can be moved. */
const tools = `${record}
  window.all = (selector) =>
    [document, ...[...document.querySelectorAll('*')].flatMap(({ shadowRoot }) => shadowRoot ?? [])]
      .flatMap((root) => [...root.querySelectorAll(selector)])
  {
    const RealDate = Date
    const stored = localStorage
    const now = () => RealDate.now() + Number(stored.clock ?? 0)
    window.Date = class extends RealDate {
      constructor(...args) {
        if (args.length) super(...args)
        else super(now())
      }
      static now = now
    }
  }
`

export interface Site {
  readonly config?: object
  readonly body?: string
  /** Runs before everything else, as in a browser that is so. */
  readonly before?: string
  /** Who is here, and what is used. */
  readonly script?: string
  readonly path?: string
  readonly host?: HostOptions
  /** Whether to leave without waiting for `ready`. */
  readonly early?: boolean
}

/** A tab on a host's page. */
export interface Tab extends Page {
  arrive(path?: string): Promise<void>
  again(): Promise<void>
  call(method: string, ...args: unknown[]): Promise<any>
  /** Waits until what was said so far is decided. */
  settled(): Promise<void>
  /** Waits until marked controls are listened to: their code comes behind the first decision. */
  hears(): Promise<void>
  event(type: string, triggerId?: string): Promise<Seen>
  events(type?: string): Promise<Seen[]>
  reasons(triggerId: string): Promise<string[]>
  count(selector: string): Promise<number>
  text(selector: string): Promise<string>
  shown(selector: string): Promise<void>
  gone(selector: string): Promise<void>
  focus(selector: string): Promise<void>
  /** Moves the clock, and has the page notice, as after a sleep. */
  later(ms: number): Promise<void>
  ask(action: string, request?: object): Promise<void>
  answer(): Promise<any>
  /** Breaches of the policy and errors that escaped, on this page and those it came after by `goto` or `reload`. */
  mishaps(): Promise<string[]>
}

export interface Visitor {
  readonly host: Host
  open(site?: Site): Promise<Tab>
  /** One more tab of the same host. */
  another(path?: string): Promise<Tab>
}

export const widget = (kind: string): string => `[data-plimsoll-widget="${kind}"]`
export const action = (name: string): string => `[data-plimsoll-action="${name}"]`
export const anyPrompt = '[data-plimsoll-widget]'
export const block = '[data-plimsoll-block]'

/** The page that most promises are tried on: nothing near any mark yet. */
export const calmly = (usage: object = calm): string => `${ana}plimsoll('usage', ${JSON.stringify(usage)});`

const triggers = [
  { id: 'projects-80', type: 'limit_approaching', resource: 'projects' },
  { id: 'sso-discovery', type: 'feature_discovery', feature: 'sso', near: { route: '/settings' } },
  { id: 'team-growth', type: 'team_growth' },
  { id: 'first-100', type: 'usage_milestone', metric: 'projects', milestones: [10, 100, 1000] },
] as const

/** What makes each kind of prompt show on a calm page, and whose prompt that is. */
export const kinds = {
  banner: { id: 'projects-80', signal: ['usage', { projects: { used: 82 } }], more: {} },
  tooltip: { id: 'sso-discovery', signal: ['page', '/settings'], more: {} },
  panel: { id: 'team-growth', signal: ['usage', { seats: { used: 9, limit: 10 } }], more: {} },
  modal: { id: 'first-100', signal: ['usage', { projects: { used: 10 } }], more: {} },
  toast: { id: 'first-100', signal: ['usage', { projects: { used: 10 } }], more: { surface: 'toast' } },
} as const
export type Kind = keyof typeof kinds
export const allKinds = Object.keys(kinds) as Kind[]

/** A file whose only trigger is that of one kind. */
export const only = (kind: Kind, more: object = {}): object =>
  exampleConfig({
    triggers: triggers
      .filter(({ id }) => id === kinds[kind].id)
      .map((one) => ({ ...one, ...kinds[kind].more, ...more })),
  })

/** Opens a calm page, and has one kind of prompt shown there. */
export async function show(visitor: Visitor, kind: Kind, site: Site = {}): Promise<Tab> {
  const tab = await visitor.open({ config: only(kind), ...site })
  const [method, argument] = kinds[kind].signal
  await tab.call(method, argument)
  await tab.shown(widget(kind))
  return tab
}

export const soon = <T>(read: () => T | Promise<T>) => expect.poll(read, { timeout: PATIENCE_MS, interval: 100 })

/** A busy machine is no failure. */
const PATIENCE_MS = 25_000

function never(what: string): never {
  throw new Error(`Not within ${PATIENCE_MS} ms: ${what}`)
}

function onPage(page: Page, origin: string): Tab {
  /** Waits in the page itself: asking from here over and over is what keeps a machine busy. */
  const inPage = async (selector: string, wanted: boolean): Promise<void> => {
    const came = await page.eval(
      async (one, there, ms) => {
        for (const end = performance.now() + ms; performance.now() < end; ) {
          if ((window as any).all(one).length > 0 === there) return true
          await new Promise((done) => setTimeout(done, 30))
        }
        return false
      },
      selector,
      wanted,
      PATIENCE_MS,
    )
    if (!came) never(`${selector} is ${wanted ? 'there' : 'gone'}`)
  }
  const past: string[] = []
  const present = () =>
    page
      .eval((): string[] => [...((window as any).violations ?? []), ...((window as any).failures ?? [])])
      .catch(() => [])
  const leave = async (): Promise<void> => {
    past.push(...(await present()))
  }
  const tab: Tab = {
    ...page,
    goto: (url) => leave().then(() => page.goto(url)),
    reload: () => leave().then(() => page.reload()),
    mishaps: async () => [...past, ...(await present())],
    async arrive(path = '/') {
      await tab.goto(origin + path)
      await tab.event('ready')
      await tab.settled()
    },
    async again() {
      await tab.reload()
      await tab.event('ready')
      await tab.settled()
    },
    async call(method, ...args) {
      const result = await page.eval(
        (name, given) => (window as any).plimsoll[name](...given),
        method,
        args as readonly unknown[],
      )
      await tab.settled()
      return result
    },
    async settled() {
      await page.eval(async () => {
        const { plimsoll } = window as any
        await plimsoll.explain()
        await new Promise((done) => setTimeout(done, 60))
        await plimsoll.explain()
      })
    },
    async hears() {
      expect(await tab.call('guard', 'look', { seats: 0 })).toMatchObject({ allowed: true })
    },
    async event(type, triggerId) {
      const found = await page.eval(
        async (wanted, id, ms) => {
          for (const end = performance.now() + ms; performance.now() < end; ) {
            const { seen } = window as unknown as { seen?: Seen[] }
            const event = seen?.find((one) => one.type === wanted && (!id || one.triggerId === id))
            if (event) return event
            await new Promise((done) => setTimeout(done, 30))
          }
          return null
        },
        type,
        triggerId ?? '',
        PATIENCE_MS,
      )
      return found ?? never(`the event ${type} ${triggerId ?? ''}`)
    },
    events: (type) =>
      page.eval((only) => (window as any).seen.filter((one: Seen) => !only || one.type === only), type ?? ''),
    reasons: (id) =>
      page.eval(async (triggerId) => {
        const [explained] = await (window as any).plimsoll.explain(triggerId)
        return explained.wouldShow ? ['shows'] : explained.reasons.map(({ reason }: { reason: string }) => reason)
      }, id),
    count: (selector) => page.eval((one) => (window as any).all(one).length, selector),
    text: (selector) =>
      page.eval((one) => (window as any).all(one)[0]?.innerText.replaceAll(/\s+/g, ' ') ?? '', selector),
    shown: (selector) => inPage(selector, true),
    gone: (selector) => inPage(selector, false),
    focus: (selector) => page.eval((one) => (window as any).all(one)[0].focus(), selector),
    async later(ms) {
      await page.eval((by) => {
        localStorage.clock = Number(localStorage.clock ?? 0) + by
        dispatchEvent(new Event('focus'))
      }, ms)
      await tab.settled()
    },
    ask: (name, request) =>
      page.eval(
        (asked, given) => {
          const host = window as any
          host.answered = false
          host.answer = host.plimsoll.guard(asked, given ?? undefined)
          host.answer.then(() => {
            host.answered = true
          })
        },
        name,
        request,
      ),
    answer: () => page.eval(() => (window as any).answer),
  }
  return tab
}

/** A test with a visitor, whose pages must be unharmed at its end: no violation of the policy, no error that escaped. */
export const test = plainTest.extend<{ visitor: Visitor }>({
  // biome-ignore lint/correctness/noEmptyPattern: vitest reads from the pattern which fixtures are wanted
  async visitor({}, use) {
    let host: Host | undefined
    const tabs: Tab[] = []
    const newTab = (on: Page): Tab => {
      const tab = onPage(on, host!.origin)
      tabs.push(tab)
      return tab
    }
    await use({
      get host() {
        return host!
      },
      async open({ config = exampleConfig({ triggers }), body = everywhere, before = '', path = '/', ...more } = {}) {
        const script = before + tools + (more.script ?? calmly())
        host = await startHost(config, { body, script, ...more.host })
        const tab = newTab(page)
        if (more.early) await tab.goto(host.origin + path)
        else await tab.arrive(path)
        return tab
      },
      async another(path) {
        const tab = newTab(await browser.newPage())
        await tab.arrive(path)
        return tab
      },
    })
    const mishaps = await Promise.all(tabs.map((tab) => tab.mishaps()))
    // One that the test itself has closed is closed.
    for (const tab of tabs.slice(1)) await tab.close().catch(() => {})
    await page.goto('about:blank')
    await host?.close()
    // The policy forbids images, and Firefox tells the page of the icon that it looks for by itself.
    expect(mishaps.flat().filter((one) => !/favicon/.test(one))).toEqual([])
  },
})

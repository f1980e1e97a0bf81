/** Section 6, the ledger: a browser that is killed at any moment of a prompt's life costs no refusal and no cap. */

import { afterEach, describe, expect, test } from 'vitest'
import { findFirefox } from '../../.ci/engines.mjs'
import type { Ledger } from '../../packages/sdk/src/core/ledger.ts'
import type { Entry } from '../../packages/sdk/src/core/outcome.ts'
import { parseLedger } from '../../packages/sdk/src/core/parseLedger.ts'
import { DAY, exampleConfig, type Host, MINUTE, record, soon, startHost } from './host.ts'
import { chance, type Mortal, type MortalPage, mortals, openIn } from './profile.ts'
import { found } from './stored.ts'

let host: Host
afterEach(() => host.close())

/** Moments of a prompt's life in the order they come: of each write, that it was asked for, and that it is committed. */
const moments = [
  'fetching',
  'reserving',
  'reserved',
  'painted',
  'confirming',
  'confirmed',
  'refusing',
  'refused',
  'folding',
  'folded',
] as const
type Moment = (typeof moments)[number]

const PER_SESSION = 2
const IN_ALL = 2

/** Enough triggers that one may always show: each twice in all, once a session, and never again once refused. */
const config = (triggers: number): object =>
  exampleConfig({
    caps: { perSession: PER_SESSION },
    triggers: Array.from({ length: triggers }, (_, i) => ({
      id: `t${i}`,
      type: 'limit_approaching',
      resource: 'projects',
      frequency: [{ max: 1, per: 'session' }, { max: IN_ALL }],
      suppress: { dismissals: 1, quiet: '30d' },
    })),
  })

interface Round {
  readonly moment: Moment | 'merging' | 'merged' | ''
  /** How long after the moment, in milliseconds; 0: in the same task, so that nothing of ours runs after it. */
  readonly afterMs: number
  /** How long a prompt stands before it is refused; absent: it is not. */
  readonly refuseMs?: number | undefined
  /** How far the clock is ahead of the machine's. */
  readonly aheadMs: number
  /** What the host says first, and what once the prompt is refused. */
  readonly first: string
  readonly afterwards?: string
}

const ana = `plimsoll('identify', { user: { id: 'ana', role: 'admin' }, account: { id: 'acme', plan: 'starter' } });`
const nobody = `plimsoll('identify', { account: { id: 'acme', plan: 'starter' } });`

/**
 * The page's own witness, before anything of ours: tells the server what a user sees, and what is committed, and stops
 * dead at its moment. It asks synchronously, so that nothing runs between what happened and its being known.
 */
const witness = ({ moment, afterMs, refuseMs, aheadMs, first, afterwards = '' }: Round): string => `${record}
  const RealDate = Date
  Date = class extends RealDate {
    constructor(...args) { args.length ? super(...args) : super(RealDate.now() + ${aheadMs}) }
    static now() { return RealDate.now() + ${aheadMs} }
  }
  const ask = (...path) => {
    const request = new XMLHttpRequest()
    request.open('GET', '/' + path.join('/'), false)
    request.send()
  }
  let isOver = false
  const come = (name) => {
    if (name !== '${moment}' || isOver) return
    isOver = true
    ${afterMs} ? setTimeout(ask, ${afterMs}, 'die') : ask('die')
  }
  let refused
  let isAnswered = false
  const { put } = IDBObjectStore.prototype
  IDBObjectStore.prototype.put = function (value, key) {
    const request = put.call(this, value, key)
    const on = (asked, committed, id) => {
      come(asked)
      // Before any other listener hears of it.
      this.transaction.addEventListener('complete', () => {
        if (id) ask('told', committed, id)
        if (id) early?.()
        come(committed)
      }, true)
    }
    if (value.t === 'dismissed') {
      on('refusing', 'refused', refused = value.claim.triggerId)
      this.transaction.addEventListener('complete', () => setTimeout(() => { ${afterwards} }))
    } else if (value.v === 1 && value.accounts) {
      if (refused && ${!!afterwards} && key !== 'anonymous') on('merging', 'merged')
      else if (refused) on('folding', 'folded')
      else if (value.place?.shown) on('confirming', 'confirmed')
      else if (value.place) on('reserving', 'reserved')
    }
    return request
  }
  // One that is told because the user has answered sooner counts once that answer is committed.
  let early
  addEventListener('plimsoll:impression', ({ detail: { triggerId, sessionId } }) => {
    const tell = () => ask('told', 'impression', triggerId, sessionId)
    if (isAnswered) early = tell
    else tell()
  })
  addEventListener('plimsoll:error', ({ detail }) => ask('told', 'error', encodeURIComponent(detail.message)))
  const roots = new Set()
  let stands
  const observer = new MutationObserver(() => {
    const { shadowRoot } = document.querySelector('plimsoll-root') ?? {}
    if (shadowRoot && !roots.has(shadowRoot)) {
      roots.add(shadowRoot)
      observer.observe(shadowRoot, { childList: true, subtree: true })
    }
    const widget = shadowRoot?.querySelector('[data-plimsoll-widget]')
    const id = widget?.getAttribute('data-plimsoll-trigger')
    if (id === stands) return
    stands = id
    if (!id) return
    ask('told', 'painted', id)
    come('painted')
    const refuseMs = ${refuseMs}
    if (refuseMs !== undefined) {
      setTimeout(() => {
        isAnswered = true
        shadowRoot.querySelector('[data-plimsoll-action="dismiss"]')?.click()
      }, refuseMs)
    }
  })
  observer.observe(document.documentElement, { childList: true })
  ${first}
  plimsoll('usage', { projects: { used: 82 } })
`

interface Told {
  readonly what: string
  readonly id: string
  readonly session?: string
}

/** What pages have told so far, oldest first. */
const told = (): Told[] =>
  host.requests
    .filter((path) => path.startsWith('/told/'))
    .map((path) => path.split('/').slice(2))
    .map(([what = '', id = '', session]) => ({ what, id: decodeURIComponent(id), ...(session && { session }) }))

const ids = (what: string): string[] => told().flatMap((one) => (one.what === what ? [one.id] : []))

/** The most that one of them occurs. */
const most = (keys: readonly string[]): number =>
  Math.max(0, ...[...new Set(keys)].map((key) => keys.filter((other) => other === key).length))

/** Nothing that was refused shows again, no cap is exceeded, and nothing could not be read. */
function hold(): void {
  const seen = told()
  seen.forEach(({ what, id }, i) => {
    if (what !== 'refused') return
    expect(seen.slice(i).filter((one) => one.what === 'painted' && one.id === id)).toEqual([])
  })
  const impressions = seen.filter(({ what }) => what === 'impression')
  expect(most(impressions.map(({ session = '' }) => session))).toBeLessThanOrEqual(PER_SESSION)
  expect(most(impressions.map(({ id, session }) => `${id} ${session}`))).toBeLessThanOrEqual(1)
  expect(most(impressions.map(({ id }) => id))).toBeLessThanOrEqual(IN_ALL)
  // On a busy machine storage may be slow, which is told, and passes.
  expect(ids('error').filter((message) => !/ 1 s$|1000 ms$/.test(message))).toEqual([])
}

/** Opens the host's page for a round, and kills the browser as it asks for it. */
async function dieAt(launch: () => Promise<Mortal>, round: Round): Promise<void> {
  const browser = await launch()
  const die = () => {
    browser.kill()
    return new Promise<never>(() => {})
  }
  host.options = {
    script: witness(round),
    routes: { '/die': die, ...(round.moment === 'fetching' && { '/plimsoll/plimsoll-banner.js': die }) },
  }
  const page = await browser.newPage()
  // It answers to nobody any more.
  page.goto(host.origin).catch(() => {})
  // Within the lease of a place that a dead tab has left, and the patience that a busy machine needs.
  await expect
    .poll(browser.isGone, { timeout: 30_000, message: `${JSON.stringify(round)} ${JSON.stringify(told())}` })
    .toBe(true)
}

/** Opens the page once more, where nothing dies and nobody refuses. */
async function lookIn(launch: () => Promise<Mortal>, round: Omit<Round, 'moment' | 'afterMs'>) {
  host.options = { script: witness({ ...round, moment: '', afterMs: 0 }) }
  const browser = await launch()
  return { browser, page: await openIn(browser, host.origin) }
}

/** How many triggers are kept back for a reason. */
const withheld = (page: MortalPage, reason: string): Promise<number> =>
  page.evaluate(async (wanted) => {
    const explained: { reasons: { reason: string }[] }[] = await (window as any).plimsoll.explain()
    return explained.filter(({ reasons }) => reasons.some((one) => one.reason === wanted)).length
  }, reason)

/** The records with what was appended to them folded in, by key, as the next reader finds them. */
async function records(page: MortalPage): Promise<{ readonly [key: string]: Ledger }> {
  const all = Object.entries((await found(page as never)).records)
  return Object.fromEntries(
    all
      .filter(([key, value]) => !key.includes('\n') && value?.accounts)
      .map(([key, value]) => {
        const appended = all.filter(([other]) => other.startsWith(`${key}\n`)).map(([, entry]) => entry as Entry)
        const { ledger, spoiled, newer } = parseLedger(value, appended, Date.now() + DAY, 'x')
        expect([spoiled, newer]).toEqual([false, false])
        return [key, ledger]
      }),
  )
}

const countersOf = (ledger: Ledger | undefined) => Object.values(ledger?.accounts ?? {})[0]?.counters ?? {}

// In CI a missing engine is a failure: it fails to start.
const hasFirefox = !!findFirefox() || process.env.CI === 'true'

describe.each(hasFirefox ? (['Chromium', 'Firefox'] as const) : (['Chromium'] as const))(
  '%s that is killed',
  (engine) => {
    const lives = process.env.PLIMSOLL_LONG ? 20 : 1
    const random = chance(20261123)
    const scripts = Array.from({ length: lives }, (_, life) => {
      // Every moment comes once in a life, in an order of chance; a short life has a few of them.
      const order = moments
        .map((moment) => ({ moment, by: random() }))
        .sort((a, b) => a.by - b.by)
        .slice(0, process.env.PLIMSOLL_LONG ? moments.length : 4)
        .map(({ moment }) => ({
          moment,
          afterMs: random() < 0.5 ? 0 : Math.floor(random() * 60),
          refuseMs: moments.indexOf(moment) >= moments.indexOf('refusing') ? Math.floor(random() * 1500) : undefined,
        }))
      return { life: life + 1, order, names: order.map(({ moment, afterMs }) => `${moment}+${afterMs}`).join(' ') }
    })

    test.each(scripts)(
      'loses no refusal, exceeds no cap, and frees its place: life $life, $names',
      async ({ order }) => {
        host = await startHost(config(order.length + 2))
        await mortals[engine](async (launch) => {
          let aheadMs = 0
          /** Prompts of this session that were counted, told or not. */
          let counted = 0
          for (const round of order) {
            if (counted >= PER_SESSION) {
              const { browser, page } = await lookIn(launch, { aheadMs, first: ana })
              await soon(() => withheld(page, 'cap_session')).toBe(order.length + 2)
              hold()
              await browser.close()
              aheadMs += 31 * MINUTE
              counted = 0
            }
            const before = ids('impression').length
            await dieAt(launch, { ...round, aheadMs, first: ana })
            // At the very moment of a commit nobody could tell of the impression.
            if (ids('impression').length > before || moments.indexOf(round.moment) >= moments.indexOf('confirming')) {
              counted++
            }
            hold()
          }

          aheadMs += 31 * MINUTE
          const { browser, page } = await lookIn(launch, { aheadMs, first: ana })
          const shown = ids('impression').length
          await soon(() => ids('impression').length).toBe(shown + 1)
          hold()
          const kept = await records(page)
          expect(Object.keys(kept)).toHaveLength(1)
          const counters = countersOf(Object.values(kept)[0])
          const refused = Object.entries(counters).flatMap(([key, one]) => one.refused.map(() => key.replace('t:', '')))
          // Each once, however often it was written; one that was not committed may be there, or not.
          expect(most(refused)).toBe(1)
          expect(refused).toEqual(expect.arrayContaining(ids('refused')))
          for (const id of ids('impression')) expect(counters[`t:${id}`]?.n).toBeLessThanOrEqual(IN_ALL)
          await browser.close()
        })
      },
      600_000,
    )

    const merges = (['merging', 'merged'] as const).flatMap((moment) =>
      (process.env.PLIMSOLL_LONG ? [0, 0, 0, 1, 2, 5, 10, 20, 30, 50] : [0]).map((afterMs) => ({ moment, afterMs })),
    )

    test.each(merges)(
      'moves what an anonymous visitor refused once, whole: $afterMs ms after $moment',
      async ({ moment, afterMs }) => {
        host = await startHost(config(1))
        await mortals[engine](async (launch) => {
          await dieAt(launch, { moment, afterMs, refuseMs: 0, aheadMs: 0, first: nobody, afterwards: ana })
          expect(ids('refused')).toEqual(['t0'])
          const { browser, page } = await lookIn(launch, { aheadMs: 0, first: ana })
          // Once more, as it is stored by then: nothing is added a second time.
          for (const _ of [1, 2]) {
            expect(await withheld(page, 'quiet')).toBe(1)
            const { anonymous, ...users } = await records(page)
            const counters = Object.values(users).map((ledger) => countersOf(ledger)['t:t0'])
            expect(counters).toMatchObject([{ n: 1, refused: [expect.any(Number)] }])
            expect(countersOf(anonymous)['t:t0']).toBe(undefined)
            await page.reload()
          }
          hold()
          await browser.close()
        })
      },
      180_000,
    )
  },
)

/** What a simulated life shows and keeps back is what the engine itself shows and keeps back, when it is told the same. */

import type { Script } from 'node:vm'
import { beforeAll, expect, test, vi } from 'vitest'
import { parseConfig } from '../../packages/sdk/src/config/index.ts'
import type { Context } from '../../packages/sdk/src/core/context.ts'
import { live } from '../../packages/sdk/src/simulate/life.ts'
import { worldOf } from '../../packages/sdk/src/simulate/simulate.ts'
import { bundleEngine, makeWorld, type Tab } from '../sdk/model/world.ts'
import { castOfOne } from './sample.ts'

/** What a life does with its browser, call by call. */
type Call = readonly [name: string, ...given: any[]]
const calls: Call[] = []
vi.mock('../../packages/sdk/src/simulate/browser.ts', async (original) => {
  const { openBrowser, ...rest } = await original<typeof import('../../packages/sdk/src/simulate/browser.ts')>()
  return {
    ...rest,
    openBrowser(...given: Parameters<typeof openBrowser>) {
      const browser = openBrowser(...given)
      const noted = Object.entries(browser).map(([name, fn]) => [
        name,
        (...args: never[]) => {
          calls.push([name, ...args])
          return (fn as (...args: never[]) => unknown)(...args)
        },
      ])
      return Object.fromEntries(noted)
    },
  }
})

const START = Date.UTC(2026, 10, 3)
const DAYS = 40
const file = {
  version: 1,
  plans: [
    { id: 'starter', name: 'Starter', limits: { projects: 100, seats: 10 } },
    { id: 'pro', name: 'Pro', limits: { projects: 1000, seats: 50 } },
  ],
  resources: { projects: { one: 'project', other: 'projects' } },
  links: { upgrade: '/up', seats: '/seats' },
  caps: { groups: { growth: { max: 4, per: '30d' } } },
  triggers: [
    { id: 'near', type: 'limit_approaching', resource: 'projects', at: [0.5, 0.8, 1], group: 'growth' },
    { id: 'team', type: 'team_growth', group: 'growth' },
    { id: 'first', type: 'usage_milestone', metric: 'projects', milestones: [20, 50, 90] },
    { id: 'exports', type: 'usage_milestone', metric: 'exported', milestones: [5, 10, 30], surface: 'toast' },
  ],
}
const journeys = castOfOne({
  usage: { projects: { from: '10%', to: '120%', resets: '30d' }, seats: { from: 5, to: 12 } },
  visits: { perWeek: 5, perDay: 1.5, minutes: 25 },
  routes: { '/': 2, '/projects': 1, '/billing': 1 },
  events: { exported: 6 },
  answers: { any: { click: 0.2, dismiss: 0.4, snooze: 0.2, optOut: 0 } },
  buys: 0,
})

let engine: Script
beforeAll(async () => {
  engine = await bundleEngine()
}, 120_000)

/** What of it a moment of waiting more or less decides: which of two decisions tells of the one that stands. */
const isRace = (reason: unknown): boolean => /^(on_screen|outranked)$/.test(`${reason}`)

test.each([1, 2, 3, 4, 5, 6, 10, 17, 19, 20])(
  'tells visit by visit what the engine tells: life %i',
  async (seed) => {
    const { config, errors } = parseConfig(file)
    expect(errors).toEqual([])

    calls.length = 0
    const expected: string[][] = []
    live(worldOf(config!, journeys, { seed, days: DAYS, startAt: START }), 0, (event) => {
      if (event.type === 'visit') expected.push([])
      else if (event.type === 'answered') expected.at(-1)?.push(`${event.answer} ${event.triggerId}`)
      else if (event.type === 'shown') expected.at(-1)?.push(`shown ${event.triggerId}`)
      else if (event.type === 'withheld' && !isRace(event.reason))
        expected.at(-1)?.push(`${event.reason} ${event.triggerId}`)
    })

    const told: string[][] = []
    const names: { readonly [type: string]: string } = { impression: 'shown', click: 'clicked', snooze: 'snoozed' }
    const world = makeWorld(engine, file, seed, {
      drawn() {},
      gone() {},
      event(_, type, { triggerId, reason, by, message }) {
        if (type === 'withheld') {
          if (!isRace(reason)) told.at(-1)?.push(`${reason} ${triggerId}`)
        } else if (type === 'error') told.at(-1)?.push(`error ${message}`)
        else if (type !== 'dismiss' || by !== 'snooze') told.at(-1)?.push(`${names[type] ?? 'dismissed'} ${triggerId}`)
      },
    })

    let tab: Tab | undefined
    let last: Context | undefined
    const done = calls.filter(([name]) => /^(touch|turn|answer|leave)$/.test(name))
    const timeOf = ([name, ...given]: Call): number => given.at(name === 'turn' ? 1 : -1)
    for (const [i, call] of done.entries()) {
      const [name, ...given] = call
      const now = timeOf(call)
      // A visit's last sign of life is written down before what comes until then.
      if (name === 'touch' && timeOf(done[i + 1] as Call) < now) continue
      await world.run(now - world.now())
      if (name === 'touch') {
        if (!tab) {
          tab = world.open(`v${told.length}`)
          told.push([])
          last = undefined
        }
        tab.dispatch('pointerdown')
      } else if (name === 'turn') {
        const [context, , events = {}] = given as [Context, number, { [event: string]: number }?]
        if (context.account !== last?.account)
          tab?.plimsoll.identify({ user: context.user, account: context.account } as never)
        if (context.usage !== last?.usage) {
          const usage = Object.entries(context.usage).map(([resource, { used, limit, resetsIso }]) => [
            resource,
            { used, ...(limit !== undefined && { limit }), ...(resetsIso && { resetsAt: resetsIso }) },
          ])
          tab?.plimsoll.usage(Object.fromEntries(usage))
        }
        if (context.path !== last?.path) tab?.plimsoll.page(context.path)
        for (const [event, times] of Object.entries(events)) for (let i = 0; i < times; i++) tab?.plimsoll.track(event)
        last = context
      } else if (name === 'answer') [...world.screen][0]?.answer(given[0])
      else if (name === 'leave' && tab) {
        world.close(tab)
        tab = undefined
      }
    }
    await world.run(1000)
    expect(expected.flat().length).toBeGreaterThan(20)
    expect(told.map((visit) => visit.sort())).toEqual(expected.map((visit) => visit.sort()))
  },
  60_000,
)

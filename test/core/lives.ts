import fc from 'fast-check'
import type { CheckedConfig, PlimsollConfig, Trigger } from '../../packages/sdk/src/config/types.ts'
import { prepareRules } from '../../packages/sdk/src/core/rules.ts'
import { isMore } from '../../packages/sdk/src/core/usage.ts'
import { keepBooks } from './bookkeeper.ts'
import { configOf, DAY, dayAt, FEATURE, HOUR, LIMIT, MILESTONE, MINUTE, SECOND, TEAM } from './sample.ts'
import { type Delivery, type Report, simulate, type World } from './simulate.ts'

const maybe = <T extends object>(...choices: readonly T[]) => fc.constantFrom<Partial<T>>({}, ...choices)

/** A file of every type of trigger, with rules of every kind. */
export const file: fc.Arbitrary<CheckedConfig> = fc
  .record({
    perSession: fc.integer({ min: 0, max: 3 }),
    minInterval: fc.constantFrom('0s', '0s', '10m', '2h'),
    group: fc.record({ max: fc.integer({ min: 1, max: 3 }), per: fc.constantFrom('1d', '7d') }),
    limit: fc.tuple(
      maybe({ at: [0.8, 0.95, 1] }, { at: 0.5 }),
      maybe(
        { frequency: null },
        { frequency: { max: 2 } },
        { frequency: [{ max: 2, per: '7d' as const }, { max: 4 }] },
      ),
      maybe({ suppress: { dismissals: 2, quiet: '3d' } }, { suppress: { dismissals: 1, quiet: '40d' } }),
      maybe({ snooze: '2d' }),
      maybe({ group: 'g' }),
      maybe({ holdout: 1 }),
      maybe({ priority: 1 }),
    ),
    team: fc.tuple(maybe({ frequency: { max: 2, per: '7d' } }), maybe({ group: 'g' }), maybe({ at: [0.5, 0.9] })),
    feature: fc.tuple(
      maybe({ suppress: { impressions: 2, per: '7d' } }, { suppress: { impressions: 1, per: 'session' } }),
      maybe({ group: 'g' }),
    ),
    milestone: fc.tuple(maybe({ surface: 'toast' as const }), maybe({ holdout: 1 })),
  })
  .map(({ perSession, minInterval, group, limit, team, feature, milestone }) => {
    const merge = (base: Trigger, parts: readonly object[]) => Object.assign({}, base, ...parts) as Trigger
    const triggers = [
      merge(LIMIT, limit),
      merge({ ...LIMIT, id: 'late' }, [{ at: 0.9 }]),
      merge(TEAM, team),
      merge(FEATURE, feature),
      merge({ ...FEATURE, id: 'sso-again' }, []),
      merge({ ...FEATURE, id: 'audit', feature: 'audit' }, []),
      merge({ ...FEATURE, id: 'scim', feature: 'scim' }, feature),
      merge(MILESTONE, milestone),
      merge({ ...MILESTONE, id: 'fifty', milestones: [5, 50, 500] }, []),
      { id: 'exports', type: 'usage_milestone', metric: 'exported', milestones: [5, 10, 20] } satisfies Trigger,
    ]
    const caps: PlimsollConfig['caps'] = { perSession, minInterval, groups: { g: group } }
    return configOf(triggers, { caps })
  })

const tab = fc.integer({ min: 0, max: 2 })
const limits = fc.constantFrom(undefined, undefined, undefined, 50, 120, 200, null)
const resets = fc.constantFrom(undefined, undefined, HOUR, DAY, 20 * DAY)

const answer = fc.record({
  type: fc.constantFrom('clicked' as const, 'dismissed' as const, 'dismissed' as const, 'snoozed' as const),
  delivery: fc.constantFrom('once' as const, 'once' as const, 'twice' as const, 'late' as const),
})
const pause = fc.constantFrom(
  SECOND,
  9 * SECOND,
  11 * SECOND,
  5 * MINUTE,
  31 * MINUTE,
  6 * HOUR,
  DAY,
  3 * DAY,
  8 * DAY,
  31 * DAY,
)

const step = fc.oneof(
  // A visit: the user comes back, sees what shows, and answers or goes.
  {
    weight: 20,
    arbitrary: fc.record({
      do: fc.constant('visit' as const),
      tab,
      ms: pause,
      answer: fc.option(answer),
      leaves: fc.constantFrom('not' as const, 'not' as const, 'crash' as const, 'falls' as const),
    }),
  },
  { weight: 8, arbitrary: fc.record({ do: fc.constant('see' as const), tab }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constantFrom('turn' as const, 'confirm' as const), tab }) },
  {
    weight: 7,
    arbitrary: fc.record({ do: fc.constant('answer' as const), tab, answer }),
  },
  {
    weight: 6,
    arbitrary: fc.record({
      do: fc.constant('usage' as const),
      tab,
      projects: fc.constantFrom(3, 9, 40, 60, 82, 96, 100, 110, 190),
      seats: fc.integer({ min: 4, max: 11 }),
      pending: fc.constantFrom(0, 0, 1),
      limit: limits,
      resetsIn: resets,
    }),
  },
  {
    weight: 2,
    arbitrary: fc.record({
      do: fc.constant('near' as const),
      feature: fc.constantFrom('sso', 'audit', 'scim'),
      is: fc.boolean(),
    }),
  },
  {
    weight: 1,
    arbitrary: fc.record({ do: fc.constant('track' as const), tab, times: fc.integer({ min: 1, max: 6 }) }),
  },
  {
    weight: 1,
    arbitrary: fc.record({
      do: fc.constant('plan' as const),
      tab,
      account: fc.constantFrom('a1', 'a1', 'a1', 'a2'),
      plan: fc.constantFrom('starter', 'pro', 'scale'),
    }),
  },
  {
    weight: 8,
    arbitrary: fc.record({ do: fc.constant('advance' as const), ms: pause }),
  },
  { weight: 6, arbitrary: fc.record({ do: fc.constant('active' as const), tab }) },
  {
    weight: 1,
    arbitrary: fc.record({
      do: fc.constant('clock' as const),
      by: fc.constantFrom(-MINUTE, -3 * DAY, -40 * DAY, -400 * DAY, MINUTE, 3 * DAY, 40 * DAY, 400 * DAY),
    }),
  },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('visible' as const), tab, is: fc.boolean() }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constantFrom('crash' as const, 'replay' as const), tab }) },
)
type Step = typeof step extends fc.Arbitrary<infer T> ? T : never

/** Lives a life of steps, with books kept beside it. */
export function live(
  config: CheckedConfig,
  steps: readonly Step[],
  check: (world: World, step: Step, faults: readonly string[]) => void = () => {},
) {
  const books = keepBooks(config)
  const rules = prepareRules(config, dayAt)
  let rises = 0
  const world: World = simulate(rules, 3, (happening) => {
    if (happening.type === 'rise') rises++
    else books.hear(happening, world.now())
  })

  const ranks = config.plans.map(({ id }) => id)
  const plans = new Map<string, string>()
  const seenLimits = new Map<string, number | null>()
  const seenResets = new Map<string, number>()
  let reported: { [resource: string]: number | null | undefined } = {}
  let expectedRises = 0
  const identify = (account: string, plan: string, i: number): void => {
    const before = plans.get(account)
    if (world.accountKey() !== account) reported = {}
    if (world.accountKey() === account && before !== plan) reported = {}
    plans.set(account, plan)
    if (before !== undefined && ranks.indexOf(plan) > ranks.indexOf(before)) {
      expectedRises++
      books.rose(account)
      for (const resource of ['projects', 'seats']) {
        const key = `${account}/${resource}`
        const limit = config.plans.find(({ id }) => id === plan)?.limits[resource]
        if (seenLimits.has(key) && limit !== undefined) seenLimits.set(key, limit)
      }
    }
    const isSame = world.accountKey() === account
    if (isSame) noteLimits(account, Object.keys(world.context().usage), plan)
    world.identify({ user: { id: 'u1', role: 'admin' }, account: { id: account, plan } }, i)
  }
  const noteLimits = (account: string, resources: readonly string[], plan = plans.get(account)): void => {
    for (const resource of resources) {
      const key = `${account}/${resource}`
      const own = reported[resource]
      const limit = own !== undefined ? own : config.plans.find(({ id }) => id === plan)?.limits[resource]
      if (limit === undefined) continue
      if (isMore(seenLimits.get(key), limit)) {
        expectedRises++
        books.rose(account, resource)
      }
      seenLimits.set(key, limit)
    }
  }
  const usage = (reports: { readonly [resource: string]: Report }, i: number): void => {
    const account = world.accountKey()
    for (const [resource, { limit, resetsAt }] of Object.entries(reports)) {
      reported[resource] = limit
      noteLimits(account, [resource])
      const key = `${account}/${resource}`
      const before = seenResets.get(key)
      if (resetsAt === undefined || resetsAt <= world.now()) continue
      if (before !== undefined && before <= world.now() && resetsAt > before) books.renewed(account, resource)
      seenResets.set(key, resetsAt)
    }
    books.counts(
      Object.fromEntries(
        Object.entries(reports).map(([resource, { used, pending = 0 }]) => [resource, used + pending]),
      ),
      account,
    )
    world.usage(reports, i)
  }

  const answerIn = (
    i: number,
    { type, delivery }: { type: 'clicked' | 'dismissed' | 'snoozed'; delivery: Delivery },
  ): void => {
    books.active(world.now())
    world.answer(type, i, delivery)
    // What only the journal holds was written by a tab that died of it.
    if (delivery === 'late') world.crash(i)
  }

  identify('a1', 'starter', 0)
  usage({ projects: { used: 96 }, seats: { used: 9 } }, 0)
  books.active(world.now())
  world.active()
  for (const step of steps) {
    const before = world.now()
    switch (step.do) {
      case 'see':
        world.turn(step.tab)
        world.confirm(step.tab)
        break
      case 'turn':
      case 'confirm':
        world[step.do](step.tab)
        break
      case 'visit':
        world.advance(step.ms)
        books.active(world.now())
        world.active(step.tab)
        world.turn(step.tab)
        world.confirm(step.tab)
        if (step.answer) answerIn(step.tab, step.answer)
        else if (step.leaves === 'crash') world.crash(step.tab)
        else if (step.leaves === 'falls') {
          usage({ projects: { used: 1 } }, step.tab)
          usage({ projects: { used: 96 } }, step.tab)
        }
        break
      case 'answer':
        answerIn(step.tab, step.answer)
        break
      case 'usage': {
        const { projects, seats, pending, limit, resetsIn } = step
        const resetsAt = resetsIn === undefined ? {} : { resetsAt: before + resetsIn }
        usage(
          {
            projects: { used: projects, ...(limit !== undefined && { limit }), ...resetsAt },
            seats: { used: seats, pending },
          },
          step.tab,
        )
        break
      }
      case 'near':
        world.near(step.feature, step.is)
        break
      case 'track':
        world.track('exported', step.times, step.tab)
        break
      case 'plan':
        identify(step.account, step.plan, step.tab)
        break
      case 'advance':
        world.advance(step.ms)
        break
      case 'active':
        books.active(before)
        world.active(step.tab)
        break
      case 'clock':
        books.setClock(before, before + step.by)
        world.setClock(step.by)
        break
      case 'visible':
        world.setVisible(step.is, step.tab)
        break
      case 'crash':
      case 'replay':
        world[step.do](step.tab)
        break
    }
    check(world, step, books.faults)
  }
  return { world, faults: books.faults, rises, expectedRises }
}

/** What may happen in three tabs, in any order. */
export const life = fc.array(step, { minLength: 20, maxLength: 120 })

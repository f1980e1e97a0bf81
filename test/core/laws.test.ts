import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { PlimsollConfig, Trigger } from '../../packages/sdk/src/config/types.ts'
import { armed, checkSuppression, type QuietRule } from '../../packages/sdk/src/core/checkSuppression.ts'
import { decide } from '../../packages/sdk/src/core/decide.ts'
import { emptyCounter, type Ledger } from '../../packages/sdk/src/core/ledger.ts'
import { mergeLedgers } from '../../packages/sdk/src/core/mergeLedgers.ts'
import { observe } from '../../packages/sdk/src/core/observe.ts'
import { applyEntry, type Claim, type Entry } from '../../packages/sdk/src/core/outcome.ts'
import { parseLedger, pruneLedger } from '../../packages/sdk/src/core/parseLedger.ts'
import type { Traits } from '../../packages/sdk/src/core/prompt.ts'
import { confirm, reserve } from '../../packages/sdk/src/core/reserve.ts'
import {
  contextOf,
  DAY,
  FEATURE,
  given,
  LIMIT,
  ledgerOf,
  MILESTONE,
  MINUTE,
  NOW,
  PAGE,
  rulesOf,
  shown,
  TEAM,
} from './sample.ts'
import { simulate } from './simulate.ts'

const LONG = !!process.env.PLIMSOLL_LONG
const options = { numRuns: LONG ? 20_000 : 300, ...(!LONG && { seed: 1 }) }
const TRIGGERS: readonly Trigger[] = [
  LIMIT,
  FEATURE,
  TEAM,
  MILESTONE,
  { ...LIMIT, id: 'ladder', at: [0.8, 0.95, 1], group: 'g' },
]
const GROUPS: Partial<PlimsollConfig> = { caps: { groups: { g: { max: 2, per: '7d' } } } }
const rules = rulesOf(TRIGGERS, GROUPS)

const usage = fc.record({
  projects: fc.record({ used: fc.integer({ min: 0, max: 1100 }) }),
  seats: fc.record({ used: fc.integer({ min: 0, max: 12 }), pending: fc.integer({ min: 0, max: 2 }) }),
})
const near = fc.constantFrom({}, { sso: { untilAt: 1e300 } })

describe('a trigger that is not eligible', () => {
  const never = fc.constantFrom<Partial<Trigger>>(
    { enabled: false },
    { audience: { 'user.role': 'nobody' } },
    { schedule: { until: '2020-01-01' } },
    { copy: { title: '{user.nickname}' } },
  )
  const base = fc.constantFrom<Trigger>(LIMIT, FEATURE, TEAM, { ...MILESTONE, milestones: [15, 150, 1500] })

  test('changes nothing for the others, whatever its priority', () => {
    fc.assert(
      fc.property(
        usage,
        near,
        never,
        base,
        fc.integer({ min: -1, max: 1 }),
        fc.integer({ min: 0, max: 900 }),
        (report, at, why, trigger, priority, before) => {
          const added = { ...trigger, ...why, id: 'added', priority } as Trigger
          const story = (triggers: readonly Trigger[]) => {
            const input = given({ triggers, file: GROUPS, usage: report, near: at })
            const first = { ...input, context: contextOf({ usage: { projects: { used: before } } }) }
            const ledger = observe(observe(ledgerOf(), first, 's1').ledger, input, 's1').ledger
            const { show, verdicts } = decide({ ...input, ledger })
            return {
              shows: show?.rule.trigger.id,
              match: show?.match,
              verdicts: verdicts.filter(
                ({ triggerId, reasons: [first] }) => triggerId !== 'added' && first?.reason !== 'not_matched',
              ),
            }
          }
          expect(story([added, ...TRIGGERS])).toEqual(story(TRIGGERS))
        },
      ),
      { ...options, numRuns: LONG ? 5000 : 100 },
    )
  }, 600_000)
})

describe('observing', () => {
  test('changes nothing the second time', () => {
    fc.assert(
      fc.property(usage, usage, fc.constantFrom('starter', 'pro'), fc.boolean(), (one, other, plan, isHere) => {
        const known = (report: typeof one, account: Traits = {}) => ({
          rules,
          context: contextOf({ usage: report, account }),
          accountKey: 'a1',
          now: NOW,
        })
        const session = isHere ? 's1' : undefined
        const first = observe(ledgerOf(), known(one), 's1').ledger
        const second = observe(first, known(other, { plan }), session).ledger
        const again = observe(second, known(other, { plan }), session)
        expect(again.ledger).toBe(second)
        expect(again.rises).toEqual([])
      }),
      options,
    )
  }, 600_000)
})

/** A prompt that was really reserved, and the ledger with its reservation. */
function reserved(
  report: { projects: { used: number }; seats: { used: number } },
  at: object,
  isSeen = false,
): { ledger: Ledger; claim: Claim } | undefined {
  const input = given({
    triggers: TRIGGERS,
    file: GROUPS,
    usage: report,
    near: at as Record<string, { untilAt: number }>,
  })
  const { ledger } = observe(ledgerOf(), input, 's1')
  const id = shown(decide({ ...input, ledger }))
  const got = id === undefined ? undefined : reserve({ ...input, ledger }, id, 'r1')
  if (!got?.claim) return
  const { claim } = got
  return { ledger: isSeen ? confirm({ ...input, ledger: got.ledger }, claim).ledger : got.ledger, claim }
}

describe('an entry', () => {
  const kind = fc.constantFrom('clicked' as const, 'dismissed' as const, 'snoozed' as const, 'left' as const)

  test('changes nothing when it is folded twice', () => {
    fc.assert(
      fc.property(
        usage,
        near,
        kind,
        fc.boolean(),
        fc.constantFrom(undefined, 's1', NOW + DAY),
        (report, at, t, counted, snooze) => {
          const got = reserved(report, at, counted)
          fc.pre(!!got)
          const { ledger, claim } = got!
          const entry: Entry = { t, claim, at: NOW + MINUTE, counted, ...(snooze !== undefined && { snooze }) }
          const once = applyEntry(ledger, entry)
          expect(applyEntry(once, entry)).toEqual(once)
        },
      ),
      options,
    )
  }, 600_000)

  test.each<Entry>([
    { t: 'optedOut', types: ['limit_approaching'], at: NOW },
    { t: 'attempt', feature: 'sso', at: NOW },
    {
      t: 'followed',
      account: 'a1',
      triggerId: 'x',
      triggerType: 'team_growth',
      at: NOW,
      intent: { triggerId: 'x', triggerType: 'team_growth', action: 'invite', requested: 1, tab: 't', at: NOW },
    },
  ])('of type $t changes nothing when it is folded twice', (entry) => {
    const once = applyEntry(ledgerOf(), entry)
    expect(once).not.toEqual(ledgerOf())
    expect(applyEntry(once, entry)).toEqual(once)
  })
})

describe('a record', () => {
  /** A record as it is after a lively day. */
  function lively(): Ledger {
    const world = simulate(rules)
    world.identify({ user: { id: 'u1' }, account: { id: 'a1', plan: 'starter' } })
    world.usage({ projects: { used: 9 }, seats: { used: 9 } })
    world.near('sso')
    for (const used of [12, 82, 96, 100]) {
      world.usage({ projects: { used } })
      world.turn()
      world.confirm()
      world.answer('snoozed')
      world.advance(40 * MINUTE)
      world.active()
    }
    world.turn()
    return world.ledger()
  }
  const sound = lively()

  /** Puts something else in a place of it. */
  function spoil(value: unknown, path: readonly number[], by: unknown): unknown {
    const [first, ...rest] = path
    if (typeof value !== 'object' || value === null || first === undefined || !Object.keys(value).length) return by
    const keys = Object.keys(value)
    const key = keys[first % keys.length]!
    const next = spoil((value as Record<string, unknown>)[key], rest, by)
    return Array.isArray(value) ? value.map((item, i) => (String(i) === key ? next : item)) : { ...value, [key]: next }
  }
  const junk = fc.oneof(
    fc.jsonValue(),
    fc.constantFrom<unknown>(undefined, Number.NaN, Number.POSITIVE_INFINITY, -1, '', NOW * 2, [], {}),
  )
  const path = fc.array(fc.nat(20), { minLength: 0, maxLength: 5 })
  const input = (ledger: Ledger) => ({
    rules,
    context: contextOf({ usage: { projects: { used: 97 }, seats: { used: 9 } }, near: { sso: { untilAt: 1e300 } } }),
    ledger,
    accountKey: 'a1',
    page: PAGE,
    now: NOW,
  })
  const use = (ledger: Ledger) => {
    const seen = observe(ledger, input(ledger), 's1').ledger
    reserve(input(seen), 'ladder', 'r9')
    mergeLedgers(seen, ledgerOf(), 'a1')
    pruneLedger(seen, NOW)
    return decide(input(seen))
  }

  test('is read back as it was written', () => {
    expect(parseLedger(JSON.parse(JSON.stringify(sound)), [], NOW + DAY, 'new').ledger).toEqual(sound)
  })

  test('never throws, whatever stands in its place, and can always be used', () => {
    fc.assert(
      fc.property(junk, fc.array(junk, { maxLength: 3 }), (value, appended) => {
        const { ledger } = parseLedger(value, appended, NOW, 'new')
        use(ledger)
      }),
      options,
    )
  }, 600_000)

  test('shows nothing for the session when any part of it cannot be read', () => {
    fc.assert(
      fc.property(path, junk, fc.boolean(), (at, by, isStale) => {
        const value = isStale ? { ...sound, session: { ...sound.session, activeAt: NOW - 9 * DAY } } : sound
        const { ledger, spoiled, newer } = parseLedger(spoil(value, at, by), [], NOW, 'new')
        const { show } = use(ledger)
        if (spoiled) {
          expect(show).toBe(undefined)
          expect(ledger.session?.prompts).toBe(99)
        }
        expect(newer && spoiled).toBe(false)
      }),
      options,
    )
  }, 600_000)

  test('shows nothing for the session when an entry cannot be read', () => {
    const claim = reserved({ projects: { used: 90 }, seats: { used: 1 } }, {})!.claim
    const entry: Entry = { t: 'dismissed', claim, at: NOW, counted: false }
    fc.assert(
      fc.property(path, junk, (at, by) => {
        const { ledger, spoiled } = parseLedger(JSON.parse(JSON.stringify(sound)), [spoil(entry, at, by)], NOW, 'new')
        const { show } = use(ledger)
        if (spoiled) expect(show).toBe(undefined)
      }),
      options,
    )
  }, 600_000)
})

describe('quiet days', () => {
  const rule: QuietRule = { suppress: { dismissals: 3, quietMs: 30 * DAY }, frequency: [{ max: 3 }], rearms: true }

  test('are over, however the clock was set, once it has run on for as long as the file says', () => {
    fc.assert(
      fc.property(fc.integer({ min: -2000, max: 2000 }), fc.integer({ min: 0, max: 60 }), (jump, later) => {
        const counter = { ...emptyCounter, n: 3, shown: [NOW], refused: [NOW, NOW, NOW], leftAt: NOW }
        const written: Ledger = ledgerOf({ features: { k: counter } })
        const set = NOW + jump * DAY
        const stored = parseLedger(written, [], set, 'new').ledger.features.k!
        const now = set + later * DAY
        const read = armed(rule, stored, now)
        const quiet = checkSuppression(rule, read, ledgerOf(), undefined, undefined, now)
        const left = Math.min(NOW, set) + 30 * DAY
        expect(quiet?.untilAt).toBe(now < left ? left : undefined)
        if (later >= 30) expect(quiet).toBe(undefined)
      }),
      options,
    )
  }, 600_000)
})

test('keeps the record of a year of daily use under 20 KB', () => {
  const triggers: Trigger[] = [
    ...TRIGGERS,
    { ...LIMIT, id: 'loud', frequency: null, suppress: null, group: 'g' },
    { ...TEAM, id: 'team-loud', frequency: null, suppress: null },
    { id: 'exports', type: 'usage_milestone', metric: 'exported', milestones: [10, 100, 1000] },
  ]
  const world = simulate(rulesOf(triggers, { caps: { groups: { g: { max: 500, per: '365d' } } } }), 2)
  world.identify({ user: { id: 'u1' }, account: { id: 'a1', plan: 'starter' } })
  let largest = 0
  for (let day = 0; day < 365; day++) {
    world.advance(DAY)
    for (let i = 0; i < 2; i++) {
      world.advance(31 * MINUTE)
      world.active()
      world.track('exported')
      world.near('sso', i % 2 === 0)
      world.usage({
        projects: {
          used: 60 + ((day * 7 + i * 13) % 45),
          resetsAt: NOW + (Math.floor(day / 30) + 1) * 30 * DAY + 2 * DAY,
        },
        seats: { used: 6 + (day % 5) },
      })
      for (let n = 0; n < 3; n++) {
        world.turn(n % 2)
        world.confirm(n % 2)
        world.answer((['clicked', 'dismissed', 'snoozed'] as const)[(day + n) % 3]!, n % 2)
      }
    }
    largest = Math.max(largest, world.size())
  }
  expect(world.ledger().groups.g).toHaveLength(100)
  expect(largest).toBeLessThan(20_000)
}, 60_000)

import { describe, expect, test } from 'vitest'
import type { Ledger } from '../../packages/sdk/src/core/ledger.ts'
import { observe } from '../../packages/sdk/src/core/observe.ts'
import {
  accountLedger,
  contextOf,
  counted,
  DAY,
  type Known,
  LIMIT,
  ledgerOf,
  MILESTONE,
  NOW,
  rulesOf,
  TEAM,
} from './sample.ts'

const rules = rulesOf([LIMIT, TEAM, MILESTONE, { ...LIMIT, id: 'ladder', at: [0.8, 0.95] }])
const look = (
  ledger: Ledger,
  known: Known,
  more: { session?: string; events?: Record<string, number>; accountKey?: string } = {},
) => {
  const { accountKey = 'a1', events } = more
  return observe(
    ledger,
    { rules, context: contextOf(known), accountKey, now: NOW },
    'session' in more ? more.session : 's1',
    events,
  )
}
const used = (n: number, more: object = {}) => ({ usage: { projects: { used: n, ...more } } })
const first = look(ledgerOf(), used(82)).ledger

describe('what is seen first', () => {
  test('is written down, and is no rise', () => {
    const { ledger, rises } = look(ledgerOf(), used(82))
    expect(rises).toEqual([])
    expect(ledger.accounts.a1).toMatchObject({
      plan: 'starter',
      limits: { projects: 100 },
      figures: { projects: 82 },
      rungs: { ladder: [0, 0] },
      seenAt: NOW,
    })
  })

  test('is written down once', () => {
    expect(look(first, used(82)).ledger).toBe(first)
  })

  test('of another account is no rise', () => {
    expect(look(first, { account: { id: 'a2', plan: 'pro' }, ...used(82) }, { accountKey: 'a2' }).rises).toEqual([])
  })
})

describe('a rise', () => {
  test('of the plan is told once, and the limits rise with it', () => {
    const { ledger, rises } = look(first, { account: { plan: 'pro' }, ...used(82) })
    expect(rises).toEqual([{ of: 'plan', from: 'starter', to: 'pro' }])
    expect(ledger.accounts.a1?.limits).toEqual({ projects: 1000 })
    expect(look(ledger, { account: { plan: 'pro' }, ...used(82) }).rises).toEqual([])
  })

  test('of a limit is told once', () => {
    const { ledger, rises } = look(first, used(82, { limit: 200 }))
    expect(rises).toEqual([{ of: 'limit', resource: 'projects', from: 100, to: 200 }])
    expect(look(ledger, used(82, { limit: 200 })).rises).toEqual([])
  })

  test('is one to unlimited too', () => {
    expect(look(first, used(82, { limit: null })).rises).toEqual([
      { of: 'limit', resource: 'projects', from: 100, to: null },
    ])
  })

  test('is none where plan or limit falls, or a plan is unknown', () => {
    const pro = look(ledgerOf(), { account: { plan: 'pro' }, ...used(82) }).ledger
    expect(look(pro, used(82)).rises).toEqual([])
    expect(look(first, used(82, { limit: 50 })).rises).toEqual([])
    expect(look(first, { account: { plan: 'legacy' } }).rises).toEqual([])
  })

  test('is one from a fall', () => {
    const fallen = look(first, used(82, { limit: 50 })).ledger
    expect(look(fallen, used(82)).rises).toEqual([{ of: 'limit', resource: 'projects', from: 50, to: 100 }])
  })

  test('begins counts again for that resource’s limit triggers only', () => {
    const full = { n: 3, shown: [1], refused: [1, 2, 3] }
    const keys = { 't:projects-80': full, 't:ladder@95': full, 't:team-growth': full, 'm:projects=10': full }
    const { counters } = look(
      {
        ...first,
        accounts: {
          a1: { ...first.accounts.a1!, ...counted(keys).accounts.a1!, limits: { projects: 100 }, plan: 'starter' },
        },
      },
      used(82, { limit: 200 }),
    ).ledger.accounts.a1!
    const fresh = { n: 0, shown: [], refused: [] }
    expect(counters).toEqual({ ...keys, 't:projects-80': fresh, 't:ladder@95': fresh })
  })
})

describe('a billing period', () => {
  const shown = { 't:projects-80': { n: 2, shown: [1, 2], refused: [2] } }
  const with_ = (resetsAt: number) =>
    ledgerOf(
      accountLedger({ plan: 'starter', limits: { projects: 100 }, resets: { projects: resetsAt }, counters: shown }),
    )
  const count = (ledger: Ledger, resetsAt: number) =>
    look(ledger, used(10, { resetsAt })).ledger.accounts.a1?.counters['t:projects-80']?.n

  test('is renewed by a later resetsAt after one that has passed', () => {
    expect(count(with_(NOW), NOW + DAY)).toBe(0)
  })

  test('is not renewed before the one that was seen has passed', () => {
    expect(count(with_(NOW + 1), NOW + DAY)).toBe(2)
  })

  test('is not renewed by the same, nor by one that has passed', () => {
    expect(count(with_(NOW - DAY), NOW - DAY)).toBe(2)
    expect(count(with_(NOW - DAY), NOW)).toBe(2)
  })

  test('is renewed once, though a tab that slept still knows the old one', () => {
    const renewed = look(with_(NOW - DAY), used(10, { resetsAt: NOW + DAY })).ledger
    const stale = look(renewed, used(10, { resetsAt: NOW - DAY })).ledger
    expect(stale.accounts.a1?.resets).toEqual({ projects: NOW + DAY })
  })

  test('is noted when first seen', () => {
    expect(look(ledgerOf(), used(10, { resetsAt: NOW + DAY })).ledger.accounts.a1?.resets).toEqual({
      projects: NOW + DAY,
    })
  })
})

describe('milestones', () => {
  const at = (n: number) => look(ledgerOf(), used(n)).ledger
  const passed = (ledger: Ledger) => ledger.accounts.a1?.passed

  test('are none at the first figure', () => {
    expect(passed(at(500))).toEqual({})
  })

  test('are all those between two figures, the later one included', () => {
    expect(passed(look(at(9), used(100)).ledger)).toEqual({ projects: { session: 's1', values: [10, 100] } })
  })

  test('are none at a figure where one was before', () => {
    expect(passed(look(at(10), used(11)).ledger)).toEqual({})
  })

  test('are none without a session: the figure waits for one', () => {
    const away = look(at(9), used(10), { session: undefined as never }).ledger
    expect([passed(away), away.accounts.a1?.figures]).toEqual([{}, { projects: 9 }])
    expect(passed(look(away, used(10)).ledger)).toEqual({ projects: { session: 's1', values: [10] } })
  })

  test('are spent when another session is there', () => {
    const before = look(at(9), used(10)).ledger
    const after = look({ ...before, session: { ...before.session!, id: 's2' } }, used(10), { session: 's2' }).ledger
    expect([passed(after), after.accounts.a1?.counters['m:projects=10']?.n]).toEqual([{}, 1])
  })

  test('count pending as used', () => {
    expect(passed(look(at(9), used(9, { pending: 1 })).ledger)).toEqual({ projects: { session: 's1', values: [10] } })
  })
})

test('lowers the figure that team growth was refused at, and never raises it', () => {
  const ledger = ledgerOf(counted({ 't:team-growth': { floor: 9 } }))
  const floor = (seats: number) =>
    look(ledger, { usage: { seats: { used: seats } } }).ledger.accounts.a1?.counters['t:team-growth']?.floor
  expect([floor(8), floor(9), floor(10)]).toEqual([8, 9, 9])
})

import { describe, expect, test } from 'vitest'
import {
  type AccountLedger,
  type Counter,
  emptyAccount,
  type Ledger,
  newLedger,
  snoozedUntil,
} from '../../packages/sdk/src/core/ledger.ts'
import { mergeLedgers, nameAccount } from '../../packages/sdk/src/core/mergeLedgers.ts'
import { DAY, HOUR, ledgerOf, MINUTE, NOW, SESSION } from './sample.ts'

const account = (change: Partial<AccountLedger>): AccountLedger => ({ ...emptyAccount, ...change })
const unnamed = (change: Partial<AccountLedger>): Pick<Ledger, 'accounts'> => ({ accounts: { '': account(change) } })
const known = (change: Partial<AccountLedger>): Pick<Ledger, 'accounts'> => ({ accounts: { a1: account(change) } })
const merge = (a: Ledger, b: Ledger) => mergeLedgers(a, b, 'a1')

describe('when somebody comes to be known', () => {
  test('moves what was counted under no name into the account', () => {
    const counters = { k: { n: 1, shown: [1], refused: [2] } }
    expect(merge(newLedger('u'), { ...newLedger('anon'), ...unnamed({ counters }) })).toEqual({
      ...newLedger('u'),
      ...known({ counters }),
    })
  })

  test('keeps the plan that was seen under no name, where the account has none yet', () => {
    const a = known({ plan: undefined, planAt: undefined, intent: undefined })
    const b = unnamed({ plan: 'pro', planAt: 5 })
    const { accounts } = merge({ ...newLedger('u'), ...a }, { ...newLedger('anon'), ...b })
    expect(accounts.a1).toMatchObject({ plan: 'pro', planAt: 5 })
  })

  test('adds counts, and lets later times win', () => {
    const a = known({
      counters: {
        k: {
          n: 2,
          shown: [1, 4],
          refused: [4],
          leftAt: 4,
          done: ['x'],
          snooze: HOUR,
          floor: 9,
          attempts: 1,
          attemptedAt: 3,
        },
      },
      counts: { exported: 3 },
      seenAt: 5,
    })
    const b = unnamed({
      counters: {
        k: {
          n: 1,
          shown: [3],
          refused: [3],
          leftAt: 3,
          done: ['y'],
          snooze: 2 * HOUR,
          floor: 8,
          attempts: 2,
          attemptedAt: 2,
        },
      },
      counts: { exported: 4 },
      seenAt: 4,
    })
    expect(merge({ ...newLedger('u'), ...a, lastAt: 4 }, { ...newLedger('anon'), ...b, lastAt: 3 })).toEqual({
      ...newLedger('u'),
      lastAt: 4,
      ...known({
        counters: {
          k: {
            n: 3,
            shown: [1, 3, 4],
            refused: [3, 4],
            leftAt: 4,
            done: ['x', 'y'],
            snooze: 2 * HOUR - 1,
            floor: 8,
            attempts: 3,
            attemptedAt: 3,
          },
        },
        counts: { exported: 7 },
        seenAt: 5,
      }),
    })
  })

  test.each([
    ['for a time, and longest of all', { snooze: 7 * DAY }, { leftAt: 3 * DAY }, 7 * DAY],
    ['for a time that is over', { snooze: DAY }, { leftAt: 3 * DAY }, undefined],
    ['for a time, before and after', { snooze: 7 * DAY }, { leftAt: 6 * DAY, snooze: 2 * DAY }, 8 * DAY],
    ['for a time, and then for a session', { snooze: 7 * DAY }, { leftAt: 3 * DAY, snooze: 's1' }, 7 * DAY],
    ['for a session', { snooze: 's1' }, { leftAt: 3 * DAY }, 's1'],
  ])('leaves a question put off until what was said, neither longer nor shorter: %s', (_, before, after, until) => {
    const k = { n: 1, shown: [], refused: [], leftAt: 0 }
    const a = known({ counters: { k: { ...k, ...before } } })
    const b = unnamed({ counters: { k: { ...k, ...after } } })
    const { accounts } = merge({ ...newLedger('u'), ...a }, { ...newLedger('anon'), ...b })
    expect(snoozedUntil(accounts.a1?.counters.k as Counter)).toBe(until)
  })

  test('adds what is counted per user: features, groups, opt-outs', () => {
    const a = {
      ...newLedger('u'),
      features: { sso: { n: 1, shown: [1], refused: [] } },
      featuresShown: [1],
      groups: { g: [1, 5] },
      optOuts: ['team_growth'],
    }
    const b = {
      ...newLedger('anon'),
      features: { sso: { n: 1, shown: [2], refused: [] }, audit: { n: 1, shown: [3], refused: [] } },
      featuresShown: [2, 3],
      groups: { g: [3], h: [4] },
      optOuts: ['team_growth', 'all'],
    }
    expect(merge(a, b)).toEqual({
      ...newLedger('u'),
      features: { sso: { n: 2, shown: [1, 2], refused: [], done: [] }, audit: { n: 1, shown: [3], refused: [] } },
      featuresShown: [1, 2, 3],
      groups: { g: [1, 3, 5], h: [4] },
      optOuts: ['team_growth', 'all'],
    })
  })

  test('keeps the plan, limits and periods that the account was seen with: another’s are no rise', () => {
    const a = known({ plan: 'pro', limits: { projects: 1000 }, resets: { projects: 9 }, figures: { projects: 50 } })
    const b = unnamed({
      plan: 'starter',
      limits: { projects: 100, seats: 10 },
      resets: { projects: 5 },
      figures: { projects: 1 },
    })
    expect(merge({ ...newLedger('u'), ...a }, { ...newLedger('anon'), ...b }).accounts.a1).toEqual(
      account({
        plan: 'pro',
        limits: { projects: 1000, seats: 10 },
        resets: { projects: 9 },
        figures: { projects: 50 },
      }),
    )
  })

  test('takes the plan seen before, where the account was never seen', () => {
    expect(merge(newLedger('u'), { ...newLedger('anon'), ...unnamed({ plan: 'starter' }) }).accounts.a1?.plan).toBe(
      'starter',
    )
  })

  test('keeps the known ledger’s own id', () => {
    expect(merge(newLedger('u'), newLedger('anon')).id).toBe('u')
  })
})

describe('the session', () => {
  const anonymous = ledgerOf({ session: { id: 'anon', prompts: 1, features: 1, shown: { k: 1 }, told: ['x'] } })

  test('goes on, where the known user has none', () => {
    expect(merge(newLedger('u'), anonymous).session).toEqual(anonymous.session)
  })

  test('goes on in the known user’s, and its prompts count there', () => {
    const session = { ...SESSION, activeAt: NOW - MINUTE, prompts: 2, shown: { k: 1, j: 1 }, told: ['x', 'y'] }
    expect(merge(ledgerOf({ session }), anonymous).session).toEqual({
      ...session,
      activeAt: NOW,
      prompts: 3,
      features: 1,
      shown: { k: 2, j: 1 },
    })
  })

  test('takes the place of one that has ended', () => {
    const session = { ...SESSION, activeAt: NOW - DAY, prompts: 3 }
    expect(merge(ledgerOf({ session }), anonymous).session).toEqual(anonymous.session)
  })

  test('is named by one id wherever the ledger speaks of it', () => {
    const passed = { projects: { session: 'anon', values: [10] } }
    const snoozed = {
      ...anonymous,
      ...unnamed({ passed, counters: { k: { n: 1, shown: [], refused: [], snooze: 'anon' } } }),
    }
    const { a1 } = merge(ledgerOf(), snoozed).accounts
    expect([a1?.passed.projects?.session, a1?.counters.k?.snooze]).toEqual(['s1', 's1'])
  })

  test('brings what stands on screen along', () => {
    const place = { id: 'r', tab: 't', triggerId: 'x', at: NOW, shown: true }
    expect(merge(ledgerOf(), { ...anonymous, place }).place).toEqual(place)
  })
})

test('keeps quiet days that were open, whatever older refusals join them', () => {
  const a = known({ counters: { k: { n: 3, shown: [], refused: [NOW - 3 * DAY, NOW - 2 * DAY, NOW - DAY] } } })
  const b = unnamed({ counters: { k: { n: 1, shown: [], refused: [NOW - 4 * DAY] } } })
  const { k } = merge({ ...newLedger('u'), ...a }, { ...newLedger('anon'), ...b }).accounts.a1!.counters
  expect(k?.refused.at(-1)).toBe(NOW - DAY)
})

describe('when an account comes to be known', () => {
  test('takes what was counted under none', () => {
    const ledger = { ...newLedger('u'), ...unnamed({ plan: 'starter', counts: { exported: 2 } }) }
    expect(nameAccount(ledger, 'a1')).toEqual({
      ...newLedger('u'),
      ...known({ plan: 'starter', counts: { exported: 2 } }),
    })
  })

  test('changes nothing where nothing was, or none is known yet', () => {
    const ledger = { ...newLedger('u'), ...unnamed({ plan: 'starter' }) }
    expect(nameAccount(ledger, '')).toBe(ledger)
    const named = ledgerOf(known({ plan: 'pro' }))
    expect(nameAccount(named, 'a1')).toBe(named)
  })
})

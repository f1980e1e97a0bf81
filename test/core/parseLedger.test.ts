import { describe, expect, test } from 'vitest'
import { emptyAccount, newLedger } from '../../packages/sdk/src/core/ledger.ts'
import type { Entry } from '../../packages/sdk/src/core/outcome.ts'
import { parseLedger, pruneLedger } from '../../packages/sdk/src/core/parseLedger.ts'
import { accountLedger, counted, DAY, HOUR, ledgerOf, MINUTE, NOW, SESSION } from './sample.ts'

const read = (value: unknown, appended: readonly unknown[] = []) => parseLedger(value, appended, NOW, 'new')
const place = { id: 'r1', tab: 't', triggerId: 'x', at: NOW, shown: true }
const sound = ledgerOf({
  place,
  lastAt: NOW,
  optOuts: ['all'],
  groups: { g: [NOW] },
  ...counted({ k: { n: 1, shown: [NOW], snooze: 's1' } }),
})

test('begins a ledger where nothing was stored', () => {
  expect(read(undefined)).toMatchObject({ ledger: newLedger('new'), spoiled: false, newer: false })
})

test('reads a sound record as it is', () => {
  expect(read(sound)).toEqual({ ledger: sound, spoiled: false, newer: false, ahead: false })
})

test('leaves out what it does not know', () => {
  expect(read({ ...sound, extra: 1, accounts: { a1: { ...sound.accounts.a1, other: [] } } }).ledger).toEqual(sound)
})

test('reads what is named as every object’s own methods are', () => {
  const named = { toString: 5, valueOf: 6, hasOwnProperty: 7 }
  const record = ledgerOf({
    groups: { toString: [NOW] } as never,
    ...accountLedger({ figures: named, counts: named, limits: named, rungs: { valueOf: [80] } as never }),
  })
  expect(read(record)).toEqual({ ledger: record, spoiled: false, newer: false, ahead: false })
})

test('leaves a record of a later version alone', () => {
  expect(read({ v: 2, everything: 'else' })).toMatchObject({ ledger: newLedger('new'), spoiled: false, newer: true })
})

test('reads every moment later than now as now', () => {
  const late = NOW + 400 * DAY
  const { ledger, spoiled, ahead } = read(
    ledgerOf({
      session: { activeAt: late, startAt: late },
      place: { ...place, at: late },
      lastAt: late,
      groups: { g: [NOW - HOUR, late] },
      featuresShown: [late],
      features: {
        sso: { n: 1, shown: [late], refused: [late], leftAt: late, quietAt: late, attempts: 1, attemptedAt: late },
      },
      ...accountLedger({
        exposures: [{ triggerId: 'x', triggerType: 'team_growth', outcome: 'shown', at: late }],
        seenAt: late,
      }),
    }),
  )
  expect([spoiled, ahead]).toEqual([false, true])
  expect(ledger).toEqual(
    ledgerOf({
      session: { activeAt: NOW, startAt: NOW },
      place,
      lastAt: NOW,
      groups: { g: [NOW - HOUR, NOW] },
      featuresShown: [NOW],
      features: {
        sso: { n: 1, shown: [NOW], refused: [NOW], leftAt: NOW, quietAt: NOW, attempts: 1, attemptedAt: NOW },
      },
      ...accountLedger({
        exposures: [{ triggerId: 'x', triggerType: 'team_growth', outcome: 'shown', at: NOW }],
        seenAt: NOW,
      }),
    }),
  )
})

test('leaves the end of a billing period later than now', () => {
  const ahead = ledgerOf(accountLedger({ resets: { projects: NOW + DAY } }))
  expect(read(ahead).ledger).toEqual(ahead)
})

describe('a record that is spoiled', () => {
  test('keeps what can be read, and fills the session', () => {
    const { ledger, spoiled } = read({
      ...sound,
      featuresShown: 'x',
      accounts: { a1: { ...sound.accounts.a1, rungs: 5 } },
    })
    expect(spoiled).toBe(true)
    expect(ledger).toEqual({ ...sound, session: { ...SESSION, prompts: 99 } })
  })

  test.each<[string, unknown]>([
    ['no object', 7],
    ['null', null],
    ['a list', []],
    ['a text', 'x'],
    ['an object of nothing', {}],
    ['an object whose version cannot be compared', { v: { toString: 'x' } }],
  ])('that is %s begins anew, in a session that is full', (_, value) => {
    const session = { ...SESSION, id: 'new', startAt: NOW, prompts: 99 }
    expect(read(value)).toMatchObject({ ledger: { ...newLedger('new'), session }, spoiled: true, newer: false })
  })

  test('is silent from now on, however long ago its session ended', () => {
    const stale = ledgerOf({ session: { activeAt: NOW - 9 * DAY, prompts: 1 } })
    expect(read({ ...stale, optOuts: 1 }).ledger.session).toEqual({ ...SESSION, activeAt: NOW, prompts: 99 })
  })

  test.each<[string, object]>([
    ['a count', { n: 'x' }],
    ['a count that is no number', { n: Number.NaN }],
    ['a time', { shown: [null] }],
    ['a list', { refused: {} }],
  ])('tells of %s that cannot be read', (_, counter) => {
    expect(read(ledgerOf(counted({ k: counter as never }))).spoiled).toBe(true)
  })

  test.each<[string, object]>([
    ['an exposure', accountLedger({ exposures: [0.5] as never })],
    ['an intent', accountLedger({ intent: {} as never })],
    ['a place', { place: {} as never }],
    ['a session', { session: {} as never }],
  ])('is mended where %s lacks what it must have: it is not spoiled again the next time', (_, what) => {
    const first = read({ ...sound, ...what })
    expect(first.spoiled).toBe(true)
    expect(read(first.ledger)).toEqual({ ledger: first.ledger, spoiled: false, newer: false, ahead: false })
    expect(first.ledger.session).toMatchObject({ id: expect.stringMatching(/./), prompts: 99 })
  })

  test('takes no prototype for an account', () => {
    const { ledger } = read({ ...sound, accounts: JSON.parse('{ "__proto__": { "plan": "x" } }') })
    expect(ledger.accounts).toEqual({})
    expect(Object.getPrototypeOf(ledger.accounts)).toBe(Object.prototype)
  })
})

describe('a field of a record', () => {
  const counter = {
    n: 2,
    shown: [NOW],
    refused: [NOW],
    leftAt: NOW,
    done: ['r1'],
    quietAt: NOW,
    snooze: 1000,
    floor: 8,
    attempts: 1,
    attemptedAt: NOW,
  }
  const whole = ledgerOf({
    session: { ...SESSION, shown: { k: 1 }, told: ['k|quiet'] },
    place: { id: 'r1', tab: 't', triggerId: 'x', at: NOW, shown: true },
    lastAt: NOW,
    optOuts: ['usage_milestone'],
    groups: { g: [NOW] },
    features: { sso: counter },
    featuresShown: [NOW],
    ...accountLedger({
      plan: 'starter',
      planAt: NOW,
      limits: { projects: 100, seats: null },
      limitsAt: { projects: NOW },
      resets: { projects: NOW + DAY },
      figures: { projects: 12 },
      counts: { exports: 3 },
      passed: { projects: { session: 's1', values: [10] } },
      rungs: { ladder: [1, -1] },
      counters: { k: counter, asleep: { ...counter, snooze: 's1' } },
      exposures: [{ triggerId: 'x', triggerType: 'team_growth', variant: 'b', outcome: 'shown', at: NOW }],
      intent: {
        triggerId: 'x',
        triggerType: 'team_growth',
        action: 'invite',
        resource: 'seats',
        feature: 'sso',
        requested: 2,
        ref: null,
        tab: 't',
        at: NOW,
      },
    }),
  })
  /** Every place that holds a value, but for the version and for what is the host's own. */
  const places = (value: unknown, path: readonly string[] = []): string[][] =>
    typeof value === 'object' && value !== null
      ? [[...path], ...Object.keys(value).flatMap((key) => places((value as never)[key], [...path, key]))]
      : [[...path]]
  const all = places(whole).filter((path) => !['v', 'ref'].includes(path.at(-1) ?? 'v'))
  const put = (value: unknown, [key, ...rest]: readonly string[], by: unknown): unknown => {
    if (key === undefined) return by
    const next = put((value as never)[key], rest, by)
    return Array.isArray(value) ? Object.assign([...value], { [key]: next }) : { ...(value as object), [key]: next }
  }
  const at = (path: readonly string[]): unknown => path.reduce((value, key) => value?.[key as never], whole as unknown)
  const kindOf = (value: unknown): string =>
    value === null ? 'null' : Array.isArray(value) ? 'a list' : typeof value === 'object' ? 'a record' : typeof value

  test('spoils it by any other kind than it is written with, and by a number below what it may be', () => {
    expect(read(whole)).toMatchObject({ ledger: whole, spoiled: false })
    const taken: string[] = []
    for (const path of all) {
      const name = path.at(-1) ?? ''
      const may = /^limits$/.test(path.at(-2) ?? '')
        ? ['number', 'null']
        : name === 'snooze'
          ? ['number', 'string']
          : []
      for (const by of [-1.5, Number.NaN, Number.NEGATIVE_INFINITY, 7, 'x', true, null, [], {}]) {
        const isLow = typeof by === 'number' && !(by >= 0)
        if (!isLow && [...may, kindOf(at(path))].includes(kindOf(by))) continue
        if (!read(put(whole, path, by)).spoiled) taken.push(`${path.join('.')}: ${String(by)}`)
      }
    }
    expect(taken).toEqual([])
  })
})

test('is sound by a clock that says a year before 1970, where every moment is below 0', () => {
  const before = -5 * HOUR
  const then = ledgerOf({ session: { ...SESSION, startAt: before - HOUR, activeAt: before }, lastAt: before })
  expect(parseLedger(then, [], before, 'new')).toMatchObject({ ledger: then, spoiled: false })
})

describe('what was appended', () => {
  const claim = {
    id: 'r1',
    tab: 't',
    session: 's1',
    account: 'a1',
    triggerId: 'x',
    triggerType: 'team_growth',
    counter: { account: 'a1', key: 'k' },
  } as const
  const refusal: Entry = { t: 'dismissed', claim, at: NOW - MINUTE, counted: true }

  test('is folded in, in its order', () => {
    const { ledger, spoiled } = read(sound, [refusal, { t: 'optedOut', types: ['team_growth'], at: NOW }])
    expect(spoiled).toBe(false)
    expect(ledger.accounts.a1?.counters.k).toEqual({
      n: 1,
      shown: [NOW],
      refused: [NOW - MINUTE],
      leftAt: NOW - MINUTE,
      done: ['r1'],
      snooze: 's1',
    })
    expect(ledger.optOuts).toEqual(['all', 'team_growth'])
  })

  test('is folded into nothing, where nothing was stored', () => {
    expect(read(undefined, [refusal]).ledger.accounts.a1?.counters.k?.refused).toEqual([NOW - MINUTE])
  })

  test('later than now is read as now', () => {
    expect(read(sound, [{ ...refusal, at: NOW + 9 * DAY }]).ledger.accounts.a1?.counters.k?.refused).toEqual([NOW])
  })

  test.each<[string, unknown]>([
    ['null', null],
    ['of a kind that is not known', { t: 'other' }],
    ['without a claim', { t: 'dismissed', at: NOW, counted: true }],
    ['without a time', { ...refusal, at: undefined }],
  ])('that is %s spoils nothing else, and fills the session', (_, entry) => {
    const { ledger, spoiled } = read(sound, [entry, { t: 'optedOut', types: ['team_growth'], at: NOW }])
    expect(spoiled).toBe(true)
    expect(ledger.session?.prompts).toBe(99)
    expect(ledger.optOuts).toEqual(['all', 'team_growth'])
  })
})

describe('pruning', () => {
  test('drops exposures that are seven days old', () => {
    const exposure = (at: number) => ({
      triggerId: 'x',
      triggerType: 'team_growth' as const,
      outcome: 'shown' as const,
      at,
    })
    const ledger = ledgerOf(accountLedger({ exposures: [exposure(NOW - 7 * DAY), exposure(NOW - 7 * DAY + 1)] }))
    expect(pruneLedger(ledger, NOW)).toEqual(ledgerOf(accountLedger({ exposures: [exposure(NOW - 7 * DAY + 1)] })))
  })

  test('keeps the twenty accounts seen last', () => {
    const accounts = Object.fromEntries(Array.from({ length: 25 }, (_, i) => [`a${i}`, { ...emptyAccount, seenAt: i }]))
    const kept = Object.keys(pruneLedger(ledgerOf({ accounts }), NOW).accounts).sort()
    expect(kept).toEqual(Array.from({ length: 20 }, (_, i) => `a${i + 5}`).sort())
  })
})

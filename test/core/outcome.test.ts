import { describe, expect, test } from 'vitest'
import type { Ledger } from '../../packages/sdk/src/core/ledger.ts'
import {
  applyEntry,
  type Claim,
  countShown,
  type Entry,
  rearm,
  renew,
  spend,
} from '../../packages/sdk/src/core/outcome.ts'
import { accountLedger, counted, DAY, HOUR, ledgerOf, MINUTE, NOW, SESSION } from './sample.ts'

const claim: Claim = {
  id: 'r1',
  tab: 'tab1',
  session: 's1',
  account: 'a1',
  triggerId: 'projects-80',
  triggerType: 'limit_approaching',
  counter: { account: 'a1', key: 'k' },
  used: 90,
}
const feature: Claim = { ...claim, triggerType: 'feature_discovery', counter: { account: null, key: 'sso' } }
const place = { id: 'r1', tab: 'tab1', triggerId: 'projects-80', at: NOW - 1, shown: false }
const standing = ledgerOf({ place })
const seen = countShown(standing, claim, NOW)
const counter = (ledger: Ledger) => ledger.accounts.a1?.counters.k
const entry = (
  t: 'clicked' | 'dismissed' | 'snoozed' | 'left',
  more: Partial<Extract<Entry, { claim: Claim }>> = {},
): Entry => ({
  t,
  claim,
  at: NOW + MINUTE,
  counted: true,
  ...more,
})

describe('an impression', () => {
  test('counts under its question, its session and its account', () => {
    expect(countShown(standing, claim, NOW)).toEqual({
      ...standing,
      place: { ...place, shown: true },
      lastAt: NOW,
      session: { ...SESSION, prompts: 1, shown: { k: 1 } },
      ...accountLedger({
        counters: { k: { n: 1, shown: [NOW], refused: [] } },
        exposures: [{ triggerId: 'projects-80', triggerType: 'limit_approaching', outcome: 'shown', at: NOW }],
      }),
    })
  })

  test('of a feature counts under the user, and over all features', () => {
    const { features, featuresShown, session } = countShown(ledgerOf(), feature, NOW)
    expect(features).toEqual({ sso: { n: 1, shown: [NOW], refused: [] } })
    expect(featuresShown).toEqual([NOW])
    expect(session).toEqual({ ...SESSION, prompts: 1, features: 1, shown: { sso: 1 } })
  })

  test('counts under its group', () => {
    expect(countShown(ledgerOf({ groups: { g: [1] } }), { ...claim, group: 'g' }, NOW).groups).toEqual({ g: [1, NOW] })
  })

  test('counts in no session but its own', () => {
    expect(countShown(ledgerOf({ session: { id: 's2' } }), claim, NOW).session).toEqual({ ...SESSION, id: 's2' })
  })

  test('leaves the place that another holds', () => {
    const other = { ...place, id: 'r2' }
    expect(countShown(ledgerOf({ place: other }), claim, NOW).place).toEqual(other)
  })

  test('never brings the last prompt’s time back', () => {
    expect(countShown(ledgerOf({ lastAt: NOW + 5 }), claim, NOW).lastAt).toBe(NOW + 5)
  })

  test('keeps the latest hundred times, and exposures of seven days, fifty at most', () => {
    let ledger = ledgerOf()
    for (let i = 0; i < 150; i++) ledger = countShown(ledger, claim, NOW + i)
    expect(counter(ledger)?.n).toBe(150)
    expect(counter(ledger)?.shown).toHaveLength(100)
    expect(counter(ledger)?.shown.at(-1)).toBe(NOW + 149)
    expect(ledger.accounts.a1?.exposures).toHaveLength(50)
    expect(countShown(ledger, claim, NOW + 149 + 7 * DAY).accounts.a1?.exposures).toHaveLength(1)
  })

  test('spends every milestone of its metric that was passed', () => {
    const passed = ledgerOf(
      accountLedger({
        passed: { projects: { session: 's1', values: [10, 100] }, other: { session: 's1', values: [5] } },
      }),
    )
    const { a1 } = countShown(
      passed,
      { ...claim, metric: 'projects', counter: { account: 'a1', key: 'm:projects=100' } },
      NOW,
    ).accounts
    expect(a1?.passed).toEqual({ other: { session: 's1', values: [5] } })
    expect(a1?.counters).toEqual({
      'm:projects=10': { n: 1, shown: [], refused: [] },
      'm:projects=100': { n: 1, shown: [NOW], refused: [] },
    })
  })
})

test('spends a passed milestone without an impression', () => {
  const passed = ledgerOf(accountLedger({ passed: { projects: { session: 's0', values: [10] } } }))
  const { a1 } = spend(passed, 'a1', 'projects').accounts
  expect([a1?.passed, a1?.counters]).toEqual([{}, { 'm:projects=10': { n: 1, shown: [], refused: [] } }])
})

describe('an answer', () => {
  test('puts the question off until the moment it says, and no longer where it is shown and left again after that', () => {
    const later: Claim = { ...claim, id: 'r2' }
    const snoozed = applyEntry(seen, entry('snoozed', { snooze: NOW + DAY }))
    const { leftAt = 0, snooze } = counter(snoozed) ?? {}
    expect(leftAt + Number(snooze)).toBe(NOW + DAY)
    const again = countShown(snoozed, later, NOW + 2 * DAY)
    const left = applyEntry(again, entry('left', { claim: later, at: NOW + 2 * DAY + MINUTE }))
    expect(counter(left)?.snooze).toBe(undefined)
  })

  test('that is told after a later one takes nothing from it, and adds nothing to it', () => {
    const earlier: Claim = { ...claim, id: 'r0' }
    const snoozed = applyEntry(seen, entry('snoozed', { at: NOW + HOUR, snooze: NOW + DAY }))
    const told = applyEntry(snoozed, entry('left', { claim: earlier, at: NOW - HOUR }))
    expect(counter(told)).toMatchObject({ leftAt: NOW + HOUR, snooze: DAY - HOUR, done: ['r1', 'r0'] })
    const later = { ...claim, id: 'r2' }
    const answered = applyEntry(snoozed, entry('dismissed', { claim: later, at: NOW + 2 * HOUR }))
    expect(counter(answered)).toMatchObject({ leftAt: NOW + 2 * HOUR, snooze: DAY - 2 * HOUR })

    const left = applyEntry(seen, entry('left', { at: NOW + HOUR }))
    const late = applyEntry(left, entry('snoozed', { claim: earlier, at: NOW - HOUR, snooze: NOW + DAY }))
    expect(counter(late)).toMatchObject({ leftAt: NOW + HOUR, snooze: DAY - HOUR })
  })

  test('frees the place, and is remembered by its claim', () => {
    const ledger = applyEntry(seen, entry('clicked'))
    expect(ledger.place).toBe(undefined)
    expect(counter(ledger)).toEqual({ n: 1, shown: [NOW], refused: [], leftAt: NOW + MINUTE, done: ['r1'] })
    expect(ledger.lastAt).toBe(NOW + MINUTE)
  })

  test('that is a click is an exposure, and no refusal', () => {
    expect(applyEntry(seen, entry('clicked')).accounts.a1?.exposures.map(({ outcome }) => outcome)).toEqual([
      'shown',
      'clicked',
    ])
  })

  test('that is a refusal counts, and remembers the figure that was refused', () => {
    expect(counter(applyEntry(seen, entry('dismissed')))).toEqual({
      n: 1,
      shown: [NOW],
      refused: [NOW + MINUTE],
      leftAt: NOW + MINUTE,
      done: ['r1'],
      floor: 90,
    })
  })

  test('remembers the figure at its own time, where that is told', () => {
    expect(counter(applyEntry(seen, entry('dismissed', { used: 95 })))?.floor).toBe(95)
  })

  test('that puts off until the next session is a refusal that names the session', () => {
    const refused = counter(applyEntry(seen, entry('snoozed', { snooze: 's1' })))
    expect([refused?.refused, refused?.snooze]).toEqual([[NOW + MINUTE], 's1'])
  })

  test('that puts off for a time is kept as a length from the answer', () => {
    expect(counter(applyEntry(seen, entry('snoozed', { snooze: NOW + MINUTE + HOUR })))?.snooze).toBe(HOUR)
  })

  test('before the impression was confirmed counts as one', () => {
    const ledger = applyEntry(standing, entry('dismissed', { counted: false }))
    expect([counter(ledger)?.n, ledger.session?.prompts, ledger.place]).toEqual([1, 1, undefined])
  })

  test('counts no second impression where the record knows of the first', () => {
    expect(counter(applyEntry(seen, entry('dismissed', { counted: false })))?.n).toBe(1)
  })

  test('counts though another holds the place by now, and leaves that place', () => {
    const taken = { ...ledgerOf(), place: { ...place, id: 'r2' } }
    const ledger = applyEntry(taken, entry('dismissed', { counted: false }))
    expect([counter(ledger)?.refused, ledger.place?.id]).toEqual([[NOW + MINUTE], 'r2'])
  })

  test('is folded once, also after counts have begun again', () => {
    const once = rearm(applyEntry(seen, entry('dismissed')), claim.counter)
    expect(applyEntry(once, entry('dismissed'))).toEqual(once)
  })
})

describe('a prompt that leaves unanswered', () => {
  test('is remembered as left where it was seen, and is no refusal', () => {
    const ledger = applyEntry(seen, entry('left'))
    expect(counter(ledger)).toEqual({ n: 1, shown: [NOW], refused: [], leftAt: NOW + MINUTE, done: ['r1'] })
    expect([ledger.place, ledger.lastAt]).toEqual([undefined, NOW])
  })

  test('counts for nothing where it was not seen', () => {
    const { place: _, ...free } = standing
    expect(applyEntry(standing, entry('left', { counted: false }))).toEqual(free)
  })
})

describe('counts begin again', () => {
  const full = ledgerOf({
    session: { shown: { k: 1, other: 1 } },
    ...counted({ k: { n: 3, shown: [1, 2], refused: [1, 2, 3], leftAt: 3, snooze: HOUR, done: ['r1'] } }),
  })

  test('with a rise: of the session too, and quiet days and snoozes end', () => {
    const ledger = rearm(full, claim.counter)
    expect(counter(ledger)).toEqual({ n: 0, shown: [], refused: [], done: ['r1'] })
    expect(ledger.session?.shown).toEqual({ other: 1 })
  })

  test('with a new period: quiet days stay open, and snoozes and rolling windows hold', () => {
    const rule = { suppress: { dismissals: 3, quietMs: DAY }, frequency: [], rearms: true }
    expect(counter(renew(full, claim.counter, rule, NOW))).toEqual({
      n: 0,
      shown: [1, 2],
      refused: [],
      done: ['r1'],
      quietAt: 3,
      snooze: HOUR,
      leftAt: 3,
    })
  })
})

describe('other entries', () => {
  test('opt out of types, each once', () => {
    const out = applyEntry(ledgerOf({ optOuts: ['all'] }), { t: 'optedOut', types: ['all', 'team_growth'], at: NOW })
    expect(out.optOuts).toEqual(['all', 'team_growth'])
  })

  test('count attempts at a feature, each once', () => {
    const attempt = (at: number): Entry => ({ t: 'attempt', feature: 'sso', at })
    const twice = [attempt(1), attempt(2), attempt(2), attempt(1)].reduce(applyEntry, ledgerOf())
    expect(twice.features.sso?.attempts).toBe(2)
  })

  test('of a later version are not guessed at', () => {
    expect(() => applyEntry(ledgerOf(), { t: 'other' } as never)).toThrow()
  })
})

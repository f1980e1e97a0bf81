import { describe, expect, test } from 'vitest'
import {
  armed,
  checkSnooze,
  checkSuppression,
  type QuietRule,
  quietOpenedAt,
} from '../../packages/sdk/src/core/checkSuppression.ts'
import { type Counter, emptyCounter } from '../../packages/sdk/src/core/ledger.ts'
import { DAY, HOUR, ledgerOf, MINUTE, NOW, SESSION } from './sample.ts'

/** A limit trigger's rule, as it is by default. */
const LIMIT: QuietRule = {
  suppress: { dismissals: 3, quietMs: 30 * DAY },
  frequency: [{ max: 1, per: 'session' }, { max: 3 }],
  rearms: true,
}
const counter = (change: Partial<Counter>): Counter => ({ ...emptyCounter, ...change })
const daysAgo = (...days: number[]) => days.map((n) => NOW - n * DAY)
const check = (rule: QuietRule, known: Counter, ledger = ledgerOf(), used?: number) =>
  checkSuppression(rule, known, ledger, ledger.session, used, NOW)

describe('after refusals', () => {
  test('says nothing against a prompt refused twice', () => {
    expect(check(LIMIT, counter({ n: 2, refused: daysAgo(2, 1) }))).toBe(undefined)
  })

  test('stays quiet for 30 days from the third refusal', () => {
    expect(check(LIMIT, counter({ n: 3, refused: daysAgo(9, 5, 2) }))).toEqual({
      reason: 'quiet',
      untilAt: NOW + 28 * DAY,
      figures: { refusals: 3 },
    })
  })

  test('is still quiet after 29.99 days', () => {
    expect(check(LIMIT, counter({ n: 3, refused: daysAgo(40, 35, 29.99) }))?.untilAt).toBe(NOW + 0.01 * DAY)
  })

  test('is quiet no more after 30.01 days', () => {
    expect(check(LIMIT, counter({ n: 3, refused: daysAgo(40, 35, 30.01) }))).toBe(undefined)
  })

  test('is quiet no more at 30 days sharp', () => {
    expect(check(LIMIT, counter({ n: 3, refused: daysAgo(40, 35, 30) }))).toBe(undefined)
  })

  test('reads quiet days opened later than now as opened now', () => {
    expect(check(LIMIT, counter({ n: 3, refused: daysAgo(9, 5, -400) }))?.untilAt).toBe(NOW + 30 * DAY)
  })

  test('runs from the last of more refusals than open quiet days, so that they are never cut short', () => {
    expect(quietOpenedAt(LIMIT, counter({ n: 4, refused: daysAgo(9, 5, 2, 1) }))).toBe(NOW - DAY)
  })

  test('runs from the last of all that open quiet days', () => {
    const refused = daysAgo(9, 8, 7)
    expect(quietOpenedAt(LIMIT, counter({ n: 6, refused, shown: daysAgo(3), leftAt: NOW - 2 * DAY }))).toBe(
      NOW - 2 * DAY,
    )
    expect(quietOpenedAt(LIMIT, counter({ refused, quietAt: NOW - DAY }))).toBe(NOW - DAY)
  })

  test('knows no quiet days where the file has none', () => {
    expect(check({ frequency: [], rearms: true }, counter({ n: 9, refused: daysAgo(3, 2, 1) }))).toBe(undefined)
  })
})

describe('after the last impression that the rule allows', () => {
  test('opens quiet days when it left the screen unanswered', () => {
    const known = counter({ n: 3, shown: daysAgo(1), refused: [], leftAt: NOW - DAY + HOUR })
    expect(check(LIMIT, known)).toEqual({ reason: 'quiet', untilAt: NOW + 29 * DAY + HOUR, figures: { refusals: 0 } })
  })

  test('opens them at the impression while nobody has seen it leave, whenever the one before it left', () => {
    expect(quietOpenedAt(LIMIT, counter({ n: 3, shown: daysAgo(1), leftAt: NOW - 20 * DAY }))).toBe(NOW - DAY)
  })

  test('opens none before it', () => {
    expect(quietOpenedAt(LIMIT, counter({ n: 2, shown: daysAgo(1), leftAt: NOW }))).toBe(undefined)
  })

  test('opens none where impressions are not bounded in all', () => {
    const rule = { ...LIMIT, frequency: [{ max: 1, per: 'session' }] as const }
    expect(quietOpenedAt(rule, counter({ n: 9, shown: daysAgo(1), leftAt: NOW }))).toBe(undefined)
  })

  test('opens none for a trigger that does not re-arm', () => {
    expect(quietOpenedAt({ ...LIMIT, rearms: false }, counter({ n: 3, shown: daysAgo(1), leftAt: NOW }))).toBe(
      undefined,
    )
  })
})

describe('re-arms', () => {
  const spent = counter({ n: 3, shown: daysAgo(40, 35, 31), refused: daysAgo(40, 35, 31), leftAt: NOW - 31 * DAY })

  test('when quiet days are over: counts begin again, and rolling windows roll on', () => {
    expect(armed(LIMIT, spent, NOW)).toEqual({ n: 0, shown: spent.shown, refused: [], leftAt: NOW - 31 * DAY })
  })

  test('not a millisecond before', () => {
    expect(armed(LIMIT, spent, NOW - DAY - 1)).toBe(spent)
  })

  test('refusals only, where it is no limit trigger', () => {
    const rule: QuietRule = { suppress: { dismissals: 3, quietMs: 30 * DAY }, frequency: [{ max: 3 }], rearms: false }
    expect(armed(rule, spent, NOW)).toEqual({ n: 3, shown: spent.shown, refused: [], leftAt: NOW - 31 * DAY })
  })

  test('nothing that has no quiet days', () => {
    const known = counter({ n: 2, refused: daysAgo(300) })
    expect(armed(LIMIT, known, NOW)).toBe(known)
  })

  test('when quiet days that a new billing period found open are over', () => {
    expect(armed(LIMIT, counter({ quietAt: NOW - 30 * DAY }), NOW)).toEqual(emptyCounter)
  })

  test('and keeps a snooze that lasts longer', () => {
    const known = { ...spent, snooze: 60 * DAY }
    expect(checkSnooze(armed(LIMIT, known, NOW), SESSION, NOW)).toEqual({ reason: 'snoozed', untilAt: NOW + 29 * DAY })
  })
})

describe('over all features', () => {
  const rule: QuietRule = { suppress: { impressions: 3, per: 'session' }, frequency: [{ max: 1 }], rearms: false }

  test('says nothing after two feature prompts in the session', () => {
    expect(check(rule, emptyCounter, ledgerOf({ session: { features: 2 } }))).toBe(undefined)
  })

  test('is quiet after three feature prompts in the session', () => {
    expect(check(rule, emptyCounter, ledgerOf({ session: { features: 3 } }))).toEqual({
      reason: 'quiet',
      figures: { shown: 3, max: 3, per: 'session' },
    })
  })

  const weekly: QuietRule = { ...rule, suppress: { impressions: 2, per: 7 * DAY } }

  test('is quiet after as many as a window allows, until the window has rolled on', () => {
    expect(check(weekly, emptyCounter, ledgerOf({ featuresShown: daysAgo(6, 1) }))).toEqual({
      reason: 'quiet',
      untilAt: NOW + DAY,
      figures: { shown: 2, max: 2, per: 7 * DAY },
    })
  })

  test('says nothing once the window has rolled on', () => {
    expect(check(weekly, emptyCounter, ledgerOf({ featuresShown: daysAgo(7, 1) }))).toBe(undefined)
  })
})

describe('once refused, not until usage rises', () => {
  const rule: QuietRule = { suppress: { untilRise: true }, frequency: [{ max: 1, per: 'session' }], rearms: false }

  test('says nothing before a refusal', () => {
    expect(check(rule, emptyCounter, ledgerOf(), 9)).toBe(undefined)
  })

  test('is quiet at the figure that was refused', () => {
    expect(check(rule, counter({ floor: 9 }), ledgerOf(), 9)).toEqual({
      reason: 'quiet',
      figures: { used: 9, refusedAt: 9 },
    })
  })

  test('says nothing one above it', () => {
    expect(check(rule, counter({ floor: 9 }), ledgerOf(), 10)).toBe(undefined)
  })
})

describe('a snooze', () => {
  test('lasts for the session it was asked in', () => {
    expect(checkSnooze(counter({ snooze: 's1', leftAt: NOW }), SESSION, NOW)).toEqual({ reason: 'snoozed' })
  })

  test('is over in the next session', () => {
    expect(checkSnooze(counter({ snooze: 's0', leftAt: NOW }), SESSION, NOW)).toBe(undefined)
  })

  test('lasts as long as the file says, from the answer', () => {
    expect(checkSnooze(counter({ snooze: HOUR, leftAt: NOW - MINUTE }), SESSION, NOW)).toEqual({
      reason: 'snoozed',
      untilAt: NOW + 59 * MINUTE,
    })
  })

  test('is over then', () => {
    expect(checkSnooze(counter({ snooze: HOUR, leftAt: NOW - HOUR }), SESSION, NOW)).toBe(undefined)
  })

  test('lasts no longer than the file says when the clock was set back', () => {
    expect(checkSnooze(counter({ snooze: HOUR, leftAt: NOW + 400 * DAY }), SESSION, NOW)?.untilAt).toBe(NOW + HOUR)
  })

  test('is nothing where nobody asked for one', () => {
    expect(checkSnooze(emptyCounter, SESSION, NOW)).toBe(undefined)
  })
})

import { describe, expect, test } from 'vitest'
import type { Trigger, Variant } from '../../packages/sdk/src/config/types.ts'
import { bucket } from '../../packages/sdk/src/core/bucket.ts'
import { decide, judgeWith } from '../../packages/sdk/src/core/decide.ts'
import type { Match } from '../../packages/sdk/src/core/match.ts'
import {
  accountLedger,
  counted,
  DAY,
  FEATURE,
  type Given,
  given,
  LIMIT,
  ledgerOf,
  MILESTONE,
  NOW,
  reasons,
  SECOND,
  shown,
  TEAM,
} from './sample.ts'

const near = { usage: { projects: { used: 90 } } }
const on = (more: Partial<Given> = {}) => given({ triggers: [LIMIT], ...near, ...more })
const FIGURES = {
  resource: 'projects',
  used: 90,
  limit: 100,
  percent: 90,
  remaining: 10,
  plan: 'pro',
  currentPlan: 'starter',
}

describe('a decision', () => {
  test('names what shows, with its figures, and every verdict', () => {
    const input = on()
    const rule = input.rules.all.get('projects-80')
    expect(decide(input)).toEqual({
      show: {
        rule,
        match: { figures: FIGURES, counter: { account: 'a1', key: 't:projects-80' }, rung: 0 },
        variant: -1,
        held: false,
      },
      verdicts: [{ triggerId: 'projects-80', triggerType: 'limit_approaching', reasons: [], figures: FIGURES }],
    })
  })

  test('says of each that loses who won', () => {
    const { verdicts } = decide(on({ triggers: [LIMIT, { ...LIMIT, id: 'second' }] }))
    expect(verdicts[1]?.reasons).toEqual([{ reason: 'outranked', figures: { by: 'projects-80' } }])
  })

  test('says until when a question that was asked as often as may be is silent: its quiet days let counts begin again', () => {
    const leftAt = NOW - 29 * DAY
    const ledger = ledgerOf(counted({ 't:projects-80': { n: 3, shown: [leftAt], leftAt } }))
    expect(decide(on({ ledger })).verdicts[0]?.reasons).toEqual([
      { reason: 'frequency', untilAt: NOW + DAY, figures: { shown: 3, max: 3 } },
    ])
    // By then the session is over, and nothing else stands in the way.
    expect(Object.values(reasons(on({ ledger, now: NOW + DAY }))).flat()).toEqual([{ reason: 'hidden' }])
  })

  test('says what stands in the way, and until when a reservation can', () => {
    const place = { id: 'r', tab: 't2', triggerId: 'other', at: NOW - SECOND, shown: false }
    expect(reasons(on({ ledger: ledgerOf({ place }) }))).toEqual({
      'projects-80': [{ reason: 'on_screen', untilAt: NOW + 9 * SECOND, figures: { triggerId: 'other' } }],
    })
  })

  test('says no end of what was seen and stands', () => {
    const place = { id: 'r', tab: 't2', triggerId: 'other', at: NOW - SECOND, shown: true }
    expect(reasons(on({ ledger: ledgerOf({ place }) }))).toEqual({
      'projects-80': [{ reason: 'on_screen', figures: { triggerId: 'other' } }],
    })
  })

  test('stops at the first reason, unless asked for all', () => {
    const ledger = ledgerOf({ optOuts: ['all'], session: { prompts: 3 } })
    expect(decide(on({ ledger })).verdicts[0]?.reasons.map(({ reason }) => reason)).toEqual(['cap_session'])
    expect(reasons(on({ ledger }))['projects-80']?.map(({ reason }) => reason)).toEqual(['cap_session', 'opted_out'])
  })

  test('says when a schedule begins, and no more once it is over', () => {
    const schedule = (from: string, until: string) =>
      reasons(on({ triggers: [{ ...LIMIT, schedule: { from, until } }] }))['projects-80']
    expect(schedule('2026-11-22', '2026-12-01')).toEqual([
      { reason: 'schedule', untilAt: Date.parse('2026-11-22T00:00:00+02:00') },
    ])
    expect(schedule('2026-10-22', '2026-11-01')).toEqual([{ reason: 'schedule' }])
  })

  test('begins a schedule on the visitor’s day to the millisecond, and ends it after its last', () => {
    const schedule = { from: '2026-11-22', until: '2026-11-23' }
    const at = (now: string) =>
      shown(
        decide(
          on({
            triggers: [{ ...LIMIT, schedule }],
            now: Date.parse(now),
            page: { activeAt: Date.parse(now) },
            ledger: ledgerOf({ session: { activeAt: Date.parse(now) } }),
          }),
        ),
      )
    expect(at('2026-11-21T23:59:59.999+02:00')).toBe(undefined)
    expect(at('2026-11-22T00:00:00.000+02:00')).toBe('projects-80')
    expect(at('2026-11-23T23:59:59.999+02:00')).toBe('projects-80')
    expect(at('2026-11-24T00:00:00.000+02:00')).toBe(undefined)
  })
})

describe('judges', () => {
  const triggers = [
    LIMIT,
    { ...LIMIT, id: 'low', at: 0.5 },
    TEAM,
    FEATURE,
    { ...FEATURE, id: 'routed', near: { route: '/x' } },
    MILESTONE,
  ]
  const ids = (more: Partial<Given>) => decide(given({ triggers, ...more })).verdicts.map(({ triggerId }) => triggerId)

  test('only what usage may have reached', () => {
    expect(ids({ usage: { projects: { used: 60 } } })).toEqual(['low'])
  })

  test('only what is near', () => {
    expect(ids({ near: { sso: { untilAt: NOW } } })).toEqual(['sso-discovery', 'routed'])
    expect(ids({ path: '/x' })).toEqual(['routed'])
    expect(ids({ path: '/y' })).toEqual([])
  })

  test('only milestones of a metric that passed one in this session', () => {
    const ledger = (session: string) => ledgerOf(accountLedger({ passed: { projects: { session, values: [10] } } }))
    expect(ids({ ledger: ledger('s1') })).toEqual(['first-100'])
    expect(ids({ ledger: ledger('s0') })).toEqual([])
  })
})

describe('a variant', () => {
  const variants: readonly Variant[] = [
    { id: 'a', weight: 0.3, copy: { title: 'A' } },
    { id: 'owner', if: { 'user.role': 'owner' }, copy: { title: 'O' } },
    { id: 'b', weight: 0.3, copy: { title: 'B' } },
    { id: 'named', if: { 'user.name': { $exists: true } }, copy: { title: '{user.name}' } },
  ]
  const triggers: readonly Trigger[] = [{ ...LIMIT, variants }]
  const pick = (more: Partial<Given> = {}) => decide(on({ triggers, ...more })).show?.variant
  const idIn = (from: number, to: number) => {
    for (let i = 0; ; i++)
      if (bucket('projects-80', `a${i}`) >= from && bucket('projects-80', `a${i}`) < to) return `a${i}`
  }

  test.each([
    [0, 0.3, 0],
    [0.3, 0.6, 2],
    [0.6, 1, -1],
  ])('of weight is chosen by the bucket: from %d to %d it is %i', (from, to, variant) => {
    expect(pick({ account: { id: idIn(from, to) } })).toBe(variant)
  })

  test('whose condition is true comes before every weight', () => {
    expect(pick({ user: { role: 'owner' }, account: { id: idIn(0, 0.3) } })).toBe(1)
  })

  test('whose condition is true may be the very first', () => {
    const first = [
      {
        ...LIMIT,
        variants: [
          { id: 'admin', if: { 'user.role': 'admin' } },
          { id: 'rest', weight: 1 },
        ],
      },
    ]
    expect(pick({ triggers: first })).toBe(0)
  })

  test('is the first whose condition is true', () => {
    expect(pick({ user: { role: 'owner', name: 'Ada' } })).toBe(1)
    expect(pick({ user: { name: 'Ada' } })).toBe(3)
  })

  test('is asked for what its own copy needs, and the trigger’s copy for its own', () => {
    const needy = [
      { ...LIMIT, copy: { title: '{user.name}' }, variants: [{ id: 'v', weight: 1, copy: { title: 'V' } }] },
    ]
    expect(pick({ triggers: needy })).toBe(0)
    expect(shown(decide(on({ triggers: [{ ...LIMIT, copy: { title: '{user.name}' } }] })))).toBe(undefined)
  })
})

describe('chance hangs', () => {
  const known = { user: { id: 'u1' }, account: { id: 'a1' } }

  test.each([
    ['the account', known, 'account', 'a1'],
    ['the user, where the host says so', known, 'user', 'u1'],
    ['the user, where no account is known', { ...known, account: { id: null } }, 'account', 'u1'],
    ['the account, where no user is known', { ...known, user: { id: null } }, 'user', 'a1'],
    ['the ledger, where nobody is known', { user: { id: null }, account: { id: null } }, 'account', 'ledger'],
  ] as const)('on %s', (_, who, hashBy, id) => {
    const variants = Array.from({ length: 50 }, () => ({ weight: 0.02 }))
    const input = on({
      triggers: [{ ...TEAM, variants }],
      ...who,
      usage: { seats: { used: 9, limit: 10 } },
      page: { hashBy },
    })
    expect(decide(input).show?.variant).toBe(Math.floor(bucket('team-growth', id) * 50))
  })
})

describe('a holdout', () => {
  const triggers = [
    { ...LIMIT, holdout: 0.5 },
    { ...LIMIT, id: 'second' },
  ]
  const idWhere = (isHeld: boolean) => {
    for (let i = 0; ; i++) if (bucket('projects-80:holdout', `a${i}`) < 0.5 === isHeld) return `a${i}`
  }

  test('takes the place of what it holds back', () => {
    const { show } = decide(on({ triggers, account: { id: idWhere(true) } }))
    expect([show?.rule.trigger.id, show?.held]).toEqual(['projects-80', true])
  })

  test('is a reason in what is explained, and outranks the rest', () => {
    expect(reasons(on({ triggers, account: { id: idWhere(true) } }))).toEqual({
      'projects-80': [{ reason: 'holdout' }],
      second: [{ reason: 'outranked', figures: { by: 'projects-80' } }],
    })
  })

  test('holds nobody else back', () => {
    expect(decide(on({ triggers, account: { id: idWhere(false) } })).show?.held).toBe(false)
  })

  test('of 0 holds nobody back, of 1 everybody', () => {
    expect(decide(on({ triggers: [{ ...LIMIT, holdout: 0 }] })).show?.held).toBe(false)
    expect(decide(on({ triggers: [{ ...LIMIT, holdout: 1 }] })).show?.held).toBe(true)
  })
})

describe('a prompt that stands', () => {
  const standing = (figures = FIGURES): Match => ({
    figures,
    counter: { account: 'a1', key: 't:projects-80' },
    rung: 0,
  })
  const stays = (more: Partial<Given>) => {
    const input = on(more)
    return judgeWith(input)(input.rules.all.get('projects-80')!, 'standing', true, standing()).reasons.map(
      ({ reason }) => reason,
    )
  }
  const full = {
    ...counted({ 't:projects-80': { n: 3, shown: [NOW], refused: [NOW, NOW, NOW], snooze: 's1' } }),
    lastAt: NOW,
  }

  test('stays though every count is full, the tab hidden, storage gone, a dialog open', () => {
    const ledger = ledgerOf({ ...full, session: { prompts: 3, shown: { 't:projects-80': 1 } } })
    expect(
      stays({
        ledger,
        file: { caps: { minInterval: '1d' } },
        page: { visible: false, storage: false, dialog: true, typingUntilAt: NOW + 1 },
      }),
    ).toEqual([])
  })

  test.each<[string, Partial<Given>, string]>([
    ['it is paused', { page: { paused: true } }, 'paused'],
    ['consent is gone', { page: { consent: false } }, 'consent'],
    ['its place is gone', { page: { hasPlace: () => false } }, 'no_place'],
    ['its type is opted out of', { ledger: ledgerOf({ optOuts: ['limit_approaching'] }) }, 'opted_out'],
    ['health falls', { account: { health: 1 } }, 'health'],
    ['support is escalated', { account: { support_escalation: true } }, 'flag'],
    ['the file disables it', { triggers: [{ ...LIMIT, enabled: false }] }, 'disabled'],
    ['its audience is left', { triggers: [{ ...LIMIT, audience: { 'user.role': 'x' } }] }, 'audience'],
    ['its schedule ends', { triggers: [{ ...LIMIT, schedule: { until: '2026-11-01' } }] }, 'schedule'],
    ['usage falls', { usage: { projects: { used: 74 } } }, 'not_matched'],
    ['its figures are unknown', { usage: {} }, 'figures'],
    [
      'the plan that it offers is held',
      { account: { plan: 'pro' }, usage: { projects: { used: 900 } } },
      'not_matched',
    ],
  ])('goes when %s', (_, more, reason) => {
    expect(stays(more)).toEqual([reason])
  })
})

describe('a click on a locked control', () => {
  const asked = (more: Partial<Given>) => {
    const input = given({ triggers: [FEATURE], ...more })
    const standing = { figures: {}, counter: { account: null, key: 'sso' } }
    return judgeWith(input)(input.rules.all.get('sso-discovery')!, 'asked', true, standing).reasons.map(
      ({ reason }) => reason,
    )
  }

  test('is answered every time, whatever was shown, refused or held back before', () => {
    const features = { sso: { n: 9, shown: [NOW], refused: [NOW], snooze: 's1' } }
    const ledger = ledgerOf({ features, lastAt: NOW, session: { prompts: 3, features: 3 } })
    const account = { health: 1, support_escalation: true, createdAt: '2026-11-19T00:00:00Z' }
    expect(
      asked({
        ledger,
        account,
        file: { caps: { minInterval: '1d' } },
        page: { visible: false, dialog: true, storage: false },
      }),
    ).toEqual([])
  })

  test.each<[string, Partial<Given>, string]>([
    ['audience', { triggers: [{ ...FEATURE, audience: { 'user.role': 'x' } }] }, 'audience'],
    ['schedule', { triggers: [{ ...FEATURE, schedule: { until: '2026-11-01' } }] }, 'schedule'],
    ['opt-out', { ledger: ledgerOf({ optOuts: ['feature_discovery'] }) }, 'opted_out'],
    ['pause', { page: { paused: true } }, 'paused'],
    ['consent', { page: { consent: false } }, 'consent'],
  ])('can be held back by %s', (_, more, reason) => {
    expect(asked(more)).toEqual([reason])
  })
})

test('lets a block be held back by its switch, its audience and its schedule alone', () => {
  const ledger = ledgerOf({ optOuts: ['all'], session: { prompts: 3 } })
  const page = { consent: false, paused: true, storage: false, visible: false, dialog: true, hasPlace: () => false }
  const judge = (trigger: Trigger) => {
    const input = given({ triggers: [trigger], ledger, page, account: { health: 1, plan: 'x' } })
    return judgeWith(input)(input.rules.all.get('team-growth')!, 'block', true).reasons.filter(
      ({ reason }) => reason !== 'holdout',
    )
  }
  expect(judge({ ...TEAM, holdout: 1, copy: { title: '{user.name}' } })).toEqual([])
  expect(judge({ ...TEAM, enabled: false })).toEqual([{ reason: 'disabled' }])
  expect(judge({ ...TEAM, audience: { 'user.role': 'x' } })).toEqual([{ reason: 'audience' }])
  expect(judge({ ...TEAM, schedule: { until: '2026-11-01' } })).toEqual([{ reason: 'schedule' }])
})

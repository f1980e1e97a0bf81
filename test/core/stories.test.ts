import { describe, expect, test } from 'vitest'
import type { PlimsollConfig, Trigger } from '../../packages/sdk/src/config/types.ts'
import { DAY, FEATURE, HOUR, LIMIT, MILESTONE, MINUTE, NOW, rulesOf, SECOND, TEAM } from './sample.ts'
import { type Happening, type Report, simulate, type World } from './simulate.ts'

/** A world in which an admin of an account on the first plan is here. */
function begin(
  triggers: readonly Trigger[],
  usage: { readonly [resource: string]: Report } = {},
  file: Partial<PlimsollConfig> = {},
  tabs = 1,
) {
  const happened: Happening[] = []
  const world = simulate(rulesOf(triggers, file), tabs, (happening) => happened.push(happening))
  world.identify({ user: { id: 'u1', role: 'admin' }, account: { id: 'a1', plan: 'starter' } })
  world.usage(usage)
  return { world, happened, rises: () => happened.flatMap((one) => (one.type === 'rise' ? [one.rise] : [])) }
}

/** Decides, and lets what shows be seen. */
function see(world: World, i = 0): string | undefined {
  world.turn(i)
  world.confirm(i)
  return world.standing(i)
}

/** Comes back after a while, to a new session, and sees what shows. */
function comeBack(world: World, afterMs = DAY): string | undefined {
  world.answer('clicked')
  world.advance(afterMs)
  world.active()
  return see(world)
}

/** Refuses what shows, in as many sessions, a day between each. */
function refuse(world: World, times: number): void {
  for (let i = 0; i < times; i++) {
    world.answer('dismissed')
    if (i === times - 1) return
    world.advance(DAY)
    world.active()
    see(world)
  }
}

const seen = (world: World, key: string) => world.ledger().accounts.a1?.counters[key]

describe('a resource near its limit', () => {
  const near = { projects: { used: 82 } }

  test('is told of once a session', () => {
    const { world } = begin([LIMIT], near)
    expect(see(world)).toBe('projects-80')
    world.answer('dismissed')
    expect(see(world)).toBe(undefined)
  })

  test('is told of three times in all, whether answered or not', () => {
    const { world } = begin([LIMIT], near)
    expect(see(world)).toBe('projects-80')
    expect(comeBack(world)).toBe('projects-80')
    expect(comeBack(world)).toBe('projects-80')
    expect(comeBack(world)).toBe(undefined)
  })

  test('is silent for 30 days from the third refusal, and told of after them', () => {
    const { world } = begin([LIMIT], near)
    see(world)
    refuse(world, 3)
    world.advance(29.99 * DAY)
    world.active()
    expect(see(world)).toBe(undefined)
    world.advance(0.02 * DAY)
    world.active()
    expect(see(world)).toBe('projects-80')
    expect(seen(world, 't:projects-80')?.n).toBe(1)
  })

  test('is told of three times more after quiet days', () => {
    const { world } = begin([LIMIT], near)
    see(world)
    refuse(world, 3)
    world.advance(30 * DAY)
    world.active()
    expect(see(world)).toBe('projects-80')
    expect(comeBack(world)).toBe('projects-80')
    expect(comeBack(world)).toBe('projects-80')
    expect(comeBack(world)).toBe(undefined)
  })

  test('is silent for 30 days from when a third impression left the screen unanswered', () => {
    const { world } = begin([LIMIT], near)
    see(world)
    comeBack(world)
    expect(comeBack(world)).toBe('projects-80')
    world.advance(10 * MINUTE)
    world.usage({ projects: { used: 10 } })
    expect(world.standing()).toBe(undefined)
    world.usage(near)
    world.advance(30 * DAY - 1)
    world.active()
    expect(see(world)).toBe(undefined)
    world.advance(1)
    expect(see(world)).toBe('projects-80')
  })

  test('is silent for 30 days from a third impression that a crash took away', () => {
    const { world } = begin([LIMIT], near)
    see(world)
    comeBack(world)
    comeBack(world, 20 * DAY)
    world.crash()
    world.advance(29 * DAY)
    world.active()
    expect(see(world)).toBe(undefined)
    world.advance(DAY)
    world.active()
    expect(see(world)).toBe('projects-80')
  })

  test('is told of at once when the plan has risen, quiet days or not', () => {
    const { world, rises } = begin([LIMIT], near)
    see(world)
    refuse(world, 3)
    world.identify({ account: { plan: 'pro' } })
    world.usage({ projects: { used: 900 } })
    expect(rises()).toEqual([{ of: 'plan', from: 'starter', to: 'pro' }])
    expect(see(world)).toBe('projects-80')
  })

  test('is told of at once when its limit has risen, quiet days or not', () => {
    const { world, rises } = begin([LIMIT], near)
    see(world)
    refuse(world, 3)
    world.usage({ projects: { used: 110, limit: 120 } })
    expect(rises()).toEqual([{ of: 'limit', resource: 'projects', from: 100, to: 120 }])
    expect(see(world)).toBe('projects-80')
  })

  test('is not told of anew when another limit rises, or its own falls', () => {
    const { world } = begin([LIMIT], { ...near, seats: { used: 1, limit: 10 } })
    see(world)
    refuse(world, 3)
    world.usage({ seats: { used: 1, limit: 20 }, projects: { used: 82, limit: 90 } })
    world.advance(HOUR)
    world.active()
    expect(see(world)).toBe(undefined)
  })

  test('is told of anew in a new billing period: counts begin again', () => {
    const { world } = begin([LIMIT], { projects: { used: 82, resetsAt: NOW + 5 * DAY } })
    see(world)
    comeBack(world)
    world.answer('clicked')
    world.advance(5 * DAY)
    world.active()
    world.usage({ projects: { used: 85, resetsAt: NOW + 35 * DAY } })
    expect(see(world)).toBe('projects-80')
    expect(seen(world, 't:projects-80')?.n).toBe(1)
  })

  test('stays silent through a new billing period while quiet days are open', () => {
    const { world } = begin([LIMIT], { projects: { used: 82, resetsAt: NOW + 5 * DAY } })
    see(world)
    refuse(world, 3)
    world.advance(5 * DAY)
    world.active()
    world.usage({ projects: { used: 85, resetsAt: NOW + 65 * DAY } })
    expect(see(world)).toBe(undefined)
    world.advance(25 * DAY - 1)
    world.active()
    expect(see(world)).toBe(undefined)
    world.advance(1)
    expect(see(world)).toBe('projects-80')
  })

  test('is told of no more often in a window because counts have begun again', () => {
    const frequency = [{ max: 2, per: '60d' }, { max: 2 }]
    const { world } = begin([{ ...LIMIT, frequency, suppress: { dismissals: 2, quiet: '3d' } }], near)
    see(world)
    refuse(world, 2)
    world.advance(3 * DAY)
    world.active()
    expect(see(world)).toBe(undefined)
    world.advance(56 * DAY)
    world.active()
    expect(see(world)).toBe('projects-80')
  })

  test('is put off until the next session by Remind me later', () => {
    const { world } = begin([{ ...LIMIT, frequency: null }], near)
    see(world)
    world.answer('snoozed')
    expect(see(world)).toBe(undefined)
    world.advance(30 * MINUTE)
    world.active()
    expect(see(world)).toBe('projects-80')
  })

  test('is put off for as long as the file says', () => {
    const { world } = begin([{ ...LIMIT, frequency: null, snooze: '2d' }], near)
    see(world)
    world.answer('snoozed')
    world.advance(2 * DAY - 1)
    world.active()
    expect(see(world)).toBe(undefined)
    world.advance(1)
    expect(see(world)).toBe('projects-80')
  })

  test('is put off no longer when the clock is set back by a year', () => {
    const { world } = begin([{ ...LIMIT, frequency: null, snooze: '2d' }], near)
    see(world)
    world.answer('snoozed')
    world.setClock(-365 * DAY)
    world.advance(2 * DAY)
    world.active()
    expect(see(world)).toBe('projects-80')
  })

  test('stays on screen down to 75 %, and goes at 74 %', () => {
    const { world } = begin([LIMIT], near)
    see(world)
    world.usage({ projects: { used: 75 } })
    expect(world.standing()).toBe('projects-80')
    world.usage({ projects: { used: 74 } })
    expect(world.standing()).toBe(undefined)
  })

  test('goes from the screen when the session ends', () => {
    const { world } = begin([LIMIT], near)
    see(world)
    world.advance(30 * MINUTE)
    world.turn()
    expect(world.standing()).toBe(undefined)
  })

  test('goes from the screen when its figures have passed their resetsAt', () => {
    const { world } = begin([LIMIT], { projects: { used: 82, resetsAt: NOW + MINUTE } })
    see(world)
    world.advance(MINUTE)
    world.turn()
    expect(world.standing()).toBe(undefined)
  })
})

describe('a ladder', () => {
  const ladder: Trigger = { ...LIMIT, at: [0.8, 0.95, 1] }
  const rungs = (world: World) => [
    seen(world, 't:projects-80')?.n,
    seen(world, 't:projects-80@95')?.n,
    seen(world, 't:projects-80@100')?.n,
  ]

  test('speaks on each rung that usage rises to, with impressions of its own', () => {
    const { world } = begin([ladder])
    for (const used of [82, 96, 100]) {
      world.usage({ projects: { used } })
      expect(see(world)).toBe('projects-80')
      world.answer('dismissed')
    }
    expect(rungs(world)).toEqual([1, 1, 1])
  })

  test('is silent on the rung that usage fell back to', () => {
    const { world } = begin([ladder], { projects: { used: 96 } })
    world.usage({ projects: { used: 85 } })
    expect(see(world)).toBe(undefined)
  })

  test('speaks again once usage has fallen off it and risen to it', () => {
    const { world } = begin([ladder], { projects: { used: 96 } })
    world.usage({ projects: { used: 10 } })
    world.usage({ projects: { used: 85 } })
    expect(see(world)).toBe('projects-80')
    expect(rungs(world)).toEqual([1, undefined, undefined])
  })

  test('lets a higher rung take the place of the lower', () => {
    const { world } = begin([ladder], { projects: { used: 82 } })
    see(world)
    world.usage({ projects: { used: 96 } })
    expect(world.standing()).toBe(undefined)
    expect(see(world)).toBe('projects-80')
    expect(rungs(world)).toEqual([1, 1, undefined])
  })

  test('keeps a rung that usage fell from a little', () => {
    const { world } = begin([ladder], { projects: { used: 96 } })
    see(world)
    world.usage({ projects: { used: 90 } })
    expect(world.standing()).toBe('projects-80')
    world.usage({ projects: { used: 89 } })
    expect(world.standing()).toBe(undefined)
  })

  test('has quiet days of its own on each rung', () => {
    const { world } = begin([ladder], { projects: { used: 82 } })
    see(world)
    refuse(world, 3)
    world.advance(DAY)
    world.active()
    expect(see(world)).toBe(undefined)
    world.usage({ projects: { used: 95 } })
    expect(see(world)).toBe('projects-80')
  })
})

describe('a growing team', () => {
  const team = (used: number) => ({ seats: { used } })
  const later = (world: World, used: number) => {
    world.advance(DAY)
    world.active()
    world.usage(team(used))
    return see(world)
  }

  test('is told of once a session, without bound, while nobody refuses', () => {
    const { world } = begin([TEAM], team(9))
    expect(see(world)).toBe('team-growth')
    for (let i = 0; i < 9; i++) expect(comeBack(world)).toBe('team-growth')
  })

  test('is told of no more, once refused, until seats in use rise', () => {
    const { world } = begin([TEAM], team(8))
    see(world)
    world.answer('dismissed')
    expect(later(world, 8)).toBe(undefined)
    expect(later(world, 9)).toBe('team-growth')
  })

  test('is told of when seats in use fell and rose again', () => {
    const { world } = begin([TEAM], team(9))
    see(world)
    world.answer('dismissed')
    expect(later(world, 8)).toBe(undefined)
    expect(later(world, 9)).toBe('team-growth')
  })

  test('is measured by the seats in use when it was refused, not when it was shown', () => {
    const { world } = begin([TEAM], team(8))
    see(world)
    world.usage(team(9))
    world.answer('dismissed')
    expect(later(world, 9)).toBe(undefined)
    expect(later(world, 10)).toBe('team-growth')
  })

  test('is not told of anew because the plan has risen', () => {
    const { world } = begin([TEAM], team(9))
    see(world)
    world.answer('dismissed')
    world.identify({ account: { plan: 'pro' } })
    world.usage({ seats: { used: 9, limit: 10 } })
    world.advance(HOUR)
    world.active()
    expect(see(world)).toBe(undefined)
  })
})

describe('a locked feature', () => {
  const both: Trigger[] = [
    FEATURE,
    { ...FEATURE, id: 'sso-again' },
    { ...FEATURE, id: 'audit', feature: 'audit' },
    { ...FEATURE, id: 'scim', feature: 'scim' },
  ]

  test('is told of once in a life, by whichever trigger', () => {
    const { world } = begin(both)
    world.near('sso')
    expect(see(world)).toBe('sso-discovery')
    world.answer('dismissed')
    expect(see(world)).toBe(undefined)
    world.advance(400 * DAY)
    world.active()
    expect(see(world)).toBe(undefined)
  })

  test('is told of once over accounts: features are counted per user', () => {
    const { world } = begin(both)
    world.near('sso')
    see(world)
    world.answer('dismissed')
    world.identify({ account: { id: 'a2', plan: 'starter' } })
    expect(see(world)).toBe(undefined)
  })

  test('is told of no more after three feature prompts in a session', () => {
    const plans = [
      { id: 'starter', name: 'Starter' },
      { id: 'pro', name: 'Pro', features: ['a', 'b', 'c', 'd'] },
    ]
    const ids = ['a', 'b', 'c', 'd']
    const features = Object.fromEntries(ids.map((id) => [id, { name: id }]))
    const triggers = ids.map(
      (id): Trigger => ({ id, type: 'feature_discovery', feature: id, suppress: { impressions: 2, per: 'session' } }),
    )
    const { world } = begin(triggers, {}, { plans, features, resources: {} })
    const shown = ids.map((id) => {
      world.near(id)
      const trigger = see(world)
      world.answer('clicked')
      world.near(id, false)
      return trigger
    })
    expect(shown).toEqual(['a', 'b', undefined, undefined])
  })

  test('counts in a window though another trigger of features asks about none', () => {
    const triggers = both.map((trigger, i) =>
      i ? trigger : { ...trigger, suppress: { impressions: 2, per: '7d' } as const },
    )
    const { world } = begin([triggers[2]!, triggers[3]!, triggers[0]!])
    for (const feature of ['audit', 'scim']) {
      world.near(feature)
      see(world)
      world.answer('clicked')
      world.near(feature, false)
    }
    world.advance(HOUR)
    world.active()
    world.near('sso')
    expect(see(world)).toBe(undefined)
    world.advance(7 * DAY)
    world.active()
    expect(see(world)).toBe('sso-discovery')
  })
})

describe('a milestone', () => {
  const used = (n: number) => ({ projects: { used: n } })

  test('is not celebrated by the first figure ever seen', () => {
    const { world } = begin([MILESTONE], used(50))
    expect(see(world)).toBe(undefined)
  })

  test('is celebrated when a figure passes it', () => {
    const { world } = begin([MILESTONE], used(9))
    world.usage(used(10))
    expect(see(world)).toBe('first-100')
    expect(seen(world, 'm:projects=10')?.n).toBe(1)
  })

  test('is celebrated once, however often it is passed', () => {
    const { world } = begin([MILESTONE], used(9))
    world.usage(used(10))
    see(world)
    world.answer('dismissed')
    world.usage(used(5))
    world.usage(used(10))
    expect(comeBack(world)).toBe(undefined)
  })

  test('is the highest of several passed at once', () => {
    const { world } = begin([MILESTONE], used(9))
    world.usage(used(150))
    world.turn()
    expect(world.ledger().place?.triggerId).toBe('first-100')
    world.confirm()
    expect([seen(world, 'm:projects=10')?.n, seen(world, 'm:projects=100')?.n]).toEqual([1, 1])
    world.answer('clicked')
    expect(comeBack(world)).toBe(undefined)
  })

  test('is celebrated by one of several triggers, and by no other for the same jump', () => {
    const other: Trigger = { ...MILESTONE, id: 'fifty', milestones: [5, 50, 5000] }
    const { world } = begin([other, MILESTONE], used(9))
    world.usage(used(150))
    expect(see(world)).toBe('fifty')
    world.answer('clicked')
    expect(see(world)).toBe(undefined)
  })

  test('is tried until its session ends, then spent', () => {
    const { world } = begin([MILESTONE], used(9), { caps: { minInterval: '1h' } })
    world.usage(used(10))
    world.setVisible(false)
    expect(see(world)).toBe(undefined)
    world.advance(30 * MINUTE)
    world.active()
    world.setVisible(true)
    expect(see(world)).toBe(undefined)
    world.usage(used(5))
    world.usage(used(10))
    expect(see(world)).toBe(undefined)
  })

  test('is still tried in its session', () => {
    const { world } = begin([MILESTONE], used(9))
    world.usage(used(10))
    world.setVisible(false)
    expect(see(world)).toBe(undefined)
    world.advance(29 * MINUTE)
    world.setVisible(true)
    expect(see(world)).toBe('first-100')
  })

  test('is passed while the user is away, and celebrated when they are back', () => {
    const { world } = begin([MILESTONE], used(9))
    world.advance(HOUR)
    world.usage(used(10))
    expect(see(world)).toBe(undefined)
    world.active()
    expect(see(world)).toBe('first-100')
  })

  const exported: Trigger = {
    id: 'exports',
    type: 'usage_milestone',
    metric: 'report_exported',
    milestones: [2, 5, 10],
  }

  test('of a count begins with the first count', () => {
    const { world } = begin([exported])
    world.track('report_exported', 3)
    expect(see(world)).toBe(undefined)
    world.track('report_exported', 2)
    expect(see(world)).toBe('exports')
  })

  test('of a count is not passed while the user is away, but counts', () => {
    const { world } = begin([exported])
    world.track('report_exported')
    world.advance(HOUR)
    world.track('report_exported')
    world.active()
    expect(see(world)).toBe(undefined)
    expect(world.ledger().accounts.a1?.counts).toEqual({ report_exported: 2 })
  })

  test('of a resource is not passed by an event of its name', () => {
    const { world } = begin([MILESTONE], used(3))
    world.track('projects', 9)
    world.track('projects', 9)
    expect(see(world)).toBe(undefined)
  })

  test('is kept by account', () => {
    const { world } = begin([MILESTONE], used(9))
    world.identify({ account: { id: 'a2', plan: 'starter' } })
    world.usage(used(10))
    expect(see(world)).toBe(undefined)
  })

  test('is answered by the plan that it offered', () => {
    const { world } = begin([MILESTONE], used(9))
    world.usage(used(10))
    see(world)
    world.identify({ account: { plan: 'pro' } })
    expect(world.standing()).toBe(undefined)
  })
})

describe('caps', () => {
  test('let three prompts into a session, and no fourth', () => {
    const ids = ['a', 'b', 'c', 'd']
    const { world } = begin(
      ids.map((id) => ({ ...LIMIT, id })),
      { projects: { used: 90 } },
    )
    const shown = ids.map(() => {
      const id = see(world)
      world.answer('clicked')
      return id
    })
    expect(shown).toEqual(['a', 'b', 'c', undefined])
    expect(comeBack(world)).toBe('a')
  })

  test('measure the least time between prompts from the answer, where that is the later', () => {
    const { world } = begin(
      [LIMIT, { ...LIMIT, id: 'second' }],
      { projects: { used: 90 } },
      { caps: { minInterval: '10m' } },
    )
    see(world)
    world.advance(9 * MINUTE)
    world.answer('clicked')
    world.advance(10 * MINUTE - 1)
    expect(see(world)).toBe(undefined)
    world.advance(1)
    expect(see(world)).toBe('second')
  })

  test('measure it from the impression, where nobody answered', () => {
    const { world } = begin(
      [LIMIT, { ...TEAM, priority: -1 }],
      { projects: { used: 90 }, seats: { used: 9 } },
      { caps: { minInterval: '10m' } },
    )
    see(world)
    world.advance(5 * MINUTE)
    world.usage({ projects: { used: 1 } })
    world.advance(5 * MINUTE - 1)
    expect(see(world)).toBe(undefined)
    world.advance(1)
    expect(see(world)).toBe('team-growth')
  })

  test('let a group show as often as its window allows', () => {
    const group = 'expansion'
    const file = { caps: { groups: { expansion: { max: 2, per: '90d' } } } }
    const { world } = begin(
      [
        { ...LIMIT, group },
        { ...TEAM, group },
      ],
      { projects: { used: 90 }, seats: { used: 9 } },
      file,
    )
    expect(see(world)).toBe('projects-80')
    world.answer('clicked')
    expect(see(world)).toBe('team-growth')
    expect(comeBack(world)).toBe(undefined)
    world.advance(89 * DAY - 1)
    world.active()
    expect(see(world)).toBe(undefined)
    world.advance(1)
    expect(see(world)).toBe('projects-80')
  })
})

describe('a held-out prompt', () => {
  const near = { projects: { used: 90 } }

  test('takes its place and counts as shown, and nothing shows instead', () => {
    const { world, happened } = begin(
      [
        { ...LIMIT, holdout: 1, priority: 1 },
        { ...LIMIT, id: 'other' },
      ],
      near,
    )
    world.turn()
    world.turn()
    const { place, session } = world.ledger()
    expect([place?.triggerId, place?.shown, session?.prompts]).toEqual(['projects-80', true, 1])
    expect(seen(world, 't:projects-80')?.n).toBe(1)
    expect(world.ledger().accounts.a1?.exposures).toEqual([
      { triggerId: 'projects-80', triggerType: 'limit_approaching', outcome: 'held_out', at: NOW },
    ])
    expect(happened.filter(({ type }) => type === 'impression')).toHaveLength(1)
  })
})

describe('several tabs', () => {
  const near = { projects: { used: 90 } }

  test('show one prompt', () => {
    const { world } = begin([LIMIT, { ...LIMIT, id: 'second' }], near, {}, 2)
    see(world, 0)
    see(world, 1)
    expect([world.standing(0), world.standing(1)]).toEqual(['projects-80', undefined])
  })

  test('let a visible one take the place of a hidden one', () => {
    const { world } = begin([{ ...LIMIT, frequency: null }], near, {}, 2)
    world.turn(0)
    world.setVisible(false, 0)
    expect(see(world, 1)).toBe('projects-80')
    expect(world.standing(0)).toBe(undefined)
    expect(seen(world, 't:projects-80')?.n).toBe(1)
  })

  test('give a place back that was not confirmed within ten seconds', () => {
    const { world } = begin([LIMIT], near, {}, 2)
    world.turn(0)
    world.advance(10 * SECOND - 1)
    world.turn(1)
    expect(world.standing(1)).toBe(undefined)
    world.advance(1)
    world.turn(1)
    expect([world.standing(0), world.standing(1)]).toEqual([undefined, 'projects-80'])
  })

  test('let a tab reserve anew whose reservation has lapsed', () => {
    const { world } = begin([LIMIT], near)
    world.turn()
    world.advance(20 * SECOND)
    world.confirm()
    expect([world.standing(), seen(world, 't:projects-80')?.n]).toEqual(['projects-80', 1])
  })

  test('free the place of a tab that has crashed', () => {
    const { world } = begin([LIMIT, { ...LIMIT, id: 'second' }], near, {}, 2)
    see(world, 0)
    world.crash(0)
    expect(see(world, 1)).toBe('second')
  })

  test('count a refusal once that was written twice', () => {
    const { world } = begin([LIMIT], near, {}, 2)
    see(world, 0)
    world.answer('dismissed', 0, 'twice')
    world.turn(1)
    world.replay(1)
    world.turn(1)
    expect(seen(world, 't:projects-80')).toMatchObject({ n: 1, refused: [NOW] })
  })

  test('count a refusal that a crash kept in the journal', () => {
    const { world } = begin([LIMIT], near, {}, 2)
    world.turn(0)
    world.answer('dismissed', 0, 'late')
    world.crash(0)
    world.turn(1)
    expect(seen(world, 't:projects-80')).toMatchObject({ n: 1, refused: [NOW] })
    expect(world.standing(1)).toBe(undefined)
  })
})

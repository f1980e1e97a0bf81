import { describe, expect, test } from 'vitest'
import type { Trigger } from '../../packages/sdk/src/config/types.ts'
import { DAY, HOUR, LIMIT, MINUTE, NOW } from './sample.ts'
import type { World } from './simulate.ts'
import { begin, comeBack, refuse, see, seen } from './stories.ts'

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

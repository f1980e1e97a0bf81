import { describe, expect, test } from 'vitest'
import { DAY, HOUR, TEAM } from './sample.ts'
import type { World } from './simulate.ts'
import { begin, comeBack, see } from './stories.ts'

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

import { describe, expect, test } from 'vitest'
import type { Trigger } from '../../packages/sdk/src/config/types.ts'
import { HOUR, MILESTONE, MINUTE } from './sample.ts'
import { begin, comeBack, see, seen } from './stories.ts'

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

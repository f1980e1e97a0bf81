import { describe, expect, test } from 'vitest'
import { DAY, LIMIT, MINUTE, NOW, TEAM } from './sample.ts'
import { begin, comeBack, see, seen } from './stories.ts'

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

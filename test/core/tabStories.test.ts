import { describe, expect, test } from 'vitest'
import { LIMIT, NOW, SECOND } from './sample.ts'
import { begin, see, seen } from './stories.ts'

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

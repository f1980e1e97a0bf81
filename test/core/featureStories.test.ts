import { describe, expect, test } from 'vitest'
import type { Trigger } from '../../packages/sdk/src/config/types.ts'
import { DAY, FEATURE, HOUR } from './sample.ts'
import { begin, see } from './stories.ts'

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

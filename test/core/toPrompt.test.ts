import { describe, expect, test } from 'vitest'
import type { Trigger } from '../../packages/sdk/src/config/types.ts'
import { decide } from '../../packages/sdk/src/core/decide.ts'
import { kindOf, slotOf } from '../../packages/sdk/src/core/kind.ts'
import { previewMatch } from '../../packages/sdk/src/core/previewMatch.ts'
import { toPrompt } from '../../packages/sdk/src/core/toPrompt.ts'
import { configOf, FEATURE, type Given, given, LIMIT, MILESTONE, NOW, TEAM } from './sample.ts'

const prompt = (trigger: Trigger, more: Partial<Given> = {}) => {
  const input = given({ triggers: [trigger], usage: { projects: { used: 90 } }, path: '/x', ...more })
  return { input, prompt: toPrompt(decide(input).show!, input) }
}
const [limit, feature, team, milestone] = configOf([LIMIT, FEATURE, TEAM, MILESTONE]).triggers

test('bears all that a renderer needs', () => {
  const { input, prompt: drawn } = prompt(LIMIT)
  const { config } = input.rules
  expect(drawn).toEqual({
    triggerId: 'projects-80',
    triggerType: 'limit_approaching',
    kind: 'banner',
    trigger: config.triggers[0],
    config,
    figures: {
      resource: 'projects',
      used: 90,
      limit: 100,
      percent: 90,
      remaining: 10,
      plan: 'pro',
      currentPlan: 'starter',
    },
    plan: config.plans[1],
    current: config.plans[0],
    user: { id: 'u1', role: 'admin' },
    account: { id: 'a1', plan: 'starter' },
    buyer: true,
    at: NOW,
    asked: false,
    preview: false,
  })
})

test('bears the variant’s words, slot and calls to action over the trigger’s', () => {
  const variant = { id: 'v', weight: 1, slot: 'top', copy: { title: 'New' }, cta: { primary: { label: 'Go' } } }
  const base: Trigger = {
    ...LIMIT,
    copy: { title: 'Old', body: 'Body' },
    cta: { primary: { href: '/p' }, secondary: { label: 'No' } },
    variants: [variant],
  }
  const { prompt: drawn } = prompt(base)
  expect([drawn.variant, drawn.slot, drawn.trigger.copy]).toEqual(['v', 'top', { title: 'New', body: 'Body' }])
  expect(drawn.trigger.cta).toEqual({ primary: { href: '/p', label: 'Go' }, secondary: { label: 'No' } })
})

test('says whether the user can buy', () => {
  expect(prompt(LIMIT, { user: { role: 'member' } }).prompt.buyer).toBe(false)
  expect(prompt(LIMIT, { user: { role: ['member', 'Owner'] } }).prompt.buyer).toBe(true)
})

test('bears what the host said of it', () => {
  const { input } = prompt(LIMIT)
  const block = { action: 'invite', reason: 'seat_limit' } as const
  const more = { asked: true, preview: true, block, locale: 'de', linkOrigins: ['https://pay.example'] }
  expect(toPrompt(decide(input).show!, input, more)).toMatchObject(more)
})

test.each([
  [limit!, 'banner', undefined],
  [feature!, 'tooltip', 'sso'],
  [team!, 'panel', 'team'],
  [milestone!, 'modal', undefined],
  [{ ...milestone!, surface: 'toast' } as typeof milestone & object, 'toast', undefined],
  [{ ...feature!, slot: 'mine' }, 'tooltip', 'mine'],
])('draws %j as a %s in slot %s', (trigger, kind, slot) => {
  expect([kindOf(trigger), slotOf(trigger)]).toEqual([kind, slot])
})

describe('a preview', () => {
  const preview = (trigger: Trigger, more: Partial<Given> = {}) => {
    const input = given({ triggers: [trigger], ...more })
    return previewMatch(input.rules.all.get(trigger.id)!, input).figures
  }
  const plans = { plan: 'pro', currentPlan: 'starter' }

  test('shows the figures that match now', () => {
    expect(preview(LIMIT, { usage: { projects: { used: 97 } } })).toEqual({
      resource: 'projects',
      used: 97,
      limit: 100,
      percent: 97,
      remaining: 3,
      ...plans,
    })
  })

  test('shows a limit at its mark where it does not match', () => {
    expect(preview(LIMIT)).toEqual({
      resource: 'projects',
      used: 80,
      limit: 100,
      percent: 80,
      remaining: 20,
      needed: 1,
      ...plans,
    })
  })

  test('shows seats at their mark', () => {
    expect(preview(TEAM)).toEqual({
      resource: 'seats',
      used: 8,
      limit: 10,
      percent: 80,
      remaining: 2,
      needed: 1,
      ...plans,
    })
  })

  test('shows a feature tried once, and the first milestone', () => {
    expect(preview(FEATURE)).toMatchObject({ feature: 'sso', ...plans })
    expect(preview(MILESTONE)).toEqual({ metric: 'projects', milestone: 10, used: 10, ...plans })
  })

  test('takes the first plan where none is known', () => {
    expect(preview(LIMIT, { account: { plan: null } })).toMatchObject({ limit: 100, ...plans })
  })
})

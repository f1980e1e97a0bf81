import { describe, expect, test, vi } from 'vitest'
import { checkConfig } from '../../packages/sdk/src/config/checkConfig.ts'
import { parseConfig, parseConfigSliced } from '../../packages/sdk/src/config/index.ts'
import type { CheckedConfig, CheckedTrigger } from '../../packages/sdk/src/config/types.ts'
import example from '../cases/config/example.json' with { type: 'json' }
import { change } from './cases.ts'

const DAY = 24 * 60 * 60 * 1000

/** The checked form of the example with some values replaced, which must have no fault. */
function sound(set: { readonly [path: string]: unknown }): CheckedConfig {
  const { config, errors } = parseConfig(change(set))
  expect(errors).toEqual([])
  return config as CheckedConfig
}
const first = (values: { readonly [key: string]: unknown }): CheckedTrigger =>
  sound(Object.fromEntries(Object.entries(values).map(([key, value]) => [`triggers[0].${key}`, value])))
    .triggers[0] as CheckedTrigger

test('gives the four short triggers of the example the defaults of their types', () => {
  expect(parseConfig(example)).toEqual({
    errors: [],
    config: {
      product: 'Acme',
      plans: [
        {
          id: 'starter',
          name: 'Starter',
          price: { amount: 29, currency: 'USD', per: 'month' },
          seatTiers: [{ amount: 8 }],
          limits: { projects: 100, seats: 10 },
          features: ['export'],
        },
        {
          id: 'pro',
          name: 'Pro',
          price: { amount: 99, currency: 'USD', per: 'month' },
          limits: { projects: 1000, seats: 50 },
          features: ['export', 'sso'],
        },
      ],
      resources: { projects: { one: 'project', other: 'projects' }, seats: { one: 'seat', other: 'seats' } },
      features: {
        sso: {
          name: 'Single sign-on',
          benefit: 'lets your team sign in with the company account',
          keywords: ['saml', 'okta'],
        },
      },
      links: {
        upgrade: '/billing/upgrade?plan={plan.id}&from={trigger.id}',
        seats: '/billing/seats?add={seats.needed}',
      },
      caps: { perSession: 3, minIntervalMs: 0, groups: {} },
      guardrails: { minHealth: 50, flags: ['support_escalation'], minAccountAgeMs: 30 * DAY },
      buyers: { $or: [{ 'user.role': { $exists: false } }, { 'user.role': { $ini: ['admin', 'owner', 'billing'] } }] },
      savedGroups: {},
      neverBlock: [],
      labels: {},
      theme: {},
      triggers: [
        {
          id: 'projects-80',
          type: 'limit_approaching',
          resource: 'projects',
          at: [80],
          push: false,
          enabled: true,
          priority: 0,
          frequency: [{ max: 1, per: 'session' }, { max: 3 }],
          suppress: { dismissals: 3, quietMs: 30 * DAY },
          snooze: 'session',
          variants: [],
          holdout: 0,
          needs: [],
        },
        {
          id: 'sso-discovery',
          type: 'feature_discovery',
          feature: 'sso',
          routes: [],
          enabled: true,
          priority: 0,
          frequency: [{ max: 1 }],
          suppress: { impressions: 3, per: 'session' },
          snooze: 'session',
          variants: [],
          holdout: 0,
          needs: [],
        },
        {
          id: 'team-growth',
          type: 'team_growth',
          resource: 'seats',
          at: [80],
          slot: 'team',
          enabled: true,
          priority: 0,
          frequency: [{ max: 1, per: 'session' }],
          suppress: { untilRise: true },
          snooze: 'session',
          variants: [],
          holdout: 0,
          needs: [],
        },
        {
          id: 'first-100',
          type: 'usage_milestone',
          metric: 'projects',
          milestones: [10, 100, 1000],
          surface: 'modal',
          enabled: true,
          priority: 0,
          frequency: [{ max: 1 }],
          snooze: 'session',
          variants: [],
          holdout: 0,
          needs: [],
        },
      ],
    },
  })
})

describe('reads', () => {
  test('the text of a file as well as its value, with or without a byte order mark', () => {
    const text = JSON.stringify(example)
    expect(parseConfig(text)).toEqual(parseConfig(example))
    expect(parseConfig(`\ufeff${text}`)).toEqual(parseConfig(example))
  })

  test('the smallest file', () => {
    expect(parseConfig({ version: 1, triggers: [] })).toMatchObject({ errors: [], config: { plans: [], triggers: [] } })
  })

  test('every key of a trigger', () => {
    const written = {
      enabled: false,
      audience: { 'user.role': 'admin' },
      schedule: { from: '2026-03-01', until: '2026-03-31T18:00:00+02:00' },
      priority: -2,
      slot: 'top',
      group: 'expansion',
      frequency: { max: 2, per: '7d' },
      suppress: { dismissals: 2, quiet: '2w' },
      snooze: '24h',
      copy: { title: '{used} of {limit}' },
      cta: { primary: { label: 'Go', action: 'plans' }, secondary: { action: 'snooze' } },
      variants: [{ if: { 'account.plan': 'pro' } }, { id: 'short', weight: 0.5, copy: { title: 'Nearly full' } }],
      holdout: 0.1,
      at: [0.29, 0.57, 1],
      push: true,
    }
    const set = Object.fromEntries(Object.entries(written).map(([key, value]) => [`triggers[0].${key}`, value]))
    expect(sound({ ...set, caps: { groups: { expansion: { max: 2, per: '90d' } } } }).triggers[0]).toEqual({
      id: 'projects-80',
      type: 'limit_approaching',
      resource: 'projects',
      // 0.29 and 0.57 times 100 are 28.999… and 56.999….
      at: [29, 57, 100],
      push: true,
      enabled: false,
      audience: { 'user.role': 'admin' },
      from: '2026-03-01',
      until: Date.UTC(2026, 2, 31, 16),
      priority: -2,
      slot: 'top',
      group: 'expansion',
      frequency: [{ max: 2, per: 7 * DAY }],
      suppress: { dismissals: 2, quietMs: 14 * DAY },
      snooze: DAY,
      copy: { title: '{used} of {limit}' },
      cta: { primary: { label: 'Go', action: 'plans' }, secondary: { action: 'snooze' } },
      variants: [
        { id: '0', if: { 'account.plan': 'pro' }, needs: [] },
        { id: 'short', weight: 0.5, copy: { title: 'Nearly full' }, needs: [] },
      ],
      holdout: 0.1,
      needs: [],
    })
  })

  test('caps, guardrails and the rest of the top', () => {
    const {
      triggers: _,
      plans: __,
      resources: ___,
      features: ____,
      links: _____,
      ...rest
    } = sound({
      caps: { perSession: 1, minInterval: '30m', groups: { expansion: { max: 2, per: '90d' } } },
      guardrails: { minHealth: 70, flags: ['churn_risk'], minAccountAge: '0d' },
      buyers: { 'user.role': 'owner' },
      savedGroups: { beta: ['a', 7] },
      neverBlock: ['/billing/**'],
      labels: { 'pt-BR': { dismiss: 'Agora não' } },
      theme: { accent: 'oklch(0.6 0.2 250)', font: '"Inter", sans-serif', scheme: 'dark' },
    })
    expect(rest).toEqual({
      product: 'Acme',
      caps: { perSession: 1, minIntervalMs: 30 * 60_000, groups: { expansion: { max: 2, perMs: 90 * DAY } } },
      guardrails: { minHealth: 70, flags: ['churn_risk'], minAccountAgeMs: 0 },
      buyers: { 'user.role': 'owner' },
      savedGroups: { beta: ['a', 7] },
      neverBlock: ['/billing/**'],
      labels: { 'pt-BR': { dismiss: 'Agora não' } },
      theme: { accent: 'oklch(0.6 0.2 250)', font: '"Inter", sans-serif', scheme: 'dark' },
    })
  })

  test('null as no bound and as no suppression', () => {
    expect(first({ frequency: null }).frequency).toEqual([])
    expect(first({ suppress: null })).not.toHaveProperty('suppress')
  })

  test('one route or several, and seat prices by tier', () => {
    expect(sound({ 'triggers[1].near': { route: '/settings/*' } }).triggers[1]).toMatchObject({
      routes: ['/settings/*'],
    })
    expect(sound({ 'triggers[1].near': { route: ['/a', '/b/**'] } }).triggers[1]).toMatchObject({
      routes: ['/a', '/b/**'],
    })
    const tiers = [{ upTo: 10, amount: 20 }, { amount: 15 }]
    expect(sound({ 'plans[0].seatPrice': { tiers } }).plans[0]?.seatTiers).toEqual(tiers)
  })

  test('each of the 100 rungs there are', () => {
    const rungs = Array.from({ length: 100 }, (_, i) => (i + 1) / 100)
    expect(first({ at: rungs })).toMatchObject({ at: rungs.map((_, i) => i + 1) })
  })

  test('copy in every form', () => {
    const copy = {
      title: { en: { one: '{used} project', other: '{used} projects', by: 'remaining' }, 'pt-BR': 'Quase {{cheio}}' },
      body: '{user.name|there}, {plan.name} gives {plan.limit} {resource}.',
    }
    expect(first({ copy })).toMatchObject({ copy, needs: ['plan.name', 'plan.limit'] })
  })

  test('weights that floats make a hair over 1', () => {
    const weights = [0.33, 0.56, 0.11]
    expect(first({ variants: weights.map((weight) => ({ weight })) }).variants).toHaveLength(3)
  })
})

describe('needs at run time', () => {
  test('what has no fallback and may be missing, once each', () => {
    const copy = {
      title: '{user.name}: {used} of {limit}',
      body: '{user.name} {account.city|} {resetsAt} {current.name}',
    }
    expect(first({ copy }).needs).toEqual(['user.name', 'resetsAt', 'current.name'])
  })

  test('the number that chooses a plural form, where a trait says it', () => {
    expect(first({ copy: { title: { one: 'a', other: 'b', by: 'account.teams' } } }).needs).toEqual(['account.teams'])
  })

  test('what labels and links need', () => {
    const cta = { primary: { label: 'Upgrade {user.team}', href: '/upgrade/{account.slug}?back={return}' } }
    expect(first({ cta }).needs).toEqual(['user.team', 'account.slug'])
  })

  test('what the shared link that the primary leads to needs, and no other', () => {
    const links = { upgrade: '/up/{account.slug}?to={plan.id}', seats: '/seats/{user.id}' }
    const { triggers } = sound({ links })
    expect(triggers.map(({ id, needs }) => [id, needs])).toEqual([
      ['projects-80', ['account.slug']],
      ['sso-discovery', ['account.slug']],
      ['team-growth', ['user.id']],
      ['first-100', ['account.slug']],
    ])
  })

  test('the upgrade link in place of one for seats, where the file has none', () => {
    expect(sound({ 'links.seats': '$remove' }).triggers[2]?.needs).toEqual(['plan.id'])
  })

  test('the comparison’s own page in place of the upgrade link, where the file has one', () => {
    const { triggers } = sound({ 'links.compare': '/plans/{user.team}', 'links.upgrade': '/up/{user.id}' })
    expect(triggers.map(({ needs }) => needs)).toEqual([['user.id'], ['user.id'], [], ['user.team']])
  })

  test('the plan in a seat link, for team growth shows without a next plan', () => {
    expect(sound({ 'links.seats': '/seats?plan={plan.id}' }).triggers[2]?.needs).toEqual(['plan.id'])
  })

  test('by variant what remains after its overrides', () => {
    const trigger = first({
      copy: { title: '{user.name}', body: '{account.city}' },
      variants: [
        { weight: 0.5, copy: { title: 'Plain' } },
        { weight: 0.5, cta: { primary: { href: '/{user.id}' } } },
      ],
    })
    expect([trigger.needs, ...trigger.variants.map(({ needs }) => needs)]).toEqual([
      ['user.name', 'account.city'],
      ['account.city'],
      ['user.name', 'account.city', 'user.id'],
    ])
  })
})

describe('goes without', () => {
  test('links, where the file has none: leading on is the host’s', () => {
    expect(sound({ links: '$remove' }).triggers).toHaveLength(4)
  })

  test('the words of a resource that a plan limits', () => {
    expect(sound({ resources: { seats: 'seats' } }).triggers).toHaveLength(4)
  })

  test('a broken plan in team growth, which needs none', () => {
    const { config } = parseConfig(change({ 'plans[1].price': 99 }))
    expect(config?.triggers.map(({ id }) => id)).toEqual(['team-growth'])
  })
})

test('makes plain JSON that shares nothing with what it was given', () => {
  const given = structuredClone(example)
  const { config } = parseConfig(given)
  expect(JSON.parse(JSON.stringify(config))).toEqual(config)
  Object.assign(given.features.sso, { name: 'changed' })
  given.triggers.length = 0
  expect(config).toEqual(parseConfig(example).config)
})

describe('in slices', () => {
  test('comes to the same', async () => {
    for (const file of [example, change({ 'triggers[0].at': 80, 'plans[0].id': 7 }), 'no JSON']) {
      expect(await parseConfigSliced(file, () => Promise.resolve())).toEqual(parseConfig(file))
    }
  })

  test('takes each trigger as a step of its own', () => {
    const triggers = Array.from({ length: 2000 }, (_, i) => ({ ...example.triggers[0], id: `t${i}` }))
    expect([...checkConfig({ ...example, triggers })].length).toBeGreaterThan(2000)
  })

  test('pauses every 5 milliseconds', async () => {
    let now = 0
    let sincePause = 0
    let longest = 0
    // Each look at the clock takes a millisecond.
    const clock = vi.spyOn(performance, 'now').mockImplementation(() => {
      longest = Math.max(longest, ++sincePause)
      return ++now
    })
    const triggers = Array.from({ length: 200 }, (_, i) => ({ ...example.triggers[0], id: `t${i}` }))
    await parseConfigSliced({ ...example, triggers }, () => {
      sincePause = 0
      return Promise.resolve()
    })
    clock.mockRestore()
    expect(longest).toBe(6)
    expect(now).toBeGreaterThan(200)
  })
})

import type {
  CheckedConfig,
  CheckedFeatureTrigger,
  CheckedLimit,
  CheckedMilestone,
  CheckedPlan,
  CheckedTeam,
} from '../../packages/sdk/src/config/types.ts'
import type { PageFacts } from '../../packages/sdk/src/content/index.ts'
import type { Figures, Prompt } from '../../packages/sdk/src/core/prompt.ts'

/** Acme as the pictures of the widgets show it. */

const DAY = 86_400_000
export const NOW = Date.parse('2026-11-19T00:00:00Z')

export const starter: CheckedPlan = {
  id: 'starter',
  name: 'Starter',
  price: { amount: 29, currency: 'USD', per: 'month' },
  seatTiers: [{ amount: 8 }],
  limits: { projects: 100, seats: 10 },
  features: ['export'],
}
export const pro: CheckedPlan = {
  id: 'pro',
  name: 'Pro',
  price: { amount: 99, currency: 'USD', per: 'month' },
  limits: { projects: 1000, seats: 50 },
  features: ['export', 'sso'],
}
export const business: CheckedPlan = {
  id: 'business',
  name: 'Business',
  price: { amount: 249, currency: 'USD', per: 'month' },
  limits: { projects: null, seats: 200 },
  features: ['export', 'sso', 'audit_log'],
}

export const config: CheckedConfig = {
  product: 'Acme',
  plans: [starter, pro, business],
  resources: {
    projects: { one: 'project', other: 'projects' },
    seats: { one: 'seat', other: 'seats' },
  },
  features: { sso: { name: 'Single sign-on', benefit: 'lets your team sign in with the company account' } },
  links: { upgrade: '/billing/upgrade?plan={plan.id}', seats: '/billing/seats?add={seats.needed}' },
  caps: { perSession: 3, minIntervalMs: 0, groups: {} },
  guardrails: { minHealth: 50, flags: ['support_escalation'], minAccountAgeMs: 30 * DAY },
  buyers: {},
  savedGroups: {},
  neverBlock: [],
  labels: {},
  theme: {},
  triggers: [],
}

export const page: PageFacts = {
  href: 'https://app.acme.test/projects?view=all#top',
  origin: 'https://app.acme.test',
  linkOrigins: [],
  locales: ['en', 'en-US'],
}

const common = {
  enabled: true,
  priority: 0,
  snooze: 'session',
  variants: [],
  holdout: 0,
  needs: [],
  frequency: [],
} as const

const limitTrigger: CheckedLimit = {
  ...common,
  id: 'projects-80',
  type: 'limit_approaching',
  resource: 'projects',
  at: [80],
  push: false,
}
const featureTrigger: CheckedFeatureTrigger = {
  ...common,
  id: 'sso-discovery',
  type: 'feature_discovery',
  feature: 'sso',
  routes: [],
}
const teamTrigger: CheckedTeam = { ...common, id: 'team-growth', type: 'team_growth', resource: 'seats', at: [80] }
const milestoneTrigger: CheckedMilestone = {
  ...common,
  id: 'first-100',
  type: 'usage_milestone',
  metric: 'projects',
  milestones: [10, 50, 100],
  surface: 'modal',
}

const shared = {
  config,
  plan: pro,
  current: starter,
  user: { id: 'u1', role: 'admin' },
  account: { id: 'a1', plan: 'starter', cycle: { start: '2026-11-01T00:00:00Z', end: '2026-12-01T00:00:00Z' } },
  buyer: true,
  asked: false,
  preview: false,
  at: NOW,
}
const plans = { plan: 'pro', currentPlan: 'starter' }

/** What a test changes: whole keys of the prompt, single figures, or single keys of the trigger or the file. */
export interface Change extends Partial<Omit<Prompt, 'figures' | 'config' | 'trigger'>> {
  readonly figures?: Partial<Figures>
  readonly config?: Partial<CheckedConfig>
  readonly trigger?: object
}

function prompt(base: Prompt, { figures, config: file, trigger, ...rest }: Change): Prompt {
  return {
    ...base,
    ...rest,
    figures: { ...base.figures, ...figures },
    config: { ...base.config, ...file },
    trigger: { ...base.trigger, ...trigger } as Prompt['trigger'],
  }
}

/** Some of 100 projects used. */
export function limitPrompt(used: number, change: Change = {}): Prompt {
  const limit = typeof change.figures?.limit === 'number' ? change.figures.limit : 100
  const figures = {
    resource: 'projects',
    used,
    limit,
    remaining: Math.max(0, limit - used),
    ...(limit && { percent: Math.floor((used * 100) / limit) }),
    ...plans,
  }
  const base = { ...shared, triggerId: 'projects-80', triggerType: 'limit_approaching', kind: 'banner' } as const
  return prompt({ ...base, trigger: limitTrigger, figures }, change)
}

export function featurePrompt(change: Change = {}): Prompt {
  const base = { ...shared, triggerId: 'sso-discovery', triggerType: 'feature_discovery', kind: 'tooltip' } as const
  return prompt({ ...base, trigger: featureTrigger, figures: { feature: 'sso', attempts: 1, ...plans } }, change)
}

/** 8 members and 1 invited in 10 seats. */
export function teamPrompt(change: Change = {}): Prompt {
  const figures = { resource: 'seats', used: 9, pending: 1, limit: 10, remaining: 1, percent: 90, needed: 1, ...plans }
  const base = { ...shared, triggerId: 'team-growth', triggerType: 'team_growth', kind: 'panel' } as const
  return prompt({ ...base, trigger: teamTrigger, figures }, change)
}

/** 6 invites where 2 fit. */
export function invitePrompt(change: Change = {}): Prompt {
  const figures = {
    resource: 'seats',
    used: 8,
    pending: 0,
    limit: 10,
    remaining: 2,
    percent: 80,
    requested: 6,
    needed: 4,
  }
  return teamPrompt({
    block: { action: 'invite', reason: 'seat_limit' },
    ...change,
    figures: { ...figures, ...change.figures },
  })
}

export function usePrompt(used: number, change: Change = {}): Prompt {
  const figures = { requested: 1, needed: 1, ...change.figures }
  return limitPrompt(used, { block: { action: 'use', reason: 'usage_limit' }, ...change, figures })
}

export function milestonePrompt(milestone: number, change: Change = {}): Prompt {
  const figures = { resource: 'projects', metric: 'projects', milestone, used: milestone, limit: 100, ...plans }
  const base = { ...shared, triggerId: 'first-100', triggerType: 'usage_milestone', kind: 'modal' } as const
  return prompt({ ...base, trigger: milestoneTrigger, figures }, change)
}

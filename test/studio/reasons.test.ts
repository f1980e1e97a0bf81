import { decide, type PlimsollConfig, type ReasonName } from '@plimsoll/sdk'
import { parseConfig } from '@plimsoll/sdk/config'
import { expect, test } from 'vitest'
import type { Scene } from '../../demo/studio/src/scene.ts'
import { type Past, pretend, rulesOf } from '../../demo/studio/src/why/pretend.ts'
import { sayReasonShort } from '../../demo/studio/src/why/reasonNames.ts'
import { sayReason } from '../../demo/studio/src/why/sentences.ts'

/** Each reason is given by the engine itself, with the figures it has, and told in the studio's words. */

const NOW = new Date(2026, 5, 15, 12).getTime()

const file: PlimsollConfig = {
  version: 1,
  product: 'Acme',
  plans: [
    { id: 'starter', name: 'Starter', limits: { projects: 100, seats: 10 } },
    { id: 'pro', name: 'Pro', limits: { projects: 1000, seats: 50 }, features: ['sso'] },
  ],
  resources: { projects: { one: 'project', other: 'projects' }, seats: 'seats' },
  features: { sso: { name: 'Single sign-on', benefit: 'lets your team sign in' } },
  links: { upgrade: '/upgrade', seats: '/seats' },
  triggers: [
    { id: 'limit', type: 'limit_approaching', resource: 'projects' },
    { id: 'feature', type: 'feature_discovery', feature: 'sso' },
    { id: 'team', type: 'team_growth' },
    { id: 'milestone', type: 'usage_milestone', metric: 'projects', milestones: [10, 50, 100] },
  ],
}

const moment = {
  hidden: false,
  typing: false,
  dialog: false,
  paused: false,
  noConsent: false,
  noStorage: false,
  noPlace: false,
  onScreen: false,
}

/** Limit, seats and a feature have matched; no milestone has. */
const scene: Scene = {
  role: 'admin',
  plan: 'starter',
  used: { projects: 85, seats: 9 },
  before: { projects: 84, seats: 9 },
  health: 80,
  ageDays: 200,
  flags: [],
  day: 0,
  path: '/',
  near: ['sso'],
  optOuts: [],
  moment,
}

type Trigger = 'limit' | 'feature' | 'team' | 'milestone'

interface Case {
  readonly reason: ReasonName
  readonly of?: Trigger
  readonly says: string
  /** What the file says otherwise: on top, and of the trigger. */
  readonly file?: object
  readonly trigger?: object
  readonly scene?: Partial<Scene>
  readonly past?: readonly (readonly [Trigger, Past['answer'], Partial<Scene>?])[]
}

const only = (id: Trigger): object => ({ triggers: file.triggers.filter((trigger) => trigger.id === id) })
const refused = ['limit', 'dismissed'] as const

const cases: readonly Case[] = [
  { reason: 'disabled', trigger: { enabled: false }, says: 'It is switched off in the file: "enabled" is false.' },
  {
    reason: 'schedule',
    trigger: { schedule: { from: '2026-07-01' } },
    says: 'Its schedule has not begun: it is silent until 1 July 2026, 00:00.',
  },
  { reason: 'schedule', trigger: { schedule: { until: '2026-06-01' } }, says: 'Its schedule is over.' },
  {
    reason: 'audience',
    trigger: { audience: { 'user.role': 'owner' } },
    says: 'This user and account are not in its audience.',
  },
  {
    reason: 'plan_unknown',
    scene: { plan: '' },
    says: 'The account’s plan is not known, so nothing can be offered.',
  },
  {
    reason: 'plan_unknown',
    scene: { plan: 'gold' },
    says: 'The account is on “gold”, a plan that the file does not have.',
  },
  {
    reason: 'no_next_plan',
    scene: { plan: 'pro', used: { projects: 900 } },
    says: 'No plan above Pro gives more of it, so there is nothing to offer.',
  },
  {
    reason: 'no_next_plan',
    of: 'feature',
    file: {
      plans: [
        { id: 'starter', name: 'Starter', features: ['sso'] },
        { id: 'basic', name: 'Basic' },
      ],
    },
    scene: { plan: 'basic' },
    says: 'No plan above Basic has Single sign-on.',
  },
  {
    reason: 'already_has',
    of: 'feature',
    scene: { plan: 'pro' },
    says: 'The account has Single sign-on already, by its plan Pro or as an extra.',
  },
  { reason: 'not_matched', scene: { used: { projects: 71 } }, says: 'Usage is at 71%, and it speaks from 80%.' },
  {
    reason: 'not_matched',
    trigger: { at: [0.8, 0.95] },
    scene: { used: { projects: 85 }, before: { projects: 97 } },
    says: 'It has spoken at 80% already, and waits for the next mark (now 85%).',
  },
  {
    reason: 'not_matched',
    of: 'feature',
    scene: { near: [] },
    says: 'Nobody is near Single sign-on: its control is not pointed at, and its page is not open.',
  },
  {
    reason: 'not_matched',
    of: 'milestone',
    says: 'No milestone was passed in this session (projects: 85).',
  },
  {
    reason: 'not_matched',
    of: 'team',
    file: { plans: [{ id: 'starter', name: 'Starter', limits: { seats: null } }] },
    says: 'seats: unlimited, so there is no mark to reach.',
  },
  {
    reason: 'figures',
    scene: { used: { projects: null } },
    says: 'Your product has not reported how much of projects is in use.',
  },
  {
    reason: 'figures',
    file: {
      plans: [
        { id: 'starter', name: 'Starter' },
        { id: 'pro', name: 'Pro', limits: { projects: 1000 } },
      ],
    },
    says: 'The limit of projects is not known, neither by the plan nor by your product.',
  },
  {
    reason: 'copy',
    trigger: { copy: { title: 'Hello {user.nickname}' } },
    says: 'Its words need {user.nickname}, which is not known here; give a fallback, as in {user.nickname|…}.',
  },
  { reason: 'no_place', scene: { moment: { ...moment, noPlace: true } }, says: 'The page has no slot to show it in.' },
  {
    reason: 'no_place',
    of: 'feature',
    scene: { moment: { ...moment, noPlace: true } },
    says: 'The page has neither the locked control nor a slot for it.',
  },
  {
    reason: 'holdout',
    trigger: { holdout: 1 },
    says: 'This account is in the holdout: it counts as shown, and nothing is seen.',
  },
  {
    reason: 'frequency',
    past: [refused],
    says: 'It was shown once in one session, and once is the most.',
  },
  {
    reason: 'frequency',
    trigger: { frequency: { max: 1, per: '7d' } },
    past: [refused],
    says: 'It was shown once within 7 days, and once is the most: silent until 22 June 2026, 12:00.',
  },
  {
    reason: 'quiet',
    past: [
      ['limit', 'dismissed', { day: -3 }],
      ['limit', 'dismissed', { day: -2 }],
      ['limit', 'dismissed', { day: -1 }],
    ],
    says: 'It was refused 3 times, so it stays quiet until 14 July 2026, 12:02.',
  },
  {
    reason: 'quiet',
    of: 'team',
    file: only('team'),
    past: [['team', 'dismissed']],
    scene: { day: 1 },
    says: 'It was refused with 9 in use, and stays quiet until more are (now 9).',
  },
  {
    reason: 'quiet',
    of: 'feature',
    trigger: { suppress: { impressions: 1, per: 'session' } },
    past: [['feature', 'left']],
    says: '1 feature prompt was shown in one session: the rest of the time is quiet.',
  },
  {
    reason: 'snoozed',
    file: only('limit'),
    past: [['limit', 'snoozed']],
    says: 'The user asked to be reminded later: it waits until their next session.',
  },
  {
    reason: 'snoozed',
    file: only('limit'),
    trigger: { snooze: '7d' },
    past: [['limit', 'snoozed']],
    says: 'The user asked to be reminded later: it waits until 22 June 2026, 12:00.',
  },
  {
    reason: 'cap_session',
    file: { caps: { perSession: 1 } },
    past: [['feature', 'dismissed']],
    says: '1 prompt was shown in this session, and 1 is the most.',
  },
  {
    reason: 'cap_session',
    file: { caps: { perSession: 0 } },
    says: 'The file allows no prompt in a session: "caps.perSession" is 0.',
  },
  {
    reason: 'cap_interval',
    file: { caps: { minInterval: '10m' } },
    past: [['feature', 'dismissed']],
    says: 'Another prompt was shown too short a time ago: silent until 12:10.',
  },
  {
    reason: 'cap_group',
    file: { caps: { groups: { expansion: { max: 1, per: '90d' } } } },
    trigger: { group: 'expansion', frequency: null },
    past: [refused],
    says: 'Its group “expansion” was shown once within 90 days, and once is the most: silent until 13 September 2026, 12:00.',
  },
  {
    reason: 'health',
    scene: { health: 31 },
    says: 'The account’s health is 31, and under 50 nobody is sold to.',
  },
  {
    reason: 'age',
    of: 'feature',
    scene: { ageDays: 10 },
    says: 'The account is too young for this: features and milestones wait until 5 July 2026, 12:00.',
  },
  {
    reason: 'flag',
    scene: { flags: ['support_escalation'] },
    says: 'The account is marked “support_escalation”: while it is, nothing is sold.',
  },
  {
    reason: 'opted_out',
    scene: { optOuts: ['limit_approaching'] },
    says: 'The user has stopped limit prompts, or all prompts.',
  },
  {
    reason: 'consent',
    scene: { moment: { ...moment, noConsent: true } },
    says: 'The user has not consented yet: until then nothing is kept, and nothing shows.',
  },
  {
    reason: 'paused',
    scene: { moment: { ...moment, paused: true } },
    says: 'Your product has paused prompts for the moment.',
  },
  {
    reason: 'storage',
    scene: { moment: { ...moment, noStorage: true } },
    says: 'The browser keeps nothing here, so nobody could be kept from seeing it again and again.',
  },
  {
    reason: 'hidden',
    scene: { moment: { ...moment, hidden: true } },
    says: 'The tab is hidden, or nobody has done anything in it for 30 minutes.',
  },
  {
    reason: 'typing',
    of: 'milestone',
    scene: { moment: { ...moment, typing: true }, before: { projects: 40 } },
    says: 'The user is typing: a dialog would interrupt.',
  },
  {
    reason: 'dialog',
    scene: { moment: { ...moment, dialog: true } },
    says: 'A dialog of your product is open.',
  },
  { reason: 'outranked', says: '“feature” wins now; one prompt is shown at a time.' },
  {
    reason: 'on_screen',
    scene: { moment: { ...moment, onScreen: true } },
    says: 'Another prompt is on screen now (another prompt).',
  },
]

const decideIn = ({ of = 'limit', file: more, trigger, scene: change, past = [] }: Case) => {
  const whole = { ...file, ...more }
  const triggers = whole.triggers.map((one) => (one.id === of ? { ...one, ...trigger } : one))
  const { config, errors } = parseConfig({ ...whole, triggers })
  expect(errors).toEqual([])
  const rules = rulesOf(config!)
  const before = past.map(([triggerId, answer, then]): Past => ({ triggerId, answer, scene: { ...scene, ...then } }))
  const input = pretend(rules, { ...scene, ...change }, before, NOW)
  const verdict = decide(input, rules.all.values(), true).verdicts.find(({ triggerId }) => triggerId === of)!
  return { config: config!, verdict, now: input.now }
}

test.each(cases)('tells $reason: $says', (one) => {
  const { config, verdict, now } = decideIn(one)
  const reason = verdict.reasons.find((found) => found.reason === one.reason)
  expect(verdict.reasons.map((found) => found.reason)).toContain(one.reason)
  expect(sayReason(reason!, { config, type: verdict.triggerType, now })).toBe(one.says)
})

test('has a sentence and a name for every reason there is, and none for what there is not', () => {
  const told = new Set(cases.map(({ reason }) => reason))
  const names: readonly ReasonName[] = [
    'disabled',
    'schedule',
    'audience',
    'plan_unknown',
    'no_next_plan',
    'already_has',
    'not_matched',
    'figures',
    'copy',
    'no_place',
    'holdout',
    'frequency',
    'quiet',
    'snoozed',
    'cap_session',
    'cap_interval',
    'cap_group',
    'health',
    'age',
    'flag',
    'opted_out',
    'consent',
    'paused',
    'storage',
    'hidden',
    'typing',
    'dialog',
    'outranked',
    'on_screen',
  ]
  expect([...told].sort()).toEqual([...names].sort())
  expect(new Set(names.map(sayReasonShort)).size).toBe(names.length)
})

test('lets a milestone that was passed since the last visit show', () => {
  const { verdict } = decideIn({
    reason: 'outranked',
    of: 'milestone',
    file: only('milestone'),
    scene: { used: { projects: 52 }, before: { projects: 40 } },
    says: '',
  })
  expect(verdict.reasons).toEqual([])
  expect(verdict.figures).toMatchObject({ milestone: 50, used: 52 })
})

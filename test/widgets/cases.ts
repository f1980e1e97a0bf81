/** Every widget in every state that a reader may see, with the copy and the figures of the look. */

import type { Figures, PlimsollConfig, Prompt } from '@plimsoll/sdk'
import { parseConfig } from '@plimsoll/sdk/config'

const NOW = Date.parse('2026-11-22T12:00:00Z')
const DAY = 86_400_000

const file: PlimsollConfig = {
  version: 1,
  product: 'Acme',
  plans: [
    {
      id: 'starter',
      name: 'Starter',
      price: { amount: 29, currency: 'USD', per: 'month' },
      seatPrice: { amount: 8 },
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
    {
      id: 'business',
      name: 'Business',
      price: { amount: 249, currency: 'USD', per: 'month' },
      limits: { projects: null, seats: 200 },
      features: ['export', 'sso', 'audit_log'],
    },
  ],
  resources: { projects: { one: 'project', other: 'projects' }, seats: { one: 'seat', other: 'seats' } },
  features: {
    export: { name: 'Export' },
    sso: { name: 'Single sign-on', benefit: 'lets your team sign in with the company account' },
    audit_log: { name: 'Audit log' },
  },
  links: { upgrade: '/billing/upgrade?plan={plan.id}', seats: '/billing/seats?add={seats.needed}' },
  triggers: [
    { id: 'projects-80', type: 'limit_approaching', resource: 'projects' },
    { id: 'sso-discovery', type: 'feature_discovery', feature: 'sso' },
    { id: 'team-growth', type: 'team_growth' },
    { id: 'first-100', type: 'usage_milestone', metric: 'projects', milestones: [10, 50, 100] },
  ],
}

const arabic: PlimsollConfig = {
  ...file,
  resources: { projects: 'مشروع', seats: 'مقعد' },
  features: {
    ...file.features,
    sso: { name: 'تسجيل الدخول الموحّد', benefit: 'يتيح لفريقك تسجيل الدخول بحساب الشركة' },
  },
  labels: {
    ar: {
      'price.month': '{amount} شهريًا',
      'primary.upgrade': 'الترقية الآن',
      'primary.explainer': 'اعرف المزيد',
      snooze: 'ذكّرني لاحقًا',
      dismiss: 'إغلاق',
      cancel: 'إلغاء',
      close: 'إغلاق',
      stop: 'عدم عرض هذه الرسائل',
      'limit.meter': 'المشاريع المستخدمة',
      'limit.value': '{used} من {limit}',
      'full.title': 'جميع المشاريع مستخدمة',
      'team.meter': 'المقاعد المشغولة',
      'team.value': '{used} من {limit}',
      'team.valueInvited': '{used} من {limit}',
      'team.members': '{n} أعضاء',
      'team.invited': 'دعوة واحدة',
      'team.free': 'مقعد شاغر',
      'team.toAdd': '{n} تُضاف',
      'invites.used': '{n} مشغولة',
      'invites.fits': '{n} تتسع',
      'invites.missing': '{n} ناقصة',
      'team.add': 'إضافة {seats.needed} مقاعد',
      'bill.label': 'مقاعد تُضاف',
      'bill.fewer': 'مقعد أقل',
      'bill.more': 'مقعد إضافي',
      'bill.change': '{now} الآن، ثم {later}',
      'bill.month': 'شهريًا',
      'bill.each': '{from} للمقعد',
      'bill.due': 'المستحق اليوم',
      'bill.days': 'بقي {left} يومًا من {days}',
    },
  },
  triggers: [
    {
      id: 'projects-80',
      type: 'limit_approaching',
      resource: 'projects',
      copy: {
        title: { ar: 'استخدمتم {used} مشروعًا من أصل {limit}' },
        body: { ar: 'تتيح لكم خطة Pro ألف مشروع مقابل {plan.price}.' },
      },
    },
    {
      id: 'sso-discovery',
      type: 'feature_discovery',
      feature: 'sso',
      copy: { body: { ar: 'يتيح لفريقك تسجيل الدخول بحساب الشركة. متاح في خطة Pro.' } },
    },
    {
      id: 'team-growth',
      type: 'team_growth',
      copy: {
        title: { ar: '{used} مقاعد من {limit} مشغولة' },
        body: { ar: 'فريقك ينمو. مع مقاعد إضافية تُقبل الدعوات التالية مباشرة.' },
      },
    },
    {
      id: 'first-100',
      type: 'usage_milestone',
      metric: 'projects',
      milestones: [10, 50, 100],
      copy: { title: { ar: 'أنشأ فريقك {milestone} مشروعًا' }, body: { ar: 'تتسع Starter لـ 100، وPro لـ 1000.' } },
    },
  ],
}

function check(json: PlimsollConfig) {
  const { config, errors } = parseConfig(json)
  if (!config || errors.length > 0) throw new Error(JSON.stringify(errors))
  return config
}

type Changes = Partial<Omit<Prompt, 'figures' | 'trigger'>> & {
  readonly figures?: Figures
  readonly trigger?: object
  readonly arabic?: boolean
}

/** A prompt of the sample file, with what a test changes. */
function promptOf(id: string, kind: Prompt['kind'], { trigger: more, arabic: inArabic, ...changes }: Changes): Prompt {
  const config = check(inArabic ? arabic : file)
  const trigger = config.triggers.find((one) => one.id === id)
  if (!trigger) throw new Error(`No trigger ${id}`)
  const [current, plan] = config.plans
  return {
    triggerId: id,
    triggerType: trigger.type,
    kind,
    trigger: { ...trigger, ...more } as Prompt['trigger'],
    config,
    figures: {},
    ...(plan && { plan }),
    ...(current && { current }),
    user: { id: 'ana', role: 'admin' },
    account: {
      id: 'acme',
      cycle: { start: new Date(NOW - 18 * DAY).toISOString(), end: new Date(NOW + 12 * DAY).toISOString() },
    },
    buyer: true,
    asked: false,
    preview: false,
    locale: inArabic ? 'ar-u-nu-latn' : 'en-US',
    at: NOW,
    ...changes,
  }
}

const projects = (used: number): Figures => ({
  resource: 'projects',
  used,
  limit: 100,
  remaining: 100 - used,
  percent: used,
  plan: 'pro',
  currentPlan: 'starter',
})

export const banner = (used: number, changes: Changes = {}): Prompt =>
  promptOf('projects-80', 'banner', { figures: projects(used), ...changes })

export const tooltip = (changes: Changes = {}): Prompt =>
  promptOf('sso-discovery', 'tooltip', {
    figures: { feature: 'sso', attempts: 1, plan: 'pro' },
    slot: 'sso',
    ...changes,
  })

export const panel = (changes: Changes = {}): Prompt =>
  promptOf('team-growth', 'panel', {
    figures: { resource: 'seats', used: 9, pending: 1, limit: 10, remaining: 1, percent: 90, needed: 3 },
    slot: 'team',
    ...changes,
  })

export const seatBlock = (changes: Changes = {}): Prompt =>
  panel({
    figures: { resource: 'seats', used: 8, limit: 10, remaining: 2, percent: 80, requested: 6, needed: 4 },
    block: { action: 'invite', reason: 'seat_limit' },
    ...changes,
  })

export const useBlock = (changes: Changes = {}): Prompt =>
  banner(100, { block: { action: 'use', reason: 'usage_limit' }, ...changes })

export const featureBlock = (changes: Changes = {}): Prompt =>
  tooltip({ block: { action: 'feature', reason: 'feature_locked' }, ...changes })

const milestone = {
  resource: 'projects',
  metric: 'projects',
  milestone: 50,
  used: 50,
  limit: 100,
  percent: 50,
  plan: 'pro',
}

export const modal = (changes: Changes = {}): Prompt =>
  promptOf('first-100', 'modal', { figures: milestone, ...changes })

export const toast = (changes: Changes = {}): Prompt =>
  promptOf('first-100', 'toast', { figures: milestone, trigger: { surface: 'toast' }, ...changes })

export const explainer = (changes: Changes = {}): Prompt => tooltip({ kind: 'explainer', asked: true, ...changes })

export const plans = (changes: Changes = {}): Prompt => modal({ kind: 'plans', asked: true, ...changes })

/** What is pressed once it is drawn, and how copying goes. */
type Press = 'ask' | 'askRefused'

export interface Case {
  readonly prompt: Prompt
  readonly press?: Press
}

const member = { buyer: false, user: { id: 'kim', role: 'member' } }

/** Every state by name. */
export const cases: { readonly [name: string]: Case } = {
  banner: { prompt: banner(82) },
  'banner-full-float': { prompt: banner(100) },
  'banner-80': { prompt: banner(80, { slot: 'here' }) },
  'banner-full': { prompt: banner(100, { slot: 'here' }) },
  'banner-ask': { prompt: banner(91, { slot: 'here', ...member }) },
  'banner-asked': { prompt: banner(91, { slot: 'here', ...member }), press: 'ask' },
  'banner-refused': { prompt: banner(91, { slot: 'here', ...member }), press: 'askRefused' },
  tooltip: { prompt: tooltip() },
  'tooltip-slot': { prompt: tooltip({ slot: 'here' }) },
  'tooltip-asked': { prompt: tooltip(member), press: 'ask' },
  panel: { prompt: panel({ slot: 'here' }) },
  'panel-beside': { prompt: panel() },
  'panel-asked': { prompt: panel({ slot: 'here', ...member }), press: 'ask' },
  'block-seats': { prompt: seatBlock() },
  'block-ask': { prompt: seatBlock(member) },
  'block-asked': { prompt: seatBlock(member), press: 'ask' },
  'block-refused': { prompt: seatBlock(member), press: 'askRefused' },
  'block-use': { prompt: useBlock() },
  'block-feature': { prompt: featureBlock() },
  modal: { prompt: modal() },
  'modal-long': { prompt: modal({ figures: { ...milestone, milestone: 1_250_000 } }) },
  'modal-asked': { prompt: modal(member), press: 'ask' },
  toast: { prompt: toast() },
  'toast-asked': { prompt: toast(member), press: 'ask' },
  explainer: { prompt: explainer() },
  'explainer-ask': { prompt: explainer(member) },
  plans: { prompt: plans() },
}

/** The states that the look shows in Arabic, and more. */
export const arabicCases: { readonly [name: string]: Case } = {
  banner: { prompt: banner(82, { arabic: true }) },
  'banner-80': { prompt: banner(82, { slot: 'here', arabic: true }) },
  tooltip: { prompt: tooltip({ arabic: true }) },
  panel: { prompt: panel({ slot: 'here', arabic: true }) },
  'block-seats': { prompt: seatBlock({ arabic: true }) },
  modal: { prompt: modal({ arabic: true }) },
  toast: { prompt: toast({ arabic: true }) },
  explainer: { prompt: explainer({ arabic: true }) },
  plans: { prompt: plans({ arabic: true }) },
}

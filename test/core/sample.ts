import { parseConfig } from '../../packages/sdk/src/config/index.ts'
import type {
  CheckedConfig,
  FeatureTrigger,
  LimitTrigger,
  MilestoneTrigger,
  PlimsollConfig,
  TeamTrigger,
  Trigger,
} from '../../packages/sdk/src/config/types.ts'
import { type Context, emptyContext, identify, reportUsage, type Usage } from '../../packages/sdk/src/core/context.ts'
import { type DecideInput, type Decision, decide, type Page } from '../../packages/sdk/src/core/decide.ts'
import {
  type AccountLedger,
  type Counter,
  emptyAccount,
  emptyCounter,
  type Ledger,
  newLedger,
  type Session,
} from '../../packages/sdk/src/core/ledger.ts'
import type { Traits } from '../../packages/sdk/src/core/prompt.ts'
import { prepareRules, type Rules } from '../../packages/sdk/src/core/rules.ts'
import type { Reason } from '../../packages/sdk/src/core/verdict.ts'

export const SECOND = 1000
export const MINUTE = 60 * SECOND
export const HOUR = 60 * MINUTE
export const DAY = 24 * HOUR
/** The present of these tests: noon of 20 November 2026, UTC. */
export const NOW = Date.UTC(2026, 10, 20, 12)

/** The file of the contract's section 2, with one plan more, and no triggers. */
const FILE = {
  version: 1,
  product: 'Acme',
  plans: [
    {
      id: 'starter',
      name: 'Starter',
      price: { amount: 29, currency: 'USD', per: 'month' },
      limits: { projects: 100, seats: 10 },
      features: ['export'],
    },
    {
      id: 'pro',
      name: 'Pro',
      price: { amount: 99, currency: 'USD', per: 'month' },
      limits: { projects: 1000, seats: 50 },
      features: ['export', 'sso', 'audit'],
    },
    { id: 'scale', name: 'Scale', limits: { projects: null, seats: 50 }, features: ['export', 'sso', 'audit', 'scim'] },
  ],
  resources: { projects: { one: 'project', other: 'projects' }, seats: { one: 'seat', other: 'seats' } },
  features: {
    sso: { name: 'Single sign-on', benefit: 'lets your team sign in', keywords: ['saml', 'okta'] },
    audit: { name: 'Audit log' },
    scim: { name: 'Provisioning' },
  },
  links: { upgrade: '/billing/upgrade', seats: '/billing/seats' },
} as const satisfies Omit<PlimsollConfig, 'triggers'>

/** One trigger of each type, as short as a person writes it. */
export const LIMIT: LimitTrigger = { id: 'projects-80', type: 'limit_approaching', resource: 'projects' }
export const FEATURE: FeatureTrigger = { id: 'sso-discovery', type: 'feature_discovery', feature: 'sso' }
export const TEAM: TeamTrigger = { id: 'team-growth', type: 'team_growth' }
export const MILESTONE: MilestoneTrigger = {
  id: 'first-100',
  type: 'usage_milestone',
  metric: 'projects',
  milestones: [10, 100, 1000],
}

/** Checks a file; one with a fault is no file to test by. */
export function configOf(triggers: readonly Trigger[], more: Partial<PlimsollConfig> = {}): CheckedConfig {
  const { config, errors } = parseConfig({ ...FILE, ...more, triggers })
  if (!config || errors.length) throw new Error(JSON.stringify(errors))
  return config
}

/** When a day begins for a visitor two hours east of Greenwich. */
export function dayAt(day: string, plus: number): number {
  return Date.parse(`${day}T00:00:00+02:00`) + plus * DAY
}

export function rulesOf(triggers: readonly Trigger[], more?: Partial<PlimsollConfig>): Rules {
  return prepareRules(configOf(triggers, more), dayAt)
}

/** A report of usage, asked for just now. */
export function usageOf(report: Partial<Usage> & { readonly used: number }): Usage {
  return { pending: 0, askedAt: NOW, ...report }
}

export interface Known {
  readonly user?: Traits
  readonly account?: Traits
  readonly usage?: { readonly [resource: string]: Partial<Usage> & { readonly used: number } }
  readonly path?: string
  readonly near?: Context['near']
}

/** An admin of an account on the first plan, unless told otherwise. */
export function contextOf({ user, account, usage = {}, path = '/', near = {} }: Known = {}): Context {
  const who = identify(emptyContext, {
    user: { id: 'u1', role: 'admin', ...user },
    account: { id: 'a1', plan: 'starter', ...account },
  })
  const reports = Object.fromEntries(Object.entries(usage).map(([resource, report]) => [resource, usageOf(report)]))
  const createdAt = Date.parse(String(who.account.createdAt))
  return { ...reportUsage(who, reports), path, near, ...(createdAt && { createdAt }) }
}

export const SESSION: Session = {
  id: 's1',
  startAt: NOW - MINUTE,
  activeAt: NOW,
  prompts: 0,
  shown: {},
  features: 0,
  told: [],
}

/** A ledger in which a session lives, and nothing else has happened. */
export function ledgerOf(
  change: Partial<Omit<Ledger, 'session'>> & { readonly session?: Partial<Session> | undefined } = {},
): Ledger {
  return { ...newLedger('ledger'), ...change, session: { ...SESSION, ...change.session } }
}

/** The part of account `a1`. */
export function accountLedger(change: Partial<AccountLedger>): Pick<Ledger, 'accounts'> {
  return { accounts: { a1: { ...emptyAccount, ...change } } }
}

/** Counters of account `a1`, each as far as told. */
export function counted(counters: { readonly [key: string]: Partial<Counter> }): Pick<Ledger, 'accounts'> {
  return accountLedger({
    counters: Object.fromEntries(
      Object.entries(counters).map(([key, counter]) => [key, { ...emptyCounter, ...counter }]),
    ),
  })
}

export const PAGE: Page = {
  tab: 'tab1',
  visible: true,
  typingUntilAt: 0,
  dialog: false,
  paused: false,
  consent: true,
  storage: true,
  activeAt: NOW,
  hashBy: 'account',
  hasPlace: () => true,
}

export interface Given extends Known {
  readonly triggers: readonly Trigger[]
  readonly file?: Partial<PlimsollConfig>
  readonly ledger?: Ledger
  readonly page?: Partial<Page>
  readonly now?: number
}

/** Everything to decide by, as far as told. */
export function given({ triggers, file, ledger = ledgerOf(), page, now = NOW, ...known }: Given): DecideInput {
  return {
    rules: rulesOf(triggers, file),
    context: contextOf(known),
    ledger,
    accountKey: 'a1',
    page: { ...PAGE, ...page },
    now,
  }
}

/** The trigger that shows; `undefined`: none does. */
export function shown({ show }: Decision): string | undefined {
  return show?.rule.trigger.id
}

/** Every reason against every trigger, by trigger: what `explain` says. */
export function reasons(input: DecideInput): { readonly [triggerId: string]: readonly Reason[] } {
  const { verdicts } = decide(input, input.rules.all.values(), true)
  return Object.fromEntries(verdicts.map((verdict) => [verdict.triggerId, verdict.reasons]))
}

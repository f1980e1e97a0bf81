/** Makes what the engine would decide by out of a scene: its context, its page, and a ledger that remembers the past. */

import {
  type CheckedConfig,
  type Context,
  type DecideInput,
  type Ledger,
  newLedger,
  prepareRules,
  type Rules,
} from '@plimsoll/sdk'
import { emptyContext } from '../../../../packages/sdk/src/core/context.ts'
import { notice } from '../../../../packages/sdk/src/core/observe.ts'
import { applyEntry, type Claim, type Entry } from '../../../../packages/sdk/src/core/outcome.ts'
import { answerOf, confirm, reserve } from '../../../../packages/sdk/src/core/reserve.ts'
import { isResource } from '../../../../packages/sdk/src/core/usage.ts'
import type { Scene } from '../scene.ts'

/** What the user did with a prompt that was shown. */
export type PastAnswer = 'clicked' | 'dismissed' | 'snoozed' | 'left'

/** A prompt that was shown earlier, with all that was known then. */
export interface Past {
  readonly triggerId: string
  readonly answer: PastAnswer
  readonly scene: Scene
}

const MINUTE = 60_000
const DAY = 86_400_000
const ACCOUNT = 'account'
const TAB = 'tab'

/** The visitor's day, as the engine has it. */
function dayAt(day: string, plus: number): number {
  const [year = 0, month = 1, date = 1] = day.split('-').map(Number)
  return new Date(year, month - 1, date + plus).getTime()
}

export const rulesOf = (config: CheckedConfig): Rules => prepareRules(config, dayAt)

/** What a scene is at a moment, and what is remembered. */
export function pretend(rules: Rules, scene: Scene, past: readonly Past[], openedAt: number): DecideInput {
  const now = momentOf(scene, past.length, openedAt)
  let ledger = begin(rules, past[0]?.scene ?? scene, openedAt)
  for (const [i, { triggerId, answer, scene: then }] of past.entries()) {
    const at = momentOf(then, i, openedAt)
    // Of two moments the later one is not before the earlier.
    if (at <= now) ledger = answered(rules, ledger, then, triggerId, answer, at, `p${i}`)
  }
  ledger = arrive(rules, ledger, scene, now)
  const { moment, optOuts } = scene
  return {
    ...inputOf(rules, scene, ledger, now),
    ledger: {
      ...ledger,
      optOuts,
      ...(moment.onScreen && {
        place: { id: 'other', tab: 'other', triggerId: 'another prompt', at: now, shown: true },
      }),
    },
  }
}

/** Each answer takes a minute. */
function momentOf({ day }: Scene, answers: number, openedAt: number): number {
  return openedAt + day * DAY + answers * MINUTE
}

/** The last visit, a day before everything else: what was in use then. */
function begin(rules: Rules, scene: Scene, openedAt: number): Ledger {
  const at = openedAt + Math.min(0, scene.day) * DAY - DAY
  const then = { ...scene, used: { ...scene.used, ...scene.before } }
  return arrive(rules, newLedger('studio'), then, at)
}

/** A visit begins or goes on: what is newly known is taken note of. */
function arrive(rules: Rules, ledger: Ledger, scene: Scene, now: number): Ledger {
  const known = ledger.accounts[ACCOUNT]?.counts ?? {}
  const since = Object.fromEntries(
    Object.entries(events(rules, scene.used)).map(([event, times]) => [
      event,
      Math.max(0, times - (known[event] ?? 0)),
    ]),
  )
  const sight = { rules, context: contextOf(rules, scene, now), accountKey: ACCOUNT, now }
  return notice(ledger, sight, now, `s${now}`, since).ledger
}

function answered(
  rules: Rules,
  before: Ledger,
  scene: Scene,
  triggerId: string,
  t: PastAnswer,
  at: number,
  id: string,
): Ledger {
  const arrived = arrive(rules, before, scene, at)
  const { ledger, claim } = reserve(inputOf(rules, scene, arrived, at), triggerId, id)
  if (!claim) return arrived
  const { ledger: seen } = confirm(inputOf(rules, scene, ledger, at), claim)
  const entry: Entry =
    t === 'left' ? { t, claim, at, counted: true } : answerOf(t, claim, prompt(rules, claim), at, true)
  return applyEntry(seen, entry)
}

/** As much of the prompt as its answer hangs on. */
function prompt({ all }: Rules, { triggerId, used }: Claim) {
  return { trigger: all.get(triggerId)!.trigger, figures: used === undefined ? {} : { used } }
}

function inputOf(rules: Rules, scene: Scene, ledger: Ledger, now: number): DecideInput {
  const { moment } = scene
  return {
    rules,
    context: contextOf(rules, scene, now),
    ledger,
    accountKey: ACCOUNT,
    now,
    page: {
      tab: TAB,
      visible: !moment.hidden,
      typingUntilAt: moment.typing ? now + 3000 : 0,
      dialog: moment.dialog,
      paused: moment.paused,
      consent: !moment.noConsent,
      storage: !moment.noStorage,
      activeAt: now,
      hashBy: 'account',
      hasPlace: () => !moment.noPlace,
    },
  }
}

function events(rules: Rules, times: Scene['used']): { [event: string]: number } {
  return Object.fromEntries(
    Object.entries(times).flatMap(([event, n]) => (n === null || isResource(rules.config, event) ? [] : [[event, n]])),
  )
}

function contextOf(rules: Rules, scene: Scene, now: number): Context {
  const { role, plan, used, health, ageDays, flags, path, near } = scene
  const usage = Object.create(null) as { [resource: string]: Context['usage'][string] }
  for (const [resource, n] of Object.entries(used)) {
    if (n !== null && isResource(rules.config, resource)) usage[resource] = { used: n, pending: 0, askedAt: now }
  }
  const nearby = Object.create(null) as { [feature: string]: { untilAt: number } }
  for (const feature of near) nearby[feature] = { untilAt: Number.POSITIVE_INFINITY }
  const createdAt = ageDays === null ? undefined : now - ageDays * DAY
  return {
    ...emptyContext,
    user: { id: 'ana', name: 'Ana Ruiz', role },
    account: {
      id: 'harbour',
      name: 'Harbour & Co',
      plan,
      ...(health !== null && { health }),
      ...(createdAt !== undefined && { createdAt: new Date(createdAt).toISOString() }),
      ...Object.fromEntries(flags.map((flag) => [flag, true])),
      cycle: { start: new Date(now - 18 * DAY).toISOString(), end: new Date(now + 12 * DAY).toISOString() },
    },
    usage,
    ...(createdAt !== undefined && { createdAt }),
    path,
    near: nearby,
  }
}

/** Now, for all that is pretended: the moment at which the studio was opened. */
export const openedAt = Date.now()

import { secondaryOf } from '../content/secondary.ts'
import { bucket } from '../core/bucket.ts'
import { bare, type Context, emptyContext, identify, type Usage } from '../core/context.ts'
import type { Ledger } from '../core/ledger.ts'
import type { Prompt } from '../core/prompt.ts'
import type { Rules } from '../core/rules.ts'
import { currentPlan } from '../core/usage.ts'
import { type Answer, type Happening, openBrowser } from './browser.ts'
import { ANSWERS, type Character, type FullGrowth } from './cast.ts'
import { type Chance, chanceOf } from './chance.ts'
import { growthAt } from './growth.ts'
import { MINUTE, type Visit, visitsOf } from './visits.ts'

/** What every life of a run has in common. */
export interface World {
  readonly rules: Rules
  /** What a search for each feature's name leads near. */
  readonly finds: ReadonlyMap<string, readonly string[]>
  readonly cast: readonly Character[]
  readonly seed: number
  /** When the first day begins, epoch milliseconds. */
  readonly startAt: number
  readonly days: number
}

/** What a life tells of: its visits, and what happens in them. */
export type LifeEvent = Happening | { readonly type: 'visit'; readonly day: number; readonly at: number }

const SECOND = 1000
/** How long a search counts as being near a feature, as in the engine's `hooks.ts`. */
const SEARCH_MS = 10 * SECOND
/** A purchase takes a minute. */
const PAYS_MS = MINUTE
/** What every record calls its one account: under one name for all users, records have one shape, and are read quicker. */
const ACCOUNT = 'account'
/** Near no feature. */
const NOWHERE: Context['near'] = bare()
/** Steps around the golden section: however few users there are, each persona has its share of them. */
const GOLDEN = 0.618033988749895

/** Which persona a user is. */
export function characterOf({ cast }: World, user: number): Character {
  const at = (0.5 + user * GOLDEN) % 1
  return cast.find(({ upTo }) => at < upTo) ?? (cast.at(-1) as Character)
}

/** How much of a resource an account uses, visit by visit. */
interface Meter {
  readonly growth: FullGrowth
  /** How fast this user grows, against the curve. */
  readonly pace: number
  used: number
  /** The moment up to which it has grown, since the run began. */
  at: number
  /** A limit bought over the plan's. */
  limit?: number
}

/**
 * Plays one user's life, and tells of all that happens in it. Whatever a user does by themselves hangs on the seed and
 * the user alone; how they answer a prompt on these, the trigger and the session. So where two files differ, the lives
 * differ by that alone.
 *
 * @returns The user's record at the end.
 */
export function live(world: World, user: number, tell: (event: LifeEvent) => void): Ledger {
  const { rules, seed, startAt, days } = world
  const { config } = rules
  const who = characterOf(world, user)
  const name = `${seed}.${user}`
  const chance = chanceOf(name)
  const browser = openBrowser(rules, ACCOUNT, tell)
  const createdAt = startAt - who.ageMs
  const account = { ...who.account, id: name, createdAt: new Date(createdAt).toISOString() }
  const meters = who.usage.map((growth): Meter => {
    const pace = 1 + growth.noise * (2 * chance() - 1)
    return { growth, pace, used: growth.from, at: 0 }
  })
  /** What the host says of user and account; said again when the plan has changed. */
  const known = (plan: string | undefined, old = emptyContext): Context => ({
    ...identify(old, {
      user: { ...who.user, id: `${name}.user` },
      account: plan === undefined ? account : { ...account, plan },
    }),
    createdAt,
  })
  let self = known(who.plan)
  let visits = 0

  /** What the host says when a page is loaded, or has changed something: all there is, so that nothing is merged. */
  const report = (path: string, near: Context['near'], now: number): Context => {
    const usage = bare<Usage>()
    for (const meter of meters) usage[meter.growth.resource] = usageOf(meter, startAt, now)
    return pageOf(self, usage, path, near, now)
  }

  const visit = ({ at, endAt, steps, day }: Visit): void => {
    tell({ type: 'visit', day, at })
    visits++
    let now = at
    const plan = currentPlan(config, self)
    for (const meter of meters) grow(meter, now - startAt, chance, meter.limit ?? plan?.limits[meter.growth.resource])
    let context = report(pathOf(who, chance), NOWHERE, now)

    /** What the user will do with the prompt that stands, and when. */
    let plans: { readonly answer: Answer | undefined; readonly seenAt: number; readonly at: number } | undefined
    let paysAt = Number.POSITIVE_INFINITY
    let bought: Prompt | undefined
    const turn = (events?: { readonly [event: string]: number }): void => {
      const before = browser.standing()
      browser.turn(context, now, events)
      const standing = browser.standing()
      if (!standing || standing.claim.id !== before?.claim.id) plans = undefined
      if (!standing || plans) return
      const key = `${seed}:${standing.claim.triggerId}:${visits}`
      const answer = standing.held ? undefined : answerTo(standing.prompt, who, bucket(key, name))
      // It takes two to thirty seconds to read a prompt.
      plans = {
        answer,
        seenAt: now + SECOND,
        at: now + 2 * SECOND + Math.floor(28 * SECOND * bucket(`${key}:reads`, name)),
      }
    }
    const click = (prompt: Prompt, key: string): void => {
      if (!prompt.buyer || bucket(`${seed}:${key}:buys:${visits}`, name) >= who.buys) return
      bought = prompt
      paysAt = now + PAYS_MS
    }
    /** Lets time pass: prompts are seen and answered, what was bought is there, and what time changes is decided. */
    const until = (end: number): void => {
      for (;;) {
        const change = browser.nextChangeAt(context, now)
        const standing = browser.standing()
        const seenAt = plans && standing && !standing.confirmed ? plans.seenAt : Number.POSITIVE_INFINITY
        const answerAt = plans?.answer && !standing?.held ? plans.at : Number.POSITIVE_INFINITY
        const next = Math.min(change, seenAt, answerAt, paysAt)
        if (next >= end) break
        now = next
        if (next === seenAt) browser.see(context, now)
        else if (next === answerAt) {
          const { answer } = plans as { answer: Answer }
          const { prompt } = standing as NonNullable<typeof standing>
          browser.touch(now)
          browser.answer(answer, now)
          if (answer === 'clicked') click(prompt, prompt.triggerId)
          plans = undefined
          turn()
        } else {
          if (next === paysAt) {
            paysAt = Number.POSITIVE_INFINITY
            buy(bought as Prompt)
            context = report(context.path, context.near, now)
          }
          turn()
        }
      }
      now = end
    }
    /** The plan offered, or seats: a fifth more, or as many as are needed. */
    const buy = ({ trigger, figures }: Prompt): void => {
      const seats = meters.find(({ growth }) => growth.resource === 'seats')
      const { limit, needed = 1 } = figures
      if (trigger.type === 'team_growth' && config.links.seats && seats && typeof limit === 'number') {
        seats.limit = limit + Math.max(needed, Math.ceil(limit / 5))
      } else if (figures.plan !== undefined) {
        self = known(figures.plan, self)
        for (const meter of meters) delete meter.limit
      }
    }

    const attempt = (feature: string): void => {
      const asked = browser.attempt(feature, context, now)
      if (!asked) return
      const { [feature]: _, ...near } = context.near
      context = pageOf(context, context.usage, context.path, near)
      const key = `${asked.triggerId}:asked`
      if (answerTo(asked, who, bucket(`${seed}:${key}:${visits}`, name)) !== 'clicked') return
      browser.follow(asked, now)
      click(asked, key)
    }

    browser.touch(now)
    turn()
    const things = thingsOf(who, steps, chance)
    for (let step = 1; step <= steps; step++) {
      const path = pathOf(who, chance)
      const done = things.filter((thing) => thing.step === step)
      until(at + Math.round(((endAt - at) * step) / (steps + 1)))
      browser.touch(now)
      const isTooltip = browser.standing()?.prompt.kind === 'tooltip'
      // Staying where one was says nothing new.
      if (!done.length && !isTooltip && path === context.path && context.near === NOWHERE) continue
      // A tooltip goes with the control that it stood beside.
      if (isTooltip) browser.withdraw(now)
      const near = nearOf(done, world, now)
      if (path !== context.path || near !== context.near) context = pageOf(context, context.usage, path, near)
      let events: { [event: string]: number } | undefined
      for (const { does, name: thing } of done) {
        if (does === 'track') {
          events ??= {}
          events[thing] = (events[thing] ?? 0) + 1
        } else if (does === 'try') attempt(thing)
      }
      turn(events)
    }
    browser.touch(endAt)
    until(endAt)
    browser.leave(now)
  }

  for (const next of visitsOf(who, startAt, days, chance)) visit(next)
  return browser.ledger()
}

/** What is known on a page. Written out: what is copied by spread has a shape of its own, and is slow to read. */
function pageOf(
  { user, account, createdAt, identifiedAt }: Context,
  usage: Context['usage'],
  path: string,
  near: Context['near'],
  saidAt = identifiedAt,
): Context {
  return { user, account, usage, createdAt, path, near, identifiedAt: saidAt } as Context
}

/** Lets a meter run to a moment: along its curve, with noise, and up to its limit, where a server would stop it. */
function grow(meter: Meter, to: number, chance: Chance, limit: number | null | undefined): void {
  const { growth, pace } = meter
  const { from, resetsMs, overMs, curve, noise } = growth
  let before = meter.at
  let after = to
  if (resetsMs !== undefined) {
    const period = Math.floor(to / resetsMs)
    if (period > Math.floor(before / resetsMs)) {
      meter.used = from
      before = 0
    } else before -= period * resetsMs
    after -= period * resetsMs
  }
  meter.at = to
  const grown = growthAt(curve, from, growth.to, after / overMs) - growthAt(curve, from, growth.to, before / overMs)
  const used = meter.used + grown * pace * (1 + noise * (2 * chance() - 1))
  meter.used = Math.max(0, typeof limit === 'number' ? Math.min(used, Math.max(limit, meter.used)) : used)
}

/** What a meter says. */
function usageOf({ growth: { resetsMs }, used, limit }: Meter, startAt: number, now: number): Usage {
  const report: { -readonly [key in keyof Usage]: Usage[key] } = { used: Math.floor(used), pending: 0, askedAt: now }
  if (limit !== undefined) report.limit = limit
  if (resetsMs === undefined) return report
  report.resetsAt = startAt + (Math.floor((now - startAt) / resetsMs) + 1) * resetsMs
  report.resetsIso = new Date(report.resetsAt).toISOString()
  return report
}

/** Something that a user does at one step of a visit, counted from 1. */
interface Thing {
  readonly step: number
  readonly does: 'hover' | 'try' | 'search' | 'track'
  /** A feature, or an event. */
  readonly name: string
}

function thingsOf({ features, events }: Character, steps: number, chance: Chance): readonly Thing[] {
  const things: Thing[] = []
  const add = (does: Thing['does'], name: string): void => {
    things.push({ step: 1 + Math.floor(chance() * steps), does, name })
  }
  for (const interest of features) {
    for (const does of ['hover', 'try', 'search'] as const) if (chance() < interest[does]) add(does, interest.feature)
  }
  for (const { event, perSession } of events) {
    const times = Math.floor(perSession) + (chance() < perSession % 1 ? 1 : 0)
    for (let i = 0; i < times; i++) add('track', event)
  }
  return things
}

function pathOf({ routes }: Character, chance: Chance): string {
  const at = routes.length > 1 ? chance() : 0
  return (routes.find(({ upTo }) => at < upTo) ?? routes.at(-1))?.path ?? '/'
}

/** The features that a step leads near: pointed at until the next, searched for ten seconds. */
function nearOf(done: readonly Thing[], { finds }: World, now: number): Context['near'] {
  if (!done.some(({ does }) => does === 'hover' || does === 'search')) return NOWHERE
  const near = bare<{ untilAt: number }>()
  for (const { does, name } of done) {
    if (does === 'hover') near[name] = { untilAt: Number.POSITIVE_INFINITY }
    if (does !== 'search') continue
    for (const feature of finds.get(name) ?? []) near[feature] ??= { untilAt: now + SEARCH_MS }
  }
  return near
}

/** What a user does with a prompt; `undefined`: nothing. */
function answerTo({ trigger, kind, buyer }: Prompt, { answers }: Character, at: number): Answer | undefined {
  const { click, dismiss, snooze, optOut } = answers[trigger.type] ?? answers[kind] ?? answers.any ?? ANSWERS
  if (at < click) return buyer ? 'clicked' : 'requested'
  if (at < click + dismiss) return 'dismissed'
  if (at < click + dismiss + snooze) return secondaryOf(trigger) === 'snooze' ? 'snoozed' : 'dismissed'
  return at < click + dismiss + snooze + optOut ? 'stopped' : undefined
}

import type { Context } from '../core/context.ts'
import { type DecideInput, type Decision, decide, judgeWith } from '../core/decide.ts'
import { accountOf, EXPOSURE_MS, type Ledger, newLedger, own, SESSION_MS } from '../core/ledger.ts'
import type { Match } from '../core/match.ts'
import { nextChangeAt } from '../core/nextChangeAt.ts'
import { notice, type Rise } from '../core/observe.ts'
import { applyEntry, type Claim, type Entry } from '../core/outcome.ts'
import { pruneLedger } from '../core/parseLedger.ts'
import type { Prompt } from '../core/prompt.ts'
import { answerOf, confirm, keepsPlace, reserve } from '../core/reserve.ts'
import type { Rule, Rules } from '../core/rules.ts'
import { keepSession, liveSession } from '../core/session.ts'
import { toPrompt } from '../core/toPrompt.ts'
import type { ReasonName } from '../core/verdict.ts'
import { creditedOf, tell, untold } from '../state/tell.ts'

/** What an event of the engine's would say, as far as a simulation asks. */
export type Happening =
  | {
      readonly type: 'shown' | 'held' | 'ignored' | 'asked' | 'followed'
      readonly triggerId: string
      readonly at: number
    }
  | { readonly type: 'withheld'; readonly triggerId: string; readonly reason: ReasonName; readonly at: number }
  | { readonly type: 'answered'; readonly answer: Answer; readonly triggerId: string; readonly at: number }
  | { readonly type: 'converted'; readonly triggerId: string; readonly of: Rise['of']; readonly at: number }

/** What a user does with a prompt; `requested` is a click of who cannot buy, `stopped` a refusal of all of its type. */
export type Answer = 'clicked' | 'requested' | 'dismissed' | 'snoozed' | 'stopped'

/** The prompt on screen. */
export interface Standing {
  readonly rule: Rule
  readonly match: Match
  readonly claim: Claim
  prompt: Prompt
  /** What it was drawn by. */
  context: Context
  /** Held out: it has its place, and nobody sees it. */
  readonly held: boolean
  confirmed: boolean
}

/** How often each event happened. */
type Happened = { readonly [event: string]: number }

/** What was decided, and what by. */
interface Decided {
  readonly verdicts: Decision['verdicts']
  readonly context: Context
  readonly ledger: Ledger
  /** When time alone may change it. */
  readonly changeAt: number
}

/**
 * One user's browser profile with one tab, put together from the engine's own core: the stored record, the tab's copy
 * of it, and what the engine does in which order. The clock is the caller's; every call takes the moment it happens at.
 */
export function openBrowser(rules: Rules, accountKey: string, on: (happening: Happening) => void) {
  let ids = 0
  const newId = (): string => `i${++ids}`
  let nextSession = newId()
  /** What a session that begins is called: another name only when the last one is taken. */
  const newSession = (): string => {
    if (ledger.session?.id === nextSession) nextSession = newId()
    return nextSession
  }
  // What is stored and the tab's copy of it are one: no other tab writes, and a sound record is read as it was written.
  let ledger: Ledger = newLedger(newId())
  let standing: Standing | undefined

  // Written out, and not spread: the engine of Node makes it slow else.
  const page = {
    tab: 'tab',
    visible: true,
    typingUntilAt: 0,
    dialog: false,
    paused: false,
    consent: true,
    storage: true,
    activeAt: 0,
    hashBy: 'account' as const,
    hasPlace: () => true,
  }

  const inputOf = (context: Context, now: number): DecideInput => ({ rules, context, ledger, accountKey, page, now })
  const append = (entry: Entry): void => {
    ledger = applyEntry(ledger, entry)
  }

  /** What a write leaves out. Where no exposure is old, that is nothing: of accounts there is one. */
  const pruned = (next: Ledger, now: number): Ledger =>
    next.accounts[accountKey]?.exposures.some(({ at }) => at <= now - EXPOSURE_MS) ? pruneLedger(next, now) : next

  /** What was observed last, in which session: the same again, on another page or later, would change nothing. */
  let observed: { readonly context: Context; readonly session: string | undefined } | undefined

  /** Events that are still to be counted: they pass no milestone, so that it can wait for what must be written anyway. */
  let uncounted: Happened | undefined

  /** Whether these events change nothing but how often they happened, which nobody asks for now. */
  const passesNothing = (events: Happened): boolean => {
    const { counts, passed } = accountOf(ledger, accountKey)
    if (standing || Object.keys(passed).length) return false
    for (const event of Object.keys(events)) {
      const before = own(counts, event)
      // The first time ever is where counting starts.
      if (before === undefined) return false
      const now = before + (events[event] as number)
      for (const { trigger } of rules.byMetric.get(event) ?? [])
        if ('milestones' in trigger && trigger.milestones.some((value) => before < value && value <= now)) return false
    }
    return true
  }

  /** Takes in what is newly known, and tells of rises. */
  const observe = (context: Context, now: number, events?: Happened): void => {
    const session = liveSession(ledger, page.activeAt, now)
    const isSame =
      session &&
      observed?.session === session.id &&
      observed.context.usage === context.usage &&
      observed.context.account === context.account &&
      observed.context.identifiedAt === context.identifiedAt
    if (isSame && !events) return
    const happened = events && uncounted ? addUp(uncounted, events) : (events ?? uncounted)
    if (isSame && passesNothing(happened as Happened)) {
      uncounted = happened
      return
    }
    uncounted = undefined
    // Of what was observed nothing is new but the events.
    const sight = { rules, context: isSame ? { ...context, usage: {} } : context, accountKey, now }
    const seen = notice(ledger, sight, page.activeAt, newSession(), happened)
    if (seen.ledger !== ledger) ledger = pruned(seen.ledger, now)
    observed = { context, session: ledger.session?.id }
    for (const { of } of seen.result) {
      const credited = creditedOf(ledger.accounts[accountKey]?.exposures ?? [])
      if (credited) on({ type: 'converted', triggerId: credited.triggerId, of, at: now })
    }
  }

  let last: Decided | undefined

  /** Whether no rule would see another thing than it saw then. */
  const looksSame = (then: Decided, context: Context): boolean => {
    const account = accountOf(ledger, accountKey)
    return (
      alike(then.context, context) &&
      alike(then.ledger, ledger) &&
      alike(then.ledger.session, ledger.session) &&
      alike(accountOf(then.ledger, accountKey), account) &&
      !Object.keys(account.passed).length
    )
  }

  /** Takes a prompt away that nobody answered. */
  const withdraw = (now: number): void => {
    if (!standing) return
    const { claim, confirmed, held } = standing
    standing = undefined
    append({ t: 'left', claim, at: now, counted: confirmed })
    if (confirmed && !held) on({ type: 'ignored', triggerId: claim.triggerId, at: now })
  }

  return {
    standing: (): Standing | undefined => standing,

    /** The record, with all counted that has happened. */
    ledger(): Ledger {
      if (!uncounted || !observed) return ledger
      const sight = { rules, context: { ...observed.context, usage: {} }, accountKey, now: page.activeAt }
      return notice(ledger, sight, page.activeAt, newSession(), uncounted).ledger
    },

    /**
     * The user does something of their own. The engine writes each such moment down; here it is done when the session
     * would else be taken for one that has ended, since nothing asks before.
     */
    touch(now: number): void {
      const { session } = ledger
      if (session && now >= session.activeAt + SESSION_MS) {
        ledger = keepSession(ledger, page.activeAt, now, newSession())
      }
      page.activeAt = now
    },

    /** Notices what is new, reviews what stands, decides, shows what has won, and tells of what is withheld. */
    turn(context: Context, now: number, events?: Happened): void {
      observe(context, now, events)
      if (last && now < last.changeAt && now < endOf(standing) && looksSame(last, context)) return
      let input = inputOf(context, now)
      if (standing) {
        const { rule, match, claim } = standing
        const { candidate } = judgeWith(input)(rule, 'standing', false, match)
        if (!candidate || !keepsPlace(input, claim)) {
          withdraw(now)
          input = inputOf(context, now)
        } else if (standing.context !== context) {
          standing.prompt = toPrompt({ ...candidate, variant: variantOf(standing) }, input)
          standing.context = context
        }
      }
      const decision = decide(input)
      const { verdicts } = decision
      last = { verdicts, context, ledger, changeAt: nextChangeAt(verdicts, context, now) }
      if (decision.show && !standing) {
        const got = reserve(input, decision.show.rule.trigger.id, newId())
        ledger = got.ledger
        const { claim, candidate } = got
        if (claim && candidate) {
          const { rule, match, held } = candidate
          standing = { rule, match, claim, held, confirmed: held, prompt: toPrompt(candidate, input), context }
          if (held) on({ type: 'held', triggerId: claim.triggerId, at: now })
        }
      }
      const { session } = ledger
      const fresh = untold(verdicts, session, standing ? [standing] : [])
      if (fresh.size) {
        const told = tell(ledger, session?.id, [...fresh.keys()])
        ledger = told.ledger
        for (const key of told.result) {
          const { triggerId, reasons } = fresh.get(key) as Decision['verdicts'][number]
          on({ type: 'withheld', triggerId, reason: (reasons[0] as { reason: ReasonName }).reason, at: now })
        }
      }
    },

    /** When time alone may change a decision. */
    nextChangeAt(context: Context, now: number): number {
      if (!last) return Number.POSITIVE_INFINITY
      const { verdicts, changeAt, context: then } = last
      const isKnown = now < changeAt && then.near === context.near && then.usage === context.usage
      const next = isKnown ? changeAt : nextChangeAt(verdicts, context, now)
      const endsAt = endOf(standing)
      return endsAt > now ? Math.min(next, endsAt) : next
    },

    /** The prompt has been visible for a second. */
    see(context: Context, now: number): void {
      if (!standing || standing.confirmed) return
      const { claim } = standing
      const result = confirm(inputOf(context, now), claim)
      ledger = result.ledger
      if (!result.counted) return withdraw(now)
      standing.confirmed = true
      on({ type: 'shown', triggerId: claim.triggerId, at: now })
    },

    /** The user answers the prompt; sooner than it was seen for a second, it was seen all the same. */
    answer(answer: Answer, now: number): void {
      if (!standing || standing.held) return
      const { claim, prompt, confirmed } = standing
      const { triggerId } = claim
      standing = undefined
      if (!confirmed) on({ type: 'shown', triggerId, at: now })
      on({ type: 'answered', answer, triggerId, at: now })
      if (answer === 'stopped') append({ t: 'optedOut', types: [claim.triggerType], at: now })
      const t = answer === 'stopped' ? 'dismissed' : answer === 'requested' ? 'clicked' : answer
      append(answerOf(t, claim, prompt, now, confirmed))
    },

    /**
     * The user clicks a locked control: it is answered every time, and counted for nothing.
     *
     * @returns The prompt that opens; `undefined`: nothing may answer.
     */
    attempt(feature: string, context: Context, now: number): Prompt | undefined {
      if (!Object.hasOwn(rules.config.features, feature)) return
      append({ t: 'attempt', feature, at: now })
      const input = inputOf(context, now)
      const judge = judgeWith(input)
      for (const rule of rules.byFeature.get(feature) ?? []) {
        const { candidate } = judge(rule, 'asked', false, { figures: {}, counter: { account: null, key: feature } })
        if (!candidate) continue
        const { id } = rule.trigger
        // It stands already: nothing more opens.
        if (standing && !standing.held && standing.claim.triggerId === id) return
        on({ type: 'asked', triggerId: id, at: now })
        return toPrompt(candidate, input, { asked: true, preview: false })
      }
    },

    /** The user follows the primary of what they opened themselves. */
    follow({ triggerId, triggerType, variant }: Prompt, now: number): void {
      const named = { triggerId, triggerType, ...(variant !== undefined && { variant }) }
      append({ t: 'followed', account: accountKey, ...named, at: now })
      on({ type: 'followed', triggerId, at: now })
    },

    withdraw,

    /** The page goes away: what stands is withdrawn, and the session's last activity written down. */
    leave(now: number): void {
      withdraw(now)
      ledger = pruned(keepSession(ledger, page.activeAt, now, newSession()), now)
    },
  }
}

function addUp(a: Happened, b: Happened): Happened {
  const sum = { ...a }
  for (const event of Object.keys(b)) sum[event] = (sum[event] ?? 0) + (b[event] as number)
  return sum
}

/** When the schedule of what stands is over. */
const endOf = (standing: Standing | undefined): number => standing?.rule.untilAt() ?? Number.POSITIVE_INFINITY

/**
 * What no rule looks at: who was active when, what was told, when an account was seen, counts that pass no milestone; and
 * what is compared by itself.
 */
const UNSEEN = new Set(['activeAt', 'told', 'seenAt', 'counts', 'identifiedAt', 'accounts', 'session'])

/** Whether every value is the very same, but for what no rule looks at. */
function alike<T extends object>(a: T | undefined, b: T | undefined): boolean {
  if (a === b || !a || !b) return a === b
  for (const key in b) if (a[key] !== b[key] && !UNSEEN.has(key)) return false
  return true
}

/** The variant that a prompt was shown with, by its place in the trigger's list. */
function variantOf({ rule, prompt }: Standing): number {
  return rule.trigger.variants.findIndex(({ id }) => id === prompt.variant)
}

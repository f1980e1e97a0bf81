import type { Clock } from '../browser/clock.ts'
import { watchHostDialogs } from '../browser/hostDialog.ts'
import { isPageVisible } from '../browser/pageLife.ts'
import { type Decision, decide } from '../core/decide.ts'
import { kindOf } from '../core/kind.ts'
import { type Ledger, SESSION_MS } from '../core/ledger.ts'
import { nextChangeAt } from '../core/nextChangeAt.ts'
import { notice, type Rise } from '../core/observe.ts'
import type { WidgetKind } from '../core/prompt.ts'
import type { Rule } from '../core/rules.ts'
import { liveSession } from '../core/session.ts'
import type { Verdict } from '../core/verdict.ts'
import { type Engine, inputOf, isBrowser, newId, toIso } from './engine.ts'
import { RETRY_MS } from './keepLedger.ts'
import { creditedOf, tell, untold } from './tell.ts'

/** How long the code for marked elements waits for a prompt's. */
const LATE_MS = 3000

/** Decides, once for all signals of a turn, and sees to what follows. */
export function createDecider(engine: Engine, clock: Clock, checkRoute: () => void) {
  const { keeper, events, talk, $context, now } = engine
  /** How often events were tracked since last observed; another map for each user. */
  let tracked = new Map<string, number>()
  /** Kinds whose code is on its way. */
  const fetching = new Set<WidgetKind>()
  /** When it was last decided. */
  let lastAt = 0
  /** Whether this page's load has begun a session, or found one alive. */
  let hasBegun = false
  let stopTimer = (): void => {}
  let stopDialogs: (() => void) | undefined

  const stack = () => engine.stage?.stack() ?? []

  /** Takes what is newly known into the ledger, and tells of rises. */
  const observeNow = async (): Promise<void> => {
    const { rules, accountKey } = engine
    if (!rules || !keeper.works()) return
    const context = $context.get()
    // The user may leave while this is written: what the next one does is counted anew.
    const mine = tracked
    const happened: { [event: string]: number } = {}
    for (const [event, times] of mine) if (rules.byMetric.has(event)) happened[event] = times
    const id = newId()
    if (!liveSession(keeper.ledger(), engine.activeAt, now()) && !hasBegun) engine.activeAt = now()
    hasBegun = true
    const look = (ledger: Ledger, at: number) =>
      notice(ledger, { rules, context, accountKey, now: at }, engine.activeAt, id, happened)
    if (look(keeper.ledger(), now()).ledger === keeper.ledger()) return mine.clear()

    const rises = await keeper.update(look)
    if (!rises) return
    for (const event of Object.keys(happened)) {
      const left = (mine.get(event) ?? 0) - (happened[event] ?? 0)
      if (left) mine.set(event, left)
      else mine.delete(event)
    }
    for (const rise of rises) convert(rise)
    // A milestone that is passed where nobody looks is celebrated where the user is.
    const isUnseen = Object.keys(happened).length && !isPageVisible()
    if (rises.length || isUnseen) talk.say({ type: 'ledger' })
  }

  /** Tells of a rise, with what was shown before it. Of one that nothing was shown before there is nothing to tell. */
  const convert = (rise: Rise): void => {
    const { exposures = [] } = keeper.ledger().accounts[engine.accountKey] ?? {}
    const last = creditedOf(exposures)
    if (!last) return
    const { triggerId, triggerType, variant } = last
    events.emit('conversion', {
      triggerId,
      triggerType,
      ...(variant !== undefined && { variant }),
      sessionId: keeper.ledger().session?.id ?? '',
      at: toIso(now()),
      figures: rise.of === 'limit' ? { resource: rise.resource, limit: rise.to } : { plan: rise.to },
      rise: rise.of,
      from: rise.from,
      to: rise.to,
      exposures: exposures.map((exposure) => ({ ...exposure, at: toIso(exposure.at) })),
    })
  }

  /** Tells of each matched trigger that a rule keeps back: once per reason and session, in one tab. */
  const tellWithheld = async ({ verdicts }: Decision): Promise<void> => {
    const { session } = keeper.ledger()
    const fresh = untold(verdicts, session, stack())
    if (!fresh.size || !keeper.works()) return
    for (const key of (await keeper.update((ledger) => tell(ledger, session?.id, [...fresh.keys()]))) ?? []) {
      const { triggerId, triggerType, figures, reasons } = fresh.get(key) as Verdict
      const reason = (reasons[0] as (typeof reasons)[number]).reason
      events.emit('withheld', {
        triggerId,
        triggerType,
        sessionId: session?.id ?? '',
        at: toIso(now()),
        figures,
        reason,
      })
    }
  }

  /** Sets the one timer, to the next moment at which time alone may change something: passed already, no decision saw it. */
  const wait = ({ verdicts }: Decision): void => {
    stopTimer()
    const { session } = keeper.ledger()
    const stands = stack().length > 0
    const changes = stack()
      .map(({ rule }) => rule.untilAt())
      .filter((at) => at > lastAt)
    changes.push(nextChangeAt(verdicts, $context.get(), lastAt))
    if (stands && session) changes.push(Math.max(session.activeAt, engine.activeAt) + SESSION_MS)
    if (engine.isOpen && !keeper.works()) changes.push(now() + RETRY_MS)
    const next = Math.min(...changes)
    if (next < Number.POSITIVE_INFINITY) stopTimer = clock.at(next, engine.turn)

    if (stands || verdicts.some(({ reasons }) => reasons.some(({ reason }) => reason === 'dialog'))) {
      if (isBrowser) stopDialogs ??= watchHostDialogs(engine.turn)
    } else {
      stopDialogs?.()
      stopDialogs = undefined
    }
  }

  /** Shows what has won, or what only another tab's prompt keeps away: that tab may be hidden or gone. */
  const show = async ({ show, verdicts }: Decision): Promise<void> => {
    const waiting = verdicts.find(({ reasons }) => reasons.length === 1 && reasons[0]?.reason === 'on_screen')
    const rule = show?.rule ?? engine.rules?.all.get(waiting?.triggerId ?? '')
    if (!rule || stack().length) return
    // Code comes before the place: however long it takes, every gate is asked again once it is there.
    if (engine.stage && engine.warm.has(kindOf(rule.trigger))) await engine.stage.show(rule.trigger.id)
    else void fetchCode(rule)
  }

  const fetchCode = async ({ trigger }: Rule): Promise<void> => {
    const kind = kindOf(trigger)
    if (fetching.has(kind)) return
    fetching.add(kind)
    // A renderer of the host's may throw rather than reject.
    const warming = (async () => engine.renderer?.warm?.(kind))()
    const coming = Promise.allSettled([engine.openStage(), warming]).then(() => {
      fetching.delete(kind)
      if (!engine.stage) return
      engine.warm.add(kind)
      engine.turn()
    })
    // Code that never comes keeps nothing else away.
    await Promise.race([coming, new Promise((late) => setTimeout(late, LATE_MS))])
    openHooks()
  }

  /** Fetches the code for marked elements, where they count by now. */
  const openHooks = (): void => {
    if (!engine.awaitsHooks) return
    engine.awaitsHooks = false
    void engine.openHooks()
  }

  const decideOnce = async (): Promise<void> => {
    await engine.loading
    if (!engine.rules || engine.isDestroyed) return
    checkRoute()
    // Activity from the future was before the clock was set back: nobody has been active since.
    engine.activeAt = Math.min(engine.activeAt, now())
    // Storage is tried again; and what was read before the clock was set back must be read again, as now.
    if (now() < lastAt || engine.isStale || !keeper.works()) {
      engine.isStale = false
      await keeper.load()
    }
    lastAt = now()
    await observeNow()
    engine.stage?.review()
    engine.hooks?.review()
    const input = inputOf(engine)
    if (!input) return

    const decision = decide(input)
    await show(decision)
    if (engine.isDestroyed) return
    await tellWithheld(decision)
    await engine.hooks?.resume()
    if (engine.isDestroyed) return
    wait(decision)
    if (!fetching.size) openHooks()
  }

  let isDue = false
  let isRunning = false
  const run = async (): Promise<void> => {
    if (isRunning) return
    isDue = false
    isRunning = true
    try {
      await decideOnce()
    } catch (cause) {
      engine.error('A decision failed: nothing shows for it.', cause)
    }
    isRunning = false
    if (isDue) setTimeout(run)
  }

  return {
    drop(): void {
      tracked = new Map()
    },
    /** Signals of one turn compete in one decision: it is made when the turn is over. */
    turn(): void {
      if (isDue || engine.isDestroyed) return
      isDue = true
      setTimeout(run)
    },
    track(event: string): void {
      if (tracked.size < 1000 || tracked.has(event)) tracked.set(event, (tracked.get(event) ?? 0) + 1)
    },
    stop(): void {
      stopTimer()
      stopDialogs?.()
    },
  }
}

import { type Ask, type Decision, judgeWith } from '../core/decide.ts'
import type { Match } from '../core/match.ts'
import type { Claim, Entry } from '../core/outcome.ts'
import type { Outcome, Prompt, WidgetKind } from '../core/prompt.ts'
import { confirm, reserve } from '../core/reserve.ts'
import type { Rule } from '../core/rules.ts'
import { liveSession } from '../core/session.ts'
import { kindOf, toPrompt } from '../core/toPrompt.ts'
import type { ShownPrompt } from '../ports.ts'
import { type Engine, inputOf, mannerOf, newId, toIso } from './engine.ts'
import type { TriggerDetail } from './events.ts'

/** A prompt that has its place in this tab, drawn or waiting under another. */
export interface Standing {
  readonly rule: Rule
  readonly ask: Ask
  readonly match: Match
  prompt: Prompt
  /** Absent for what counts for nothing: a block, a preview, what the user opened. */
  readonly claim?: Claim
  readonly anchor?: Element
  /** A held-out prompt takes its place, and nothing is drawn. */
  readonly held?: boolean
  /** Handles what counts for nothing in its own way. */
  readonly onOutcome?: (outcome: Outcome) => boolean | undefined
  shown?: ShownPrompt | undefined
  confirmed?: boolean
  answered?: boolean
  /** Whether it was answered and has opened something in its place, or says what came of it. */
  stays?: boolean
}

export interface Stage {
  /** What stands, drawn or waiting under another; the last is on top. */
  stack(): readonly Standing[]
  /** Whether the trigger's widget could not be drawn in this session. */
  isUndrawable(triggerId: string): boolean
  /** What an event about a prompt says. */
  detail(standing: Standing): TriggerDetail
  put(standing: Standing): Standing
  /** Takes a prompt away; nothing is written. */
  remove(standing: Standing): void
  /** Takes an outcome in. `false`: the host took the click over. */
  take(standing: Standing, outcome: Outcome): boolean
  /** Withdraws everything, as the page or the user leaves. */
  clear(): void
  /** Withdraws what may not stand any more, and brings the rest up to date. */
  review(): void
  /** Reserves the decided prompt over all tabs, and draws it. */
  show(decision: Decision): Promise<void>
}

/** A refused widget closes when its refusal is committed, or after this. */
const CLOSE_MS = 100

/** The prompts of this tab: what stands, what is drawn, and what came of it. Only the topmost is drawn. */
export function createStage(engine: Engine): Stage {
  const { keeper, events, now, $decision } = engine
  let stack: Standing[] = []
  /** Triggers whose widget could not be drawn, by the session in which it was tried. */
  const undrawable = new Map<string, string | undefined>()
  /** Kinds whose code is there, or cannot be had: then drawing says so. */
  const warmed = new Set<WidgetKind>()

  const detail = ({ prompt, claim }: Standing): TriggerDetail => ({
    triggerId: prompt.triggerId,
    triggerType: prompt.triggerType,
    ...(prompt.variant !== undefined && { variant: prompt.variant }),
    sessionId: claim?.session ?? keeper.ledger().session?.id ?? '',
    at: toIso(now()),
    figures: prompt.figures,
  })

  const write = (entry: Entry): Promise<void> => keeper.append(entry).then(() => engine.talk.say({ type: 'ledger' }))

  /** Draws the topmost prompt, and takes away what lies under it. */
  const redraw = (): void => {
    const dialog = inputOf(engine)?.page.dialog
    const top =
      stack.findLast(({ ask }) => ask === 'block') ??
      stack.findLast(({ ask, held }) => !held && (!dialog || ask !== 'prompt'))
    for (const standing of stack) {
      if (standing === top || !standing.shown) continue
      standing.shown.close()
      standing.shown = undefined
    }
    if (top && !top.shown) draw(top)
    if ($decision.get().prompt !== (top?.prompt ?? null)) engine.setDecision({ prompt: top?.prompt ?? null })
  }

  const draw = (standing: Standing): void => {
    const renderer = engine.renderer
    if (!renderer) return
    const { anchor, prompt } = standing
    const failed = (cause?: unknown): void => {
      if (!stack.includes(standing)) return
      undrawable.set(prompt.triggerId, keeper.ledger().session?.id)
      engine.error(`The prompt ${prompt.triggerId} could not be drawn: it is not shown, and not counted.`, cause)
      withdraw(standing)
    }
    try {
      const shown = renderer.show(prompt, {
        ...(anchor && { anchor }),
        onOutcome: (outcome) => {
          try {
            return stack.includes(standing) ? take(standing, outcome) : true
          } catch (cause) {
            engine.error('An outcome could not be taken.', cause)
            return true
          }
        },
      })
      standing.shown = shown
      shown.drawn.then((drawn) => drawn || shown !== standing.shown || failed(), failed)
    } catch (cause) {
      failed(cause)
    }
  }

  const remove = (standing: Standing): void => {
    if (!stack.includes(standing)) return
    stack = stack.filter((other) => other !== standing)
    standing.shown?.close()
    standing.shown = undefined
    redraw()
  }

  /** Takes a prompt away that nobody answered. Its impression counts if it was seen; it is no refusal. */
  const withdraw = (standing: Standing): void => {
    if (!stack.includes(standing)) return
    remove(standing)
    const { claim, confirmed, answered } = standing
    if (claim && !answered) void write({ t: 'left', claim, at: now(), counted: !!confirmed })
    engine.turn()
  }

  /** Writes the user's answer down, and closes once that is committed. */
  const answer = (standing: Standing, t: 'clicked' | 'dismissed' | 'snoozed', stays = false): void => {
    const { claim, answered, confirmed, prompt } = standing
    if (answered) return
    standing.answered = true
    engine.talk.say({ type: 'answered', triggerId: prompt.triggerId })
    let written: Promise<void> = Promise.resolve()
    if (claim) {
      const { snooze } = prompt.trigger
      const until = typeof snooze === 'number' ? now() + snooze : claim.session
      const { used } = prompt.figures
      written = write({
        t,
        claim,
        at: now(),
        counted: !!confirmed,
        ...(t === 'snoozed' && { snooze: until }),
        ...(used !== undefined && { used }),
      })
    } else if (t === 'clicked') {
      const { triggerId, triggerType, variant } = prompt
      const named = { triggerId, triggerType, ...(variant !== undefined && { variant }) }
      written = write({ t: 'followed', account: engine.accountKey, ...named, at: now() })
    }
    standing.stays = stays
    if (stays) return
    void Promise.race([written, new Promise((done) => setTimeout(done, CLOSE_MS))]).then(() => {
      remove(standing)
      engine.turn()
    })
  }

  const seen = async (standing: Standing): Promise<void> => {
    const { claim, confirmed, answered } = standing
    if (!claim || confirmed || answered) return
    const counted = await keeper.update((ledger) => {
      const input = inputOf(engine)
      const result = input ? confirm({ ...input, ledger }, claim) : { ledger, counted: false }
      return { ledger: result.ledger, result: result.counted }
    })
    if (!counted) {
      if (!standing.answered) withdraw(standing)
    } else if (!standing.confirmed && !standing.answered) {
      standing.confirmed = true
      events.emit('impression', detail(standing))
      engine.talk.say({ type: 'ledger' })
    }
  }

  /** Answered sooner than it was seen for a second, it was seen all the same. */
  const tellSeen = (standing: Standing): void => {
    if (standing.claim && !standing.confirmed && !standing.answered) events.emit('impression', detail(standing))
  }

  /** Takes a refusal in; of what was answered already, only the closing. */
  const refuse = (standing: Standing, t: 'dismissed' | 'snoozed', by: string): void => {
    if (standing.answered) return remove(standing)
    if (standing.claim) {
      tellSeen(standing)
      events.emit('dismiss', { ...detail(standing), by })
      if (t === 'snoozed') events.emit('snooze', detail(standing))
    }
    answer(standing, t)
  }

  /** Tells of a request once a session: at once, for its link may lead away from the page. */
  const request = (standing: Standing): void => {
    const key = `${standing.prompt.triggerId}|request`
    const { session } = keeper.ledger()
    if (session?.told.includes(key)) return
    events.emit('request', detail(standing))
    if (session) void write({ t: 'told', session: session.id, key, at: now() })
  }

  const take = (standing: Standing, outcome: Outcome): boolean => {
    const own = standing.onOutcome?.(outcome)
    if (own !== undefined) return own
    if (standing.prompt.preview) {
      if (outcome.type !== 'shown') withdraw(standing)
      return outcome.type !== 'clicked'
    }
    switch (outcome.type) {
      case 'shown':
        void seen(standing)
        return true
      case 'clicked': {
        const { action, href } = outcome
        tellSeen(standing)
        const goes = events.emit('click', { ...detail(standing), action, ...(href !== undefined && { href }) })
        // The explainer and the plan comparison open in its place, and stay until they are closed.
        answer(standing, 'clicked', href === undefined)
        if (href !== undefined && standing.answered) setTimeout(() => remove(standing), CLOSE_MS)
        return goes
      }
      case 'dismissed':
      case 'snoozed':
        refuse(standing, outcome.type, outcome.type === 'snoozed' ? 'snooze' : outcome.by)
        return true
      case 'stopped':
        void write({ t: 'optedOut', types: [standing.prompt.triggerType], at: now() })
        refuse(standing, 'dismissed', 'stop')
        return true
      case 'requested':
        tellSeen(standing)
        request(standing)
        answer(standing, 'clicked', true)
        return true
      case 'cancelled':
      case 'lost':
        withdraw(standing)
        return true
    }
    return outcome satisfies never
  }

  const put = (standing: Standing): Standing => {
    // What the user asked for meanwhile stays on top of it.
    if (standing.claim) stack.unshift(standing)
    else stack.push(standing)
    redraw()
    return standing
  }

  return {
    stack: (): readonly Standing[] => stack,
    isUndrawable: (id: string) => undrawable.has(id) && undrawable.get(id) === keeper.ledger().session?.id,
    detail,
    put,
    remove,
    take,

    clear(): void {
      for (const standing of [...stack]) withdraw(standing)
    },

    review(): void {
      const input = inputOf(engine)
      if (!input) return
      const judge = judgeWith(input)
      for (const standing of [...stack]) {
        const { rule, ask, match, prompt, claim, answered } = standing
        if (ask === 'block' || prompt.preview || (answered && !standing.stays)) continue
        const isNow = input.rules.all.get(rule.trigger.id)
        const { candidate } = isNow
          ? judge(isNow, ask === 'asked' || answered ? 'asked' : 'standing', false, match)
          : {}
        if (answered) {
          if (!candidate) remove(standing)
          continue
        }
        const { place } = input.ledger
        const over = claim && liveSession(input.ledger, input.page.activeAt, input.now)?.id !== claim.session
        if (!candidate || over || (claim && place && place.id !== claim.id)) {
          withdraw(standing)
          continue
        }
        const next = toPrompt(
          { ...candidate, variant: isNow?.trigger.variants.findIndex(({ id }) => id === prompt.variant) ?? -1 },
          input,
          prompt,
        )
        if (!isSame(next, prompt)) {
          standing.prompt = next
          standing.shown?.update(next)
        }
      }
      redraw()
    },

    async show({ show, verdicts }: Decision): Promise<void> {
      // One that only another tab's prompt keeps away may have its place, if that tab is hidden or gone.
      const waiting = verdicts.find(({ reasons }) => reasons.length === 1 && reasons[0]?.reason === 'on_screen')
      const first = show?.rule ?? engine.rules?.all.get(waiting?.triggerId ?? '')
      if (!first || stack.length) return

      // Code comes before the place: however long it takes, every gate is asked again once it is there.
      const { id } = first.trigger
      const kind = kindOf(first.trigger)
      if (engine.renderer?.warm && !warmed.has(kind)) {
        const decideAgain = (): void => {
          warmed.add(kind)
          engine.turn()
        }
        void engine.renderer.warm(kind).then(decideAgain, decideAgain)
        return
      }

      let got = await attempt(id)
      if (got?.heldBy && (await isFree(got.heldBy.tab))) {
        got = await attempt(id, got.heldBy.id)
        if (got?.claim) engine.talk.say({ type: 'ledger' })
      }
      const input = inputOf(engine)
      if (!got?.claim || !got.candidate || !input) return

      const { candidate, claim } = got
      engine.talk.say({ type: 'ledger' })
      // Every gate again: the page may have paused, or gone, while the place was asked for.
      const stands = judgeWith(input)(candidate.rule, 'standing', false, candidate.match).candidate
      if (!stands || engine.isDestroyed || stack.length) {
        return write({ t: 'left', claim, at: now(), counted: !!candidate.held })
      }
      const prompt = toPrompt(candidate, input, { asked: false, preview: false, ...mannerOf(engine) })
      const { rule, match, held } = candidate
      const anchor = 'feature' in rule.trigger ? engine.anchors.get(rule.trigger.feature) : undefined
      const standing = put({
        rule,
        match,
        ask: 'prompt',
        prompt,
        claim,
        ...(held && { held, confirmed: true }),
        ...(anchor && { anchor }),
      })
      if (held) events.emit('holdout', detail(standing))
    },
  }

  /** Whether a tab's hold on the screen may be taken over: it is hidden, or gone, or this one, where nothing stands. */
  async function isFree(tab: string): Promise<boolean> {
    return tab === engine.tab || !(await engine.talk.ask(tab)).isVisible
  }

  /** Asks for the place within the ledger's transaction. */
  function attempt(id: string, evict?: string) {
    return keeper.update((ledger) => {
      const input = inputOf(engine)
      const result = input ? reserve({ ...input, ledger }, id, newId(), evict) : { ledger }
      return { ledger: result.ledger, result }
    })
  }
}

/** Whether a prompt would look the same. */
export function isSame(a: Prompt, b: Prompt): boolean {
  const same = a.user === b.user && a.account === b.account && a.config === b.config && a.buyer === b.buyer
  return same && JSON.stringify(a.figures) === JSON.stringify(b.figures)
}

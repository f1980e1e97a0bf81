import { type Ask, type Candidate, type DecideInput, judgeWith } from '../core/decide.ts'
import type { Place } from '../core/ledger.ts'
import type { Match } from '../core/match.ts'
import type { Claim } from '../core/outcome.ts'
import type { Outcome, Prompt } from '../core/prompt.ts'
import { keepsPlace, reserve } from '../core/reserve.ts'
import type { Rule } from '../core/rules.ts'
import { isSame, toPrompt } from '../core/toPrompt.ts'
import type { ShownPrompt } from '../ports.ts'
import { type Engine, inputOf, mannerOf, newId } from './engine.ts'
import { createOutcomes, type Outcomes } from './outcomes.ts'

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
  /** Whether the trigger's widget could not be drawn a short while ago. */
  isUndrawable(triggerId: string): boolean
  /** What an event about a prompt says. */
  readonly detail: Outcomes['detail']
  /** What is drawn of a candidate, as things stand now. */
  promptOf(candidate: Candidate, input: DecideInput, how?: Manner): Prompt
  put(standing: Standing): Standing
  /** Draws a prompt anew where it would look another way. */
  update(standing: Standing, next: Prompt): void
  /** Takes a prompt away; nothing is written. */
  remove(standing: Standing): void
  /** Takes an outcome in. `false`: the host took the click over. */
  readonly take: Outcomes['take']
  /** Takes in what the host says came of a prompt: of the trigger's, or of the topmost. */
  report(triggerId: string | undefined, outcome: Outcome): void
  /** Withdraws everything, as the page or the user leaves. */
  clear(): void
  /** Withdraws what may not stand any more, and brings the rest up to date. */
  review(): void
  /** Reserves the place on screen for a trigger over all tabs, and draws its prompt. */
  show(triggerId: string): Promise<void>
}

/** How long a prompt that could not be drawn is left alone: code that was missing may be there again. */
const UNDRAWABLE_MS = 60_000

/** How a prompt came to be. */
type Manner = { readonly [how in 'asked' | 'preview']?: boolean } & Pick<Prompt, 'block'>

/** The prompts of this tab: what stands, what is drawn, and what came of it. Only the topmost is drawn. */
export function createStage(engine: Engine): Stage {
  const { keeper, events, now, $decision } = engine
  let stack: Standing[] = []
  /** When a trigger's widget could not be drawn: it is not tried again for a while. */
  const undrawable = new Map<string, number>()
  /** The place that its tab does not need. */
  let free: string | undefined

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
      // A block's own code is not the prompt's.
      if (standing.ask !== 'block') undrawable.set(prompt.triggerId, now())
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

  const { detail, write, take } = createOutcomes(engine, remove, withdraw)

  const promptOf: Stage['promptOf'] = (candidate, input, how) =>
    toPrompt(candidate, input, { asked: false, preview: false, ...mannerOf(engine), ...how })

  const update = (standing: Standing, next: Prompt): void => {
    if (isSame(next, standing.prompt)) return
    standing.prompt = next
    standing.shown?.update(next)
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
    isUndrawable(id) {
      const at = undrawable.get(id)
      return at !== undefined && now() >= at && now() < at + UNDRAWABLE_MS
    },
    detail,
    promptOf,
    put,
    update,
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
        if (!candidate || (claim && !keepsPlace(input, claim))) {
          withdraw(standing)
          continue
        }
        const next = toPrompt(
          { ...candidate, variant: isNow?.trigger.variants.findIndex(({ id }) => id === prompt.variant) ?? -1 },
          input,
          prompt,
        )
        update(standing, next)
      }
      redraw()
    },

    report(triggerId, outcome): void {
      const standing = stack.findLast(
        ({ prompt, held }) => !held && (triggerId === undefined || prompt.triggerId === triggerId),
      )
      if (!standing) return
      take(standing, outcome)
      if (outcome.type === 'clicked') remove(standing)
    },

    async show(id): Promise<void> {
      if (stack.length) return
      const got = await attempt(id, free)
      if (got?.heldBy) void askAfter(got.heldBy)
      const input = inputOf(engine)
      if (!got?.claim || !got.candidate || !input) return

      const { candidate, claim } = got
      engine.talk.say({ type: 'ledger' })
      // Every gate again: the page may have paused, or gone, while the place was asked for.
      const stands = judgeWith(input)(candidate.rule, 'standing', false, candidate.match).candidate
      if (!stands || engine.isDestroyed || stack.length) {
        return write({ t: 'left', claim, at: now(), counted: !!candidate.held })
      }
      const prompt = promptOf(candidate, input)
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

  /**
   * Asks the tab that holds the screen whether it needs it, and decides anew where it does not: it is hidden, or gone, or
   * this one, where nothing stands. What a tab that says nothing has not confirmed is given back when its ten seconds are
   * over, not before: it may be busy, and what was seen in it counts when it is answered.
   */
  async function askAfter({ id, tab, shown }: Place): Promise<void> {
    if (tab !== engine.tab) {
      const { isAlive, isVisible } = await engine.talk.ask(tab)
      if (isAlive ? isVisible : !shown) return
    }
    free = id
    engine.turn()
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

import { answerGuard, type GuardAnswer, type Need, needOf } from '../core/answerGuard.ts'
import type { DecideInput } from '../core/decide.ts'
import { accountOf, type Intent, withAccount } from '../core/ledger.ts'
import { matchRoute } from '../core/matchRoute.ts'
import type { BlockReason, GuardRequest, Prompt } from '../core/prompt.ts'
import type { Rule } from '../core/rules.ts'
import { type Engine, inputOf, toIso } from './engine.ts'
import { copyPlain } from './readSignals.ts'
import type { Stage, Standing } from './stage.ts'

/**
 * What `guard` answers. Client-side limits advise, servers enforce: an answer here is a courtesy to the user, and never
 * the check that keeps a limit.
 */
export type GuardResult =
  | { readonly allowed: true; readonly reason?: 'unavailable' | 'limit_raised' }
  | {
      readonly allowed: false
      readonly reason: BlockReason
      readonly triggerId?: string
      readonly used?: number
      readonly limit?: number | null
      readonly requested?: number
      readonly remaining?: number
    }

/** How long a block may take to stand before the user goes on unhindered. */
const LATE_MS = 3000
/** How long the context source has before a block. */
const SOURCE_MS = 1500
const INTENT_MS = 24 * 3_600_000

type Refusal = Extract<GuardAnswer, { allowed: false }>

const unavailable: GuardResult = { allowed: true, reason: 'unavailable' }

const after = (ms: number): Promise<unknown> => new Promise((done) => setTimeout(done, ms))

/** What the host handed over for later: plain data, or nothing. */
function refOf({ ref }: GuardRequest): Pick<Intent, 'ref'> {
  try {
    const copy = copyPlain(ref)
    return copy === undefined ? {} : { ref: copy }
  } catch {
    return {}
  }
}

interface OpenBlock {
  readonly need: Need
  readonly action: string
  readonly request: GuardRequest
  answer: Refusal
  standing?: Standing
  /** Its link was followed, so what was asked for is kept. Without `standing`, its promise waits for the limit to rise. */
  kept?: boolean
  readonly done: (result: GuardResult) => void
  readonly result: Promise<GuardResult>
}

/** Guards actions, and shows the blocks that stop them. */
export function createBlocks(engine: Engine, stage: Stage) {
  const { events, keeper, now } = engine
  let open: OpenBlock | undefined

  const refusal = ({ reason, figures, rule }: Refusal): GuardResult => {
    const { used, limit, requested, remaining } = figures
    return {
      allowed: false,
      reason,
      ...(rule && { triggerId: rule.trigger.id }),
      ...(used !== undefined && { used }),
      ...(limit !== undefined && { limit }),
      ...(requested !== undefined && { requested }),
      ...(remaining !== undefined && { remaining }),
    }
  }

  const finish = (block: OpenBlock, result: GuardResult): void => {
    if (open === block) open = undefined
    if (block.standing) stage.remove(block.standing)
    if (block.kept && result.allowed) void forgetIntent()
    block.done(result)
    engine.turn()
  }

  const forgetIntent = (at?: number) =>
    keeper.update((ledger) => {
      const key = inputOf(engine)?.accountKey ?? ''
      const { intent } = accountOf(ledger, key)
      if (!intent || (at !== undefined && intent.at !== at)) return { ledger, result: false }
      return { ledger: withAccount(ledger, key, { intent: undefined }), result: true }
    })

  /** Whether a block may not stand here: its own links' pages, and where the file says never. */
  const isNeverHere = (answer: Refusal): boolean => {
    const { rules, context } = inputOf(engine) ?? {}
    if (!rules || !context) return true
    const { links, neverBlock } = rules.config
    const own = [...Object.values(links), answer.rule?.trigger.cta?.primary?.href]
    const here = globalThis.location?.origin
    const routes = own.flatMap((link) => {
      // A page of another origin bars none of this one's.
      const [, origin, path = ''] = /^(\w+:\/\/[^/?#]*)?([^?#]*)/.exec(link ?? '') ?? []
      return path.length > 1 && (!origin || origin === here) ? path.replace(/\{[^}]*\}/g, '*') : []
    })
    return [...routes, ...neverBlock].some((route) => matchRoute(route, context.path))
  }

  /** What a block draws, as things stand now. */
  const promptOf = ({ answer, action }: OpenBlock, input: DecideInput, rule: Rule): Prompt => {
    const candidate = { rule, match: answer.match, variant: -1, held: false }
    return stage.promptOf(candidate, input, { block: { action, reason: answer.reason } })
  }

  const show = (block: OpenBlock, rule: Rule, input: DecideInput, late: Promise<unknown>): Promise<boolean> => {
    const { answer, action } = block
    const { figures, match, reason } = answer
    const standing: Standing = {
      rule,
      match,
      ask: 'block',
      prompt: promptOf(block, input, rule),
      onOutcome(outcome) {
        switch (outcome.type) {
          case 'clicked': {
            if (outcome.href === undefined) return true
            const { href, action: name } = outcome
            const goes = events.emit('click', { ...stage.detail(standing), action: name, href })
            follow(block, href)
            return goes
          }
          case 'requested':
            if (outcome.href !== undefined) follow(block, outcome.href)
            return
          case 'shown':
            return true
          default:
            finish(block, refusal(block.answer))
            return true
        }
      },
    }
    block.standing = stage.put(standing)
    const drawn = standing.shown?.drawn ?? Promise.resolve(false)
    return Promise.race([drawn, late.then(() => false)]).then(
      (ok) => {
        if (ok) events.emit('block', { ...stage.detail(standing), figures, action, reason })
        return ok
      },
      () => false,
    )
  }

  /** Keeps what was asked for, so that it can go on when the limit has risen. */
  const follow = (block: OpenBlock, href: string): void => {
    const { action, request, answer, need } = block
    const { trigger } = (answer.rule as NonNullable<Refusal['rule']>) ?? {}
    const intent: Intent = {
      triggerId: trigger.id,
      triggerType: trigger.type,
      action,
      requested: answer.figures.requested ?? 1,
      ...(need.of === 'feature' ? { feature: need.feature } : { resource: need.resource }),
      ...refOf(request),
      tab: engine.tab,
      at: now(),
    }
    const { triggerId, triggerType, at } = intent
    void keeper.append({ t: 'followed', account: engine.accountKey, triggerId, triggerType, intent, at })
    block.kept = true
    // A mail is written in another window: the page stays, and so does the block.
    if (href.startsWith('mailto:')) return
    const { standing } = block
    delete block.standing
    if (standing) setTimeout(() => stage.remove(standing))
  }

  return {
    /**
     * Answers a guarded action; see PRODUCT's words in `Plimsoll.guard`.
     *
     * @param late Resolves when whoever asked has waited long enough for a block to stand.
     */
    async guard(action: string, request: GuardRequest, late: Promise<unknown> = after(LATE_MS)): Promise<GuardResult> {
      const need = needOf(action, request)
      const first = inputOf(engine)
      if (!need) {
        engine.error(
          `guard(${JSON.stringify(action)}) does not say what it needs: expected a feature, or seats or a resource and a number, 0 or more.`,
        )
        return unavailable
      }
      if (!first) return unavailable
      let answer = answerGuard(need, first)
      if (answer.allowed) return answer
      if (need.of === 'feature') void keeper.append({ t: 'attempt', feature: need.feature, at: now() })
      if (!answer.rule) return unavailable

      const joins = (): Promise<GuardResult> | GuardResult | undefined => {
        if (!open?.standing || answer.allowed) return
        const same = open.action === action && JSON.stringify(open.need) === JSON.stringify(need)
        return same ? open.result : refusal(answer)
      }
      const joined = joins()
      if (joined) return joined
      if (!engine.renderer) return refusal(answer)

      await engine.readSource(SOURCE_MS)
      if (engine.isDestroyed) return unavailable
      const input = inputOf(engine) ?? first
      answer = answerGuard(need, input)
      if (answer.allowed) return answer
      if (!answer.rule) return unavailable
      if (isNeverHere(answer)) return refusal(answer)
      // Another may have opened while the context was read.
      const since = joins()
      if (since) return since
      if (open) finish(open, refusal(open.answer))

      let done: OpenBlock['done'] = () => {}
      const result = new Promise<GuardResult>((resolve) => {
        done = resolve
      })
      const block: OpenBlock = { need, action, request, answer, done, result }
      open = block
      if (!(await show(block, answer.rule, input, late))) finish(block, unavailable)
      return result
    },

    /** Lets the open block go on if its limit has risen enough, else brings it up to date, or takes it away. */
    review(): void {
      const input = inputOf(engine)
      if (!open || !input) return
      const answer = answerGuard(open.need, input)
      const { standing } = open
      if (answer.allowed && (standing || !answer.reason))
        return finish(open, { allowed: true, reason: answer.reason ?? 'limit_raised' })
      if (!standing || answer.allowed) return
      // The file, or what is known of the user, has changed: nothing may block any more.
      if (!answer.rule) return finish(open, unavailable)
      if (isNeverHere(answer)) return finish(open, refusal(answer))
      const rule = answer.rule.trigger.id === standing.rule.trigger.id ? answer.rule : standing.rule
      open.answer = { ...answer, rule }
      stage.update(standing, promptOf(open, input, rule))
    },

    /** Tells once, in one tab, that a kept request fits now, unless the page that asked still lives. */
    async resume(): Promise<void> {
      const input = inputOf(engine)
      const intent = input && accountOf(keeper.ledger(), input.accountKey).intent
      // Of this page's own, one whose promise is settled already: the page was left, and came back.
      if (!intent || (intent.tab === engine.tab && open?.kept)) return
      if (now() - intent.at > INTENT_MS) return void (await forgetIntent(intent.at))
      const { action, requested, resource, feature, ref, triggerId, triggerType } = intent
      const need = needOf(
        action,
        feature === undefined ? { resource: resource as string, amount: requested } : { feature },
      )
      const answer = need && answerGuard(need, input)
      if (!answer?.allowed || answer.reason) return
      if (intent.tab !== engine.tab && (await engine.talk.ask(intent.tab)).isAlive) return
      if (!(await forgetIntent(intent.at))) return
      events.emit('unblocked', {
        triggerId,
        triggerType,
        sessionId: keeper.ledger().session?.id ?? '',
        at: toIso(now()),
        figures: { requested, ...(feature === undefined ? { resource: resource as string } : { feature }) },
        action,
        requested,
        ...(ref !== undefined && { ref }),
      })
    },

    /** Settles what is open, as the user or the page leaves. */
    clear(): void {
      if (open) finish(open, refusal(open.answer))
    },
  }
}

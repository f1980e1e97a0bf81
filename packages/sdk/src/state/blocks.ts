import { answerGuard, type GuardAnswer, type Need, needOf } from '../core/answerGuard.ts'
import { accountOf, type Intent } from '../core/ledger.ts'
import { matchRoute } from '../core/matchRoute.ts'
import type { BlockReason, GuardRequest } from '../core/prompt.ts'
import { toPrompt } from '../core/toPrompt.ts'
import { type Engine, inputOf, mannerOf, toIso } from './engine.ts'
import type { Standing } from './stage.ts'

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

/** How long drawing a block may take before the user goes on unhindered. */
const DRAW_MS = 3000
/** How long the context source has before a block. */
const SOURCE_MS = 1500
const INTENT_MS = 24 * 3_600_000

type Refusal = Extract<GuardAnswer, { allowed: false }>

interface OpenBlock {
  readonly need: Need
  readonly action: string
  readonly request: GuardRequest
  answer: Refusal
  standing?: Standing
  /** Its link was followed: its promise waits for the limit to rise. */
  followed?: boolean
  readonly done: (result: GuardResult) => void
  readonly result: Promise<GuardResult>
}

/** Guards actions, and shows the blocks that stop them. */
export function createBlocks(engine: Engine) {
  const { events, keeper, now, stage } = engine
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
    if (block.followed && result.allowed) void forgetIntent()
    block.done(result)
    engine.turn()
  }

  const forgetIntent = (at?: number) =>
    keeper.update((ledger) => {
      const key = inputOf(engine)?.accountKey ?? ''
      const { intent, ...account } = accountOf(ledger, key)
      if (!intent || (at !== undefined && intent.at !== at)) return { ledger, result: false }
      return { ledger: { ...ledger, accounts: { ...ledger.accounts, [key]: account } }, result: true }
    })

  /** Whether a block may not stand here: its own links' pages, and where the file says never. */
  const isNeverHere = (answer: Refusal): boolean => {
    const { rules, context } = inputOf(engine) ?? {}
    if (!rules || !context) return true
    const { links, neverBlock } = rules.config
    const own = [links.upgrade, links.seats, links.request, links.contact, answer.rule?.trigger.cta?.primary?.href]
    const paths = own.map((link) => link?.replace(/^\w+:\/\/[^/]*|[?#].*/g, '').replace(/\{[^}]*\}/g, '*') ?? '')
    return [...paths.filter((path) => path.length > 1), ...neverBlock].some((route) => matchRoute(route, context.path))
  }

  const show = (block: OpenBlock, rule: NonNullable<Refusal['rule']>): Promise<boolean> => {
    const input = inputOf(engine)
    if (!input || !engine.renderer) return Promise.resolve(false)
    const { answer, action } = block
    const { figures, match, reason } = answer
    const candidate = { rule, match, variant: -1, held: false }
    const prompt = toPrompt(candidate, input, { asked: false, preview: false, block: { action, reason }, ...mannerOf(engine) })
    const standing: Standing = {
      rule,
      match,
      ask: 'block',
      prompt,
      onOutcome(outcome) {
        switch (outcome.type) {
          case 'clicked': {
            if (outcome.href === undefined) return true
            const { href, action: name } = outcome
            const goes = events.emit('click', { ...stage.detail(standing), action: name, href })
            follow(block)
            return goes
          }
          case 'requested':
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
    const late = new Promise<boolean>((done) => setTimeout(done, DRAW_MS, false))
    return Promise.race([drawn, late]).then(
      (ok) => {
        if (ok) events.emit('block', { ...stage.detail(standing), figures, action, reason })
        return ok
      },
      () => false,
    )
  }

  /** Keeps what was asked for, so that it can go on when the limit has risen. */
  const follow = (block: OpenBlock): void => {
    const { action, request, answer, need } = block
    const { trigger } = (answer.rule as NonNullable<Refusal['rule']>) ?? {}
    const intent: Intent = {
      triggerId: trigger.id,
      triggerType: trigger.type,
      action,
      requested: answer.figures.requested ?? 1,
      ...(need.of === 'feature' ? { feature: need.feature } : { resource: need.resource }),
      ...(request.ref !== undefined && { ref: request.ref }),
      tab: engine.tab,
      at: now(),
    }
    const { triggerId, triggerType, at } = intent
    void keeper.append({ t: 'followed', account: engine.accountKey, triggerId, triggerType, intent, at })
    block.followed = true
    const { standing } = block
    delete block.standing
    if (standing) setTimeout(() => stage.remove(standing))
  }

  return {
    /** Answers a guarded action; see PRODUCT's words in `Plimsoll.guard`. */
    async guard(action: string, request: GuardRequest): Promise<GuardResult> {
      const need = needOf(action, request)
      const first = inputOf(engine)
      if (!need) {
        engine.error(`guard(${JSON.stringify(action)}) does not say what it needs: expected seats, feature or resource.`)
        return { allowed: true, reason: 'unavailable' }
      }
      if (!first) return { allowed: true, reason: 'unavailable' }
      if (need.of === 'feature') void keeper.append({ t: 'attempt', feature: need.feature, at: now() })
      let answer = answerGuard(need, first)
      if (answer.allowed) return answer

      const same = JSON.stringify(open?.need) === JSON.stringify(need) && open?.action === action
      if (open && !open.followed) return same ? open.result : refusal(answer)
      if (!engine.renderer) return refusal(answer)

      const before = open
      await engine.readSource(SOURCE_MS)
      const again = inputOf(engine)
      answer = again ? answerGuard(need, again) : answer
      if (answer.allowed) return answer
      if (!answer.rule) return { allowed: true, reason: 'unavailable' }
      if (isNeverHere(answer)) return refusal(answer)
      // Another may have opened while the context was read.
      if (open && open !== before) return same ? open.result : refusal(answer)
      if (open) finish(open, refusal(answer))

      let done: OpenBlock['done'] = () => {}
      const result = new Promise<GuardResult>((resolve) => {
        done = resolve
      })
      const block: OpenBlock = { need, action, request, answer, done, result }
      open = block
      if (!(await show(block, answer.rule))) finish(block, { allowed: true, reason: 'unavailable' })
      return result
    },

    /** Lets the open block go on if its limit has risen enough, else brings its figures up to date. */
    review(): void {
      const input = inputOf(engine)
      if (!open || !input) return
      const answer = answerGuard(open.need, input)
      if (answer.allowed) return finish(open, { allowed: true, ...(!answer.reason && { reason: 'limit_raised' as const }) })
      const { standing } = open
      if (!standing || JSON.stringify(answer.figures) === JSON.stringify(open.answer.figures)) return
      open.answer = { ...answer, ...(open.answer.rule && { rule: open.answer.rule }) }
      standing.prompt = { ...standing.prompt, figures: answer.figures }
      standing.shown?.update(standing.prompt)
    },

    /** Tells once, in one tab, that a kept request fits now, unless the page that asked still lives. */
    async resume(): Promise<void> {
      const input = inputOf(engine)
      const intent = input && accountOf(keeper.ledger(), input.accountKey).intent
      if (!intent || intent.tab === engine.tab) return
      if (now() - intent.at > INTENT_MS) return void (await forgetIntent(intent.at))
      const { action, requested, resource, feature, ref, triggerId, triggerType } = intent
      const need = needOf(action, feature === undefined ? { resource: resource as string, amount: requested } : { feature })
      const answer = need && answerGuard(need, input)
      if (!answer?.allowed || answer.reason || (await engine.talk.ask(intent.tab)).isAlive) return
      if (!(await forgetIntent(intent.at))) return
      events.emit('unblocked', {
        triggerId,
        triggerType,
        sessionId: keeper.ledger().session?.id ?? '',
        at: toIso(now()),
        figures: {},
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

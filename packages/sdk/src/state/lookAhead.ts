import { answerGuard } from '../core/answerGuard.ts'
import type { Context } from '../core/context.ts'
import { candidates, type DecideInput, judgeWith } from '../core/decide.ts'
import { kindOf } from '../core/kind.ts'
import { accountOf } from '../core/ledger.ts'
import { notice } from '../core/observe.ts'
import type { Prompt, WidgetKind } from '../core/prompt.ts'
import { currentPlan, readUsage } from '../core/usage.ts'
import { type Engine, inputOf, isBrowser } from './engine.ts'
import type { Stage } from './stage.ts'

/** What is near: so much more use, as a part of the limit, or for a milestone of the figure itself. */
const NEAR = 0.1

const grown = (figure: number): number => figure + Math.max(1, Math.floor(NEAR * figure))

/** How things would stand after some more use, with every feature near that is marked on the page. */
function ahead(input: DecideInput): DecideInput {
  const { rules, context, accountKey, ledger, page, now } = input
  const plan = currentPlan(rules.config, context)
  /** The context with other figures in use. */
  const using = (more: (used: number, limit: number) => number): Context => {
    const usage = Object.entries(context.usage).map(([resource, report]) => {
      const limit = readUsage(context, plan, resource, now)?.limit ?? 0
      return [resource, { ...report, used: more(report.used, limit) }]
    })
    return { ...context, usage: Object.fromEntries(usage) }
  }
  const happened = Object.entries(accountOf(ledger, accountKey).counts).map(([event, n]) => [event, grown(n) - n])
  const sight = { rules, context: using(grown), accountKey, now }
  const marked = document.documentElement.querySelectorAll<HTMLElement>('[data-plimsoll-feature]')
  // Not every element has a dataset.
  const near = [...marked].map(({ dataset }) => [dataset?.plimsollFeature, { untilAt: Number.POSITIVE_INFINITY }])
  return {
    ...input,
    context: { ...using((used, limit) => used + NEAR * limit), near: Object.fromEntries(near) },
    ledger: notice(ledger, sight, page.activeAt, '', Object.fromEntries(happened)).ledger,
  }
}

/**
 * Has the code fetched and tried of what may soon show, while nobody waits for it: cold code costs the first prompt of a
 * page several frames. Whoever is far from every mark, or would be shown nothing there, fetches nothing.
 *
 * @returns What looks again, once the page is idle, at what has changed.
 */
export function createLookAhead(engine: Engine, stage: Stage): () => void {
  const warmed = new Set<WidgetKind | 'block'>()
  let isDue = false
  let seen: readonly unknown[] = []

  const warm = async (kind: WidgetKind, prompt: Prompt): Promise<void> => {
    warmed.add(prompt.block ? 'block' : kind)
    try {
      await engine.renderer?.warm?.(kind, prompt)
      if (!prompt.block) engine.warm.add(kind)
    } catch {
      // It is asked for again, and missed, when it is needed.
    }
  }

  const look = (): void => {
    const now = inputOf(engine)
    if (!now || !isBrowser || engine.isDestroyed || !engine.renderer?.warm) return
    const looked = [now.rules, now.context, now.ledger]
    if (looked.every((one, i) => one === seen[i])) return
    seen = looked

    const later = ahead(now)
    const judge = judgeWith(later)
    for (const rule of candidates(later)) {
      const kind = kindOf(rule.trigger)
      if (warmed.has(kind)) continue
      const { candidate } = judge(rule, 'prompt', false)
      if (candidate && !candidate.held) void warm(kind, stage.promptOf(candidate, later, { preview: true }))
    }
    for (const resource of warmed.has('block') ? [] : Object.keys(now.context.usage)) {
      const answer = answerGuard({ of: 'usage', resource, amount: 1, reason: 'usage_limit' }, later)
      if (answer.allowed || !answer.rule) continue
      const { rule, match, reason } = answer
      const block = { action: '', reason }
      void warm(kindOf(rule.trigger), stage.promptOf({ rule, match, variant: -1, held: false }, later, { block }))
      break
    }
  }

  return () => {
    if (isDue) return
    isDue = true
    ;(globalThis.requestIdleCallback ?? setTimeout)(() => {
      isDue = false
      try {
        look()
      } catch {
        // It fails again, and is told of, when it is decided on.
      }
    })
  }
}

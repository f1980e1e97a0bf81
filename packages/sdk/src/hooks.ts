import { watchElements } from './browser/watchElements.ts'
import { answerGuard, needOf } from './core/answerGuard.ts'
import { bare, type Near } from './core/context.ts'
import { judgeWith } from './core/decide.ts'
import { matchSearch, searchWords } from './core/matchSearch.ts'
import type { GuardRequest } from './core/prompt.ts'
import type { Rules } from './core/rules.ts'
import { createBlocks, type GuardResult } from './state/blocks.ts'
import { type Engine, inputOf, isBrowser } from './state/engine.ts'
import { createLookAhead } from './state/lookAhead.ts'
import type { Stage } from './state/stage.ts'

/** How long a search counts as being near a feature. */
const SEARCH_MS = 10_000

/**
 * What a page's marked elements, its searches and its guarded actions need: fetched where something is marked, else
 * behind the first prompt's code.
 */
export interface Hooks {
  /** @param late Resolves when whoever asked has waited long enough for a block to stand; by default after 3 seconds. */
  guard(action: string, request: GuardRequest, late?: Promise<unknown>): Promise<GuardResult>
  /** Answers a try at a locked feature: every time, and counted for nothing. */
  attempt(feature: string, anchor?: Element): void
  /** Reads a search. The query is never stored. */
  search(query: string): void
  /** Brings an open block up to date, or lets it go on; and has code warmed that will soon be needed. */
  review(): void
  /** Tells of a kept request that fits now. */
  resume(): Promise<void>
  /** Settles what is open. */
  clear(): void
  stop(): void
}

export function createHooks(engine: Engine, stage: Stage): Hooks {
  const { $context, anchors, keeper, now } = engine
  const blocks = createBlocks(engine, stage)
  const lookAhead = createLookAhead(engine, stage)

  const near = (features: readonly string[], untilAt: number | undefined): void => {
    const context = $context.get()
    const next = Object.assign(bare<Near>(), context.near)
    for (const feature of features) {
      if (untilAt === undefined) delete next[feature]
      else next[feature] = { untilAt }
    }
    engine.setContext({ ...context, near: next })
    engine.turn()
  }

  /** Of each file in force, read when the first search comes. */
  const words = new WeakMap<Rules, ReturnType<typeof searchWords>>()

  const search = (query: string): void => {
    const { rules } = engine
    if (!rules) return
    if (!words.has(rules)) words.set(rules, searchWords(rules))
    const found = matchSearch(query, words.get(rules) ?? new Map())
    if (found.length) near(found, now() + SEARCH_MS)
  }

  const attempt = (feature: string, anchor?: Element): void => {
    // A name that the file does not know is not written down.
    if (!engine.rules || !Object.hasOwn(engine.rules.config.features, feature)) return
    if (anchor) anchors.set(feature, anchor)
    void keeper.append({ t: 'attempt', feature, at: now() })
    const input = inputOf(engine)
    const stack = stage.stack()
    if (!input || stack.some(({ ask }) => ask === 'block')) return
    const judge = judgeWith(input)
    for (const rule of input.rules.byFeature.get(feature) ?? []) {
      const { candidate } = judge(rule, 'asked', false, { figures: {}, counter: { account: null, key: feature } })
      if (!candidate) continue
      if (stack.some(({ prompt, held }) => prompt.triggerId === rule.trigger.id && !held)) return
      for (const standing of stack) if (standing.ask === 'asked') stage.remove(standing)
      const prompt = stage.promptOf(candidate, input, { asked: true })
      stage.put({ rule, match: candidate.match, ask: 'asked', prompt, ...(anchor && { anchor }) })
      // What was asked for and closed does not come back because the pointer is still there.
      near([feature], undefined)
      return
    }
  }

  const stop = isBrowser
    ? watchElements({
        onNear(feature, element) {
          if (stage.stack().some(({ ask, prompt }) => ask === 'asked' && prompt.figures.feature === feature)) return
          anchors.set(feature, element)
          near([feature], Number.POSITIVE_INFINITY)
        },
        onAway: (feature) => near([feature], undefined),
        onAttempt(feature, element) {
          // A guarded control is answered by its block.
          if (!element.hasAttribute('data-plimsoll-guard')) attempt(feature, element)
        },
        onSearch: search,
        onGuard(action, request) {
          const need = needOf(action, request)
          const input = inputOf(engine)
          // What can block nothing leaves the host's own event as it is.
          const answer = need && input && answerGuard(need, input)
          if (!need)
            engine.error(
              `data-plimsoll-guard="${action}" does not say what it needs: expected a feature, or seats or a resource and a number, 0 or more.`,
            )
          if (!answer || answer.allowed || !answer.rule) return true
          return blocks.guard(action, request).then(({ allowed }) => allowed)
        },
        onError: (message) => engine.error(message),
      })
    : () => {}

  // What was decided before this code came may want it: a kept request that fits now, a feature that is near.
  engine.turn()
  const review = (): void => {
    blocks.review()
    lookAhead()
  }
  return { ...blocks, review, attempt, search, stop }
}

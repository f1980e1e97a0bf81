import type { WritableAtom } from 'nanostores'
import type { Context } from '../core/context.ts'
import type { DecideInput } from '../core/decide.ts'
import type { Prompt } from '../core/prompt.ts'
import type { Rule } from '../core/rules.ts'
import type { Renderer } from '../ports.ts'
import type { Events } from './events.ts'
import type { LedgerKeeper } from './keepLedger.ts'

/** What shows now. */
export interface ShownDecision {
  /** The prompt to draw; `null`: nothing. */
  readonly prompt: Prompt | null
}

/** What the parts of one instance share. */
export interface Engine {
  readonly $context: WritableAtom<Context>
  readonly $decision: WritableAtom<ShownDecision>
  readonly keeper: LedgerKeeper
  readonly events: Events
  readonly tab: string
  readonly now: () => number
  readonly newId: () => string
  /** Everything to decide by, as it stands; `undefined` until there is a file. */
  readonly input: () => DecideInput | undefined
  readonly renderer: () => Renderer | undefined
  /** What `init` said of every prompt: its locale, where links may lead. */
  readonly manner: Pick<Prompt, 'locale' | 'linkOrigins'>
  /** The control that a trigger's prompt belongs beside, where one was pointed at, focused or clicked. */
  readonly anchorOf: (rule: Rule) => Element | undefined
  /** Tells the other tabs of this user. */
  readonly post: (message: { readonly type: string; readonly [key: string]: unknown }) => void
  /** Asks another tab whether it is there; no answer in time is a no. */
  readonly isAlive: (tab: string) => Promise<boolean>
  /** Asks another tab whether it is there and can be seen. */
  readonly isVisibleElsewhere: (tab: string) => Promise<boolean>
  /** Has everything decided anew, once, when this turn is over. */
  readonly turn: () => void
  readonly error: (message: string, cause?: unknown, errors?: readonly unknown[]) => void
}

/** A moment as the outside writes it. */
export function toIso(at: number): string {
  return new Date(at).toISOString()
}

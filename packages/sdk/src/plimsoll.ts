import type { ReadableAtom } from 'nanostores'
import type { TriggerType } from './config/types.ts'
import type { Context } from './core/context.ts'
import type { GuardRequest, Traits } from './core/prompt.ts'
import type { ReasonName } from './core/verdict.ts'
import type { LedgerStore, Renderer } from './ports.ts'
import type { GuardResult } from './state/blocks.ts'
import type { ShownDecision } from './state/engine.ts'
import type { EventType, Listener } from './state/events.ts'

/** One report of a resource, as a host makes it. It replaces that resource's earlier one whole. */
export interface UsageReport {
  readonly used: number
  /** `null` is unlimited; left out, the plan's limit holds. */
  readonly limit?: number | null
  /** Promised but not yet taken, such as invites sent; counts as used everywhere. */
  readonly pending?: number
  /** When the billing period ends, ISO 8601. */
  readonly resetsAt?: string
  /** When the figure held, ISO 8601. */
  readonly asOf?: string
}

/** What a context source answers. */
export interface ContextSource {
  readonly user?: Traits
  readonly account?: Traits
  readonly usage?: { readonly [resource: string]: UsageReport }
}

export interface InitOptions {
  /** The configuration: its URL, or the object itself. */
  readonly config: string | object
  /** Where to read who is here and what is used: at start, when the tab becomes visible, and before a block. */
  readonly context?: string | ContextSource | (() => ContextSource | Promise<ContextSource>)
  /** `'required'`: nothing is stored, and nothing but a block shows, until `consent(true)`. */
  readonly consent?: 'required'
  /** Draws the prompts. Without one the host draws `$decision` itself, and reports. */
  readonly render?: Renderer
  /** @default IndexedDB; in memory where there is no browser */
  readonly store?: LedgerStore
  /** BCP 47. By default the user's, the page's, the browser's. */
  readonly locale?: string
  /** Whose id chance hangs on. @default 'account' */
  readonly hashBy?: 'account' | 'user'
  /** The page's CSP nonce. Nothing needs it yet: styles are adopted, and chunks inherit the nonce of the script tag. */
  readonly nonce?: string
  /** Origins beside the page's own that links may lead to. */
  readonly linkOrigins?: readonly string[]
}

/** Why a trigger shows or does not. Moments are ISO 8601. */
export interface Explanation {
  readonly triggerId: string
  readonly triggerType: TriggerType
  readonly wouldShow: boolean
  readonly reasons: readonly {
    readonly reason: ReasonName
    /** When time alone will change it. */
    readonly untilAt?: string
    readonly figures: { readonly [name: string]: unknown }
  }[]
}

/** One instance. No call throws; every promise settles. */
export interface Plimsoll {
  init(options: InitOptions): Promise<void>
  /** Says who is here. Merges by trait; `null` removes one; another id drops all that was known of the old. */
  identify(who: { readonly user?: Traits; readonly account?: Traits }): Promise<void>
  usage(usage: { readonly [resource: string]: UsageReport }): Promise<void>
  track(event: string, props?: { readonly [key: string]: unknown }): Promise<void>
  page(path?: string): Promise<void>
  /**
   * Asks before an action whether it fits the plan, and shows a block where it does not.
   *
   * Client-side limits advise, servers enforce: never let this be the only check.
   */
  guard(action: string, request?: GuardRequest): Promise<GuardResult>
  on<T extends EventType>(type: T, fn: Listener<T>): () => void
  off<T extends EventType>(type: T, fn: Listener<T>): Promise<void>
  explain(triggerId?: string): Promise<readonly Explanation[]>
  /** Shows a trigger's widget; touches no ledger and sends no events. */
  preview(triggerId: string, context?: ContextSource): Promise<void>
  consent(given: boolean): Promise<void>
  optOut(type?: TriggerType): Promise<void>
  optIn(type?: TriggerType): Promise<void>
  forget(): Promise<void>
  /** Holds every prompt but a block, in this tab, until `resume` is called for the same reason. */
  pause(reason?: string): Promise<void>
  resume(reason?: string): Promise<void>
  /** Withdraws a prompt, uncounted. */
  close(triggerId?: string): Promise<void>
  /** Passes on the user's refusal. */
  dismiss(triggerId?: string): Promise<void>
  /** Reports what came of a prompt that the host draws itself. */
  report(triggerId: string, outcome: 'shown' | 'clicked' | 'dismissed' | 'snoozed'): Promise<void>
  /** The user logged out: what was known is gone, prompts close, a new session begins; the ledger stays. */
  reset(): Promise<void>
  /** Removes every widget, listener, timer, channel and database connection. */
  destroy(): Promise<void>
  readonly $decision: ReadableAtom<ShownDecision>
  readonly $context: ReadableAtom<Context>
}

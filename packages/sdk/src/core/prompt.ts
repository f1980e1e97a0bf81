import type { CheckedConfig, CheckedPlan, CheckedTrigger, TriggerType } from '../config/types.ts'

/** Which widget draws a prompt. */
export type WidgetKind = 'banner' | 'tooltip' | 'panel' | 'modal' | 'toast' | 'explainer' | 'plans'

/** What is said of a user or an account. */
export type Traits = { readonly [trait: string]: unknown }

/** The figures that a decision used; a key is absent where it does not apply or is unknown. */
export interface Figures {
  readonly resource?: string
  /** `used` and `pending` of a report together: pending counts as used everywhere. */
  readonly used?: number
  readonly pending?: number
  /** `null`: unlimited. */
  readonly limit?: number | null
  readonly remaining?: number
  /** Whole, rounded down. */
  readonly percent?: number
  /** ISO 8601. */
  readonly resetsAt?: string
  readonly feature?: string
  readonly attempts?: number
  readonly metric?: string
  readonly milestone?: number
  /** What a guarded request asked for. */
  readonly requested?: number
  /** Seats to add: at least 1. */
  readonly needed?: number
  /** The plan offered and the plan held, by id. */
  readonly plan?: string
  readonly currentPlan?: string
}

/** What `guard` was asked. */
export interface GuardRequest {
  readonly seats?: number
  readonly feature?: string
  readonly resource?: string
  readonly amount?: number
  /** The host's own, handed back with `unblocked`; opaque. */
  readonly ref?: unknown
}

/** The reason a block gives. */
export type BlockReason = 'seat_limit' | 'usage_limit' | 'feature_locked'

/** One prompt to draw: plain data, everything a renderer needs, decided already. */
export interface Prompt {
  readonly triggerId: string
  readonly triggerType: TriggerType
  readonly kind: WidgetKind
  /** The trigger, its variant applied. */
  readonly trigger: CheckedTrigger
  readonly variant?: string
  readonly config: CheckedConfig
  readonly figures: Figures
  /** The plan offered: the first later one that gives more of what the trigger is about. */
  readonly plan?: CheckedPlan
  /** The plan held. */
  readonly current?: CheckedPlan
  readonly user: Traits
  readonly account: Traits
  /** Whether this user can buy; who cannot is offered "Ask an admin". */
  readonly buyer: boolean
  /** Present when the prompt stops an action. */
  readonly block?: { readonly action: string; readonly reason: BlockReason }
  /** The slot it may stand in. */
  readonly slot?: string
  /** Whether the user opened it themselves by a click on a locked control. */
  readonly asked: boolean
  readonly preview: boolean
  readonly locale?: string
  /** Origins beside the page's own that its links may lead to. */
  readonly linkOrigins?: readonly string[]
  /** When it was decided, epoch milliseconds. */
  readonly at: number
}

/** What a renderer reports of a prompt. */
export type Outcome =
  /** Half of it visible for one second in a visible tab. */
  | { readonly type: 'shown' }
  /** The primary, or a link of the explainer or the plan comparison, was followed. `href` is absent where it opened another widget. */
  | { readonly type: 'clicked'; readonly action: string; readonly href?: string; readonly needed?: number }
  | { readonly type: 'dismissed'; readonly by: 'button' | 'close' | 'escape' | 'host' }
  /** Remind me later: a refusal that snoozes too. */
  | { readonly type: 'snoozed' }
  /** Stop showing these. */
  | { readonly type: 'stopped' }
  /** Cancel or Esc on a block, or leaving an "Ask an admin" prompt after asking: no refusal. */
  | { readonly type: 'cancelled' }
  /** Ask an admin; `href` where that is a link, and not a message to copy. */
  | { readonly type: 'requested'; readonly href?: string }
  /** It cannot stand any more (its anchor or slot is gone): withdrawn uncounted. */
  | { readonly type: 'lost' }

/**
 * What a prompt says, ready to draw: finished strings and checked links, no rule and no markup.
 *
 * `writePrompt` makes it from a `Prompt`; widgets and hosts that render for themselves only lay it out.
 */

/** A button or a link. With `href` it is a link, already resolved and checked; without, it acts in place. */
export interface ActionContent {
  readonly label: string
  readonly action:
    | 'upgrade'
    | 'seats'
    | 'explainer'
    | 'plans'
    | 'link'
    | 'ask'
    | 'contact'
    | 'dismiss'
    | 'snooze'
    | 'cancel'
  readonly href?: string
}

/** Used of limit, for a plain meter. */
export interface MeterContent {
  readonly label: string
  /** "82 of 100". */
  readonly valueText: string
  readonly used: number
  readonly limit: number
  /** "82%", in the reader's digits. */
  readonly percent: string
}

/** Seats, one pip each while there are few. */
export interface SeatsContent {
  readonly label: string
  readonly valueText: string
  readonly used: number
  readonly limit: number
  /** In reading order; the mark stands at the limit, before the part that `is` `over`. */
  readonly parts: readonly {
    readonly is: 'held' | 'pending' | 'used' | 'free' | 'over'
    readonly count: number
    readonly label: string
  }[]
}

/** Seats to add, each month, due today; only where prices and the billing cycle are known. */
export interface BillContent {
  readonly min: number
  readonly max: number
  readonly needed: number
  readonly label: string
  readonly fewer: string
  readonly more: string
  /** "10 now, 13 then". */
  readonly change: string
  readonly each: { readonly label: string; readonly why: string; readonly amount: string }
  readonly due: { readonly label: string; readonly why: string; readonly amount: string }
}

/** Asking an admin: what is copied, and what is said then. */
export interface AskContent {
  readonly message: string
  /** Followed instead of copying, where `links.request` is given. */
  readonly href?: string
  readonly copied: { readonly title: string; readonly text: string; readonly again: string; readonly close: string }
  readonly refused: { readonly title: string; readonly text: string; readonly done: string }
}

export interface PromptContent {
  readonly locale: string
  readonly title: string
  readonly text: string
  /** At the limit, and only there. */
  readonly tone?: 'full'
  /** The plan that has the feature. */
  readonly chip?: string
  /** The milestone's figure for the ring: compact over 9,999. */
  readonly figure?: string
  readonly meter?: MeterContent
  readonly seats?: SeatsContent
  readonly bill?: BillContent
  /** Absent where nothing can be offered (a block without next plan and contact). */
  readonly primary?: ActionContent
  readonly secondary: ActionContent
  /** "Stop showing these". */
  readonly stop: string
  /** The name of ×. */
  readonly dismiss: string
  readonly ask?: AskContent
}

export interface ExplainerContent {
  readonly locale: string
  /** "Part of Pro". */
  readonly chip?: string
  readonly title: string
  readonly text: string
  /** "Pro also gives you". */
  readonly also?: string
  readonly gains: readonly { readonly text: string; readonly was?: string }[]
  readonly primary?: ActionContent
  readonly close: string
  readonly ask?: AskContent
}

export interface PlansContent {
  readonly locale: string
  readonly title: string
  readonly text: string
  /** Names the table. */
  readonly label: string
  readonly columns: readonly {
    readonly name: string
    readonly price?: string
    /** "Your plan", "Next plan". */
    readonly chip?: string
    readonly is?: 'current' | 'offer'
    /** The upgrade link of a plan above the current one. */
    readonly action?: ActionContent
  }[]
  readonly rows: readonly {
    readonly label: string
    readonly cells: readonly {
      /** A figure; absent where `has` says it with a sign. */
      readonly text?: string
      readonly has?: boolean
      /** What a screen reader hears for the sign. */
      readonly hidden?: string
      /** "+900", "New": only in the offered column. */
      readonly gain?: string
    }[]
  }[]
  readonly primary?: ActionContent
  readonly close: string
  readonly ask?: AskContent
}

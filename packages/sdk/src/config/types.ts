/**
 * The configuration file: what a person writes (`PlimsollConfig`), and what checking makes of it
 * (`CheckedConfig`). Types only, so that the pure core may import them without zod.
 */

// ── What a person writes ────────────────────────────────────────────────────

/** A length of time as text: `"30m"`, `"24h"`, `"30d"`. Units: `s`, `m`, `h`, `d`, `w`. */
export type Duration = string

/** A MongoDB-style condition with GrowthBook's targeting semantics. */
export type Condition = { readonly [key: string]: unknown }

/** Plural forms by CLDR category, chosen by the figure that `by` names. */
export interface PluralText {
  readonly zero?: string
  readonly one?: string
  readonly two?: string
  readonly few?: string
  readonly many?: string
  readonly other: string
  /** Placeholder whose number chooses the form: by default `used`, `seats.needed`, `milestone` or `attempts`, by type. */
  readonly by?: string
}

/** Text for people: a string, plural forms, or either for each locale (BCP 47). Never HTML. */
export type Text = string | PluralText | { readonly [locale: string]: string | PluralText }

export interface Price {
  /** In major units: `29` is 29 dollars. */
  readonly amount: number
  /** ISO 4217. */
  readonly currency: string
  readonly per: 'month' | 'year'
}

/** What one more seat costs each period of the plan's price: one amount, or tiers in rising order. */
export type SeatPrice =
  | { readonly amount: number }
  | { readonly tiers: readonly { readonly upTo?: number; readonly amount: number }[] }

export interface Plan {
  readonly id: string
  readonly name: string
  readonly price?: Price
  readonly seatPrice?: SeatPrice
  /** By resource; `null` is unlimited, absent is unknown. */
  readonly limits?: { readonly [resource: string]: number | null }
  readonly features?: readonly string[]
}

export interface Feature {
  readonly name: Text
  /** Completes the sentence "Single sign-on …": `lets your team sign in with the company account`. */
  readonly benefit?: Text
  /** Words that a search for it would use; its name counts by itself. */
  readonly keywords?: readonly string[]
}

export interface Links {
  readonly upgrade?: string
  readonly seats?: string
  readonly compare?: string
  readonly request?: string
  readonly contact?: string
}

export interface FrequencyRule {
  readonly max: number
  /** `"session"`, a rolling duration, or left out: since last armed. */
  readonly per?: 'session' | Duration
}

export type SuppressRule =
  | { readonly dismissals: number; readonly quiet: Duration }
  | { readonly impressions: number; readonly per: 'session' | Duration }

export type PrimaryAction = 'upgrade' | 'seats' | 'explainer' | 'plans' | 'link'
export type SecondaryAction = 'dismiss' | 'snooze'

export interface Cta {
  readonly primary?: { readonly label?: Text; readonly action?: PrimaryAction; readonly href?: string }
  readonly secondary?: { readonly label?: Text; readonly action?: SecondaryAction }
}

export interface Copy {
  readonly title?: Text
  readonly body?: Text
}

export interface Variant {
  /** Named in events. By default its place in the list, counted from 0, as text. */
  readonly id?: string
  /** Takes those for whom it is true, before weights. */
  readonly if?: Condition
  /** Share of ids, 0 to 1. */
  readonly weight?: number
  readonly copy?: Copy
  readonly cta?: Cta
  readonly slot?: string
}

/** Advice of `plimsoll check` that is not taken, by its code, and why: `{ "shouting": "ACME is how we write it." }`. */
export interface Ignore {
  readonly [code: string]: string
}

interface TriggerCommon {
  readonly id: string
  readonly enabled?: boolean
  readonly audience?: Condition
  /** ISO 8601. A date without a time is the visitor's day; `until` is inclusive. */
  readonly schedule?: { readonly from?: string; readonly until?: string }
  readonly priority?: number
  readonly slot?: string
  readonly group?: string
  readonly frequency?: FrequencyRule | readonly FrequencyRule[] | null
  readonly suppress?: SuppressRule | null
  readonly snooze?: 'session' | Duration
  readonly copy?: Copy
  readonly cta?: Cta
  readonly variants?: readonly Variant[]
  /** Share never shown, 0 to 1. */
  readonly holdout?: number
  readonly ignore?: Ignore
}

export interface LimitTrigger extends TriggerCommon {
  readonly type: 'limit_approaching'
  readonly resource: string
  /** Part of the limit, in whole hundredths, or rising rungs. */
  readonly at?: number | readonly number[]
  /** Whether a page-top banner pushes the page down rather than float over it. */
  readonly push?: boolean
}

export interface FeatureTrigger extends TriggerCommon {
  readonly type: 'feature_discovery'
  readonly feature: string
  readonly near?: { readonly route?: string | readonly string[] }
}

export interface TeamTrigger extends TriggerCommon {
  readonly type: 'team_growth'
  readonly at?: number | readonly number[]
}

export interface MilestoneTrigger extends TriggerCommon {
  readonly type: 'usage_milestone'
  /** A resource, whose `used` counts, else an event name, counted by the ledger. */
  readonly metric: string
  readonly milestones: readonly number[]
  readonly surface?: 'modal' | 'toast'
}

export type Trigger = LimitTrigger | FeatureTrigger | TeamTrigger | MilestoneTrigger
export type TriggerType = Trigger['type']

export interface Theme {
  readonly accent?: string
  readonly surface?: string
  readonly ink?: string
  readonly font?: string
  readonly radius?: string
  readonly scheme?: 'light' | 'dark'
  readonly inset?: string
}

/** The file as a person writes it. Everything but `version` and `triggers` may be left out. */
export interface PlimsollConfig {
  readonly $schema?: string
  readonly version: 1
  readonly product?: string
  readonly plans?: readonly Plan[]
  readonly resources?: { readonly [resource: string]: Text }
  readonly features?: { readonly [feature: string]: Feature }
  readonly links?: Links
  readonly caps?: {
    readonly perSession?: number
    readonly minInterval?: Duration
    readonly groups?: { readonly [group: string]: { readonly max: number; readonly per: Duration } }
  }
  readonly guardrails?: {
    readonly minHealth?: number
    readonly flags?: readonly string[]
    readonly minAccountAge?: Duration
  }
  readonly buyers?: Condition
  readonly savedGroups?: { readonly [group: string]: readonly unknown[] }
  readonly neverBlock?: readonly string[]
  /** Built-in words by locale, then by label name. */
  readonly labels?: { readonly [locale: string]: { readonly [label: string]: string } }
  readonly theme?: Theme
  readonly ignore?: Ignore
  readonly triggers: readonly Trigger[]
}

// ── What checking makes of it ───────────────────────────────────────────────

/**
 * One fault of a file.
 *
 * What it costs is where it stands. In a trigger, that trigger. In a shared part, each trigger that needs the part: it
 * has a fault of its own that says so. A broken word, colour or link for asking is left out, and the built-in one
 * stands. While caps, guardrails or buyers have a fault nothing shows but blocks, and while `neverBlock` has one no
 * block is drawn.
 */
export interface ConfigError {
  /** Where: `triggers[1].frequency.per`; empty for the file as a whole. */
  readonly path: string
  /** What stands there, shortened. */
  readonly found: string
  readonly expected: string
  /** The nearest valid name, where there is one near enough to be meant. */
  readonly nearest?: string
  /** The trigger that this fault costs, where it costs one. */
  readonly triggerId?: string
}

export interface CheckedPlan {
  readonly id: string
  readonly name: string
  readonly price?: Price
  /** Tiers in rising order, the last without `upTo`. */
  readonly seatTiers?: readonly { readonly upTo?: number; readonly amount: number }[]
  readonly limits: { readonly [resource: string]: number | null }
  readonly features: readonly string[]
}

export interface CheckedFrequency {
  readonly max: number
  /** `'session'`, milliseconds, or absent: since last armed. */
  readonly per?: 'session' | number
}

export type CheckedSuppress =
  | { readonly dismissals: number; readonly quietMs: number }
  | { readonly impressions: number; readonly per: 'session' | number }
  /** Once refused, not until the used figure rises. The default of team growth; cannot be written in the file. */
  | { readonly untilRise: true }

export interface CheckedVariant {
  readonly id: string
  readonly if?: Condition
  readonly weight?: number
  readonly copy?: Copy
  readonly cta?: Cta
  readonly slot?: string
  /** Placeholders without a fallback, after this variant's overrides. */
  readonly needs?: readonly string[]
}

interface CheckedCommon {
  readonly id: string
  readonly enabled: boolean
  readonly audience?: Condition
  /** Each a moment in epoch milliseconds, or a visitor's day, `YYYY-MM-DD`. */
  readonly from?: number | string
  readonly until?: number | string
  readonly priority: number
  readonly slot?: string
  readonly group?: string
  /** Empty: no bound. */
  readonly frequency: readonly CheckedFrequency[]
  readonly suppress?: CheckedSuppress
  readonly snooze: 'session' | number
  readonly copy?: Copy
  readonly cta?: Cta
  readonly variants: readonly CheckedVariant[]
  readonly holdout: number
  /**
   * Placeholders without a fallback in this trigger's own copy, labels and links (`user.name`, `plan.price`):
   * while one is unknown, the trigger is withheld.
   */
  readonly needs: readonly string[]
}

export interface CheckedLimit extends CheckedCommon {
  readonly type: 'limit_approaching'
  readonly resource: string
  /** Whole percents in rising order. */
  readonly at: readonly number[]
  readonly push: boolean
}

export interface CheckedFeatureTrigger extends CheckedCommon {
  readonly type: 'feature_discovery'
  readonly feature: string
  /** Globs; empty: no route. */
  readonly routes: readonly string[]
}

export interface CheckedTeam extends CheckedCommon {
  readonly type: 'team_growth'
  readonly resource: 'seats'
  readonly at: readonly number[]
}

export interface CheckedMilestone extends CheckedCommon {
  readonly type: 'usage_milestone'
  readonly metric: string
  /** In rising order. */
  readonly milestones: readonly number[]
  readonly surface: 'modal' | 'toast'
}

export type CheckedTrigger = CheckedLimit | CheckedFeatureTrigger | CheckedTeam | CheckedMilestone

/** The file after checking: defaults filled in, durations in milliseconds, only triggers without fault. Plain JSON. */
export interface CheckedConfig {
  readonly product?: string
  readonly plans: readonly CheckedPlan[]
  readonly resources: { readonly [resource: string]: Text }
  readonly features: { readonly [feature: string]: Feature }
  readonly links: Links
  readonly caps: {
    readonly perSession: number
    readonly minIntervalMs: number
    readonly groups: { readonly [group: string]: { readonly max: number; readonly perMs: number } }
  }
  readonly guardrails: {
    readonly minHealth: number
    readonly flags: readonly string[]
    readonly minAccountAgeMs: number
  }
  readonly buyers: Condition
  readonly savedGroups: { readonly [group: string]: readonly unknown[] }
  readonly neverBlock: readonly string[]
  readonly labels: { readonly [locale: string]: { readonly [label: string]: string } }
  readonly theme: Theme
  readonly triggers: readonly CheckedTrigger[]
}

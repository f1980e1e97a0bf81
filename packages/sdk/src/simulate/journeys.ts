import type { TriggerType } from '../config/types.ts'
import type { WidgetKind } from '../core/prompt.ts'

/** How a figure grows from where it begins to where it is after `over`; see `growth.ts`. */
export type Curve = 'linear' | 'exponential' | 'saturating' | 'step'

/** A figure, or a share of the limit of the persona's plan, as text: `"80%"`. */
export type Amount = number | string

/** How the use of one resource grows. */
export interface Growth {
  /** Where it begins. @default 0 */
  readonly from?: Amount
  /** Where it is after `over`. @default `from`: it does not grow */
  readonly to?: Amount
  /** @default "linear" */
  readonly curve?: Curve
  /** A duration. @default `resets`, else "90d" */
  readonly over?: string
  /** How far each user's growth, and each visit's, may differ from the curve: 0 to 1. @default 0.2 */
  readonly noise?: number
  /** How long a billing period is, after which use begins again at `from`: a duration. @default none */
  readonly resets?: string
}

/** How likely each answer to a prompt is, 0 to 1; what is left of 1 ignores it. */
export interface Answers {
  /** Follows the primary; who cannot buy asks an admin. @default 0.08 */
  readonly click?: number
  /** @default 0.45 */
  readonly dismiss?: number
  /** Puts it off; where the prompt has no such button, dismisses it. @default 0.1 */
  readonly snooze?: number
  /** Stops prompts of this type for good. @default 0.01 */
  readonly optOut?: number
}

/** How likely a visit goes near a locked feature, 0 to 1. */
export interface Interest {
  /** Points at its control, or focuses it. @default 0 */
  readonly hover?: number
  /** Clicks its control. @default 0 */
  readonly try?: number
  /** Searches for its name. @default 0 */
  readonly search?: number
}

/** A kind of user. Everything but `id` may be left out. */
export interface Persona {
  readonly id: string
  /** Its share of the users, against the other personas' weights. @default 1 */
  readonly weight?: number
  /** @default "admin" */
  readonly role?: string
  /** @default the file's first plan */
  readonly plan?: string
  /** Of the account when the run begins: a duration. @default "90d" */
  readonly age?: string
  /** The account's, 0 to 100. @default unknown */
  readonly health?: number
  /** Flags that are true of the account. @default none */
  readonly flags?: readonly string[]
  /** Seats in use. @default unknown; `usage.seats` says how they grow */
  readonly team?: number
  /** More traits, for conditions to look at. */
  readonly user?: { readonly [trait: string]: unknown }
  readonly account?: { readonly [trait: string]: unknown }
  /** By resource. */
  readonly usage?: { readonly [resource: string]: Growth }
  readonly visits?: {
    /** Days of a week on which they come, 0 to 7. @default 3 */
    readonly perWeek?: number
    /** Sessions on such a day, 1 to 8. @default 1 */
    readonly perDay?: number
    /** Length of a session, 1 to 60; each is half as long to half as long again. @default 12 */
    readonly minutes?: number
  }
  /** The paths they go to, each with its weight. @default { "/": 1 } */
  readonly routes?: { readonly [path: string]: number }
  /** By feature. */
  readonly features?: { readonly [feature: string]: Interest }
  /** How often events are tracked, by name, a week. */
  readonly events?: { readonly [event: string]: number }
  /** How they answer: `any` prompt, or one of a widget or a type of trigger; a type comes before a widget. */
  readonly answers?: { readonly [to in 'any' | WidgetKind | TriggerType]?: Answers }
  /** How likely a buyer's click ends in a purchase, 0 to 1. @default 0.3 */
  readonly buys?: number
}

/** The journeys file: who the users of a simulation are. */
export interface Journeys {
  readonly version: 1
  /** The day on which the run begins, `YYYY-MM-DD`. @default whatever the run is told */
  readonly start?: string
  readonly personas: readonly Persona[]
}

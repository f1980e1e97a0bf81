import type { CheckedConfig } from '../config/types.ts'
import type { Subject } from './subject.ts'

/** A place in the file, from the top: `['triggers', 0, 'copy', 'title']`. */
export type AdvicePath = readonly (string | number)[]

/** A sound file that could be better: pushy, pointless, or hard to read. */
export interface Advice {
  /** The rule's name, in lower case with hyphens: what `ignore` names. */
  readonly code: string
  readonly path: AdvicePath
  /** What stands there. */
  readonly found: string
  /** Why it matters to the people who would see it. */
  readonly why: string
  readonly fix: string
  readonly triggerId?: string
}

/** What a simulation says of one trigger. */
export interface Traffic {
  /** Users that were simulated. */
  readonly users: number
  /** Of them: who saw the trigger, who would have but was held out, and who bought for having seen it. */
  readonly shown: number
  readonly heldOut: number
  readonly converted: number
  /** Days that were simulated. */
  readonly days: number
}

export interface AdviceOptions {
  /** Epoch milliseconds. */
  readonly now: number
  /** The host's pages, as paths or globs; left out: links are not looked up. */
  readonly routes?: readonly string[]
  /** Locales that every copy must have, beside those that the file itself uses. */
  readonly locales?: readonly string[]
  /** Says what would come of each trigger, by its id; asked only of a file with a holdout. Left out: none is weighed. */
  readonly foresee?: (config: CheckedConfig) => { readonly [triggerId: string]: Traffic }
}

/**
 * One rule of decency or sense. Its codes are the names that `ignore` takes.
 *
 * @param tell Gives one piece of advice, with its code.
 */
export type Rule = (subject: Subject, tell: Tell) => void

export type Tell = (code: AdviceCode, path: AdvicePath, found: string, fix: string) => void

export type AdviceCode = keyof typeof REASONS

/** Every rule's code, with why it matters. */
export const REASONS = {
  'low-contrast':
    'A colour that can hardly be told from what lies behind it is not read: text needs a contrast of 4.5 to 1 (WCAG 1.4.3).',
  'always-loses':
    'Two prompts that ask for the same thing at the same mark never both speak: the one that comes second has its work for nothing.',
  'asks-too-often':
    'No session has more than three prompts. A trigger that may speak more often than that takes every other trigger’s turn, and is refused more with every time.',
  'feature-in-every-plan': 'A feature that every plan has is locked for nobody: its prompt never shows.',
  'guardrails-off':
    'Who is unhappy, new, or waiting for support is the first to leave when a product sells to them. The guardrails keep those people from it.',
  'holdout-too-small':
    'A holdout is there to show what a prompt earns. One that is too small shows noise, and costs prompts all the same.',
  'link-nowhere': 'A prompt whose link leads to no page is worse than none: it was clicked in good faith.',
  'milestones-near':
    'Milestones that fall in one week make each other small, and two celebrations in a week are one too many.',
  'missing-locale': 'Somebody who reads the rest of the product in their language gets this in another one.',
  'missing-plural': 'A language with more forms than the copy has reads as broken to its speakers.',
  'modal-for-little':
    'A modal takes the screen and the keyboard. It is right where a plan’s limit grows near; a mere count is as well told by a toast.',
  'never-fires': 'It can never show, so whoever counts on it waits in vain.',
  'no-value': 'A reader who is told only to buy has no reason to. A figure, a benefit or a feature is a reason.',
  'number-by-hand':
    'A number typed into copy is wrong as soon as a plan, a price or a mark changes. A placeholder is always right, and is written as the reader’s language writes numbers.',
  'same-copy-for-all':
    'What moves a buyer is no help to a member who cannot buy, and what fits a team sounds odd to somebody alone.',
  'short-quiet': 'Whoever has refused has answered. Asked again soon, they learn to refuse everything.',
  shouting: 'Capitals and exclamation marks are read as a raised voice, and letter by letter by some screen readers.',
  'stale-ignore': 'A reason for ignoring what is not there hides what may come.',
  'too-long': 'On a phone, copy that runs on pushes the buttons down and is not read.',
  'unknown-offer':
    'Copy that names a price, a plan or a feature that the plans do not have promises what cannot be bought.',
  urgency:
    'Haste that nothing in the file bears out is a pressure tactic: people see through it, and in many countries it is unlawful.',
  'young-accounts':
    'In the first 60 days people learn the product. Limits and seats stop their work and may be told; features and milestones can wait. The default of 30 days is not advised against: who leaves it out has not chosen it.',
} as const

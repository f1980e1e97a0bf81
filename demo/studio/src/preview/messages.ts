import type { Outcome, Prompt } from '@plimsoll/sdk'

/** What the studio tells the frame to show. */
export interface Showing {
  readonly type: 'show'
  /** `null`: the page alone. */
  readonly prompt: Prompt | null
  readonly scheme: 'light' | 'dark'
  readonly dir: 'ltr' | 'rtl'
  readonly locale: string
  /** How often it was asked to show it again, after it was answered. */
  readonly again: number
}

/** What the frame tells the studio. */
export type Told =
  | { readonly type: 'ready' }
  | { readonly type: 'drawn'; readonly drawn: boolean }
  | { readonly type: 'outcome'; readonly outcome: Outcome }

/** What is to be said of a file: its faults, and advice on what is sound. */

import type { CheckedConfig } from '@plimsoll/sdk'
import type { Finding } from '../../../packages/sdk/src/lint/finding.ts'
import { type LintOptions, lint } from '../../../packages/sdk/src/lint/lint.ts'

export type { Finding }

export interface Checked {
  readonly text: string
  /** `null`: the file is refused whole. */
  readonly config: CheckedConfig | null
  /** In the order of the text. */
  readonly findings: readonly Finding[]
}

/**
 * Checks a file, as `plimsoll check` does.
 *
 * @param now Epoch milliseconds: advice tells of schedules that are past.
 * @param foresee Simulates what holdouts are weighed by, which takes a second or two. @default none is weighed
 */
export function check(text: string, now: number, foresee?: LintOptions['foresee']): Checked {
  return { text, ...lint(text, { now, ...(foresee && { foresee }) }) }
}

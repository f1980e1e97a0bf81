/** What is to be said of a file: its faults, and advice on what is sound. */

import type { CheckedConfig } from '@plimsoll/sdk'
import type { Finding } from '../../../packages/sdk/src/lint/finding.ts'
import { lint } from '../../../packages/sdk/src/lint/lint.ts'

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
 */
export function check(text: string, now: number): Checked {
  return { text, ...lint(text, { now }) }
}

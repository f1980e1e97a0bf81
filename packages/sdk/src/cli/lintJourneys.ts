import type { CheckedConfig } from '../config/types.ts'
import type { Finding } from '../lint/finding.ts'
import { findIn } from '../lint/lint.ts'
import { checkJourneys, type Journeys } from '../simulate/index.ts'

/** What was found in a journeys file, in the order of its text. */
export interface LintedJourneys {
  /** `null` where there is any fault. */
  readonly journeys: Journeys | null
  readonly findings: readonly Finding[]
}

/** Finds every fault of a journeys file, each with its place in the text, as `lint` does those of a configuration. */
export function lintJourneys(text: string, ...configs: readonly CheckedConfig[]): LintedJourneys {
  const { checked, findings } = findIn(
    text,
    (json) => checkJourneys(json, ...configs),
    () => 'journeys',
  )
  return { journeys: findings.length ? null : (checked?.journeys ?? null), findings }
}

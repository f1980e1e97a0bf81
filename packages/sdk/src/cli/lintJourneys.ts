import type { CheckedConfig } from '../config/types.ts'
import type { Finding } from '../lint/finding.ts'
import { codeOf, findIn } from '../lint/lint.ts'
import { checkJourneys, type Journeys } from '../simulate/index.ts'

/** What was found in a journeys file, in the order of its text. */
export interface LintedJourneys {
  /** `null` where there is any fault. */
  readonly journeys: Journeys | null
  readonly findings: readonly Finding[]
}

/** The codes of faults whose kind is a sentence: of what a configuration has no like. */
const CODES: { readonly [kind: string]: string } = {
  'a number from 0 up, or a share of the plan\'s limit such as "80%"': 'amount',
  1: 'version',
  'a day such as "2026-02-28"': 'day',
  'a feature of the configuration:': 'feature',
  'a path that begins with "/"': 'path',
  'a persona whose weight is over 0': 'weights',
  'a plan of the configuration:': 'plan',
  'a resource of the configuration:': 'resource',
  'parts that are at most 1 in all': 'answers',
}

/** Finds every fault of a journeys file, each with its place in the text, as `lint` does those of a configuration. */
export function lintJourneys(text: string, ...configs: readonly CheckedConfig[]): LintedJourneys {
  const { checked, findings } = findIn(
    text,
    (json) => checkJourneys(json, ...configs),
    (kind) => CODES[kind] ?? codeOf(kind),
  )
  return { journeys: findings.length ? null : (checked?.journeys ?? null), findings }
}

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

/** How to mend them, by code; what is missing is told to be added. */
const FIXES: { readonly [code: string]: string } = {
  amount: 'Write the number without quotes, or the share within them.',
  answers: 'Lower them: what is left of 1 ignores the prompt.',
  day: 'Write year, month and day, as in 2026-02-28.',
  feature: 'Name one of those.',
  path: 'Begin it with "/".',
  plan: 'Name one of those, or leave it out for the first.',
  resource: 'Name one of those.',
  version: 'Write "version": 1.',
  weights: 'Give one of them a weight, or leave "weight" out.',
}

/** What an empty file should be. */
const BEGUN = { expected: 'journeys', fix: 'Begin with { "version": 1, "personas": [{ "id": "admin" }] }.' }

/** Finds every fault of a journeys file, each with its place in the text, as `lint` does those of a configuration. */
export function lintJourneys(text: string, ...configs: readonly CheckedConfig[]): LintedJourneys {
  const { checked, findings: found } = findIn(
    text,
    (json) => checkJourneys(json, ...configs),
    (kind) => CODES[kind] ?? codeOf(kind),
  )
  const findings = found.map((finding) => {
    if (!text.trim()) return { ...finding, ...BEGUN }
    const { fix = FIXES[finding.code] } = finding
    return fix === undefined ? finding : { ...finding, fix }
  })
  return { journeys: findings.length ? null : (checked?.journeys ?? null), findings }
}

import { readdirSync, readFileSync } from 'node:fs'
import { change } from '../config/cases.ts'

/** A fault of taste or sense: what it changes in the base file, what is said of it, and how it would be well. */
export interface AdviceCase {
  readonly name: string
  readonly bad: Changes
  readonly advice: readonly { readonly path: string; readonly found: string; readonly fix: string }[]
  readonly good: Changes
}

/** By path, as in test/cases/config. */
type Changes = { readonly [path: string]: unknown }

const folder = new URL('../cases/advice/', import.meta.url)
const read = (name: string): unknown => JSON.parse(readFileSync(new URL(name, folder), 'utf8'))

/** A file of which nothing is to be said. */
const base = read('base.json') as object

export const codes: readonly string[] = readdirSync(folder)
  .map((name) => name.replace('.json', ''))
  .filter((name) => name !== 'base')

export const readAdviceCases = (code: string): readonly AdviceCase[] =>
  (read(`${code}.json`) as { cases: readonly AdviceCase[] }).cases

export const edit = (changes: Changes): unknown => change(changes, base)

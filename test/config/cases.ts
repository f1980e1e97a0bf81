import { readFileSync } from 'node:fs'
import type { ConfigError } from '../../packages/sdk/src/config/types.ts'
import example from '../cases/config/example.json' with { type: 'json' }

/** A file with faults: what it changes in the example, and what must come of it. */
export interface Case {
  readonly name: string
  /** By path; `"$remove"` takes the key away. */
  readonly set: { readonly [path: string]: unknown }
  readonly errors: readonly ConfigError[]
  /** Triggers that remain, by id. */
  readonly triggers: readonly string[]
  /** Other parts of the checked form that the faults change. */
  readonly config?: { readonly [part: string]: unknown }
}

/** A file, the example of the contract if none is given, with some values replaced. */
export function change(set: { readonly [path: string]: unknown }, from: object = example): unknown {
  const file: unknown = structuredClone(from)
  for (const [path, value] of Object.entries(set)) {
    const keys = path.split(/[.[\]]+/).filter(Boolean)
    const last = keys.pop() as string
    const holder = keys.reduce(
      (at, key) => {
        at[key] ??= {}
        return at[key] as Record<string, unknown>
      },
      file as Record<string, unknown>,
    )
    if (value === '$remove') delete holder[last]
    // An own key, whatever its name: so it stands in JSON.
    else Object.defineProperty(holder, last, { value, enumerable: true, configurable: true, writable: true })
  }
  return file
}

/** Reads cases as text: a bundler would turn an own `__proto__` into a prototype. */
export function readCases(name: string): readonly Case[] {
  const text = readFileSync(new URL(`../cases/config/${name}.json`, import.meta.url), 'utf8')
  return (JSON.parse(text) as { cases: readonly Case[] }).cases
}

/** The checking of configuration files, apart from the engine: it carries zod. */

import { checkAll } from './checkAll.ts'
import { describe } from './describe.ts'
import type { CheckedConfig, ConfigError } from './types.ts'

export { parseConfigSliced } from './parseConfigSliced.ts'
export type * from './types.ts'

/** What checking made of a file. */
export interface ParsedConfig {
  /** `null` only where the file is refused whole. */
  readonly config: CheckedConfig | null
  readonly errors: readonly ConfigError[]
}

/**
 * Checks a configuration file and fills its defaults in.
 *
 * Never throws. All faults of a file are told at once, and each costs only what has it: a trigger, or the triggers that
 * need a shared part. The file is refused whole, with one fault, where it is no configuration or over a bound: 1 MB,
 * 10,000 triggers, 32 levels, 200,000 values, 500 characters of copy.
 *
 * @param json A parsed value, or the text of one.
 */
export function parseConfig(json: unknown): ParsedConfig {
  const { config, faults } = checkAll(json)
  return { config, errors: describe(faults) }
}

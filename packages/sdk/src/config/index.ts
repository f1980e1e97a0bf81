/** The checking of configuration files, apart from the engine: it carries zod. */

import { checkConfig, type ParsedConfig } from './checkConfig.ts'

export type { ParsedConfig } from './checkConfig.ts'
export type * from './types.ts'

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
  const steps = checkConfig(json)
  for (;;) {
    const step = steps.next()
    if (step.done) return step.value
  }
}

/**
 * Checks like `parseConfig`, and lets others work about every 5 milliseconds.
 *
 * @param pause Resolves when it may go on.
 */
export async function parseConfigSliced(json: unknown, pause: () => Promise<void>): Promise<ParsedConfig> {
  const steps = checkConfig(json)
  let until = performance.now() + 5
  for (;;) {
    const step = steps.next()
    if (step.done) return step.value
    if (performance.now() < until) continue
    await pause()
    until = performance.now() + 5
  }
}

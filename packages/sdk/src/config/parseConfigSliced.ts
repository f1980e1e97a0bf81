import { checkConfig } from './checkConfig.ts'
import type { ParsedConfig } from './index.ts'

/**
 * Checks like `parseConfig`, in slices of about 5 milliseconds. The words for faults, and the names
 * of built-in texts, are fetched only for files that have any.
 *
 * @param json A parsed value, or the text of one.
 * @param pause Resolves when it may go on.
 */
export async function parseConfigSliced(json: unknown, pause: () => Promise<unknown>): Promise<ParsedConfig> {
  const steps = checkConfig(json)
  let until = performance.now() + 5
  for (;;) {
    const { done, value } = steps.next()
    if (done) {
      const hasLabels = Object.keys(value.config?.labels ?? {}).length > 0
      const { config, faults } = hasLabels ? (await import('./checkLabels.ts')).checkLabels(value) : value
      return { config, errors: faults.length ? (await import('./describe.ts')).describe(faults) : [] }
    }
    if (performance.now() < until) continue
    await pause()
    until = performance.now() + 5
  }
}

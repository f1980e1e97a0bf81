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
  const inSlices = async <T>(steps: Generator<void, T>): Promise<T> => {
    let until = performance.now() + 5
    for (;;) {
      const { done, value } = steps.next()
      if (done) return value
      if (performance.now() < until) continue
      await pause()
      until = performance.now() + 5
    }
  }
  // Parsing is the one step that nobody can cut: it has a task of its own.
  await pause()
  const checked = await inSlices(checkConfig(json))
  const hasLabels = Object.keys(checked.config?.labels ?? {}).length > 0
  const { config, faults } = hasLabels ? (await import('./checkLabels.ts')).checkLabels(checked) : checked
  return {
    config,
    errors: faults.length ? await inSlices((await import('./describe.ts')).describeInSteps(faults)) : [],
  }
}

import { describe } from '../config/describe.ts'
import type { Fault, Path, Report } from '../config/faults.ts'
import { faultsOf } from '../config/leaves.ts'
import { get, isObject, keysOf, listOf } from '../config/loose.ts'
import { MAX_LENGTH, readBounded } from '../config/readBounded.ts'
import type { CheckedConfig, ConfigError } from '../config/types.ts'
import type { Journeys } from './journeys.ts'
import { ANSWERED, journeys } from './schema.ts'

export interface ParsedJourneys {
  /** `null` where there is any fault: half of a cast would tell another story. */
  readonly journeys: Journeys | null
  /** As those of a configuration: where, what was found, what was expected, the nearest valid name. */
  readonly errors: readonly ConfigError[]
}

/**
 * Checks a journeys file against the configurations that it is to be played through. Never throws. Bounds are those of
 * a configuration: 1 MB, 32 levels, 200,000 values; and 100 personas.
 *
 * @param json A parsed value, or the text of one.
 * @param configs A plan, resource or feature that none of them has is a fault.
 */
export function parseJourneys(json: unknown, ...configs: readonly CheckedConfig[]): ParsedJourneys {
  const { journeys, faults } = checkJourneys(json, ...configs)
  return { journeys, errors: describe(faults) }
}

/** The same; its faults are not yet in words (`describe`). */
export function checkJourneys(
  json: unknown,
  ...configs: readonly CheckedConfig[]
): { readonly journeys: Journeys | null; readonly faults: readonly Fault[] } {
  const faults: Fault[] = []
  const report: Report = (path, found, kind, names) => faults.push([path, found, kind, names])
  const value = read(json, report)
  if (value !== undefined) check(value, configs, report)
  return { journeys: faults.length ? null : (value as unknown as Journeys), faults }
}

/** Reads what is plain, own and bounded; `undefined` where the file is refused whole. */
function read(json: unknown, report: Report): unknown {
  let source = json
  try {
    if (typeof json === 'string') {
      if (json.length > MAX_LENGTH) return void report([], `${json.length} characters`, 'long')
      try {
        source = JSON.parse(json.replace(/^\ufeff/, ''))
      } catch (error) {
        return void report([], (error as Error).message, 'json')
      }
    }
    const steps = readBounded(source, report)
    let step = steps.next()
    while (!step.done) step = steps.next()
    const { value, over } = step.value
    if (over) return void report([], 'more', over)
    if (!isObject(value)) return void report([], value, 'object')
    return value
  } catch (error) {
    // A getter or a proxy that throws.
    return void report([], String(error), 'read')
  }
}

function check(value: unknown, configs: readonly CheckedConfig[], report: Report): void {
  for (const [path, found, kind, names] of faultsOf(journeys, value)) {
    // Of a name that is none of ours, the fault names those that are.
    const isAnswered = kind === 'key' && path.at(-2) === 'answers'
    report(path, found, kind, isAnswered ? ANSWERED : names)
  }
  const plans = all(configs, (config) => config.plans.map(({ id }) => id))
  const features = all(configs, (config) => Object.keys(config.features))
  const resources = all(configs, (config) => [
    'seats',
    ...Object.keys(config.resources),
    ...config.plans.flatMap(({ limits }) => Object.keys(limits)),
  ])
  const known = (path: Path, name: unknown, names: readonly string[], kind: string): void => {
    if (typeof name === 'string' && !names.includes(name)) report(path, name, kind, names)
  }
  const ids = new Set<unknown>()
  for (const [i, persona] of listOf(get(value, 'personas')).entries()) {
    const path = ['personas', i]
    const id = get(persona, 'id')
    if (ids.has(id)) report([...path, 'id'], id, 'unique')
    ids.add(id)
    known([...path, 'plan'], get(persona, 'plan'), plans, 'a plan of the configuration:')
    for (const name of keysOf(get(persona, 'usage'))) {
      known([...path, 'usage', name], name, resources, 'a resource of the configuration:')
    }
    for (const name of keysOf(get(persona, 'features'))) {
      known([...path, 'features', name], name, features, 'a feature of the configuration:')
    }
  }
  const personas = listOf(get(value, 'personas'))
  if (personas.length && personas.every((persona) => get(persona, 'weight') === 0)) {
    report(['personas'], 'weights of 0', 'a persona whose weight is over 0')
  }
}

function all(configs: readonly CheckedConfig[], of: (config: CheckedConfig) => readonly string[]): readonly string[] {
  return [...new Set(configs.flatMap(of))]
}

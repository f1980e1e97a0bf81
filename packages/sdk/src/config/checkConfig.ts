import { checkCondition, MAX_WAYS_OF_ALL } from './checkCondition.ts'
import { checkTrigger } from './checkTrigger.ts'
import { fillConfig, fillTrigger, type Written } from './defaults.ts'
import type { Fault, Path, Report } from './faults.ts'
import { faultsOf, type Schema } from './leaves.ts'
import { get, isObject, keysOf, listOf } from './loose.ts'
import { checkText, LINK_NAMES } from './placeholders.ts'
import { MAX_LENGTH, readBounded } from './readBounded.ts'
import { sections, triggerSchemas } from './schema.ts'
import type { CheckedConfig, CheckedTrigger, Trigger, TriggerType } from './types.ts'

/** What checking made of a file: its faults are not yet in words. */
export interface Checked {
  /** `null` only where the file is refused whole. */
  readonly config: CheckedConfig | null
  readonly faults: readonly Fault[]
}

const MAX_TRIGGERS = 10_000
const KEYS = [...Object.keys(sections), 'version', 'triggers']

/** The part of the file that a fault costs, by the name that what needs it asks for. */
function partOf([section, entry, name]: Path): string {
  const depth = section === 'caps' ? (entry === 'groups' ? 3 : 1) : section === 'labels' ? 3 : 2
  return /^(caps|labels|links|resources|features|savedGroups|theme)$/.test(String(section))
    ? [section, entry, name]
        .slice(0, depth)
        .filter((key) => key !== undefined)
        .join('.')
    : String(section)
}

const refuse = (found: unknown, kind: string, path: Path = []): Checked => ({
  config: null,
  faults: [[path, found, kind]],
})

/**
 * Checks a file, step by step: between steps, whoever drives it may let others work. Never throws.
 *
 * @param json A value, or the text of one.
 */
export function* checkConfig(json: unknown): Generator<void, Checked> {
  try {
    return yield* check(json)
  } catch (error) {
    // A getter or a proxy of the host's that throws.
    return refuse(String(error), 'read')
  }
}

function* check(json: unknown): Generator<void, Checked> {
  let source = json
  if (typeof json === 'string') {
    if (json.length > MAX_LENGTH) return refuse(`${json.length} characters`, 'long')
    try {
      source = JSON.parse(json.replace(/^\ufeff/, ''))
    } catch (error) {
      return refuse((error as Error).message, 'json')
    }
  }
  // What `plimsoll publish` wrote for the engine says nothing that the rest does not.
  if (isObject(source) && 'published' in source) {
    const { published, ...rest } = source
    source = rest
  }
  yield

  const faults: Fault[] = []
  const early: Fault[] = []
  const broken = new Set<string>()
  const badPlans = new Set<unknown>()
  const read = yield* readBounded(source, (...fault) => early.push(fault))
  if (read.over) return refuse('more', read.over)
  if (!isObject(read.value)) return refuse(read.value, 'object')
  const file: Written = read.value
  const { version, triggers } = file
  if (version !== 1) return refuse(version, 'version', ['version'])
  if (!Array.isArray(triggers)) return refuse(triggers, 'list', ['triggers'])
  if (triggers.length > MAX_TRIGGERS) return refuse(`${triggers.length} triggers`, 'triggers', ['triggers'])

  let id: unknown
  const report: Report = (path, found, kind, names) => {
    faults.push([path, found, kind, names, typeof id === 'string' ? id.slice(0, 200) : undefined])
    broken.add(partOf(path))
    if (path[0] === 'plans') badPlans.add(path[1])
  }
  /** Reports what zod finds, and the names that were left out when reading. */
  const checkShape = (schema: Schema<never>, value: unknown, path: Path): void => {
    for (const [at, ...fault] of early)
      if (path.every((key, i) => key === at[i])) report(at, ...(fault as [unknown, string]))
    for (const [at, ...fault] of faultsOf(schema, value)) report([...path, ...at], ...fault)
  }

  // ── The parts that triggers share ──

  for (const [key, value] of Object.entries(file)) {
    if (Object.hasOwn(sections, key)) checkShape(sections[key as keyof typeof sections] as never, value, [key])
    else if (!KEYS.includes(key)) {
      report([key], key, 'key', KEYS)
      // "guardrail" was meant as guardrails: better no prompt than one that they would hold back.
      const meant = KEYS.find((name) => name.slice(0, 4) === key.slice(0, 4))
      if (meant) broken.add(meant)
    }
    yield
  }
  for (const [at, ...fault] of early) if (at.length === 1) report(at, ...(fault as [unknown, string]))
  const ids = new Set<unknown>()
  listOf(file.plans).forEach((plan, i) => {
    const planId = get(plan, 'id')
    if (ids.has(planId)) report(['plans', i, 'id'], planId, 'unique')
    ids.add(planId)
  })
  for (const name of keysOf(file.resources)) checkText(get(file.resources, name), ['resources', name], [], report)
  for (const name of keysOf(file.features))
    for (const key of ['name', 'benefit']) checkText(get(file.features, name, key), ['features', name, key], [], report)
  checkText(file.links, ['links'], LINK_NAMES, report)
  const budget = { ways: MAX_WAYS_OF_ALL }
  if (isObject(file.buyers)) {
    const onGroup = (group: string): void => {
      if (broken.has(`savedGroups.${group}`)) broken.add('buyers')
    }
    checkCondition(file.buyers, ['buyers'], report, keysOf(file.savedGroups), onGroup, budget)
  }
  yield

  // ── Triggers ──

  const sound: CheckedTrigger[] = []
  ids.clear()
  for (const [i, trigger] of (triggers as readonly unknown[]).entries()) {
    const path = ['triggers', i]
    const before = faults.length
    const type = get(trigger, 'type') as TriggerType
    id = get(trigger, 'id')
    if (!isObject(trigger)) report(path, trigger, 'object')
    else if (!Object.hasOwn(triggerSchemas, type)) report([...path, 'type'], type, 'type', Object.keys(triggerSchemas))
    else {
      checkShape(triggerSchemas[type] as never, trigger, path)
      if (ids.has(id)) report([...path, 'id'], id, 'unique')
      ids.add(id)
      const needs = checkTrigger(trigger, type, path, { file, broken, budget }, report)
      if (faults.length === before) sound.push(fillTrigger(trigger as unknown as Trigger, needs))
    }
    yield
  }
  const long = faults.find(([, found, kind]) => kind === 'copy' && String(found).length > 500)
  return long ? { config: null, faults: [long] } : { config: fillConfig(file, broken, badPlans, sound), faults }
}

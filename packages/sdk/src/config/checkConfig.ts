import { checkCondition } from './checkCondition.ts'
import { checkTrigger } from './checkTrigger.ts'
import { fillConfig, fillTrigger, type Written } from './defaults.ts'
import { COPY, issuesOf, type Schema } from './leaves.ts'
import { get, isObject, keysOf, listOf } from './loose.ts'
import { checkText, LINK_NAMES } from './placeholders.ts'
import { MAX_LENGTH, readBounded } from './readBounded.ts'
import { type Path, type Report, show, toError } from './report.ts'
import { sections, triggerSchemas } from './schema.ts'
import type { CheckedConfig, CheckedTrigger, ConfigError, Trigger, TriggerType } from './types.ts'

/** What checking made of a file. */
export interface ParsedConfig {
  /** `null` only where the file is refused whole. */
  readonly config: CheckedConfig | null
  readonly errors: readonly ConfigError[]
}

const MAX_TRIGGERS = 10_000
const KEYS = [...Object.keys(sections), 'version', 'triggers']

/** The part of the file that a fault costs: what else needs it asks for it by this name. */
function partOf([section, entry, name]: Path): string {
  if (section === 'caps' && entry === 'groups')
    return name === undefined ? 'caps.groups' : `caps.groups.${String(name)}`
  if (section === 'labels' && name !== undefined) return `labels.${String(entry)}.${String(name)}`
  const isMap = /^(links|resources|features|savedGroups|labels|theme)$/.test(String(section))
  return isMap && entry !== undefined ? `${String(section)}.${String(entry)}` : String(section)
}

/**
 * Checks a file, step by step: between steps, whoever drives it may let others work.
 *
 * @param json A value, or the text of one.
 */
export function* checkConfig(json: unknown): Generator<void, ParsedConfig> {
  const refuse = (found: unknown, expected: string): ParsedConfig => ({
    config: null,
    errors: [{ path: '', found: show(found), expected }],
  })
  try {
    return yield* check(json, refuse)
  } catch (error) {
    // A getter or a proxy of the host's that throws.
    return refuse(String(error), 'a value that can be read')
  }
}

function* check(
  json: unknown,
  refuse: (found: unknown, expected: string) => ParsedConfig,
): Generator<void, ParsedConfig> {
  let source = json
  if (typeof json === 'string') {
    if (json.length > MAX_LENGTH) return refuse(`${json.length} characters`, 'at most 1 MB')
    try {
      source = JSON.parse(json.replace(/^\ufeff/, ''))
    } catch (error) {
      return refuse((error as Error).message, 'JSON')
    }
  }
  yield

  const errors: ConfigError[] = []
  const broken = new Set<string>()
  const badPlans = new Set<unknown>()
  let tooLong: ConfigError | undefined
  const report: Report = (path, found, expected, names) => {
    const error = toError(path, found, expected, names)
    errors.push(error)
    broken.add(partOf(path))
    if (path[0] === 'plans') badPlans.add(path[1])
    if (expected === COPY && String(found).length > 500) tooLong ??= error
  }
  const early: Parameters<Report>[] = []
  const read = yield* readBounded(source, (...fault) => early.push(fault))
  if ('expected' in read) return refuse(read.found, read.expected)
  const file = read.value as Written
  if (!isObject(file)) return refuse(file, 'an object with "version", "plans" and "triggers"')
  if (file.version !== 1) return { config: null, errors: [toError(['version'], file.version, '1')] }
  if (!Array.isArray(file.triggers)) return { config: null, errors: [toError(['triggers'], file.triggers, 'a list')] }
  if (file.triggers.length > MAX_TRIGGERS)
    return {
      config: null,
      errors: [toError(['triggers'], `${file.triggers.length} triggers`, `at most ${MAX_TRIGGERS}`)],
    }

  const shape = (schema: Schema<never>, value: unknown, path: Path, report: Report): void => {
    for (const issue of issuesOf(schema, value)) {
      const at = [...path, ...issue.path]
      if (issue.code === 'unrecognized_keys') {
        const names = issue.message.split(',')
        for (const key of issue.keys) report([...at, key], key, 'a known key: one of', names)
      } else if (issue.code === 'custom')
        report(at, issue.params!['found'], issue.message, issue.params!['names'] as readonly string[])
      else report(at, get(value, ...issue.path), issue.message)
    }
  }

  // ── The parts that triggers share ──

  for (const fault of early) if (fault[0][0] !== 'triggers') report(...fault)
  for (const [key, value] of Object.entries(file)) {
    const schema = Object.hasOwn(sections, key) && sections[key as keyof typeof sections]
    if (schema) shape(schema as unknown as Schema<never>, value, [key], report)
    else if (!KEYS.includes(key)) {
      report([key], key, 'a known key: one of', KEYS)
      // "guardrail" was meant as guardrails: better no prompt than one that they would hold back.
      broken.add(errors.at(-1)!.nearest ?? key)
    }
    yield
  }

  const ids = new Set<unknown>()
  listOf(file.plans).forEach((plan, i) => {
    const id = get(plan, 'id')
    if (typeof id === 'string' && ids.has(id)) report(['plans', i, 'id'], id, 'an id that no other plan has')
    ids.add(id)
  })
  for (const section of ['resources', 'features'] as const)
    for (const name of keysOf(file[section]))
      if (section === 'resources') checkText(get(file.resources, name), [section, name], [], report)
      else
        for (const key of ['name', 'benefit'])
          checkText(get(file.features, name, key), [section, name, key], [], report)
  for (const name of keysOf(file.links)) checkText(get(file.links, name), ['links', name], LINK_NAMES, report)
  if (isObject(file.buyers))
    checkCondition(file.buyers, ['buyers'], report, keysOf(file.savedGroups), (group) => {
      if (broken.has('savedGroups') || broken.has(`savedGroups.${group}`)) broken.add('buyers')
    })
  yield

  // ── Triggers ──

  const triggers: CheckedTrigger[] = []
  const taken = new Set<unknown>()
  const earlyOf = new Map<unknown, typeof early>()
  for (const fault of early)
    if (fault[0][0] === 'triggers') earlyOf.set(fault[0][1], [...(earlyOf.get(fault[0][1]) ?? []), fault])
  for (const [i, trigger] of (file.triggers as readonly unknown[]).entries()) {
    const path = ['triggers', i]
    const id = get(trigger, 'id')
    const before = errors.length
    const fault: Report = (at, found, expected, names) => {
      report(at, found, expected, names)
      if (typeof id === 'string') errors.push({ ...errors.pop()!, triggerId: id.slice(0, 200) })
    }
    for (const early of earlyOf.get(i) ?? []) fault(...early)
    if (!isObject(trigger)) fault(path, trigger, 'an object')
    else {
      const type = trigger['type'] as TriggerType
      if (!Object.hasOwn(triggerSchemas, type)) fault([...path, 'type'], type, 'one of', Object.keys(triggerSchemas))
      else {
        shape(triggerSchemas[type] as unknown as Schema<never>, trigger, path, fault)
        if (taken.has(id)) fault([...path, 'id'], id, 'an id that no other trigger has')
        taken.add(id)
        const needs = checkTrigger(trigger, type, path, { file, broken }, fault)
        if (errors.length === before) triggers.push(fillTrigger(trigger as unknown as Trigger, needs))
      }
    }
    yield
  }
  if (tooLong) return { config: null, errors: [tooLong] }

  return { config: fillConfig(file, broken, badPlans, triggers), errors }
}

import { checkCondition } from './checkCondition.ts'
import type { Written } from './defaults.ts'
import { get, isObject, keysOf, listOf } from './loose.ts'
import { checkText, knownNames } from './placeholders.ts'
import type { Path, Report } from './report.ts'
import { isOver, parseMoment } from './time.ts'
import type { TriggerType } from './types.ts'

/** What a trigger may lean on: the rest of the file, and which parts of it have a fault. */
export interface Shared {
  /** As written: any part may be of any shape. */
  readonly file: Written
  /** `plans`, `links`, `links.upgrade`, `features.sso`, `caps.groups.expansion`, … */
  readonly broken: ReadonlySet<string>
}

/** Where a trigger or a variant has words of its own; the last is a link. */
const FIELDS: readonly Path[] = [
  ['copy', 'title'],
  ['copy', 'body'],
  ['cta', 'primary', 'label'],
  ['cta', 'secondary', 'label'],
  ['cta', 'primary', 'href'],
]

const ACTIONS: { readonly [type in TriggerType]: string } = {
  limit_approaching: 'upgrade',
  feature_discovery: 'explainer',
  team_growth: 'seats',
  usage_milestone: 'plans',
}

/**
 * Checks what a trigger says beyond its shape: what it refers to, its conditions, its copy, its links.
 *
 * Every part of it may still be of any shape, for all faults are told at once.
 *
 * @returns The placeholders needed at run time, by the trigger itself and by each of its variants.
 */
export function checkTrigger(
  trigger: { readonly [key: string]: unknown },
  type: TriggerType,
  path: Path,
  { file, broken }: Shared,
  report: Report,
): readonly (readonly string[])[] {
  const isLimit = type === 'limit_approaching'
  const isFeature = type === 'feature_discovery'
  const isTeam = type === 'team_growth'
  const plans = listOf(file.plans)
  const limited = plans.flatMap((plan) => keysOf(get(plan, 'limits')))

  /** Costs the trigger where a part that it needs has a fault. */
  const told = new Set<string>()
  const need = (...parts: string[]): boolean => {
    const bad = parts.find((part) => broken.has(part))
    if (bad && !told.has(bad)) report(path, `a fault in ${bad}`, `${bad} without fault`)
    if (bad) told.add(bad)
    return !bad
  }
  const refer = (at: string, part: string, names: readonly string[], expected: string): void => {
    const name = trigger[at]
    if (typeof name === 'string' && need(part, `${part}.${name}`) && !names.includes(name))
      report([...path, at], name, expected, names)
  }

  if (isLimit)
    refer(
      'resource',
      'resources',
      [...keysOf(file.resources), ...limited],
      'a resource named in resources or in the limits of a plan',
    )
  if (isFeature) refer('feature', 'features', keysOf(file.features), 'a feature named in features')
  refer('group', 'caps.groups', keysOf(get(file.caps, 'groups')), 'a group with a cap in caps.groups')
  const about = isTeam ? 'seats' : isLimit ? trigger['resource'] : trigger['metric']
  if (!isLimit && !isFeature) need('resources', `resources.${about}`)

  const from = parseMoment(get(trigger, 'schedule', 'from'))
  const until = parseMoment(get(trigger, 'schedule', 'until'))
  if (from !== undefined && until !== undefined && isOver(from, until))
    report([...path, 'schedule', 'until'], until, 'a time not before "from"')
  if (!isFeature && get(trigger, 'suppress', 'impressions') !== undefined)
    report([...path, 'suppress'], trigger['suppress'], '"dismissals" and "quiet"; "impressions" is for features')

  const condition = (value: unknown, at: Path): void => {
    if (isObject(value))
      checkCondition(value, at, report, keysOf(file.savedGroups), (group) =>
        need('savedGroups', `savedGroups.${group}`),
      )
  }
  condition(trigger['audience'], [...path, 'audience'])

  // ── Words and links ──

  const cannot = (name: string): boolean =>
    (name === 'product' && typeof file.product !== 'string') ||
    (name === 'feature.benefit' && !get(file.features, trigger['feature'] as string, 'benefit')) ||
    (name === 'plan.price' && !plans.some((plan) => get(plan, 'price'))) ||
    (name === 'resource' && !isLimit && !isTeam && !keysOf(file.resources).includes(about as string)) ||
    (name === 'plan.limit' && !limited.includes(about as string))
  const known = knownNames(type, false, cannot)
  const inLink = knownNames(type, true, cannot)

  const variants = listOf(trigger['variants'])
  const sources = [trigger, ...variants]
  const found = sources.map((source, i) => {
    const at = i ? [...path, 'variants', i - 1] : path
    return FIELDS.map((field, f) => {
      const text = get(source, ...field)
      return text === undefined ? undefined : checkText(text, [...at, ...field], f === 4 ? inLink : known, report)
    })
  })

  const ids = new Set<unknown>()
  let weights = 0
  variants.forEach((variant, i) => {
    const at = [...path, 'variants', i]
    const id = get(variant, 'id') ?? String(i)
    const weight = get(variant, 'weight')
    if (ids.has(id)) report([...at, 'id'], id, 'an id that no other variant has')
    ids.add(id)
    condition(get(variant, 'if'), [...at, 'if'])
    if (isObject(variant) && !('if' in variant) && weight === undefined) report(at, undefined, '"if" or "weight"')
    weights += Number(weight) || 0
  })
  if (weights > 1 + 1e-9) report([...path, 'variants'], weights, 'weights of at most 1 in all')

  return sources.map((source, i) => {
    const of = (...field: Path) => get(source, ...field) ?? get(trigger, ...field)
    const href = of('cta', 'primary', 'href')
    const action = of('cta', 'primary', 'action') ?? (href === undefined ? ACTIONS[type] : 'link')
    const at = [...path, ...(i ? ['variants', i - 1] : []), 'cta', 'primary']
    const needed = FIELDS.flatMap((_, f) => found[i]![f] ?? found[0]![f] ?? [])
    if (action === 'link' && href === undefined) report([...at, 'href'], undefined, 'a link to lead to')

    // The explainer and the plan comparison lead to the upgrade.
    const name = action === 'seats' ? 'seats' : 'upgrade'
    const linked: string[] = []
    if (action !== 'link' && (href === undefined || /^(explainer|plans)$/.test(action as string))) {
      const template = get(file.links, name)
      if (need('links', `links.${name}`)) {
        if (isObject(file.links) && template === undefined)
          report(at, `no links.${name}`, `links.${name}, to which it leads`)
        linked.push(
          ...checkText(template, path, inLink, (_, placeholder, expected, names) =>
            report(at, `{${placeholder}} in links.${name}`, expected, names),
          ),
        )
      }
    }

    // What shows without a next plan (a team trigger) may lack it; what cannot show without one has it.
    const missing = [
      ...needed.filter((name) => /^(user|account|plan|current)\.|^resetsAt/.test(name)),
      ...linked.filter(
        (name) => /^(user|account|current)\.|^resetsAt|^plan\.price/.test(name) || (isTeam && /^plan\./.test(name)),
      ),
    ]
    // Team growth needs no plan but where it speaks of one.
    if (!isTeam || missing.some((name) => /^plan\./.test(name)) || /^(upgrade|explainer|plans)$/.test(action as string))
      need('plans')
    return [...new Set(missing)]
  })
}

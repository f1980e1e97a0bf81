import { type Budget, checkCondition } from './checkCondition.ts'
import type { Written } from './defaults.ts'
import type { Path, Report } from './faults.ts'
import { get, isObject, keysOf, listOf } from './loose.ts'
import { checkText, namesOf } from './placeholders.ts'
import { isOver, parseMoment } from './time.ts'
import type { TriggerType } from './types.ts'

/** What a trigger may lean on: the rest of the file, and which parts of it have a fault. */
export interface Shared {
  readonly file: Written
  /** `plans`, `links`, `links.upgrade`, `features.sso`, `caps.groups.expansion`, … */
  readonly broken: ReadonlySet<string>
  /** What the conditions of the whole file have in common. */
  readonly budget: Budget
}

const PRIMARY = ['cta', 'primary']
const HREF = [...PRIMARY, 'href']

/** Where a trigger or a variant has words of its own; the last is a link. */
const FIELDS: readonly Path[] = [
  ['copy', 'title'],
  ['copy', 'body'],
  [...PRIMARY, 'label'],
  ['cta', 'secondary', 'label'],
  HREF,
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
  { file, broken, budget }: Shared,
  report: Report,
): readonly (readonly string[])[] {
  const isLimit = type === 'limit_approaching'
  const isFeature = type === 'feature_discovery'
  const isTeam = type === 'team_growth'
  const plans = listOf(file.plans)
  const limited = plans.flatMap((plan) => keysOf(get(plan, 'limits')))
  const groups = keysOf(file.savedGroups)

  // ── What it leans on ──

  const told = new Set<string>()
  /** Costs the trigger where a part of the file that it needs has a fault. */
  const need = (section: string, name?: unknown): boolean => {
    const bad = [section, `${section}.${name}`].find((part) => broken.has(part))
    if (bad && !told.has(bad)) report(path, bad, 'sound')
    told.add(bad!)
    return !bad
  }
  const refer = (key: string, section: string, names: readonly string[]): void => {
    const name = trigger[key]
    if (typeof name === 'string' && need(section, name) && !names.includes(name))
      report([...path, key], name, key, names)
  }
  const about = isTeam ? 'seats' : trigger[isLimit ? 'resource' : 'metric']
  if (isFeature) refer('feature', 'features', keysOf(file.features))
  else if (isLimit) refer('resource', 'resources', [...keysOf(file.resources), ...limited])
  else need('resources', about)
  refer('group', 'caps.groups', keysOf(get(file, 'caps', 'groups')))

  // ── When and for whom ──

  const [from, until] = ['from', 'until'].map((end) => parseMoment(get(trigger, 'schedule', end)))
  if (from && until && isOver(from, until))
    report([...path, 'schedule', 'until'], get(trigger, 'schedule', 'until'), 'order')
  if (!isFeature && get(trigger, 'suppress', 'impressions'))
    report([...path, 'suppress'], trigger.suppress, 'impressions')

  const variants = listOf(trigger.variants)
  const sources = [trigger, ...variants]
  const placeOf = (i: number): Path => (i ? [...path, 'variants', i - 1] : path)
  const ids = new Set<unknown>()
  let weights = 0
  sources.forEach((source, i) => {
    const key = i ? 'if' : 'audience'
    const condition = get(source, key)
    if (isObject(condition))
      checkCondition(condition, [...placeOf(i), key], report, groups, (group) => need('savedGroups', group), budget)
    if (!i || !isObject(source)) return
    const { id = String(i - 1), weight } = source
    if (ids.has(id)) report([...placeOf(i), 'id'], id, 'unique')
    ids.add(id)
    if (condition === undefined && weight === undefined) report(placeOf(i), source, 'chosen')
    weights += Number(weight) || 0
  })
  if (weights > 1 + 1e-9) report([...path, 'variants'], weights, 'weights')

  // ── What it says, and where it leads ──

  const known = [false, true].map((isLink) =>
    namesOf(type, isLink).filter(
      (name) =>
        (name !== 'product' || file.product !== undefined) &&
        (name !== 'feature.benefit' || get(file.features, String(trigger.feature), 'benefit')) &&
        (name !== 'plan.price' || plans.some((plan) => get(plan, 'price'))) &&
        (name !== 'resource' || isLimit || isTeam || keysOf(file.resources).includes(String(about))) &&
        (name !== 'plan.limit' || limited.includes(String(about))),
    ),
  ) as [string[], string[]]

  const said = sources.map((source, i) =>
    FIELDS.map((field) => {
      const text = get(source, ...field)
      return text === undefined
        ? undefined
        : checkText(text, [...placeOf(i), ...field], known[field === HREF ? 1 : 0], report)
    }),
  )

  return sources.map((source, i) => {
    const of = (path: Path) => get(source, ...path) ?? get(trigger, ...path)
    const href = of(HREF)
    const action = of([...PRIMARY, 'action']) ?? (href === undefined ? ACTIONS[type] : 'link')
    const leadsToPlans = /^(upgrade|explainer|plans)$/.test(String(action))
    const at = [...placeOf(i), ...PRIMARY]
    let linked: readonly string[] = []
    if (action === 'link') {
      if (href === undefined) report([...at, 'href'], href, 'href')
    } else if (href === undefined) {
      // A file without a link for seats or for comparing leads to the upgrade; so does the explainer, in the end.
      const special = { seats: 'seats', plans: 'compare' }[String(action)]
      const name = special && get(file.links, special) !== undefined ? special : 'upgrade'
      const link = get(file.links, name)
      if (need('links', name)) {
        // A file without any link leaves leading on to the host.
        if (file.links && link === undefined) report(at, `no links.${name}`, 'linked')
        linked = checkText(link, path, known[1], (_, placeholder, kind, names) =>
          report(at, `links.${name}: {${placeholder}}`, kind, names),
        )
      }
    }

    // Team growth may show without a next plan; for the rest, a link that needs one is never without.
    const needs = [
      ...FIELDS.flatMap((_, f) => said[i]![f] ?? said[0]![f] ?? []),
      ...linked.filter((name) => isTeam || name === 'plan.price' || !/^plan/.test(name)),
    ].filter((name) => /^(user|account|plan|current)\.|^resetsAt/.test(name))
    if (!isTeam || leadsToPlans || needs.some((name) => /^plan/.test(name))) need('plans')
    return [...new Set(needs)]
  })
}

import { type Advice, type AdviceOptions, advise } from '../advise/index.ts'
import { checkAll } from '../config/checkAll.ts'
import { describe } from '../config/describe.ts'
import type { Fault } from '../config/faults.ts'
import { get, keysOf } from '../config/loose.ts'
import { nearest } from '../config/nearest.ts'
import { MAX_DEPTH, MAX_LENGTH } from '../config/readBounded.ts'
import type { CheckedConfig, ConfigError } from '../config/types.ts'
import { readPublished } from '../published.ts'
import type { Finding, JsonPath, Placed } from './finding.ts'
import { fixOf } from './fixes.ts'
import { missingLabels } from './missingLabels.ts'
import { type Places, placesIn, type Range } from './places.ts'
import { positionsIn } from './positions.ts'
import { deeperThan, syntaxFaults } from './syntax.ts'

export interface LintOptions {
  /** Epoch milliseconds: what schedules are held against. */
  readonly now: number
  /** The host's pages, as paths or globs. Left out: links are not looked up. */
  readonly routes?: readonly string[]
  /** Locales that every text must have (BCP 47): one that is missing is a fault. @default none */
  readonly locales?: readonly string[]
  /** What a simulation says of the file's holdouts. Left out: none is weighed. */
  readonly foresee?: NonNullable<AdviceOptions['foresee']>
}

/** What was found in a file, in the order of its text. */
export interface Linted {
  /** `null` only where the file is refused whole. */
  readonly config: CheckedConfig | null
  readonly findings: readonly Finding[]
}

/**
 * Finds all that a file should have otherwise, each with its place in the text. Never throws.
 *
 * The faults are those of `parseConfig`; besides them keys that are there twice, of which JSON keeps the last in silence.
 * What is sound and could be better is advice, as `advise` gives it.
 */
export function lint(text: string, options: LintOptions): Linted {
  const { checked, findings } = findIn(text, checkAll, codeOf, ({ config, faults }, json, places) => {
    const source: unknown = JSON.parse(json)
    // What a fault has spoiled is not to be advised on as well.
    const spoiled = new Set(faults.map((fault) => pathOf(fault).join('\n')))
    const advice = config ? advise(source, config, options) : []
    return [
      ...advice.filter(({ path }) => !spoiled.has(path.join('\n'))).map((one) => adviceAt(one, options, places)),
      ...missingLabels(source, options.locales, places),
      ...stale(source, json, places),
    ]
  })
  return { config: checked?.config ?? null, findings }
}

/**
 * Finds what is wrong with a text, in its order: what keeps it from being JSON, else the faults of a check.
 *
 * @param codeOf The code of a kind of fault.
 * @param more What else is to be told of a text that is JSON.
 */
export function findIn<C extends { readonly faults: readonly Fault[] }>(
  text: string,
  check: (json: string) => C,
  codeOf: (kind: string) => string,
  more: (checked: C, json: string, places: Places) => readonly Placed[] = () => [],
): { readonly checked?: C; readonly findings: readonly Finding[] } {
  // A byte order mark is none of JSON's; as a space it moves nothing.
  const json = text.replace(/^\ufeff/, ' ')
  const positionOf = positionsIn(json)
  const lineOf = (at: number): number => positionOf(at).line
  const inOrder = (findings: readonly Placed[]): readonly Finding[] =>
    [...findings]
      .sort((a, b) => a.from - b.from)
      .map(({ severity, code, path, from, ...rest }) => ({ severity, code, path, from, ...positionOf(from), ...rest }))

  const tooDeep = json.length > MAX_LENGTH ? undefined : deeperThan(json, MAX_DEPTH)
  // What is nested without bound is not for a parser that recurs.
  if (tooDeep !== undefined) {
    const fault: Fault = [[], `${MAX_DEPTH + 1} levels`, 'depth']
    return { findings: inOrder([faultAt(fault, { from: tooDeep, to: tooDeep + 1 }, codeOf)]) }
  }
  const checked = check(json)
  const [first] = checked.faults
  if (first?.[2] === 'json') return { checked, findings: inOrder(syntaxFaults(json, lineOf)) }
  if (first?.[2] === 'long') return { checked, findings: inOrder([faultAt(first, { from: 0, to: 1 }, codeOf)]) }
  const places = placesIn(json, lineOf)
  const source: unknown = first && JSON.parse(json)
  const faults = checked.faults.map((fault) => asMeant(fault, source))
  const told = describe(faults)
  return {
    checked,
    findings: inOrder([
      ...places.duplicates,
      ...faults.map((fault, i) => faultAt(fault, rangeOf(fault, json, places), codeOf, told[i])),
      ...more(checked, json, places),
    ]),
  }
}

/** A trigger whose type is missing was not looked at any further: where a key of it is nearly "type", that was meant. */
function asMeant(fault: Fault, source: unknown): Fault {
  const [path, found, kind, , triggerId] = fault
  const at = path.slice(0, -1)
  if (kind !== 'type' || found !== undefined || at[0] !== 'triggers') return fault
  const slip = keysOf(get(source, ...at)).find((key) => nearest(key, ['type']))
  return slip === undefined ? fault : [[...at, slip], slip, 'key', ['type'], triggerId]
}

/** Of a range, what it is a range of: "number 0 1". */
export const codeOf = (kind: string): string =>
  kind === 'sound' ? 'shared-part' : kind.replace(/ \S+ \S+$/, '').replaceAll(' ', '-')

/** Who names locales means them: what is advice by itself is a fault then. */
function adviceAt({ why, ...rest }: Advice, { locales }: LintOptions, places: Places): Placed {
  const place = places.value(rest.path)
  return rest.code === 'missing-locale' && locales
    ? { severity: 'fault', ...place, ...rest, expected: `this text in ${locales.join(', ')}` }
    : { severity: 'advice', ...place, ...rest, expected: why }
}

/** A published file that was changed by hand is checked on every first visit, as if it had not been published. */
function stale(source: unknown, json: string, places: Places): readonly Placed[] {
  const published = get(source, 'published')
  if (published === undefined || readPublished(json)) return []
  return [
    {
      severity: 'advice',
      code: 'published-stale',
      path: ['published'],
      ...places.key(['published']),
      found: 'a checked form that is not of this text, or of another version',
      expected: 'the engine passes it over, and checks the file on every first visit',
      fix: 'Publish again the file that you write by hand.',
    },
  ]
}

/** Kinds of fault that may be about a key rather than what stands there. */
const OF_KEYS = /^(key|name|locale|label|operator|logic)$/

function rangeOf(fault: Fault, json: string, places: Places): Range {
  const [, found, kind] = fault
  const path = pathOf(fault)
  if (OF_KEYS.test(kind) && found === path.at(-1)) return places.key(path)
  // It is not the trigger's own text that is wrong.
  if (kind === 'sound') return places.value([...path, 'id'])
  const { from, to } = places.value(path)
  const text = /^(placeholder|plain)$/.test(kind) ? `{${found}` : ''
  const at = text ? json.slice(from, to).indexOf(text) : -1
  return at < 0 ? { from, to } : { from: from + at + 1, to: from + at + text.length }
}

const pathOf = ([path]: Fault): JsonPath => path.map((key) => (typeof key === 'number' ? key : String(key)))

function faultAt(
  fault: Fault,
  { from, to }: Range,
  codeOf: (kind: string) => string,
  told = describe([fault])[0],
): Placed {
  const { found, expected, nearest, triggerId } = told as ConfigError
  const [, , kind] = fault
  const fix = fixOf(fault, nearest)
  return {
    severity: 'fault',
    code: codeOf(kind),
    path: pathOf(fault),
    from,
    to,
    found,
    expected,
    ...(nearest !== undefined && { nearest }),
    ...(fix && { fix }),
    ...(triggerId && { triggerId }),
  }
}

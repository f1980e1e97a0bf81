import * as z from 'zod/mini'
import type { Hint } from '../src/config/leaves.ts'
import { text, words } from '../src/config/schema.ts'
import { labels } from '../src/content/labels.ts'
import { ANSWERED, journeys } from '../src/simulate/schema.ts'
import { configSchema } from './configSchema.ts'
import { DESCRIPTIONS } from './descriptions.ts'
import { JOURNEYS_DESCRIPTIONS } from './journeysDescriptions.ts'

type Json = { [keyword: string]: unknown }

const NAME = { type: 'string', minLength: 1, maxLength: 200 }
const DURATION = '[0-9]{1,9}[smhdw]'

/** What an editor can know of each kind of leaf. A kind without an entry here fails the generator. */
const KINDS: { readonly [kind: string]: Json } = {
  condition: { type: 'object' },
  copy: { type: 'string', minLength: 1, maxLength: 500 },
  currency: { type: 'string', pattern: '^[A-Za-z]{3}$' },
  duration: { type: 'string', pattern: `^${DURATION}$` },
  glob: { type: 'string', pattern: '^/', maxLength: 500 },
  limit: { type: ['number', 'null'], minimum: 0 },
  link: { type: 'string', minLength: 1, maxLength: 2000 },
  moment: { type: 'string', pattern: '^\\d{4}-\\d\\d-\\d\\d(T.+)?$' },
  name: NAME,
  null: { type: 'null' },
  positive: { type: 'number', exclusiveMinimum: 0 },
  // No `multipleOf`: in binary 0.29 is none of 0.01, and editors would say so.
  rung: { type: 'number', minimum: 0.01, maximum: 1 },
  scalar: { type: ['string', 'number', 'boolean', 'null'] },
  span: { anyOf: [{ const: 'session' }, { type: 'string', pattern: `^${DURATION}$` }] },
  text: { type: 'string', minLength: 1, maxLength: 2000 },
  theme: { type: 'string', minLength: 1, maxLength: 100, pattern: '^[^;{}\\\\<>@]*$' },
  truth: { type: 'boolean' },
  // No keyword says that numbers rise.
  rising: {},
  tiers: {},
  // Of journeys.
  1: { const: 1 },
  'a number from 0 up, or a share of the plan\'s limit such as "80%"': {
    type: ['number', 'string'],
    minimum: 0,
    maximum: 1e12,
    pattern: '^\\d{1,4}(\\.\\d{1,4})?%$',
  },
  'a day such as "2026-02-28"': { type: 'string', pattern: '^\\d{4}-\\d\\d-\\d\\d$' },
  'a value': {},
  // No keyword adds numbers up.
  'parts that are at most 1 in all': {},
}

function ofKind(kind: string, names: readonly string[] | undefined): Json {
  if (names && kind === 'type') return { enum: names }
  const [, what, least, most] = /^(number|whole|list) (\S+) (\S+)$/.exec(kind) ?? []
  if (what === 'list') return { minItems: Number(least), maxItems: Number(most) }
  if (what) return { type: what === 'whole' ? 'integer' : 'number', minimum: Number(least), maximum: Number(most) }
  const json = KINDS[kind]
  if (!json) throw new Error(`No JSON Schema is known for the kind "${kind}"`)
  return json
}

/** Schemas that stand in many places, written once. */
const SHARED = new Map<z.core.$ZodType, string>([
  [text, 'text'],
  [words, 'words'],
])

/** Writes a zod schema as JSON Schema; what our own checks know goes in through their hints. */
function convert(schema: z.core.$ZodType, isShared = false): Json {
  const { $schema: _, ...json } = z.toJSONSchema(schema, {
    io: 'input',
    target: 'draft-07',
    override({ zodSchema, jsonSchema }) {
      const shared = SHARED.get(zodSchema)
      if (shared && !(isShared && zodSchema === schema)) {
        // Beside a bare `$ref`, older readers overlook the description.
        Object.assign(jsonSchema, { allOf: [{ $ref: `#/definitions/${shared}` }] })
        return
      }
      const hint = zodSchema._zod.def as Hint
      if (hint.inner) Object.assign(jsonSchema, convert(hint.inner))
      if (hint.kind) Object.assign(jsonSchema, ofKind(hint.kind, hint.names))
      if (hint.either) {
        // Alternatives of alternatives read as one list.
        const anyOf = hint.either
          .map((option) => convert(option))
          .flatMap((option) => (option.anyOf as Json[]) ?? [option])
        const [first, ...others] = anyOf
        const isOne = others.every((option) => JSON.stringify(option) === JSON.stringify(first))
        Object.assign(jsonSchema, isOne ? first : { anyOf })
      }
      if (hint.each) Object.assign(jsonSchema, { type: 'object', additionalProperties: convert(hint.each) })
    },
  })
  return json
}

/** Describes every property by its path: `triggers.cta.primary.label`; alternatives share a path. */
function describe(json: Json, path: string, used: Set<string>, descriptions = DESCRIPTIONS): void {
  const {
    properties = {},
    additionalProperties,
    anyOf = [],
    oneOf = [],
    items,
  } = json as {
    properties?: Record<string, Json>
    additionalProperties?: Json | boolean
    anyOf?: Json[]
    oneOf?: Json[]
    items?: Json
  }
  for (const [key, property] of Object.entries(properties)) {
    const at = path ? `${path}.${key}` : key
    // Plural forms mean the same wherever they stand.
    const name = [at, `*.${key}`].find((candidate) => Object.hasOwn(descriptions, candidate))
    if (!name) throw new Error(`"${at}" has no description`)
    used.add(name)
    properties[key] = { description: descriptions[name], ...property }
    describe(property, at, used, descriptions)
  }
  for (const inner of [...anyOf, ...oneOf, additionalProperties, items])
    if (typeof inner === 'object') describe(inner, path, used, descriptions)
}

/** The built-in texts: an editor completes their names, and shows what each says in English. */
const LABELS: Json = {
  type: 'object',
  properties: Object.fromEntries(
    Object.entries(labels).map(([name, text]) => [name, { description: `In English: “${text}”.`, ...KINDS.copy }]),
  ),
  patternProperties: { '\\.(zero|one|two|few|many|other)$': KINDS.copy },
  additionalProperties: false,
}

function haveUsed(used: ReadonlySet<string>, descriptions: typeof DESCRIPTIONS): void {
  const unused = Object.keys(descriptions).filter((name) => !used.has(name))
  if (unused.length) throw new Error(`Nothing has the described keys ${unused.join(', ')}`)
}

/** The JSON Schema of a journeys file, as text. */
export function toJourneysSchema(): string {
  const json = convert(journeys)
  const used = new Set<string>()
  describe(json, '', used, JOURNEYS_DESCRIPTIONS)
  haveUsed(used, JOURNEYS_DESCRIPTIONS)
  const { personas } = json.properties as { personas: { items: { properties: { [key: string]: Json } } } }
  Object.assign(personas.items.properties.answers!, { propertyNames: { enum: ANSWERED } })
  Object.assign(personas.items.properties.routes!, { propertyNames: KINDS.glob })
  const top = {
    $schema: 'http://json-schema.org/draft-07/schema#',
    title: 'Plimsoll journeys',
    description: 'Who the users of a simulation are. Everything but a name for each has a default.',
  }
  return `${JSON.stringify({ ...top, ...json }, null, 2)}\n`
}

/** The JSON Schema of the configuration file, as text. */
export function toJsonSchema(): string {
  const json = convert(configSchema)
  const used = new Set<string>()
  describe(json, '', used)
  Object.assign((json.properties as { labels: Json }).labels, { additionalProperties: LABELS })
  const definitions = Object.fromEntries([...SHARED].map(([schema, name]) => [name, convert(schema, true)]))
  for (const definition of Object.values(definitions)) describe(definition, '*', used)
  haveUsed(used, DESCRIPTIONS)
  const top = {
    $schema: 'http://json-schema.org/draft-07/schema#',
    title: 'Plimsoll configuration',
    description: 'What Plimsoll may show, to whom, how often, and in which words. Everything has a default.',
  }
  return `${JSON.stringify({ ...top, ...json, definitions }, null, 2)}\n`
}

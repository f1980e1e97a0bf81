import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { configSchema } from '../../packages/sdk/schema/configSchema.ts'
import { toJsonSchema } from '../../packages/sdk/schema/toJsonSchema.ts'
import { parseConfig } from '../../packages/sdk/src/config/index.ts'
import example from '../cases/config/example.json' with { type: 'json' }
import { change } from './cases.ts'

interface Json {
  readonly [keyword: string]: unknown
  readonly properties?: { readonly [key: string]: Json }
}

const written = readFileSync(new URL('../../packages/sdk/plimsoll.schema.json', import.meta.url), 'utf8')
const schema = JSON.parse(written) as Json

/** A validator for the keywords that the schema uses, and no other: an unknown one throws. */
function fits(json: Json, value: unknown): boolean {
  return Object.entries(json).every(([keyword, is]) => {
    const list = Array.isArray(value) ? value : undefined
    const object = typeof value === 'object' && value && !list ? (value as { [key: string]: unknown }) : undefined
    const text = typeof value === 'string' ? value : undefined
    const number = typeof value === 'number' ? value : undefined
    switch (keyword) {
      case '$schema':
      case 'title':
      case 'description':
      case 'definitions':
        return true
      case '$ref':
        return fits(
          (schema.definitions as { [name: string]: Json })[(is as string).split('/')[2] as string] as Json,
          value,
        )
      case 'type':
        return [is]
          .flat()
          .some(
            (type) =>
              (type === 'object' && object) ||
              (type === 'array' && list) ||
              (type === 'null' && value === null) ||
              (type === 'integer' && Number.isInteger(value)) ||
              (type !== 'object' && type === typeof value),
          )
      case 'properties':
        return (
          !object ||
          Object.entries(is as object).every(([key, at]) => !(key in object) || fits(at as Json, object[key]))
        )
      case 'required':
        return !object || (is as string[]).every((key) => key in object)
      case 'additionalProperties':
        return (
          !object ||
          Object.keys(object)
            .filter((key) => !Object.hasOwn(json.properties ?? {}, key))
            .every((key) => typeof is === 'object' && fits(is as Json, object[key]))
        )
      case 'items':
        return !list || list.every((item) => fits(is as Json, item))
      case 'anyOf':
        return (is as Json[]).some((option) => fits(option, value))
      case 'oneOf':
        return (is as Json[]).filter((option) => fits(option, value)).length === 1
      case 'allOf':
        return (is as Json[]).every((option) => fits(option, value))
      case 'enum':
        return (is as unknown[]).includes(value)
      case 'const':
        return value === is
      case 'minLength':
        return text === undefined || text.length >= (is as number)
      case 'maxLength':
        return text === undefined || text.length <= (is as number)
      case 'pattern':
        return text === undefined || new RegExp(is as string).test(text)
      case 'minimum':
        return number === undefined || number >= (is as number)
      case 'maximum':
        return number === undefined || number <= (is as number)
      case 'exclusiveMinimum':
        return number === undefined || number > (is as number)
      case 'minItems':
        return !list || list.length >= (is as number)
      case 'maxItems':
        return !list || list.length <= (is as number)
      default:
        throw new Error(`The keyword ${keyword} is not known here`)
    }
  })
}

/** Every property that the schema knows, by path, with its description. */
function propertiesOf(json: unknown, path = ''): readonly [path: string, description: unknown][] {
  if (typeof json !== 'object' || json === null) return []
  return Object.entries(json).flatMap(([keyword, inner]) => {
    if (keyword !== 'properties') return propertiesOf(inner, path)
    return Object.entries(inner as { [key: string]: Json }).flatMap(([key, property]) => [
      [`${path}.${key}`, property.description] as [string, unknown],
      ...propertiesOf(property, `${path}.${key}`),
    ])
  })
}

test('is current: `node packages/sdk/schema/generate.mjs` writes it anew', () => {
  expect(written).toBe(toJsonSchema())
})

test('describes every property in a sentence', () => {
  const properties = propertiesOf(schema)
  expect(properties.length).toBeGreaterThan(150)
  expect(properties.filter(([, description]) => !/^\S.{3,}\.$|…$/.test(String(description)))).toEqual([])
})

test('knows every key at the top and of every trigger', () => {
  expect(Object.keys(schema.properties ?? {})).toEqual(Object.keys(configSchema.def.shape))
})

test('fits the example of the contract, as zod and parseConfig do', () => {
  expect(fits(schema, example)).toBe(true)
  expect(configSchema.safeParse(example).success).toBe(true)
  expect(parseConfig(example).errors).toEqual([])
})

describe('agrees with parseConfig on', () => {
  const at = (path: string, value: unknown) => ({ [path]: value })
  test.each<[sound: boolean, set: { readonly [path: string]: unknown }]>([
    [true, at('triggers[0].at', 0.29)],
    [true, at('triggers[0].at', [0.5, 1])],
    [false, at('triggers[0].at', 80)],
    [false, at('triggers[0].at', [])],
    [true, at('triggers[0].frequency', null)],
    [true, at('triggers[0].frequency', [{ max: 1, per: '7d' }, { max: 2 }])],
    [false, at('triggers[0].frequency', { max: 0 })],
    [false, at('triggers[0].frequency', { max: 1, per: 7 })],
    [true, at('triggers[0].suppress', null)],
    [true, at('triggers[1].suppress', { impressions: 3, per: 'session' })],
    [false, at('triggers[0].suppress', { dismissals: 3 })],
    [true, at('triggers[0].copy', { title: 'T', body: { one: 'a', other: 'b' } })],
    [true, at('triggers[0].copy', { title: { en: 'T', de: { one: 'a', other: 'b' } } })],
    [false, at('triggers[0].copy', { title: 7 })],
    [false, at('triggers[0].copy', { titel: 'T' })],
    [false, at('triggers[0].cta', { primary: { action: 'upgrad' } })],
    [false, at('triggers[0].holdout', 1.1)],
    [false, at('triggers[0].priority', 0.5)],
    [false, at('triggers[0].id', '')],
    [false, at('triggers[0].type', 'limit')],
    [false, at('triggers[0].milestones', [1, 2, 3])],
    [false, at('triggers[3].milestones', [1, 2])],
    [false, at('triggers[3].milestones', [1, 2, 3, 4, 5, 6])],
    [true, at('triggers[3].surface', 'toast')],
    [true, at('plans[0].limits', { projects: null })],
    [false, at('plans[0].limits', { projects: -1 })],
    [true, at('plans[0].seatPrice', { tiers: [{ upTo: 3, amount: 2 }, { amount: 1 }] })],
    [false, at('plans[0].seatPrice', { tiers: [] })],
    [false, at('plans[0].price', { amount: 1, currency: 'dollar', per: 'month' })],
    [true, at('caps', { perSession: 0, minInterval: '0s', groups: { a: { max: 1, per: '1d' } } })],
    [false, at('caps', { perSession: 4 })],
    [false, at('guardrails', { minHealth: 101 })],
    [true, at('savedGroups', { a: ['x', 1, true, null] })],
    [false, at('savedGroups', { a: [{}] })],
    [true, at('neverBlock', ['/a/**'])],
    [false, at('neverBlock', ['a'])],
    [false, at('theme', { scheme: 'blue' })],
    [false, at('theme', { accent: 'red;' })],
    [false, at('version', 2)],
    [false, at('caps', [])],
  ])('%s: %j', (sound, set) => {
    const file = change(set)
    expect([fits(schema, file), parseConfig(file).errors.length === 0]).toEqual([sound, sound])
  })
})

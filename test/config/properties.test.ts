import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { configSchema } from '../../packages/sdk/schema/configSchema.ts'
import { parseConfig } from '../../packages/sdk/src/config/index.ts'
import type { CheckedConfig } from '../../packages/sdk/src/config/types.ts'
import { change } from './cases.ts'

/** A file that says something of everything, so that changes reach everything. */
const full = change({
  caps: { perSession: 2, minInterval: '5m', groups: { expansion: { max: 2, per: '90d' } } },
  guardrails: { minHealth: 60, flags: ['a'], minAccountAge: '7d' },
  buyers: { 'user.role': { $in: ['admin'] } },
  savedGroups: { beta: ['a', 1] },
  neverBlock: ['/billing/**'],
  labels: { en: { dismiss: 'Not now' } },
  theme: { accent: '#3366d6', scheme: 'dark' },
  'triggers[0].group': 'expansion',
  'triggers[0].audience': { 'account.id': { $inGroup: 'beta' }, 'user.email': { $regex: '@acme' } },
  'triggers[0].schedule': { from: '2026-01-01', until: '2026-12-31T00:00:00Z' },
  'triggers[0].copy': { title: { en: { one: 'a {used}', other: 'b {user.name|you}' }, de: 'c' } },
  'triggers[0].variants': [{ if: { 'user.role': 'x' }, copy: { title: 'v' } }, { weight: 0.5 }],
  'triggers[0].frequency': [{ max: 1, per: 'session' }, { max: 3 }],
  'triggers[1].near': { route: ['/a/*'] },
  'triggers[2].at': [0.8, 1],
  'triggers[2].cta': { primary: { label: 'Go', action: 'link', href: '/x?y={account.id}' } },
})

/** Every path into a value, as the keys that lead there. */
const pathsOf = (value: unknown): readonly (readonly string[])[] =>
  typeof value === 'object' && value !== null
    ? Object.entries(value).flatMap(([key, inner]) => [[key], ...pathsOf(inner).map((path) => [key, ...path])])
    : []

const value = fc.oneof(
  {
    weight: 3,
    arbitrary: fc.constantFrom<unknown>(
      '',
      'session',
      '30d',
      30,
      -1,
      0.5,
      1e308,
      null,
      true,
      [],
      {},
      [null],
      '{user.name}',
      '{',
      '__proto__',
      'constructor',
      'projects',
      'javascript:alert(1)',
      { $foo: 1 },
    ),
  },
  { weight: 1, arbitrary: fc.jsonValue() },
  {
    weight: 1,
    arbitrary: fc.anything({
      withBigInt: true,
      withDate: true,
      withMap: true,
      withNullPrototype: true,
      withSparseArray: true,
      withTypedArray: true,
    }),
  },
)

/** One thing done to a file: a value replaced, taken away or added under a strange key. */
const change1 = fc.record({
  path: fc.constantFrom(...pathsOf(full)),
  how: fc.constantFrom('replace', 'remove', 'add', 'rename'),
  key: fc.oneof(
    fc.constantFrom('__proto__', 'constructor', 'prototype', 'title', 'id', 'per', 'toString', 'length'),
    fc.string(),
  ),
  value,
})

const changed = fc.array(change1, { minLength: 1, maxLength: 4 }).map((changes) => {
  const file = structuredClone(full)
  for (const { path, how, key, value } of changes) {
    const holder = path.slice(0, -1).reduce<unknown>((at, name) => Object(at)[name], file) as { [key: string]: unknown }
    if (typeof holder !== 'object' || holder === null) continue
    const last = path.at(-1) as string
    const put = (name: string, what: unknown) =>
      Object.defineProperty(holder, name, { value: what, enumerable: true, configurable: true, writable: true })
    try {
      if (how === 'replace') put(last, value)
      else if (how === 'remove') delete holder[last]
      else if (how === 'rename') {
        put(key, holder[last])
        delete holder[last]
      } else if (typeof holder[last] === 'object' && holder[last] !== null)
        Object.defineProperty(holder[last], key, { value, enumerable: true, configurable: true, writable: true })
    } catch {
      // A list's length cannot be redefined so.
    }
  }
  return file
})

/** What must hold of any answer. */
function expectSound(file: unknown): void {
  const { config, errors } = parseConfig(file)
  for (const error of errors) {
    expect(error.path.length).toBeLessThan(2000)
    expect(error.found.length).toBeLessThan(200)
    expect(error.expected).not.toMatch(/undefined|^\w+$(?<!JSON|null|1)/)
  }
  if (!config) return void expect(errors).toHaveLength(1)

  expect(JSON.parse(JSON.stringify(config))).toEqual(config)
  const written = (file as { triggers: unknown[] }).triggers
  const lost = new Set(errors.flatMap(({ path }) => /^triggers\[(\d+)\]/.exec(path)?.[1] ?? []))
  // Each trigger is either there, in the file's order, or has a fault that names it.
  expect(config.triggers.map(({ id }) => id)).toEqual(
    Array.from(written, (trigger) => (trigger as { id?: unknown } | undefined)?.id).filter(
      (_, i) => !lost.has(String(i)),
    ),
  )
  for (const { triggerId, path } of errors) if (triggerId !== undefined) expect(path).toMatch(/^triggers\[\d+\]/)
}

describe('for any file', () => {
  test('that is the full one with things changed, it never throws and accounts for every trigger', {
    timeout: 120_000,
  }, () => {
    fc.assert(fc.property(changed, expectSound), { numRuns: 500 })
  })

  test('that is anything at all', { timeout: 60_000 }, () => {
    fc.assert(
      fc.property(fc.anything(), (file) => void parseConfig(file)),
      { numRuns: 500 },
    )
    fc.assert(
      fc.property(fc.json(), (file) => void parseConfig(file)),
      { numRuns: 100 },
    )
    fc.assert(
      fc.property(fc.string(), (file) => void parseConfig(file)),
      { numRuns: 100 },
    )
  })

  test('that has no fault, zod finds none in the whole of it either', { timeout: 120_000 }, () => {
    fc.assert(
      fc.property(changed, (file) => {
        const text = JSON.stringify(file, (_, value) => (typeof value === 'bigint' ? String(value) : value))
        fc.pre(parseConfig(text).errors.length === 0)
        expect(configSchema.safeParse(JSON.parse(text)).success).toBe(true)
      }),
      { numRuns: 100 },
    )
  })
})

test('the full file itself has no fault, and one bad trigger costs the others nothing', () => {
  const { config, errors } = parseConfig(full)
  expect(errors).toEqual([])
  fc.assert(
    fc.property(fc.nat(3), value, (i, bad) => {
      const file = structuredClone(full) as { triggers: unknown[] }
      file.triggers[i] = typeof bad === 'object' ? null : bad
      const others = (config as CheckedConfig).triggers.filter((_, at) => at !== i)
      expect(parseConfig(file).config).toEqual({ ...config, triggers: others })
    }),
    { numRuns: 60 },
  )
})

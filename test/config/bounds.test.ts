import { describe, expect, test } from 'vitest'
import { parseConfig } from '../../packages/sdk/src/config/index.ts'
import example from '../cases/config/example.json' with { type: 'json' }
import { change } from './cases.ts'

const refused = (found: string, expected: string, path = '') => ({ config: null, errors: [{ path, found, expected }] })
const nested = (depth: number): string => `${'['.repeat(depth)}${']'.repeat(depth)}`
const many = (length: number) => Array.from({ length }, (_, i) => ({ ...example.triggers[i % 4], id: `t${i}` }))

describe('refuses the whole file, with one fault,', () => {
  test('over 1 MB of text', () => {
    const text = JSON.stringify(example)
    const upTo = (length: number) => parseConfig(text + ' '.repeat(length - text.length))
    expect(upTo(2 ** 20).errors).toEqual([])
    expect(upTo(2 ** 20 + 1)).toEqual(refused('1048577 characters', 'at most 1 MB'))
    expect(upTo(5_000_000)).toEqual(refused('5000000 characters', 'at most 1 MB'))
  })

  test('over 1 MB in all of its text, where a value was given', () => {
    const savedGroups = { all: Array.from({ length: 1100 }, (_, i) => `${i}`.padEnd(1000, 'x')) }
    expect(parseConfig(change({ savedGroups }))).toEqual(refused('more', 'at most 1 MB'))
  })

  test('over 10,000 triggers', { timeout: 60_000 }, () => {
    expect(parseConfig(change({ triggers: many(10_000) })).config?.triggers).toHaveLength(10_000)
    expect(parseConfig(change({ triggers: many(10_001) }))).toEqual(
      refused('10001 triggers', 'at most 10,000 triggers', 'triggers'),
    )
  })

  test('over 32 levels, 100,000 among them', () => {
    const of = (depth: number) =>
      parseConfig(`{ "version": 1, "triggers": [], "savedGroups": { "a": ${nested(depth)} } }`)
    // The file and its saved groups are two levels.
    expect(of(30)).toMatchObject({ config: { triggers: [] }, errors: [{ path: 'savedGroups.a[0]' }] })
    expect(of(31)).toEqual(refused('more', 'at most 32 levels'))
    expect(of(100_000)).toEqual(refused('more', 'at most 32 levels'))
    expect(parseConfig(nested(100_000))).toEqual(refused('more', 'at most 32 levels'))
  })

  test('over 200,000 values', () => {
    expect(parseConfig(`{ "version": 1, "triggers": [${'0,'.repeat(200_000)}0] }`)).toEqual(
      refused('more', 'at most 200,000 values'),
    )
  })

  test('over 500 characters of copy, 100,000 among them, wherever it stands', () => {
    const places = ['triggers[0].copy', 'triggers[0].cta', 'labels', 'product'] as const
    const hold = { 'triggers[0].copy': 'title', 'triggers[0].cta': 'secondary', labels: 'en', product: '' }
    const of = (place: (typeof places)[number], text: string) => {
      const inner = { secondary: { label: text }, en: { dismiss: text } }[hold[place]] ?? text
      return parseConfig(change({ [place]: hold[place] ? { [hold[place]]: inner } : inner }))
    }
    const long = (length: number) => 'x'.repeat(length)
    const at = ['triggers[0].copy.title', 'triggers[0].cta.secondary.label', 'labels.en.dismiss', 'product']
    for (const [i, place] of places.entries()) {
      expect(of(place, long(500)).errors).toEqual([])
      for (const length of [501, 100_000]) {
        const { config, errors } = of(place, long(length))
        expect(config).toBeNull()
        expect(errors).toMatchObject([
          { path: at[i], found: `${long(59)}…`, expected: 'text of 1 to 500 characters, no control among them' },
        ])
      }
    }
  })

  test('that is no JSON', () => {
    for (const text of ['', '<!doctype html>', '{ "version": 1,', '{ version: 1 }', 'undefined']) {
      const { config, errors } = parseConfig(text)
      expect(config).toBeNull()
      expect(errors).toEqual([{ path: '', found: expect.stringMatching(/JSON|position/), expected: 'JSON' }])
    }
  })

  test('that is no object', () => {
    expect(parseConfig('[]')).toEqual(refused('[]', 'an object'))
    expect(parseConfig('"text"')).toEqual(refused('text', 'an object'))
    expect(parseConfig(null)).toEqual(refused('null', 'an object'))
    expect(parseConfig(undefined)).toEqual(refused('nothing', 'an object'))
  })

  test('of another version, or of none', () => {
    expect(parseConfig(change({ version: 2 }))).toEqual(refused('2', '1', 'version'))
    expect(parseConfig(change({ version: '1' }))).toEqual(refused('"1"', '1', 'version'))
    expect(parseConfig(change({ version: '$remove' }))).toEqual(refused('nothing', '1', 'version'))
  })

  test('without a list of triggers', () => {
    expect(parseConfig(change({ triggers: '$remove' }))).toEqual(refused('nothing', 'a list', 'triggers'))
    expect(parseConfig(change({ triggers: { a: 1 } }))).toEqual(refused('{"a":1}', 'a list', 'triggers'))
  })
})

describe('never throws', () => {
  test('at what goes in circles', () => {
    const circle: Record<string, unknown> = { version: 1, triggers: [] }
    circle.features = circle
    expect(parseConfig(circle)).toEqual(refused('more', 'at most 32 levels'))
  })

  test('at what doubles with every level', () => {
    let twice: unknown = 'x'
    for (let i = 0; i < 30; i++) twice = [twice, twice]
    expect(parseConfig({ version: 1, triggers: [], savedGroups: twice })).toEqual(
      refused('more', 'at most 200,000 values'),
    )
  })

  test('at getters and proxies that do', () => {
    const thrower = {
      get version(): number {
        throw new Error('no')
      },
    }
    expect(parseConfig(thrower)).toEqual(refused('Error: no', 'a value that can be read'))
    const { proxy, revoke } = Proxy.revocable({}, {})
    revoke()
    expect(parseConfig(proxy).config).toBeNull()
  })

  test('at what JSON cannot hold', () => {
    const file = {
      ...example,
      product: 1n,
      neverBlock: undefined,
      theme: { accent: Symbol('red') },
      caps: { perSession: Number.NaN },
      features: { sso: { name: () => 'SSO' } },
    }
    const { config, errors } = parseConfig(file)
    expect(errors.map(({ path, found, expected }) => [path, found, expected])).toEqual([
      ['features.sso.name', expect.stringMatching(/=> .SSO.$/), 'a value that JSON can hold'],
      ['features.sso.name', 'nothing', 'text of 1 to 500 characters, no control among them'],
      ['theme.accent', 'Symbol(red)', 'a value that JSON can hold'],
      ['caps.perSession', 'NaN', 'a value that JSON can hold'],
      ['product', '"1"', 'a value that JSON can hold'],
      ['triggers[1]', 'a fault in features.sso', 'features.sso without fault'],
    ])
    expect(config).toMatchObject({ caps: { perSession: 0 }, theme: {}, neverBlock: [] })
  })

  test('at more faults than a call has room for', () => {
    const { config, errors } = parseConfig(
      change({ savedGroups: { beta: Array.from({ length: 150_000 }, () => ({})) } }),
    )
    expect(config?.triggers).toHaveLength(4)
    expect(errors).toHaveLength(150_000)
    expect(errors.at(-1)?.path).toBe('savedGroups.beta[149999]')
  }, 60_000)

  test('at lists with holes, with other keys, or of a length that no memory holds', () => {
    const triggers: unknown[] = [...example.triggers]
    Object.assign(triggers, { '': triggers[0], extra: 1 })
    delete triggers[3]
    const { config, errors } = parseConfig({ ...example, triggers })
    expect(config?.triggers.map(({ id }) => id)).toEqual(['projects-80', 'sso-discovery', 'team-growth'])
    expect(errors).toEqual([{ path: 'triggers[3]', found: 'null', expected: 'an object' }])
    triggers.length = 2 ** 32 - 1
    expect(parseConfig({ ...example, triggers })).toEqual(refused('more', 'at most 200,000 values'))
  })
})

test.each([
  ['a NUL', 'a\0b'],
  ['an escape', 'a\u001b[31mb'],
  ['an override of direction', 'a\u202eb'],
  ['half a letter', 'a\ud800b'],
  ['a tower of marks', `a${'\u0351'.repeat(8)}`],
])('refuses copy with %s, which would reach out of its line', (_, text) => {
  const expected = 'text of 1 to 500 characters, no control among them'
  const paths = ['product', 'plans[0].name', 'resources.projects.one', 'features.sso.name', 'triggers[0].copy']
  const { errors } = parseConfig(
    change(Object.fromEntries(paths.map((path) => [path, path.endsWith('copy') ? { title: text } : text]))),
  )
  const refused = errors.filter((error) => error.expected === expected).map(({ path }) => path.replace('.title', ''))
  expect(refused.sort()).toEqual(paths.sort())
})

test('takes copy in any script, with its own marks, joiners, isolates and lines', () => {
  const texts = [
    'שָׁלוֹם',
    'நிலை',
    'การ์ด',
    'A\u2067עברית\u2069 b',
    '👩\u200d👩\u200d👧',
    'e\u0301\u0323',
    'one\ntwo\tthree',
  ]
  for (const title of texts) expect(parseConfig(change({ 'triggers[0].copy': { title } })).errors).toEqual([])
})

test('leaves Object.prototype alone', () => {
  const text = JSON.stringify(example)
    .replace('"starter"', '"__proto__"')
    .replace('"features":{', '"features":{"__proto__":{"name":"polluted"},"constructor":{"name":"polluted"},')
  const { config, errors } = parseConfig(text)
  expect(errors.slice(0, 3).map(({ path, found }) => [path, found])).toEqual([
    ['plans[0].id', '__proto__'],
    ['features.constructor', 'constructor'],
    ['features.__proto__', '__proto__'],
  ])
  expect(Object.keys(config?.features ?? {})).toEqual(['sso'])
  expect(({} as { name?: unknown }).name).toBeUndefined()
})

test('takes names for names, whatever Object.prototype has', () => {
  const { errors } = parseConfig(
    change({ 'triggers[0].resource': 'toString', 'triggers[1].feature': 'hasOwnProperty' }),
  )
  expect(errors.map(({ path, found }) => [path, found])).toEqual([
    ['triggers[0].resource', 'toString'],
    ['triggers[1].feature', 'hasOwnProperty'],
  ])
})

import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { parseConfig } from '../../packages/sdk/src/config/index.ts'
import { lint as lintAt } from '../../packages/sdk/src/lint/lint.ts'
import { change, readCases } from '../config/cases.ts'

/** The faults; what is advice has tests of its own. */
function lint(text: string) {
  const { config, findings } = lintAt(text, { now: 0 })
  return { config, findings: findings.filter(({ severity }) => severity === 'fault') }
}
const told = (text: string) => lint(text).findings.map(({ code, line, column }) => [code, line, column])

describe.each(['shape', 'figures', 'conditions', 'copy', 'shared-parts'])('of %s', (name) => {
  test.each(readCases(name))('finds what parseConfig finds, each in the text: $name', ({ set }) => {
    const text = JSON.stringify(change(set), null, 2)
    const { config, findings } = lint(text)
    const parsed = parseConfig(text)
    expect(config).toEqual(parsed.config)
    const words = (found: string, expected: string, nearest?: string, triggerId?: string) =>
      JSON.stringify([found, expected, nearest, triggerId])
    expect(findings.map(({ found, expected, nearest, triggerId }) => words(found, expected, nearest, triggerId)).sort())
      // One that is there in another order, for findings follow the text.
      .toEqual(
        parsed.errors
          .map(({ found, expected, nearest, triggerId }) => words(found, expected, nearest, triggerId))
          .sort(),
      )
    expect(findings.map(({ from }) => from)).toEqual(findings.map(({ from }) => from).sort((a, b) => a - b))
    for (const { from, to } of findings) expect(text.slice(from, to)).not.toBe('')
  })
})

describe('places', () => {
  test('are those of the last key of two, as JSON reads them', () => {
    const { findings } = lint('{ "version": 1,\n "triggers": {},\n "triggers": 5 }')
    expect(findings.map(({ code, line }) => [code, line])).toEqual([
      ['duplicate-key', 3],
      ['list', 3],
    ])
  })

  test.each([
    ['line feeds', '\n'],
    ['carriage returns', '\r'],
    ['both', '\r\n'],
  ])('count lines that end in %s', (_, end) => {
    expect(told(`{ "version": 1,${end}${end}  "triggers": 5 }`)).toEqual([['list', 3, 15]])
  })

  test('count columns in UTF-16 units, as editors do', () => {
    expect(told('{ "product": "🚢", "version": 1, "triggers": 5 }')).toEqual([['list', 1, 46]])
  })

  test('are not moved by a byte order mark', () => {
    expect(lint('\ufeff{ "version": 1, "triggers": 5 }').findings).toMatchObject([{ from: 29, to: 30 }])
  })
})

test('gives no advice on what a fault has spoiled', () => {
  const { findings } = lintAt(JSON.stringify(change({ 'caps.perSession': 'three' })), { now: 0 })
  expect(findings.map(({ code, path }) => [code, path.join('.')])).toContainEqual(['whole', 'caps.perSession'])
  expect(findings.map(({ code, path }) => [code, path.join('.')])).not.toContainEqual([
    'never-fires',
    'caps.perSession',
  ])
})

describe('over a bound', () => {
  test('says so at the first bracket that is too deep', () => {
    expect(told(`{ "version": 1, "x": ${'['.repeat(31)}${']'.repeat(31)}, "triggers": [] }`)).toEqual([['key', 1, 17]])
    expect(told(`{ "version": 1, "x": ${'['.repeat(32)}${']'.repeat(32)}, "triggers": [] }`)).toEqual([
      ['depth', 1, 53],
    ])
  })

  test('says so of what no parser could take, and throws nothing', () => {
    expect(told('['.repeat(1_000_000))).toEqual([['depth', 1, 33]])
    expect(told(`{"a":`.repeat(100_000))).toEqual([['depth', 1, 161]])
  })

  test('says so of a file that is too long, has too many values, or too many triggers', () => {
    expect(told(`"${'x'.repeat(2 ** 20)}"`)).toEqual([['long', 1, 1]])
    expect(told(`[${'1,'.repeat(200_000)}1]`)).toEqual([['many', 1, 1]])
    const triggers = Array.from({ length: 10_001 }, () => '0').join()
    expect(told(`{ "version": 1, "triggers": [${triggers}] }`)).toEqual([['triggers', 1, 29]])
  })

  test('finds thousands of faults in a moment', () => {
    const keys = Array.from({ length: 40_000 }, (_, i) => `"k${i % 20_000}": 1`).join()
    const since = performance.now()
    expect(lint(`{ "version": 1, "triggers": [{ ${keys} }] }`).findings.length).toBeGreaterThan(20_000)
    expect(performance.now() - since).toBeLessThan(5000)
  })
})

describe('text that is no JSON', () => {
  const sound = JSON.stringify(change({}), null, 1)

  test('is told wherever JSON.parse refuses it, and only there', () => {
    const slip = fc.tuple(
      fc.nat(sound.length),
      fc.nat(3),
      fc.constantFrom('', ',', '"', '{', '}', ':', '1', 'x', '\\', '\n', '/'),
    )
    fc.assert(
      fc.property(fc.array(slip, { minLength: 1, maxLength: 3 }), (slips) => {
        let text = sound
        for (const [at, gone, put] of slips) text = text.slice(0, at) + put + text.slice(at + gone)
        let isJson = true
        try {
          JSON.parse(text)
        } catch {
          isJson = false
        }
        const { findings } = lint(text)
        expect(findings.some(({ code }) => code === 'syntax')).toBe(!isJson)
        for (const { from, to } of findings) expect(0 <= from && from <= to && to <= text.length).toBe(true)
      }),
      { numRuns: process.env.PLIMSOLL_LONG ? 20_000 : 300, seed: 5 },
    )
  })
})

describe('advice', () => {
  const now = Date.UTC(2026, 10, 1)
  const shouting = JSON.stringify(
    change({ 'triggers[0].copy': { title: 'UPGRADE NOW, {used} OF {limit} USED' } }),
    null,
    2,
  )

  test('is given of what is sound, at its place in the text', () => {
    const { findings } = lintAt(shouting, { now })
    const one = findings.find(({ code }) => code === 'shouting')
    expect(one).toMatchObject({
      severity: 'advice',
      path: ['triggers', 0, 'copy', 'title'],
      line: 1 + shouting.slice(0, shouting.indexOf('"UPGRADE')).split('\n').length - 1,
      fix: expect.any(String),
      triggerId: 'projects-80',
    })
    expect(shouting.slice(one?.from, one?.to)).toBe('"UPGRADE NOW, {used} OF {limit} USED"')
  })

  test('is none where the file says why', () => {
    const ignoring = change({
      'triggers[0].copy': { title: 'UPGRADE NOW, {used} OF {limit} USED' },
      ignore: { shouting: 'Our brand is in capitals.' },
    })
    expect(lintAt(JSON.stringify(ignoring), { now }).findings.filter(({ code }) => code === 'shouting')).toEqual([])
  })

  test('looks links up only where pages are known', () => {
    const nowhere = (routes?: readonly string[]) =>
      lintAt(JSON.stringify(change({})), { now, ...(routes && { routes }) }).findings.filter(
        ({ code }) => code === 'link-nowhere',
      )
    expect(nowhere()).toEqual([])
    expect(nowhere(['/billing/**'])).toEqual([])
    expect(nowhere(['/account']).map(({ path }) => path)).toEqual([
      ['links', 'upgrade'],
      ['links', 'seats'],
    ])
  })

  test('is a fault for locales that were asked for', () => {
    const severities = (locales?: readonly string[]) =>
      lintAt(
        JSON.stringify(change({ 'triggers[0].copy': { title: { en: 'Room', de: 'Platz' }, body: { en: 'More' } } })),
        {
          now,
          ...(locales && { locales }),
        },
      )
        .findings.filter(({ path }) => path.join('.') === 'triggers.0.copy.body')
        .map(({ severity, code }) => [severity, code])
    expect(severities()).toContainEqual(['advice', 'missing-locale'])
    expect(severities(['de'])).toContainEqual(['fault', 'missing-locale'])
  })
})

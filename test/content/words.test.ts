import fc from 'fast-check'
import { afterEach, describe, expect, test, vi } from 'vitest'
import type { Text } from '../../packages/sdk/src/config/types.ts'
import { labelNames, labels, writeExplainer, writePlans, writePrompt } from '../../packages/sdk/src/content/index.ts'
import type { Prompt } from '../../packages/sdk/src/core/prompt.ts'
import {
  type Change,
  config,
  featurePrompt,
  invitePrompt,
  limitPrompt,
  milestonePrompt,
  page,
  pro,
  teamPrompt,
  usePrompt,
} from './fixtures.ts'

const FSI = '\u2068'
const PDI = '\u2069'

/** The title that a limit prompt gets from this text. */
const title = (text: Text, change: Change = {}, used = 82) =>
  writePrompt(limitPrompt(used, { ...change, trigger: { copy: { title: text } } }), page)?.title

describe('what a browser takes milliseconds for', () => {
  afterEach(() => {
    vi.unstubAllGlobals()
    vi.restoreAllMocks()
  })

  test('is done once: each format of numbers and prices, whatever is written in it', () => {
    let made = 0
    vi.stubGlobal('Intl', {
      ...Object.fromEntries(Object.getOwnPropertyNames(Intl).map((name) => [name, Intl[name as keyof typeof Intl]])),
      NumberFormat: class extends Intl.NumberFormat {
        constructor(...given: ConstructorParameters<typeof Intl.NumberFormat>) {
          super(...given)
          made++
        }
      },
    })
    const write = () => title('{used} {percent} {plan.price}', { locale: 'de-LI' })
    const first = write()
    expect(first).toMatch(/82.*82.*99/)
    const before = made
    expect(before).toBeGreaterThanOrEqual(3)
    expect(write()).toBe(first)
    expect(made).toBe(before)
  })

  test('is not done for readers of a language that is at hand by that very name: finding its likely script', () => {
    const likely = vi.spyOn(Intl.Locale.prototype, 'maximize')
    const read = (locale: string) => title({ en: 'en', pt: 'pt' }, { locale })
    expect(read('en')).toBe('en')
    expect(likely).not.toHaveBeenCalled()
    expect(read('en-GB')).toBe('en')
    expect(likely).toHaveBeenCalled()
  })
})

describe('placeholders', () => {
  test.each([
    ['{used} {limit} {remaining} {percent}', '82 100 18 82%'],
    ['{percent}% of {limit}, {percent} % of it', '82% of 100, 82 % of it'],
    ['{resource} {plan.name} {plan.price} {plan.limit}', 'projects Pro $99 a month 1,000'],
    ['{current.name} {product} {trigger.id} {seats.needed}', 'Starter Acme projects-80 1'],
    ['{user.id} {user.role|x} {user.name|there} {user.name|}', 'u1 admin there '],
    ['{account.team.name|x} {account.size}', 'Rocket 1,200'],
    ['{{used} is a brace', '{used} is a brace'],
  ])('in %j give %j', (text, expected) => {
    expect(title(text, { account: { team: { name: 'Rocket' }, size: 1200 } })).toBe(expected)
  })

  test('give the feature, its benefit and how often it was tried', () => {
    const copy = {
      title: '{feature.name} {feature.benefit}.',
      body: { one: 'Tried once.', other: 'Tried {attempts} times.' },
    }
    const write = (attempts: number) => writePrompt(featurePrompt({ figures: { attempts }, trigger: { copy } }), page)
    expect(write(1)).toMatchObject({
      title: 'Single sign-on lets your team sign in with the company account.',
      text: 'Tried once.',
    })
    expect(write(3)?.text).toBe('Tried 3 times.')
  })

  test('give a moment as a day, and a day without a time as that day everywhere', () => {
    const resets = (resetsAt: string) => title('{resetsAt}', { figures: { resetsAt } })
    expect(resets('2026-12-01')).toBe('December 1, 2026')
    expect(resets('2026-12-01T12:00:00Z')).toBe('December 1, 2026')
    expect(resets('next week')).toBeUndefined()
  })

  test('give the resource in the number before it, whether that is a figure or written', () => {
    const text = '1 {resource}, 2 {resource}; {used} {resource} of {limit} {resource}'
    expect(title(text, {}, 1)).toBe('1 project, 2 projects; 1 project of 100 projects')
    expect(title('Your {resource}', {}, 1)).toBe('Your projects')
  })

  test('name a resource and a feature by their ids, where they have no words', () => {
    const change = { config: { resources: {}, features: {} } }
    expect(title('{limit} {resource}', { ...change, figures: { resource: 'api_calls' } })).toBe('100 api calls')
    expect(writePrompt(featurePrompt({ ...change, figures: { feature: 'audit_log' } }), page)?.title).toBe('Audit log')
    expect(writePrompt(teamPrompt(change), page)?.title).toBe('9 of 10 seats are taken')
  })

  test.each([
    '{user.name}',
    '{nonsense}',
    '{}',
    '{constructor}',
    '{user.toString}',
    '{user.__proto__}',
    '{plan}',
    '{user}',
  ])('keep a prompt from showing while %s is unknown', (text) => {
    expect(title(`Hello ${text}`)).toBeUndefined()
    expect(title(`Hello ${text.replace('}', '|you}')}`)).toBe('Hello you')
  })

  test.each([
    undefined,
    null,
    '',
    ' ',
    '\0',
    {},
    [],
    ['a'],
    Number.NaN,
    Number.POSITIVE_INFINITY,
    true,
    () => 'x',
    Symbol('x'),
  ])('take %s for an unknown trait', (name) => {
    const change = { user: { name } }
    if (name !== null) expect(title('Hello {user.name}', change)).toBeUndefined()
    if (name !== null) expect(title('Hello {user.name|you}', change)).toBe('Hello you')
  })

  test('take nothing from a prototype', () => {
    expect(title('{user.constructor.name|you}')).toBe('you')
    expect(title('{user.name|you}', { user: Object.create({ name: 'Eve' }) })).toBe('you')
  })

  test('that are unknown in the body keep a prompt from showing too', () => {
    const write = (body: string) => writePrompt(limitPrompt(82, { trigger: { copy: { body } } }), page)
    expect(write('Hello {user.name}')).toBeNull()
    expect(write('Hello {user.name|you}')).toMatchObject({ title: '82 of 100 projects used', text: 'Hello you' })
  })

  test('go into links as they are: ids, not words; whole, not shortened; numbers and moments for machines', () => {
    const upgrade =
      '/up?of={resource}&used={used}&until={resetsAt}&by={user.name}&feature={feature.id|none}&in={plan.name}'
    const name = `${'x'.repeat(150)} \u202ey`
    const figures = { resource: 'api_calls', used: 1234, limit: 2000, resetsAt: '2026-12-01T00:00:00Z' }
    const content = writePrompt(limitPrompt(82, { user: { name }, figures, config: { links: { upgrade } } }), page)!
    expect(Object.fromEntries(new URL(content.primary!.href!).searchParams)).toEqual({
      of: 'api_calls',
      used: '1234',
      until: '2026-12-01T00:00:00Z',
      by: name,
      feature: 'none',
      in: 'Pro',
    })
  })

  test('that name a price give way to the built-in words, for who cannot buy', () => {
    expect(title('Only {plan.price}!', { buyer: false })).toBe('82 of 100 projects used')
  })
})

describe('plural forms', () => {
  const forms = { one: 'one', other: 'other' }

  test('go by what the trigger counts', () => {
    const copy = { title: forms }
    expect([1, 2].map((used) => title(forms, {}, used))).toEqual(['one', 'other'])
    expect(
      [1, 2].map((attempts) => writePrompt(featurePrompt({ figures: { attempts }, trigger: { copy } }), page)?.title),
    ).toEqual(['one', 'other'])
    expect([1, 2].map((needed) => writePrompt(teamPrompt({ trigger: { copy } }), page, needed)?.title)).toEqual([
      'one',
      'other',
    ])
    expect([1, 2].map((n) => writePrompt(milestonePrompt(n, { trigger: { copy } }), page)?.title)).toEqual([
      'one',
      'other',
    ])
  })

  test('go by the figure that they name', () => {
    expect(title({ ...forms, by: 'remaining' }, {}, 99)).toBe('one')
    expect(title({ ...forms, by: 'account.size' }, { account: { size: 1 } })).toBe('one')
    expect(title({ ...forms, by: 'account.size' })).toBe('other')
  })
})

describe('languages', () => {
  const copy = {
    en: 'en {used}',
    'de-AT': 'at',
    de: 'de',
    'zh-Hans': 'hans',
    'zh-TW': 'tw',
    'pt-BR': 'br',
    'sr-Latn': 'latn',
  }
  const read = (locale: string | undefined, text: Text = copy, locales: readonly string[] = []) =>
    writePrompt(
      { ...limitPrompt(82, { trigger: { copy: { title: text } } }), ...(locale && { locale }) },
      { ...page, locales },
    )?.title

  test.each([
    ['en', 'en 82'],
    ['en-GB', 'en 82'],
    ['de', 'de'],
    ['de-AT', 'at'],
    ['de-CH', 'at'],
    ['DE_at', 'at'],
    ['zh', 'hans'],
    ['zh-HK', 'tw'],
    ['zh-Hant', 'tw'],
    ['pt', 'br'],
    ['pt_PT', 'br'],
    ['sr', 'latn'],
    ['fr', 'en 82'],
    ['not a tag', 'en 82'],
  ])('of copy are matched by script, then at all: %s reads %s', (locale, expected) => {
    expect(read(locale)).toBe(expected)
  })

  test('fall back on English, then on the first', () => {
    expect(read('x'.repeat(1_000_000))).toBe('en 82')
    expect(read('fr', { de: 'de', en: 'en' })).toBe('en')
    expect(read('fr', { de: '{limit} {used}', it: 'it' })).toBe('100 82')
  })

  test('are init’s, else the user’s, else the page’s, else the browser’s', () => {
    const at = (locale: string | undefined, user: unknown, locales: readonly (string | undefined)[]) =>
      writePrompt(
        {
          ...limitPrompt(82, { user: { locale: user }, trigger: { copy: { title: copy } } }),
          ...(locale && { locale }),
        },
        { ...page, locales },
      )?.title
    expect(at('de', 'pt', ['zh'])).toBe('de')
    expect(at(undefined, 'pt', ['zh'])).toBe('br')
    expect(at(undefined, undefined, ['zh', 'de'])).toBe('hans')
    expect(at(undefined, 7, ['', 'de'])).toBe('de')
    expect(at(undefined, undefined, [undefined, ''])).toBe('en 82')
  })

  test('are named in the content: of the copy where there is some, else of the built-in words', () => {
    const locale = (change: Change) => writePrompt(limitPrompt(82, change), page)?.locale
    expect(locale({ locale: 'de-CH', trigger: { copy: { title: copy } } })).toBe('de-CH')
    expect(locale({ locale: 'fr', trigger: { copy: { title: copy } } })).toBe('en')
    expect(locale({ locale: 'en-GB' })).toBe('en-GB')
    expect(locale({ locale: 'de' })).toBe('en')
    expect(locale({ locale: 'de', config: { labels: { de: { stop: 'Nicht mehr zeigen' } } } })).toBe('de')
  })

  test('do not mix within a sentence', () => {
    const resources = {
      projects: { en: { one: 'project', other: 'projects' }, de: { one: 'Projekt', other: 'Projekte' } },
    }
    const change = { locale: 'de', config: { resources } }
    // English words keep English figures and names, German copy keeps German ones; a price goes without English words.
    expect(writePrompt(limitPrompt(82, change), page)?.text).toBe('Pro gives you 1,000 projects for $99 a month.')
    expect(title({ de: '{plan.limit} {resource} für {plan.price}' }, change)).toBe('1.000 Projekte für 99\u00a0$')
    expect(title({ de: '{plan.limit}' }, { ...change, plan: { ...pro, limits: { projects: null } } })).toBe('∞')
  })
})

/** What each language makes of 1, 2, 3, 5, 11, 21 and 1234.5 projects. */
test.each([
  ['en', '1 one|2 other|3 other|5 other|11 other|21 other|1,234.5 other'],
  ['de', '1 one|2 other|3 other|5 other|11 other|21 other|1.234,5 other'],
  ['ar', '1 one|2 two|3 few|5 few|11 many|21 many|1,234.5 other'],
  ['ar-EG', '١ one|٢ two|٣ few|٥ few|١١ many|٢١ many|١٬٢٣٤٫٥ other'],
  ['pl', '1 one|2 few|3 few|5 many|11 many|21 many|1234,5 other'],
  ['zh', '1 other|2 other|3 other|5 other|11 other|21 other|1,234.5 other'],
  ['he', '1 one|2 two|3 other|5 other|11 other|21 other|1,234.5 other'],
  ['ja', '1 other|2 other|3 other|5 other|11 other|21 other|1,234.5 other'],
])('counts in %s: %s', (locale, expected) => {
  const forms = Object.fromEntries(
    ['one', 'two', 'few', 'many', 'other'].map((form) => [form, `{used} ${form}`]),
  ) as unknown as Text
  const counted = [1, 2, 3, 5, 11, 21, 1234.5].map((used) =>
    title({ [locale]: forms } as Text, { locale, figures: { limit: 9999 } }, used),
  )
  expect(counted.join('|')).toBe(expected)
})

test.each([
  ['en', '$99 a month', '82%', 'December 1, 2026'],
  ['de', '99\u00a0$', '82\u00a0%', '1. Dezember 2026'],
  ['ar', `${FSI}\u200f99\u00a0US$\u200e${PDI}`, '82\u200e%\u200e', `${FSI}1 ديسمبر 2026${PDI}`],
  ['pl', '99\u00a0USD', '82%', '1 grudnia 2026'],
  ['zh', 'US$99', '82%', '2026年12月1日'],
  ['he', `${FSI}\u200f99\u00a0\u200f$${PDI}`, '82%', `${FSI}1 בדצמבר 2026${PDI}`],
  ['ja', '$99', '82%', '2026年12月1日'],
])('writes money, percent and dates in %s', (locale, price, percent, day) => {
  const word = locale === 'ar' ? 'و' : locale === 'he' ? 'ו' : ''
  const text = { [locale]: `{plan.price}${word}|{percent}|{resetsAt}` } as Text
  expect(title(text, { locale, figures: { resetsAt: '2026-12-01' } })).toBe(`${price}${word}|${percent}|${day}`)
})

describe('labels', () => {
  const polish = {
    'team.members': '{n} członków',
    'team.members.one': '{n} członek',
    'team.members.few': '{n} członkowie',
    'team.title': 'Zajęte {resource}: {used} z {limit}',
    'price.month': '{amount} miesięcznie',
    stop: 'Nie pokazuj tego więcej',
  }
  const resources = { seats: { pl: { one: 'miejsce', few: 'miejsca', many: 'miejsc', other: 'miejsca' }, en: 'seats' } }

  test('replace built-in words for the languages that have them, in their own plural forms', () => {
    const write = (used: number, locale: string) => {
      const content = writePrompt(
        teamPrompt({ locale, figures: { used, pending: 0 }, config: { labels: { pl: polish }, resources } }),
        page,
      )!
      return [content.title, content.seats?.parts[0]?.label, content.stop, content.dismiss]
    }
    expect(write(1, 'pl')).toEqual(['Zajęte miejsca: 1 z 10', '1 członek', 'Nie pokazuj tego więcej', 'Dismiss'])
    expect(write(3, 'pl-PL')[1]).toBe('3 członkowie')
    expect(write(5, 'pl')[1]).toBe('5 członków')
    expect(write(1, 'de')).toEqual(['1 of 10 seats is taken', '1 member', 'Stop showing these', 'Dismiss'])
  })

  test('go into prices within copy of their language', () => {
    const change = { locale: 'pl', config: { labels: { pl: polish } } }
    expect(title({ pl: 'Za {plan.price}' }, change)).toBe('Za 99\u00a0USD miesięcznie')
  })

  test('of English replace single built-in words', () => {
    const change = { config: { labels: { en: { 'limit.title': '{used}/{limit}', 'full.title': 'Full: {limit}' } } } }
    expect(writePrompt(limitPrompt(82, change), page)).toMatchObject({ title: '82/100', stop: 'Stop showing these' })
    expect(writePrompt(limitPrompt(1, { ...change, figures: { limit: 1 } }), page)?.title).toBe('Full: 1')
  })

  test('are all named, plural forms aside', () => {
    expect(labelNames).toEqual(expect.arrayContaining(['stop', 'limit.title', 'team.members', 'bill.due', 'plans.new']))
    expect(labelNames.filter((name) => /\.(one|few|other)$/.test(name))).toEqual([])
    expect(
      Object.keys(labels)
        .map((name) => name.replace(/\.one$/, ''))
        .filter((name) => !labelNames.includes(name)),
    ).toEqual([])
  })

  test('follow the rules for copy: no exclamation mark, nothing pushed', () => {
    expect(Object.values(labels).join('\n')).not.toMatch(/!|unlock|supercharge|miss out|hurry|last chance|only \d/i)
  })
})

describe('text from elsewhere', () => {
  const hello = (name: unknown) => title('Hello {user.name}, welcome', { user: { name } })

  test.each([
    ['markup', '<img src=x onerror=alert(1)>', '<img src=x onerror=alert(1)>'],
    ['a template', '{plan.price} {{ {user.role|x}', '{plan.price} {{ {user.role|x}'],
    ['line ends and tabs', ' Ana\r\n\tRuiz ', 'Ana Ruiz'],
    ['controls', 'A\0n\u0007a\u009f', 'Ana'],
    ['overrides of direction', '\u202eana\u202c \u2067Ruiz\u2069', 'ana Ruiz'],
    ['lone surrogates', 'A\ud800na\udc00', 'A\ufffdna\ufffd'],
    ['towers of marks', `Z${'\u0301'.repeat(50)}a`, `Z${'\u0301'.repeat(4)}a`],
    ['an emoji of several parts', '👩‍👩‍👧 Ana', '👩‍👩‍👧 Ana'],
  ])('stays text: %s', (_, name, expected) => {
    expect(hello(name)).toBe(`Hello ${expected}, welcome`)
  })

  test('of the other direction is kept apart', () => {
    expect(hello('אנה')).toBe(`Hello ${FSI}אנה${PDI}, welcome`)
    expect(hello('\u202eאנה\u2069')).toBe(`Hello ${FSI}אנה${PDI}, welcome`)
    expect(title({ he: 'שלום {user.name}' }, { locale: 'he', user: { name: 'Ana' } })).toBe(`שלום ${FSI}Ana${PDI}`)
  })

  test('is cut at 100 characters, never within one', () => {
    expect(hello('x'.repeat(100))).toBe(`Hello ${'x'.repeat(100)}, welcome`)
    expect(hello('x'.repeat(101))).toBe(`Hello ${'x'.repeat(99)}…, welcome`)
    expect(hello('😀'.repeat(101))).toBe(`Hello ${'😀'.repeat(99)}…, welcome`)
    expect(hello('y'.repeat(1_000_000))).toBe(`Hello ${'y'.repeat(99)}…, welcome`)
  })

  test('never brings in controls, lone surrogates, unclosed isolates or more than its share', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', minLength: 1, maxLength: 300 }), (name) => {
        const said = title('{user.name|you}', { user: { name } }) as string
        expect(said).not.toMatch(/[\p{Cc}\p{Cs}\u202a-\u202e\u2066\u2067]/u)
        expect(said).toMatch(/^(\u2068[^\u2068\u2069]+\u2069|[^\u2068\u2069]+)$/s)
        expect([...said].length).toBeLessThanOrEqual(102)
      }),
    )
  }, 30_000)
})

test('says nothing that is no word, whatever is missing', () => {
  const writers = [writePrompt, writeExplainer, writePlans]
  const missing = fc.subarray([
    'used',
    'limit',
    'remaining',
    'percent',
    'needed',
    'pending',
    'requested',
    'milestone',
    'metric',
    'feature',
    'resource',
  ])
  const gone = fc.subarray(['plan', 'current'])
  const file = fc.subarray(['product', 'resources', 'features', 'links'])
  const base = fc.constantFrom(
    limitPrompt(82),
    limitPrompt(100),
    usePrompt(100),
    featurePrompt(),
    teamPrompt(),
    invitePrompt(),
    milestonePrompt(50),
  )
  const without = <T extends object>(of: T, keys: readonly string[]): T =>
    Object.fromEntries(Object.entries(of).filter(([key]) => !keys.includes(key))) as T
  fc.assert(
    fc.property(base, missing, gone, file, fc.boolean(), (prompt, figures, plans, keys, buyer) => {
      const partial: Prompt = {
        ...without(prompt, plans),
        figures: without(prompt.figures, figures),
        config: {
          ...without(config, keys),
          resources: {},
          features: {},
          links: keys.includes('links') ? {} : config.links,
        },
        buyer,
      }
      for (const write of writers) {
        const said = JSON.stringify(write(partial, page))
        expect(said).not.toMatch(/undefined|NaN|\[object|Infinity|\{[\w.]+\}|"(title|label)":""/)
      }
    }),
    { numRuns: 200 },
  )
}, 30_000)

/** What strangers say, by every way in: traits, the context endpoint, locales, paths, searches and marks in the page. */

import type { BrowserContext, Page } from 'playwright-core'
import { afterAll, afterEach, beforeEach, describe, expect, test } from 'vitest'
import {
  ana,
  arrive,
  call,
  closeBrowser,
  event,
  events,
  exampleConfig,
  type Host,
  type HostOptions,
  mishaps,
  newVisitor,
  reasons,
  record,
  soon,
  startHost,
  widget,
} from './host.ts'

let host: Host
let visitor: BrowserContext
let page: Page

const markup = '<img src=x onerror="window.pwned=1"><script>window.pwned=2</script>'
/** What each stranger says, and what of it may be read: one line, up to 100 letters, nothing that reaches out of it. */
const strangers: readonly (readonly [what: string, said: string, shown: string])[] = [
  ['markup', markup, markup],
  ['overrides of direction', '\u202egnp.exe\u202c\u2067x\u2069\u2066', 'gnp.exex'],
  ['zalgo', `Z${'\u0351'.repeat(200)}algo`, `Z${'\u0351'.repeat(4)}algo`],
  ['controls', 'A\u0000n\u0008\u001b[31ma\r\nB', 'An[31ma B'],
  ['halves of letters', 'A\ud800na\udc00', 'A\ufffdna\ufffd'],
  ['a megabyte', 'x'.repeat(1_000_000), `${'x'.repeat(99)}…`],
]

const greeting = exampleConfig({
  triggers: [
    {
      id: 'hello',
      type: 'limit_approaching',
      resource: 'projects',
      copy: { title: '{user.name} in {account.name}', body: 'Of {account.name}.' },
    },
    { id: 'sso-discovery', type: 'feature_discovery', feature: 'sso' },
  ],
})

async function open(options: HostOptions = {}, config: object = greeting): Promise<void> {
  host = await startHost(config, {
    csp: "default-src * data: blob: 'unsafe-inline' 'unsafe-eval'",
    script: greeted,
    ...options,
  })
  await arrive(page, host)
}

beforeEach(async () => {
  visitor = await newVisitor()
  page = await visitor.newPage()
})
afterEach(async () => {
  expect(await mishaps(page)).toEqual([])
  expect(await page.evaluate(() => (window as any).pwned)).toBe(undefined)
  await visitor.close()
  await host.close()
})
afterAll(closeBrowser)

const context = (name: string) => ({
  user: { id: 'ana', role: 'admin', name },
  account: { id: 'acme', plan: 'starter', name },
  usage: { projects: { used: 82 } },
})
/** The host's script: Ana is here, and near her limit. */
const greeted = `${record}
  plimsoll('identify', ${JSON.stringify({ user: context('Ana').user, account: context('Ana').account })})
  plimsoll('usage', ${JSON.stringify(context('Ana').usage)})
`
/** The banner's text, without the marks that keep a name's direction to itself. */
const said = async (): Promise<string> =>
  (await widget(page, 'banner').evaluate(({ textContent }) => `${textContent}`)).replace(/[\u2068\u2069]/g, '')

describe('names', () => {
  test('from the page are shown as bounded text, each in a line of its own', async () => {
    await open({ script: record })
    for (const [what, name, shown] of strangers) {
      const { user, account, usage } = context(name)
      await call(page, 'identify', { user, account })
      await call(page, 'usage', usage)
      await call(page, 'preview', 'hello')
      await soon(said).toContain(`${shown} in ${shown}`)
      expect([what, (await said()).length < 1000]).toEqual([what, true])
      expect(await widget(page, 'banner').locator('img, script').count()).toBe(0)
    }
  })

  test.each(strangers)('from the context endpoint too: %s', async (_, name, shown) => {
    await open({
      script: record,
      tag: 'data-config="/triggers.json" data-context="/context"',
      routes: { '/context': () => ({ body: JSON.stringify(context(name)) }) },
    })
    // An answer over a megabyte is none, and is told of.
    if (name.length < 100_000) return void (await soon(said).toContain(`${shown} in ${shown}`))
    expect((await event(page, 'error')).message).toContain('over 1000000 bytes')
    expect(await widget(page, 'banner').count()).toBe(0)
  })

  const deep = (inner: string): string => '['.repeat(100_000) + inner + ']'.repeat(100_000)
  const { usage } = context('Ana')

  test.each([
    ['100,000 deep', /found list, expected an object/, deep('')],
    ['a list of 100,000', /found list, expected an object/, JSON.stringify(Array(100_000).fill(0))],
    ['a list whose text cannot be had', /found list, expected an object/, '[{"toString":1,"valueOf":1}]'],
    [
      'a trait 100,000 deep',
      /over 2000 values or 8 levels/,
      `{"user":{"id":"ana","name":${deep('"Eve"')}},"usage":${JSON.stringify(usage)}}`,
    ],
    [
      'a trait that is a list of 100,000',
      /over 2000 values or 8 levels/,
      JSON.stringify({ user: { id: 'ana', name: Array(100_000).fill(0) }, usage }),
    ],
  ])('are none in an endpoint’s answer that is %s: the page goes on, and guards answer', async (_, words, body) => {
    await open({
      script: record,
      tag: 'data-config="/triggers.json" data-context="/context"',
      routes: { '/context': () => ({ body }) },
    })
    expect(await events(page, 'error')).toMatchObject([{ message: expect.stringMatching(words) }])
    expect(await widget(page, 'banner').count()).toBe(0)
    expect(await call(page, 'guard', 'use', { resource: 'projects', amount: 1 })).toMatchObject({ allowed: true })
  })
})

test('a context endpoint that redirects to another origin is refused', async () => {
  const other = await startHost()
  try {
    other.options = {
      routes: {
        '/context': () => ({ body: JSON.stringify(context('Eve')), headers: { 'access-control-allow-origin': '*' } }),
      },
    }
    await open({
      script: record,
      tag: 'data-config="/triggers.json" data-context="/context"',
      routes: { '/context': () => ({ status: 302, headers: { location: `${other.origin}/context` }, body: '' }) },
    })
    expect((await event(page, 'error')).message).toContain('redirected to another origin')
    expect(await page.evaluate(() => (window as any).plimsoll.$context.get().user)).not.toHaveProperty('id')
  } finally {
    await other.close()
  }
})

describe('locales', () => {
  const tags = [
    'en-US\u0000',
    '__proto__',
    'constructor',
    markup,
    'x'.repeat(100_000),
    '../../en',
    'en-u-nu-\ud800',
    '-',
    '*',
  ]

  test('that are none leave English: of the page, of the user, and of init', async () => {
    const script = `${record}document.documentElement.lang = ${JSON.stringify(markup)}
      plimsoll('init', { config: '/triggers.json', locale: ${JSON.stringify(tags[3])} })
      plimsoll('usage', { projects: { used: 82 } })`
    await open({ script, tag: '' })
    for (const locale of tags) {
      await page.evaluate((tag) => {
        document.documentElement.lang = tag
      }, locale)
      const { user, account, usage } = context('Ana')
      await call(page, 'identify', { user: { ...user, locale }, account })
      await call(page, 'usage', usage)
      await call(page, 'preview', 'hello')
      await soon(said).toContain('Upgrade now')
    }
    expect(await events(page, 'error')).toEqual([])
  })
})

describe('what the page says by its marks, its paths and its fields', () => {
  test('is looked up and never run: features, slots, guards and requests of any name', async () => {
    const marks = [
      '"><img src=x onerror=window.pwned=1>',
      '__proto__',
      ']"\\',
      'x'.repeat(50_000),
      '\u202e',
      '{user.name}',
    ]
    const requests = [
      '{',
      '[]',
      'null',
      '{"seats":1e999}',
      '{"__proto__":{"seats":9}}',
      `${'['.repeat(20_000)}`,
      markup,
    ]
    await open({ script: greeted })
    await event(page, 'impression', 'hello')
    await page.evaluate(
      ([names, asks]) => {
        for (const name of names as string[]) {
          for (const key of ['plimsollFeature', 'plimsollSlot', 'plimsollSearch', 'plimsollGuard']) {
            const made = document.createElement('button')
            made.dataset[key] = name
            made.className = 'mark'
            document.body.append(made)
          }
        }
        for (const ask of asks as string[]) {
          const made = document.createElement('button')
          made.className = 'mark'
          Object.assign(made.dataset, { plimsollGuard: 'invite', plimsollRequest: ask })
          document.body.append(made)
        }
      },
      [marks, requests],
    )
    await page.evaluate(() => {
      for (const mark of document.querySelectorAll<HTMLElement>('.mark')) mark.click()
    })
    await call(page, 'usage', { projects: { used: 83 } })
    await soon(said).toContain('Upgrade now')
    expect(await page.evaluate(() => ({}) as any).then(({ seats }) => seats)).toBe(undefined)
  })

  test('is a path as it stands, however long or strange', async () => {
    await open({ script: greeted })
    for (const path of [
      `/${markup}`,
      `/${'a/'.repeat(50_000)}`,
      '/\u0000/\ud800',
      '',
      '//evil.example',
      'javascript:window.pwned=1',
    ]) {
      await call(page, 'page', path)
      await call(page, 'preview', 'hello')
    }
    await call(page, 'usage', { projects: { used: 84 } })
    expect(await events(page, 'error')).toEqual([])
  })

  test('is a search of any length, in a moment, and a real one is understood after it', async () => {
    await open({ script: `${record}${ana}` })
    const queries = [markup, 'x '.repeat(500_000), '\u0000sso\ud800', 'o\u0351'.repeat(10_000), '((((((', '\\']
    for (const query of queries) {
      const took = await page.evaluate(async (text) => {
        const since = performance.now()
        await (window as any).plimsoll.track('search', { query: text })
        return performance.now() - since
      }, query)
      expect([query.slice(0, 20), took < 2000]).toEqual([query.slice(0, 20), true])
    }
    expect(await reasons(page, 'sso-discovery')).toContain('not_matched')
    await call(page, 'track', 'search', { query: 'okta' })
    await soon(() => reasons(page, 'sso-discovery')).toContain('no_place')
    expect(await events(page, 'error')).toEqual([])
  })
})

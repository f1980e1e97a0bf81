import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { checkLink, resolveLink } from '../../packages/sdk/src/content/index.ts'
import { page } from './fixtures.ts'

const values: { readonly [name: string]: unknown } = {
  'plan.id': 'pro',
  'trigger.id': 'projects-80',
  'seats.needed': 3,
}
const read = (name: string): unknown => values[name]
const resolve = (template: string, value?: unknown): string | null =>
  resolveLink(template, value === undefined ? read : () => value, page)

describe('a link', () => {
  test('is filled in, each value encoded, and resolved against the page', () => {
    expect(resolve('/billing/upgrade?plan={plan.id}&from={trigger.id}')).toBe(
      'https://app.acme.test/billing/upgrade?plan=pro&from=projects-80',
    )
    expect(resolve('/billing/seats?add={seats.needed}')).toBe('https://app.acme.test/billing/seats?add=3')
    expect(resolve('/x/{v}/y?z={v}#{v}', 'a b/c?d&e=f#g')).toBe(
      'https://app.acme.test/x/a%20b%2Fc%3Fd%26e%3Df%23g/y?z=a%20b%2Fc%3Fd%26e%3Df%23g#a%20b%2Fc%3Fd%26e%3Df%23g',
    )
  })

  test('takes a fallback for a value that is unknown, empty or no text', () => {
    for (const value of [undefined, null, '', {}, [], Number.NaN, Number.POSITIVE_INFINITY, true, () => 'x']) {
      expect(resolveLink('/a?b={v|c d}', () => value, page)).toBe('https://app.acme.test/a?b=c%20d')
      expect(resolveLink('/a?b={v}', () => value, page)).toBeNull()
    }
    expect(resolveLink('/a?b={v|}', () => undefined, page)).toBe('https://app.acme.test/a?b=')
  })

  test('leads to another origin only where that is listed, scheme and port included', () => {
    const listed = { ...page, linkOrigins: ['https://billing.acme.test'] }
    expect(resolveLink('https://billing.acme.test/{plan.id}', read, listed)).toBe('https://billing.acme.test/pro')
    expect(resolveLink('https://billing.acme.test/{plan.id}', read, page)).toBeNull()
    expect(resolveLink('http://billing.acme.test/', read, listed)).toBeNull()
    expect(resolveLink('https://billing.acme.test:444/', read, listed)).toBeNull()
    expect(resolveLink('https://billing.acme.test.evil.test/', read, listed)).toBeNull()
  })

  test('may write a mail whose address is literal', () => {
    expect(resolve('mailto:sales@acme.test?subject={plan.id}')).toBe('mailto:sales@acme.test?subject=pro')
    expect(resolve('mailto:sales@acme.test')).toBe('mailto:sales@acme.test')
    expect(resolve('mailto:{v}', 'eve@evil.test')).toBeNull()
    expect(resolve('mailto:sales@{v}?subject=x', 'evil.test')).toBeNull()
  })

  test('is refused on a page that has no address to resolve it against', () => {
    expect(resolveLink('/billing', read, { ...page, href: 'about:blank', origin: 'null' })).toBeNull()
  })
})

/** Scripts, data and other people's hosts, in every disguise that a template or a page's edit could give them. */
const disguises = [
  'javascript:alert(1)',
  'JaVaScRiPt:alert(1)',
  ' javascript:alert(1)',
  '\u0001javascript:alert(1)',
  'java\tscript:alert(1)',
  'java\nscript:alert(1)',
  'java\r\nscript:alert(1)',
  '\tjavascript\n:alert(1)',
  'javascript://app.acme.test/%0aalert(1)',
  'javascript:https://app.acme.test/',
  'vbscript:msgbox(1)',
  'data:text/html,<script>alert(1)</script>',
  'data:text/html;base64,PHNjcmlwdD4=',
  'blob:https://app.acme.test/0b4d2c1e',
  'filesystem:https://app.acme.test/temporary/x',
  'view-source:https://app.acme.test/',
  'jar:https://app.acme.test/!/x',
  'about:blank',
  'file:///etc/passwd',
  'ftp://app.acme.test/',
  'ws://app.acme.test/',
  'intent://app.acme.test#Intent;scheme=https;end',
  '//evil.test',
  '///evil.test',
  '////evil.test/x',
  '\\\\evil.test',
  '/\\evil.test',
  '\\/evil.test',
  '/\t/evil.test',
  '/\n/evil.test',
  '\t//evil.test',
  ' //evil.test',
  'https:evil.test/x'.replace('https', 'http'),
  'https://evil.test',
  'https:/\\evil.test',
  'https:\\\\evil.test',
  'https:///evil.test/',
  'https://evil.test\\@app.acme.test/',
  'https://app.acme.test@evil.test/',
  'https://app.acme.test:443@evil.test/',
  'https://user@app.acme.test/',
  'https://user:pass@app.acme.test/',
  'https://:pass@app.acme.test/',
  'https://app.acme.test.evil.test/',
  'https://evil.test/https://app.acme.test/',
  'https://evil.test#app.acme.test',
  'https://evil.test?app.acme.test',
  'http://app.acme.test/',
  'https://app.acme.test:8443/',
  'https://app.acme.test%2eevil.test/',
  'https://evil。test/',
  'https://\u0430pp.acme.test/', // Cyrillic a
  'https://',
  'https://[::1',
]

test.each(disguises)('refuses %j, written out or already on the page', (link) => {
  expect(resolve(link)).toBeNull()
  expect(checkLink(link, page)).toBe(false)
})

test.each(disguises)('takes %j as a value and keeps it one', (value) => {
  const link = new URL(resolve('/go/{v}?to={v}', value) as string)
  expect(link.origin).toBe('https://app.acme.test')
  expect(decodeURIComponent(link.pathname.slice('/go/'.length))).toBe(value)
  expect(link.searchParams.get('to')).toBe(value)
})

test.each([
  '//app.acme.test/x',
  'https:/billing',
  'https:evil.test/x',
  'evil.test',
  'billing',
  '',
  '{v}',
  '{v}/x',
  'x{v}',
  'java{v}:alert(1)',
  '\\x',
])('refuses the template %j, whose scheme and host are not written out', (template) => {
  expect(resolve(template, 'script')).toBeNull()
})

test.each([
  '{v}://app.acme.test/',
  'https://{v}/',
  'https://{v}.acme.test/',
  'https://app.acme.test{v}/',
  'https://app.acme.test:{v}/',
  'https://{v}@app.acme.test/',
  '//{v}/x',
  '/{v}/../..//x\\{v}',
])('refuses a value in %j, where it would choose whom to call', (template) => {
  expect(resolve(template, 'evil')).toBeNull()
  expect(resolve(template, '443')).toBeNull()
})

test.each(['/a?{v}=1', '/a?x=1&{v}=2', '/a?pre{v}=1', '/a?{v}'])(
  'refuses a value as the name of a query key, in %j',
  (template) => {
    expect(resolve(template, 'admin')).toBeNull()
  },
)

test.each([
  ['/a/{v}/b', '.'],
  ['/a/{v}/b', '..'],
  ['/a/{v}', '..'],
  ['/a/{v}?x', '..'],
  ['/a/{v}#x', '..'],
  ['/{v}', '..'],
  ['/a/.{v}/b', '.'],
  ['/a/{v}./b', '.'],
  ['/a/{v}{v}/b', '.'],
  ['/a/%2e{v}/b', '.'],
  ['/a/{v}%2E/b', '.'],
  ['https://app.acme.test/a/{v}/b', '..'],
  ['/a/\t{v}/b', '..'],
  ['/a/.\0{v}/b', '.'],
  ['/a/{v}\n./b', '.'],
])('refuses %j with %j: it would climb', (template, value) => {
  expect(resolve(template, value)).toBeNull()
})

test('refuses a fallback that leaves a path segment empty, or of dots', () => {
  expect(resolveLink('/{v|}/evil.test', () => undefined, page)).toBeNull()
  expect(resolveLink('/a/..{v|}/b', () => undefined, page)).toBeNull()
})

test('keeps dots that climb nowhere', () => {
  expect(resolve('/a/{v}', '%2e%2e')).toBe('https://app.acme.test/a/%252e%252e')
  expect(resolve('/a/{v}', '1.2')).toBe('https://app.acme.test/a/1.2')
  expect(resolve('/a?b={v}', '..')).toBe('https://app.acme.test/a?b=..')
  expect(resolve('/a/../{v}', 'b')).toBe('https://app.acme.test/b')
})

test('replaces lone surrogates, which cannot be encoded', () => {
  expect(resolve('/a?b={v}', 'x\ud800y\udc00')).toBe('https://app.acme.test/a?b=x%EF%BF%BDy%EF%BF%BD')
  expect(resolve('/a?b={v}', '\u{1f600}')).toBe('https://app.acme.test/a?b=%F0%9F%98%80')
})

test('refuses a value of over 2,000 characters rather than shorten it', () => {
  expect(resolve('/a?b={v}', 'x'.repeat(2000))).toBe(`https://app.acme.test/a?b=${'x'.repeat(2000)}`)
  expect(resolve('/a?b={v}', 'x'.repeat(2001))).toBeNull()
  expect(resolve('/a?b={v}', 'x'.repeat(1_000_000))).toBeNull()
})

test('checks a link again at the click, whatever a page has made of it', () => {
  expect(checkLink('https://app.acme.test/billing', page)).toBe(true)
  expect(checkLink('/billing', page)).toBe(true)
  expect(checkLink('mailto:sales@acme.test', page)).toBe(true)
  expect(checkLink('https://billing.acme.test/', { ...page, linkOrigins: ['https://billing.acme.test'] })).toBe(true)
  expect(checkLink('https://billing.acme.test/', page)).toBe(false)
  expect(
    checkLink('https://user:pass@billing.acme.test/', { ...page, linkOrigins: ['https://billing.acme.test'] }),
  ).toBe(false)
})

const value = fc.oneof(
  fc.string({ unit: 'binary' }),
  fc.string({
    unit: fc.constantFrom('.', '/', '\\', '%', '2', 'e', ':', '@', '?', '#', '&', '=', '\0', '\t', '\ud800', 'a'),
  }),
  fc.constantFrom(...disguises),
)
const templates = ['/a/{v}/b', '/{v}', '/a/x{v}y?c={v}#{v}', 'https://app.acme.test/{v}?q={v}', '/a/{v}/{v}?q=1&r={v}']

test('lets no value change scheme, host, depth of the path or keys of the query', () => {
  fc.assert(
    fc.property(fc.constantFrom(...templates), value, (template, v) => {
      const link = resolve(template, v)
      if (link === null) return
      const url = new URL(link)
      const plain = new URL(template.replaceAll('{v}', 'v'), page.href)
      expect([url.protocol, url.host, url.username, url.password]).toEqual(['https:', 'app.acme.test', '', ''])
      expect(url.pathname.split('/')).toHaveLength(plain.pathname.split('/').length)
      expect([...url.searchParams.keys()]).toEqual([...plain.searchParams.keys()])
      expect(checkLink(link, page)).toBe(true)
    }),
    { numRuns: 3000 },
  )
}, 30_000)

test('gives a server the value that went in', () => {
  fc.assert(
    fc.property(value, (v) => {
      fc.pre(v !== '')
      const wellFormed = v.replace(/\p{Cs}/gu, '\ufffd')
      expect(new URL(resolve('/a?b={v}', v) as string).searchParams.get('b')).toBe(wellFormed)
    }),
    { numRuns: 1000 },
  )
}, 30_000)

test('never throws, whatever the template', () => {
  fc.assert(
    fc.property(
      fc.string({ unit: fc.constantFrom('/', '{', '}', 'v', '|', ':', '\\', '.', '?', '#', 'a', '\ud800', '%') }),
      value,
      (template, v) => {
        const link = resolve(template, v)
        expect(link === null || checkLink(link, page)).toBe(true)
      },
    ),
    { numRuns: 2000 },
  )
}, 30_000)

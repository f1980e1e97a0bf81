import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { matchSearch, normalizeText, prepareKeywords, searchWords } from '../../packages/sdk/src/core/matchSearch.ts'
import { FEATURE, rulesOf } from './sample.ts'

const holds = (query: string, keywords: readonly string[]): boolean => {
  const found = matchSearch(query, new Map([['sso', keywords]]))
  expect(['', 'sso']).toContain(found.join())
  return found.length > 0
}
const finds = (keyword: string, query: string): boolean => holds(query, prepareKeywords([keyword]))

/** Any UTF-16 text, halves of surrogate pairs included. */
const anyText = fc.array(fc.nat(0xffff)).map((units) => String.fromCharCode(...units))

describe('finds a keyword as whole words', () => {
  test.each([
    ['SAML', 'set up saml?'],
    ['saml', 'SAML'],
    ['saml', '(saml)'],
    ['sso', 'okta/sso'],
    ['sso', 'sso_login'],
    ['sso', '"SSO"'],
    ['single sign-on', 'how does single sign-on work'],
    ['single sign-on', 'Single  Sign On'],
    ['sign on', 'single-sign-on'],
    ['2fa', 'enable 2FA!'],
    ['24/7', 'support 24/7'],
  ])('%j in %j', (keyword, query) => {
    expect(finds(keyword, query)).toBe(true)
  })

  test.each([
    ['sso', 'lesson'],
    ['sso', 'ssoo'],
    ['sso', 'asso'],
    ['sso', '2sso'],
    ['sso', 'sso2'],
    ['sso', 's s o'],
    ['single sign-on', 'sign-on single'],
    ['single sign-on', 'single sign'],
    ['2fa', '12fa'],
    ['export', 'exports'],
    ['saml', ''],
    ['saml', '   '],
  ])('%j not in %j', (keyword, query) => {
    expect(finds(keyword, query)).toBe(false)
  })
})

describe('takes no notice of case, marks and widths', () => {
  test.each([
    ['café', 'cafe'],
    ['cafe', 'CAFÉ'],
    ['café', 'cafe\u0301 near me'],
    ['istanbul', 'İSTANBUL'],
    ['İstanbul', 'istanbul'],
    ['uberblick', 'Überblick'],
    ['saml', 'ＳＡＭＬ'],
    ['file', 'ﬁle'],
    ['елка', 'Ёлка'],
    ['مُحَاسَبَة', 'محاسبة'],
  ])('%j in %j', (keyword, query) => {
    expect(finds(keyword, query)).toBe(true)
  })

  test('keeps letters apart that are no marked forms of each other', () => {
    expect(finds('ø', 'o')).toBe(false)
    expect(finds('ß', 's')).toBe(false)
  })
})

describe('finds a part where a script has no spaces', () => {
  test.each([
    ['Japanese', 'シングルサインオン', 'シングルサインオンの設定'],
    ['Japanese, half width', 'サイン', 'ｼﾝｸﾞﾙｻｲﾝｵﾝ'],
    ['Japanese, in the middle', '設定', '新規設定画面'],
    ['Japanese, beside Latin', 'sso', 'SSOを設定する'],
    ['Chinese', '单点登录', '如何启用单点登录功能'],
    ['Chinese, a rare letter', '𠮷', '土𠮷野'],
    ['Thai', 'ใบแจ้งหนี้', 'ดูใบแจ้งหนี้ทั้งหมด'],
    ['Lao', 'ລະຫັດ', 'ປ່ຽນລະຫັດຜ່ານ'],
    ['Khmer', 'វិក្កយបត្រ', 'មើលវិក្កយបត្រទាំងអស់'],
    ['Myanmar', 'ငွေတောင်းခံ', 'ကျွန်ုပ်၏ငွေတောင်းခံလွှာ'],
  ])('%s', (_, keyword, query) => {
    expect(finds(keyword, query)).toBe(true)
  })

  test.each([
    ['Japanese letters in another order', '設定', '定設'],
    ['a Latin word inside a longer one, beside Japanese', 'sso', 'lessonの設定'],
    ['a Korean word inside a longer one', '결제', '미결제건'],
  ])('but not %s', (_, keyword, query) => {
    expect(finds(keyword, query)).toBe(false)
  })
})

describe('never matches an empty keyword', () => {
  test.each(['', ' ', '?!', '🔒', '\u0301', '\u200b'])('%j', (keyword) => {
    expect(prepareKeywords([keyword])).toEqual([])
    expect(finds(keyword, '')).toBe(false)
    expect(finds(keyword, 'anything at all')).toBe(false)
    expect(finds(keyword, keyword)).toBe(false)
  })

  test('though it was not prepared', () => {
    expect(holds('', [''])).toBe(false)
    expect(holds('anything', [''])).toBe(false)
  })
})

test('matches any of several keywords, and none of none', () => {
  const keywords = prepareKeywords(['Single sign-on', 'saml', '', 'okta'])
  expect(keywords).toEqual(['single sign on', 'saml', 'okta'])
  expect(holds('connect OKTA', keywords)).toBe(true)
  expect(holds('connect github', keywords)).toBe(false)
  expect(holds('connect okta', [])).toBe(false)
})

test('reads 200 characters of a query and no more', () => {
  expect(finds('saml', `${'a'.repeat(195)} saml`)).toBe(true)
  expect(finds('saml', `${'a'.repeat(196)} saml`)).toBe(false)
  expect(finds('saml', `saml ${'a'.repeat(100_000)}`)).toBe(true)
})

test('does not take a word that the bound cuts for a whole one', () => {
  expect(finds('sam', `${'a'.repeat(196)} saml`)).toBe(false)
  expect(finds('sam', `${'a'.repeat(196)} sam`)).toBe(true)
})

describe('normalizeText', () => {
  test.each([
    ['  Set up  SAML? ', 'set up saml'],
    ['Crème brûlée', 'creme brulee'],
    ['SSOを設定', 'sso を 設 定'],
    ['', ''],
  ])('writes %j as %j', (text, expected) => {
    expect(normalizeText(text)).toBe(expected)
  })

  test('changes nothing a second time, and never throws', () => {
    fc.assert(
      fc.property(anyText, (text) => {
        const once = normalizeText(text)
        expect(normalizeText(once)).toBe(once)
      }),
      { numRuns: 500 },
    )
  })
})

test('finds every text with a letter in itself, whatever the script', () => {
  fc.assert(
    fc.property(anyText, (text) => {
      expect(finds(text, text)).toBe(normalizeText(text) !== '')
    }),
    { numRuns: 500 },
  )
})

test('looks for a feature with a trigger by its name in every locale and its keywords, as they are compared', () => {
  const features = {
    sso: { name: { en: 'Single sign-on', de: 'Einmalanmeldung' }, keywords: ['SAML'] },
    audit: { name: 'Audit log' },
  }
  expect([...searchWords(rulesOf([FEATURE], { features }))]).toEqual([
    ['sso', ['single sign on', 'einmalanmeldung', 'saml']],
  ])
})

test('finds every feature that a query names', () => {
  const words = new Map([
    ['sso', ['single sign on', 'okta']],
    ['audit', ['audit log']],
    ['api', ['api', 'okta']],
  ])
  expect(matchSearch('connect Okta', words)).toEqual(['sso', 'api'])
  expect(matchSearch('billing', words)).toEqual([])
})

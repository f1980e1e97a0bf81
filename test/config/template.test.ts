import fc from 'fast-check'
import { expect, test } from 'vitest'
import { parseTemplate } from '../../packages/sdk/src/config/template.ts'

test.each<[template: string, parts: unknown]>([
  ['', []],
  ['Plain text', ['Plain text']],
  ['{used}', [{ name: 'used' }]],
  ['{used} of {limit}', [{ name: 'used' }, ' of ', { name: 'limit' }]],
  ['Hi {user.name|there}!', ['Hi ', { name: 'user.name', fallback: 'there' }, '!']],
  ['{user.name|}', [{ name: 'user.name', fallback: '' }]],
  ['{a|b|c}', [{ name: 'a', fallback: 'b|c' }]],
  ['{ used }', [{ name: 'used' }]],
  ['{}', [{ name: '' }]],
  ['{{', ['{']],
  ['{{used}', ['{used}']],
  ['{{{used}', ['{', { name: 'used' }]],
  ['a }} b', ['a }} b']],
  ['a { b', ['a { b']],
  ['{used', ['{used']],
  ['{used of {limit}', ['{used of ', { name: 'limit' }]],
  ['{used}{limit}', [{ name: 'used' }, { name: 'limit' }]],
])('splits %j', (template, parts) => {
  expect(parseTemplate(template)).toEqual(parts)
})

test('loses nothing: written back, a template without {{ is what it was', () => {
  const pieces = fc.array(fc.constantFrom('{', '}', '|', 'a', 'b.c', ' '), { maxLength: 30 })
  fc.assert(
    fc.property(
      pieces.map((all) => all.join('')).filter((text) => !text.includes('{{') && !/\{\s|\s[|}]/.test(text)),
      (template) => {
        const written = parseTemplate(template).map((part) =>
          typeof part === 'string' ? part : `{${part.name}${part.fallback === undefined ? '' : `|${part.fallback}`}}`,
        )
        expect(written.join('')).toBe(template)
      },
    ),
  )
})

test('is quick with 100,000 braces', () => {
  for (const template of ['{'.repeat(100_000), '{|'.repeat(50_000), `{${'|'.repeat(100_000)}`])
    expect(parseTemplate(template).join('').length).toBeGreaterThan(0)
})

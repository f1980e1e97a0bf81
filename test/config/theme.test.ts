import { describe, expect, test } from 'vitest'
import { parseConfig } from '../../packages/sdk/src/config/index.ts'
import { change } from './cases.ts'

/** What is kept of a theme's accent. */
const accent = (value: unknown) => parseConfig(change({ theme: { accent: value } })).config?.theme.accent

describe('takes', () => {
  test.each([
    '#3366d6',
    'rebeccapurple',
    'rgb(10 20 30 / 0.5)',
    'oklch(0.6 0.2 250)',
    'color-mix(in srgb, red, blue)',
    'var(--brand, #36c)',
    '"Inter", system-ui, sans-serif',
    'calc(1rem + 2px)',
    'x'.repeat(100),
  ])('%s', (value) => {
    expect(accent(value)).toBe(value)
  })
})

describe('leaves out', () => {
  test.each([
    'url(https://evil.example/x)',
    'URL( //evil.example)',
    'u\\72l(//evil.example)',
    'image-set("https://evil.example/x" 1x)',
    '-webkit-image-set("https://evil.example/x" 1x)',
    'image("https://evil.example/x")',
    'src("https://evil.example/x")',
    'cross-fade("https://evil.example/x", red)',
    'element(#password)',
    'red; background: blue',
    'red } * { color: blue',
    'red /* and more',
    '</style><script>',
    '@import "x"',
    'red\nblue',
    '',
    'x'.repeat(101),
    7,
  ])('%j', (value) => {
    expect(accent(value)).toBeUndefined()
  })
})

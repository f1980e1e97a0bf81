import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { labelTable, toLabelNames } from '../../packages/sdk/schema/toLabelNames.ts'
import { parseConfig, parseConfigSliced } from '../../packages/sdk/src/config/index.ts'
import { LABEL_NAMES } from '../../packages/sdk/src/config/labelNames.ts'
import { labels } from '../../packages/sdk/src/content/labels.ts'
import { change } from './cases.ts'

const faultsOf = (words: { readonly [name: string]: unknown }) => {
  const { config, errors } = parseConfig(change({ labels: { en: words } }))
  return { errors: errors.map(({ path, found, nearest }) => [path, found, nearest]), kept: config?.labels.en }
}

test('knows every built-in text: `node packages/sdk/schema/generate.mjs` writes the names anew', () => {
  expect(LABEL_NAMES).toEqual(labelTable())
  const written = readFileSync(new URL('../../packages/sdk/src/config/labelNames.ts', import.meta.url), 'utf8')
  expect(written).toBe(toLabelNames())
})

test('accepts every built-in text as its own replacement', () => {
  expect(faultsOf(labels)).toEqual({ errors: [], kept: labels })
})

test('accepts a plural form of a text, and placeholders of any copy', () => {
  const words = { 'team.members.few': '{n} członków', dismiss: 'Not now, {user.name|friend}' }
  expect(faultsOf(words)).toEqual({ errors: [], kept: words })
})

test('leaves out what no built-in text is called, and names the nearest', () => {
  expect(faultsOf({ dismis: 'No', snooze: 'Later', 'snooze.first': 'x', nothing: 'x' })).toEqual({
    errors: [
      ['labels.en.dismis', 'dismis', 'dismiss'],
      ['labels.en["snooze.first"]', 'snooze.first', undefined],
      ['labels.en.nothing', 'nothing', undefined],
    ],
    kept: { snooze: 'Later' },
  })
})

test('leaves out a text with a placeholder that is never filled', () => {
  expect(faultsOf({ dismiss: 'No {n}', 'team.members': '{m} people', 'team.free': '{n} left, {}' })).toEqual({
    errors: [
      ['labels.en.dismiss', 'n', undefined],
      ['labels.en["team.members"]', 'm', undefined],
      ['labels.en["team.free"]', '""', undefined],
    ],
    kept: {},
  })
})

test('costs no trigger, and comes to the same in slices', async () => {
  const file = change({ labels: { en: { dismis: 'No' }, de: { dismiss: 'Nein' } } })
  const parsed = parseConfig(file)
  expect(parsed.config?.triggers).toHaveLength(4)
  expect(parsed.config?.labels).toEqual({ en: {}, de: { dismiss: 'Nein' } })
  expect(await parseConfigSliced(file, () => Promise.resolve())).toEqual(parsed)
})

/** The shipped schema of a journeys file: what editors know of it is what the checker does. */

import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { getLanguageService, TextDocument } from 'vscode-json-languageservice'
import { toJourneysSchema } from '../../packages/sdk/schema/toJsonSchema.ts'
import { lintJourneys } from '../../packages/sdk/src/cli/lintJourneys.ts'
import { parseConfig } from '../../packages/sdk/src/config/index.ts'
import type { CheckedConfig } from '../../packages/sdk/src/config/types.ts'
import { stockJourneys } from '../../packages/sdk/src/simulate/index.ts'

const written = readFileSync(new URL('../../packages/sdk/journeys.schema.json', import.meta.url), 'utf8')
const config = parseConfig(readFileSync('demo/triggers.json', 'utf8')).config as CheckedConfig

const service = getLanguageService({ schemaRequestService: () => Promise.resolve(written) })
service.configure({ schemas: [{ uri: 'file:///journeys.schema.json', fileMatch: ['*'], schema: JSON.parse(written) }] })

/** What an editor says of a text. */
async function says(text: string): Promise<readonly string[]> {
  const document = TextDocument.create('file:///journeys.json', 'json', 1, text)
  const found = await service.doValidation(document, service.parseJSONDocument(document))
  return found.map(({ range, message }) => `${document.getText(range)}: ${message}`)
}

const withPersona = (persona: object): string => JSON.stringify({ version: 1, personas: [{ id: 'a', ...persona }] })

test('is written from the checker’s own', () => {
  expect(toJourneysSchema()).toBe(written)
})

test('finds nothing in the stock personas', async () => {
  expect(await says(JSON.stringify(stockJourneys(config)))).toEqual([])
})

test.each<[object, string]>([
  [{ rol: 'admin' }, '"rol"'],
  [{ usage: { projects: { from: '40' } } }, '"40"'],
  [{ usage: { projects: { from: -1 } } }, '-1'],
  [{ usage: { projects: { curve: 'steep' } } }, '"steep"'],
  [{ age: '3 days' }, '"3 days"'],
  [{ answers: { popup: {} } }, '"popup"'],
  [{ routes: { home: 1 } }, '"home"'],
  [{ visits: { perWeek: 8 } }, '8'],
])('finds what the checker does: %j', async (persona, at) => {
  const text = withPersona(persona)
  const found = await says(text)
  expect(found.map((one) => one.split(': ')[0])).toEqual([at])
  expect(lintJourneys(text, config).findings).toHaveLength(1)
})

test('is named by the example of the README, in which there is no fault', async () => {
  const [, example = ''] = /```jsonc\n([\s\S]*?)```/.exec(readFileSync('README.md', 'utf8')) ?? []
  expect(example).toContain('"./node_modules/@plimsoll/sdk/journeys.schema.json"')
  expect(await says(example)).toEqual([])
  expect(lintJourneys(example, config).findings).toEqual([])
})

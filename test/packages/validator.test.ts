/** The built validator: its zod is cut to what checking reaches, and must find what the whole one finds. */

import { resolve } from 'node:path'
import { pathToFileURL } from 'node:url'
import { describe, expect, test } from 'vitest'
import { type ParsedConfig, parseConfig } from '../../packages/sdk/src/config/index.ts'
import { change, readCases } from '../config/cases.ts'

const built = pathToFileURL(resolve('packages/widgets/dist/plimsoll-validator.js')).href
const { parseConfigSliced } = (await import(/* @vite-ignore */ built)) as {
  parseConfigSliced(json: unknown, pause: () => Promise<unknown>): Promise<ParsedConfig>
}

test('finds nothing wrong with the example', async () => {
  const parsed = await parseConfigSliced(change({}), async () => {})
  expect(parsed.errors).toEqual([])
  expect(parsed).toEqual(parseConfig(change({})))
})

describe.each(['shape', 'figures', 'conditions', 'copy', 'shared-parts'])('of %s finds', (name) => {
  test.each(readCases(name))('$name', async ({ set, errors }) => {
    const parsed = await parseConfigSliced(change(set), async () => {})
    expect(parsed.errors).toEqual(errors)
    expect(parsed).toEqual(parseConfig(change(set)))
  })
})

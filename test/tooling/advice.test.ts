/** The page of advice is what the rules and their cases say. */

import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { page, writePage } from '../../.ci/advice.mjs'

test('has a page of advice that `npm run advice` would write', async () => {
  expect(readFileSync(page, 'utf8')).toBe(await writePage())
})

/** The bar on a long run: it grows, fits its terminal, and leaves nothing behind. */

import { readFile } from 'node:fs/promises'
import { afterEach, expect, test, vi } from 'vitest'
import type { Io } from '../../packages/sdk/src/cli/command.ts'
import { play } from '../../packages/sdk/src/cli/play.ts'
import { parseConfig } from '../../packages/sdk/src/config/index.ts'
import type { CheckedConfig } from '../../packages/sdk/src/config/types.ts'
import { stockJourneys } from '../../packages/sdk/src/simulate/index.ts'

afterEach(() => {
  vi.restoreAllMocks()
})

/** What a run of a hundred users writes on standard error, where each user takes so long. */
async function drawn(msPerUser: number, more: Partial<Io>): Promise<string[]> {
  const config = parseConfig(await readFile('demo/triggers.json', 'utf8')).config as CheckedConfig
  let at = Date.now()
  vi.spyOn(Date, 'now').mockImplementation(() => {
    at += msPerUser
    return at
  })
  const written: string[] = []
  const io = { live: true, width: 80, stderr: (text: string) => written.push(text), ...more } as Io
  await play([{ config, journeys: stockJourneys(config), users: 100, days: 3, seed: 1 }], io)
  return written
}

test.each([
  [80, 30],
  [24, 12],
  [10, 5],
])('a bar in %i columns grows to the end, and is wiped away', async (width, cells) => {
  const written = await drawn(50, { width })
  const bars = written.slice(0, -1)
  const parts = bars.map((line) => {
    const [, bar = '', percent] = /^\r([█░]+) (\d+) %$/.exec(line) ?? []
    expect(bar).toHaveLength(cells)
    return [bar.indexOf('░') < 0 ? cells : bar.indexOf('░'), Number(percent)]
  })
  // Nothing is drawn in the first second: twenty users at this pace.
  expect(parts[0]).toEqual([Math.floor(0.2 * cells), 20])
  expect(parts.at(-1)).toEqual([cells, 100])
  expect(parts).toEqual(parts.toSorted(([, a = 0], [, b = 0]) => a - b))
  expect(written.at(-1)).toMatch(/^\r +\r$/)
  expect(written.at(-1)).toHaveLength((bars.at(-1) as string).length + 1)
})

test('a run that is over within a second draws none, nor does one that nobody watches', async () => {
  expect(await drawn(1, {})).toEqual([])
  expect(await drawn(50, { live: false })).toEqual([])
})

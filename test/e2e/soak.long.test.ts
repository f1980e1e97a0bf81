/** Ten thousand signals a minute for ten minutes in one page. */

import { afterAll, expect, test } from 'vitest'
import { closeBrowser, newVisitor } from './host.ts'
import { expectFlat, expectQuick, type Measure, startSoak } from './soak.ts'

afterAll(closeBrowser)

test('ten minutes of ten thousand signals a minute leave a page as it was, and its user undisturbed', async () => {
  const visitor = await newVisitor()
  const seed = Date.now() % 100_000
  const soak = await startSoak(visitor, seed)
  const measures: Measure[] = []
  for (let minute = 0; minute < 10; minute++) {
    measures.push(await soak.round(60_000))
    console.log(seed, JSON.stringify(measures.at(-1)))
  }
  expect(measures.reduce((sum, { signals }) => sum + signals, 0)).toBeGreaterThanOrEqual(100_000)
  for (const measure of measures) {
    expect(Math.min(measure.impressions, measure.tooltips, measure.blocks)).toBeGreaterThan(0)
    expectFlat(measures[0] as Measure, measure, 500_000)
    expectQuick(measure)
  }
  await visitor.close()
  await soak.host.close()
}, 3_600_000)

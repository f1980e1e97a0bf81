import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'
import { expect, test } from 'vitest'
import { simulate } from '../../packages/sdk/src/simulate/simulate.ts'
import { stockJourneys } from '../../packages/sdk/src/simulate/stockPersonas.ts'
import { configOf, FEATURE, LIMIT, MILESTONE, TEAM } from '../core/sample.ts'

setFlagsFromString('--expose-gc')
const collect = runInNewContext('gc') as () => void

const config = configOf([LIMIT, TEAM, FEATURE, MILESTONE])
const [few, many] = process.env.PLIMSOLL_LONG ? [1000, 20_000] : [200, 4000]

test('memory does not grow with the number of users', { timeout: 1_800_000 }, () => {
  const journeys = stockJourneys(config)
  const heapAfter = (users: number): { readonly heap: number; readonly most: number } => {
    let most = 0
    // The most is read while the lives are lived, what is garbage by then aside.
    const report = simulate(config, journeys, { to: users, days: 7 }, (done) => {
      if (done % (users / 4)) return
      collect()
      most = Math.max(most, process.memoryUsage().heapUsed)
    })
    collect()
    const heap = process.memoryUsage().heapUsed
    expect(JSON.stringify(report).length).toBeLessThan(20_000)
    return { heap, most }
  }
  heapAfter(few)
  const before = heapAfter(few)
  const after = heapAfter(many)
  expect(after.most - before.most).toBeLessThan(2 * 2 ** 20)
  expect(after.heap - before.heap).toBeLessThan(2 * 2 ** 20)
})

// @ts-check
// How cost grows, each with the exponent of the power law through its points: 0 is flat, 1 is in step, above is too fast.
import { mkdirSync, writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { byTriggers } from './growthPage.mjs'
import { exponent, summarize } from './measure.mjs'
import { configOf, launch, pageWith, person } from './page.mjs'
import { bundle } from './peers.mjs'
import { serve } from './server.mjs'
import { contend } from './storage.mjs'
import { inUse } from './trace.mjs'

const at = (/** @type {string} */ path) => fileURLToPath(new URL(path, import.meta.url))

/** @typedef {readonly (readonly [x: number, y: number])[]} Points */
/** @typedef {{ decisions: { triggers: Points, matching: Points, resources: Points }, ledger: { bytes: Points, read: Points } }} Core */

/**
 * Main-thread time for a second of signals, by how many there are in it, and the heap as they add up.
 *
 * @returns {Promise<{ signals: Points, heap: Points }>}
 */
async function inPage() {
  const site = await serve(
    {
      '/': pageWith(
        `${person}\nplimsoll('usage', { r0: { used: 10 } })\naddEventListener('plimsoll:ready', () => { window.isReady = true })
window.say = (i) => plimsoll('usage', { r0: { used: 10 + (i % 20) } })
window.storm = (rate, seconds) => new Promise((done) => {
  const from = performance.now()
  let said = 0
  const beat = () => {
    const due = Math.min(rate * seconds, Math.ceil(((performance.now() - from) / 1000) * rate))
    while (said < due) say(said++)
    if (said < rate * seconds) setTimeout(beat, 4)
    else done(said)
  }
  beat()
})`,
      ),
    },
    { '/triggers.json': { type: 'application/json', body: JSON.stringify(configOf(50)) } },
  )
  const browser = await launch()
  try {
    const page = await browser.newPage()
    await page.goto(site.origin)
    await page.waitForFunction('window.isReady')
    const cdp = await page.context().newCDPSession(page)
    await cdp.send('Performance.setTimeDomain', { timeDomain: 'threadTicks' })
    await cdp.send('Performance.enable')
    const worked = async () => {
      const { metrics } = await cdp.send('Performance.getMetrics')
      return 1000 * (metrics.find(({ name }) => name === 'ScriptDuration')?.value ?? Number.NaN)
    }
    await page.evaluate('storm(1000, 2)')
    /** @type {Map<number, number[]>} */
    const spent = new Map([10, 30, 100, 300, 1000].map((rate) => [rate, []]))
    for (let round = 0; round < 5; round++) {
      for (const [rate, all] of spent) {
        const before = await worked()
        await page.evaluate(`storm(${rate}, 2)`)
        all.push(((await worked()) - before) / 2)
      }
    }
    /** @type {[number, number][]} */
    const heap = []
    for (let said = 0; said < 100_000; ) {
      const next = said ? said * 10 : 1000
      await page.evaluate(
        async ([from, to]) => {
          const host = /** @type {{ say(i: number): void }} */ (/** @type {unknown} */ (window))
          for (let i = /** @type {number} */ (from); i < /** @type {number} */ (to); i++) {
            host.say(i)
            if (i % 100 === 0) await new Promise((done) => setTimeout(done))
          }
        },
        [said, next],
      )
      said = next
      heap.push([said, (await inUse(page)).heap])
    }
    return { signals: [...spent].map(([rate, all]) => [rate, summarize(all).median]), heap }
  } finally {
    await browser.close()
    await site.close()
  }
}

export async function growth() {
  mkdirSync(at('node_modules/.cache'), { recursive: true })
  const file = at('node_modules/.cache/growthWork.mjs')
  writeFileSync(file, await bundle(`export { run } from ${JSON.stringify(at('growthWork.js'))}`))
  /** @type {{ run(): Core }} */
  const { run } = await import(`${file}?${Date.now()}`)
  const { decisions, ledger } = run()
  const { signals, heap } = await inPage()
  const started = await byTriggers()
  const { tabs } = await contend([1, 10, 50], 2, 4)
  const commits = (/** @type {string} */ which) =>
    /** @type {Points} */ (
      Object.entries(tabs).map(([count, all]) => [Number(count), all[which]?.['reservation committed']?.median])
    )
  const all = {
    'microseconds of a decision, by triggers that it is not about': decisions.triggers,
    'microseconds of a decision, by triggers that match': decisions.matching,
    'microseconds of a decision, by resources reported': decisions.resources,
    'milliseconds of main thread of a returning visit, by triggers': started.main,
    'bytes that it then holds, by triggers': started.heap,
    'milliseconds from a signal to its banner, by triggers': started.shown,
    'milliseconds of script for a second of signals, by signals in it': signals,
    'characters of the ledger, by days of daily use': ledger.bytes,
    'microseconds to read the ledger, by days of daily use': ledger.read,
    'milliseconds of a reservation, by tabs that contend': commits('plimsoll'),
    'milliseconds of a bare transaction, by tabs that contend': commits('bare'),
    'bytes in use, by signals so far': heap,
  }
  return Object.entries(all).map(([name, points]) => ({ name, points, exponent: exponent(points) }))
}

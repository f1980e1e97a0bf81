// @ts-check
// The ledger's storage: open, read, a reservation's answer and its commit, beside bare transactions of the same shape.
import { fileURLToPath } from 'node:url'
import { summarize } from './measure.mjs'
import { launch } from './page.mjs'
import { bundle } from './peers.mjs'
import { serve } from './server.mjs'

const at = (/** @type {string} */ path) => fileURLToPath(new URL(path, import.meta.url))

/** @typedef {Record<string, number[]>} Times Milliseconds, by what was measured. */

/**
 * The times of a number of tabs that contend: each does its rounds as fast as it can; ours and bare take turns, of which
 * all tabs take the same one.
 *
 * @param {readonly number[]} tabCounts
 * @param {number} turns
 * @param {number} rounds In each tab and turn.
 */
export async function contend(tabCounts, turns, rounds) {
  const site = await serve(
    { '/': '<!doctype html><script type="module" src="/work.js"></script>' },
    {
      '/work.js': {
        type: 'text/javascript',
        body: await bundle(`import { run } from ${JSON.stringify(at('storageWork.js'))}; window.run = run`),
      },
    },
  )
  const browser = await launch()
  try {
    /** @type {Record<string, Record<string, Record<string, import('./measure.mjs').Summary>>>} */
    const found = {}
    for (const count of tabCounts) {
      const visitor = await browser.newContext()
      /** @type {import('playwright-core').Page[]} */
      const pages = []
      for (let i = 0; i < count; i++) {
        const page = await visitor.newPage()
        await page.goto(site.origin)
        await page.waitForFunction('window.run')
        pages.push(page)
      }
      /** @type {Record<string, Times>} */
      const all = { plimsoll: {}, bare: {} }
      for (let turn = 0; turn <= turns; turn++) {
        for (const which of Object.keys(all)) {
          const times = await Promise.all(pages.map((page) => page.evaluate(`run('${which}', ${rounds})`)))
          // The first turn makes the records, and the browser makes it quick.
          if (!turn) continue
          for (const one of /** @type {Times[]} */ (times)) {
            for (const [name, values] of Object.entries(one)) {
              all[which] = { ...all[which], [name]: [...(all[which]?.[name] ?? []), ...values] }
            }
          }
        }
      }
      found[count] = Object.fromEntries(
        Object.entries(all).map(([which, times]) => [
          which,
          Object.fromEntries(Object.entries(times).map(([name, values]) => [name, summarize(values)])),
        ]),
      )
      await visitor.close()
    }
    return { browser: browser.version(), tabs: found }
  } finally {
    await browser.close()
    await site.close()
  }
}

export async function storage() {
  return { unit: 'milliseconds', ...(await contend([1, 5, 20], 6, 10)) }
}

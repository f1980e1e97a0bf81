// @ts-check
// One signal, decided: microseconds by triggers in the file, beside evaluators of the same rules, in Node and Chromium.
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { summarize } from './measure.mjs'
import { launch } from './page.mjs'
import { bundle } from './peers.mjs'
import { serve } from './server.mjs'

/** @typedef {Record<string, Record<string, { times: number[], matched: number }>>} Raw */

const COUNTS = [10, 100, 1000, 10_000]
const at = (/** @type {string} */ path) => fileURLToPath(new URL(path, import.meta.url))

/** @param {Raw} raw */
function tell(raw) {
  return Object.fromEntries(
    Object.entries(raw).map(([shape, all]) => [
      shape,
      Object.fromEntries(
        Object.entries(all).map(([name, { times, matched }]) => [name, { ...summarize(times), matched }]),
      ),
    ]),
  )
}

export async function decide() {
  const code = await bundle(`export { run } from ${JSON.stringify(at('decideWork.js'))}`)
  mkdirSync(at('node_modules/.cache'), { recursive: true })
  const file = at('node_modules/.cache/decideWork.mjs')
  writeFileSync(file, code)
  /** @type {{ run(count: number, samples?: number): Raw }} */
  const { run } = await import(`${file}?${Date.now()}`)
  const node = Object.fromEntries(COUNTS.map((count) => [count, tell(run(count))]))

  const site = await serve(
    { '/': '<!doctype html><script type="module">import { run } from "/work.js"; window.run = run</script>' },
    { '/work.js': { type: 'text/javascript', body: readFileSync(file) } },
  )
  const browser = await launch()
  try {
    const page = await browser.newPage()
    await page.goto(site.origin)
    await page.waitForFunction(() => 'run' in window)
    /** @type {Record<string, ReturnType<typeof tell>>} */
    const chromium = {}
    for (const count of COUNTS)
      chromium[count] = tell(
        await page.evaluate(
          (n) => /** @type {{ run(n: number): Raw }} */ (/** @type {unknown} */ (window)).run(n),
          count,
        ),
      )
    return { node, chromium, browser: browser.version() }
  } finally {
    await browser.close()
    await site.close()
  }
}

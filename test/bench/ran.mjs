// @ts-check
// What of our files really runs in a visit: what is left of them without the rest is the least that such a visit needs of
// this code, however it were cut into files.
import { weigh } from './measure.mjs'

/** @typedef {{ functionName: string, isBlockCoverage: boolean, ranges: { startOffset: number, endOffset: number, count: number }[] }} Covered */
/** @typedef {{ brotli: number, functions: number, branches: number }} Ran Bytes after brotli: the whole, functions that ran, branches of them that ran. */

/**
 * A script without what did not run of it.
 *
 * @param {string} source
 * @param {readonly { startOffset: number, endOffset: number, count: number }[]} ranges The inner ones behind those around them.
 */
function without(source, ranges) {
  const ran = new Uint8Array(source.length).fill(1)
  for (const { startOffset, endOffset, count } of ranges) ran.fill(count ? 1 : 0, startOffset, endOffset)
  return [...source].filter((_, i) => ran[i]).join('')
}

/**
 * Counts what runs on a page, from before it is opened.
 *
 * @param {import('playwright-core').Page} page
 */
export async function watchRuns(page) {
  const cdp = await page.context().newCDPSession(page)
  await cdp.send('Profiler.enable')
  await cdp.send('Profiler.startPreciseCoverage', { callCount: true, detailed: true })
  return {
    /**
     * What ran so far of some files, by their names, and of all of them together as one.
     *
     * @param {ReadonlyMap<string, string>} sources
     * @returns {Promise<Record<string, Ran>>}
     */
    async take(sources) {
      const { result } = await cdp.send('Profiler.takePreciseCoverage')
      /** @type {Record<string, Ran>} */
      const all = {}
      const together = { whole: '', functions: '', branches: '' }
      for (const [name, source] of sources) {
        const script = result.find(({ url }) => url.endsWith(`/plimsoll/${name}`))
        if (!script) throw new Error(`Found no run of ${name}`)
        const ordered = (/** @type {Covered['ranges']} */ ranges) =>
          ranges.toSorted((a, b) => a.startOffset - b.startOffset || b.endOffset - a.endOffset)
        const functions = without(source, ordered(script.functions.flatMap(({ ranges }) => ranges.slice(0, 1))))
        const branches = without(source, ordered(script.functions.flatMap(({ ranges }) => ranges)))
        all[name] = {
          brotli: weigh(source).brotli,
          functions: weigh(functions).brotli,
          branches: weigh(branches).brotli,
        }
        together.whole += source
        together.functions += functions
        together.branches += branches
      }
      all['all of them as one'] = {
        brotli: weigh(together.whole).brotli,
        functions: weigh(together.functions).brotli,
        branches: weigh(together.branches).brotli,
      }
      return all
    },
  }
}

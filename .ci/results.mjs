// @ts-check
// The results of the bench, and how their figures are written.
import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'

/** @typedef {import('../test/bench/measure.mjs').Summary} Summary */
/** @typedef {Record<string, Record<string, Record<string, Summary & { matched: number }>>>} Decide */
/** @typedef {{ main: Summary, longest: Summary, heap: Summary, shift: Summary }} Boot */
/** @typedef {{ min: number, gzip: number, brotli: number }} Bytes */
/** @typedef {{ brotli: number, files: string[] }} Visit */
/** @typedef {Record<string, import('../test/bench/ran.mjs').Ran>} RanByFile */
/** @typedef {Record<string, { seen: Summary, readable: Summary }>} Show */
/**
 * @typedef {object} Results
 * @property {{ chunks: (Bytes & { name: string })[], modules: Record<string, Record<string, number>>, floors: (Bytes & { name: string })[], visits: { first: Visit, returning: Visit, behind: number, ran: { quiet: RanByFile, painted: RanByFile } }, peers: (Bytes & { name: string, versions: string })[] }} size
 * @property {{ node: Decide, chromium: Decide, browser: string }} decide
 * @property {{ rows: { name: string, versions: string, failures?: string[], at1: Boot, at4: Boot }[], bare?: { at1: { longest: Summary }, at4: { longest: Summary } }, goesTo: Record<string, Record<string, number>>, notStarted: Record<string, string> }} boot
 * @property {{ versions: string, warm: Show, near: Show, cold: Show, goesTo: Record<string, Record<string, number>> }} show
 * @property {{ tabs: Record<string, Record<string, Record<string, Summary>>> }} storage
 * @property {{ name: string, heap: number, kinds: Record<string, number> }[]} heap
 * @property {{ name: string, points: [number, number][], exponent: number }[]} growth
 * @property {{ node: string, cpu: string, cores: number }} machine
 */

const file = fileURLToPath(new URL('../test/bench/results.json', import.meta.url))

/** @returns {Results} */
export const readResults = () => JSON.parse(readFileSync(file, 'utf8'))

export const whole = (/** @type {number} */ count) => Math.round(count).toLocaleString('en')
/** Two figures that count: 0.42, 3.1, 85, 1,200. */
export const short = (/** @type {number | undefined} */ value) => {
  if (value === undefined || value === null || Number.isNaN(value)) return '–'
  const size = Math.abs(value)
  return size >= 100
    ? whole(Number(value.toPrecision(2)))
    : size >= 10
      ? value.toFixed(0)
      : size >= 1
        ? value.toFixed(1)
        : value.toFixed(2)
}
/** Of fewer than twenty the 95th of a hundred is the slowest of them, and tells nothing. */
export const both = (/** @type {Summary | undefined} */ { median, p95, n } = /** @type {Summary} */ ({})) =>
  n < 20 ? short(median) : `${short(median)} · ${short(p95)}`
export const times = (/** @type {number | undefined} */ a, /** @type {number | undefined} */ b) =>
  a && b ? `${short(a / b)}×` : '–'
export const table = (/** @type {readonly string[]} */ head, /** @type {readonly (readonly string[])[]} */ rows) =>
  [head, head.map((_, i) => (i ? '---:' : '---')), ...rows].map((row) => `| ${row.join(' | ')} |`).join('\n')

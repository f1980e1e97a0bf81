// @ts-check
import { brotliCompressSync, constants, gzipSync } from 'node:zlib'

/** @typedef {{ median: number, p95: number, n: number }} Summary */

/**
 * Middle and slow end of repeated measurements, in their own unit.
 *
 * @param {readonly number[]} values
 * @returns {Summary}
 */
export function summarize(values) {
  const sorted = values.toSorted((a, b) => a - b)
  const at = (/** @type {number} */ part) =>
    sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * part))] ?? NaN
  return { median: at(0.5), p95: at(0.95), n: sorted.length }
}

/** @param {string | Buffer} source */
export function weigh(source) {
  const bytes = Buffer.from(source)
  return { min: bytes.length, gzip: gzipSync(bytes, { level: 9 }).length, brotli: pack(bytes).length }
}

/** @param {Buffer} bytes */
export const pack = (bytes) => brotliCompressSync(bytes, { params: { [constants.BROTLI_PARAM_QUALITY]: 11 } })

/**
 * The exponent of a power law through points: 0 is flat, 1 grows as fast as `x` does. Least squares on logarithms.
 *
 * @param {readonly (readonly [x: number, y: number])[]} points
 */
export function exponent(points) {
  const logs = points.map(([x, y]) => ({ x: Math.log(x), y: Math.log(y) }))
  const mean = { x: 0, y: 0 }
  for (const { x, y } of logs) {
    mean.x += x / logs.length
    mean.y += y / logs.length
  }
  const over = logs.reduce((sum, { x, y }) => sum + (x - mean.x) * (y - mean.y), 0)
  return over / logs.reduce((sum, { x }) => sum + (x - mean.x) ** 2, 0)
}

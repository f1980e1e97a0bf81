// @ts-check
// Which module each byte of a built file comes from, by its source map.
import { existsSync, readFileSync } from 'node:fs'
import { SourceMap } from 'node:module'

/** @param {string} source As source maps name it. */
const nameOf = (source) =>
  source
    .replace(/^.*node_modules\/((?:@[^/]+\/)?[^/]+)\/.*$/, '$1')
    .replace(/^(\.\.\/)+sdk\/src\//, 'sdk/')
    .replace(/^(\.\.\/)+src\//, 'widgets/')

/**
 * Bytes of a minified file by module, the largest first; what no module stands for is `styles and glue`: style sheets have no map. Packages count as one.
 *
 * @param {string} file Its path; the map lies beside it.
 * @returns {Record<string, number>} Empty where there is no map.
 */
export function modulesOf(file) {
  if (!existsSync(`${file}.map`)) return {}
  const map = new SourceMap(JSON.parse(readFileSync(`${file}.map`, 'utf8')))
  /** @type {Map<string, number>} */
  const bytes = new Map()
  readFileSync(file, 'utf8')
    .split('\n')
    .forEach((line, row) => {
      for (let column = 0; column < line.length; column++) {
        const entry = map.findEntry(row, column)
        const isOfModule = 'originalSource' in entry && entry.generatedLine === row && !line.startsWith('//#')
        const name = isOfModule && entry.originalSource ? nameOf(entry.originalSource) : 'styles and glue'
        bytes.set(name, (bytes.get(name) ?? 0) + 1)
      }
    })
  return Object.fromEntries([...bytes].sort(([, a], [, b]) => b - a))
}

// @ts-check
// Writes `integrity.json`, the hash of each file of the script tag, and `plimsoll-checked.js`: `plimsoll.js` for tags
// that bear `integrity`, which carries the hashes of its chunks and runs none that has another.
import { createHash } from 'node:crypto'
import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { minifySync } from 'vite'
import { createObtain } from '../packages/widgets/src/tag/obtain.js'

const dist = 'packages/widgets/dist/'
/** @param {string} file */
const read = (file) => readFileSync(dist + file, 'utf8')
/** @param {string} file */
const hashOf = (file) => `sha384-${createHash('sha384').update(read(file)).digest('base64')}`

const entries = ['./plimsoll.js', './plimsoll-stub.js']
const chunks = readdirSync(dist)
  .filter((file) => /^plimsoll.*\.js$/.test(file))
  .map((file) => `./${file}`)
  .filter((file) => !entries.includes(file))

/**
 * What a file imports, at once or later, and the file itself.
 *
 * @param {string} file
 * @param {Set<string>} found
 */
const needsOf = (file, found = new Set()) => {
  if (found.has(file)) return found
  found.add(file)
  for (const [, name = ''] of read(file).matchAll(/\b(?:from|import\(?)["'`](\.\/plimsoll-\w+\.js)/g))
    needsOf(name, found)
  return found
}

const entry = read('plimsoll.js')
const [opening = ''] = entry.match(/^.*\n/) ?? []
const hashes = Object.fromEntries(chunks.map((file) => [file, hashOf(file)]))
const needs = Object.fromEntries(chunks.map((file) => [file, [...needsOf(file)]]))
const { code } = minifySync('obtain.js', `(${createObtain})(${JSON.stringify(hashes)},${JSON.stringify(needs)})`)
// As long as `import`, and on the line that is ours: the entry's source map holds for this one too.
const checked = `${opening.trimEnd()};const obtain=${code.replace(/;?\n?$/, ';')}\n${entry.slice(opening.length).replace(/\bimport\(`/g, 'obtain(`')}`
if (/\bimport\(`/.test(checked) || entry.includes('obtain'))
  throw new Error('The script tag imports chunks in a way that is not checked.')
writeFileSync(`${dist}plimsoll-checked.js`, checked)

const tags = ['./plimsoll.js', './plimsoll-checked.js', './plimsoll-stub.js']
const all = Object.fromEntries([...tags, ...chunks].map((file) => [file.slice(2), hashOf(file)]))
writeFileSync(`${dist}integrity.json`, `${JSON.stringify(all, null, 2)}\n`)

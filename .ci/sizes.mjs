// @ts-check
// Weighs the script-tag build in brotli, as package.json's `budgets` ask, and keeps the README's figures true: of the
// budgets that have a name. With `--write` (npm run sizes) it writes them there. What has changed since the committed
// results of the bench is told module by module.
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { brotliCompressSync, constants } from 'node:zlib'
import { modulesOf } from './modules.mjs'

const dist = 'packages/widgets/dist/'
const committed = 'test/bench/results.json'
/** @type {{ name?: string, files: string[], max: number }[]} */
const budgets = JSON.parse(readFileSync('package.json', 'utf8')).budgets
const params = { [constants.BROTLI_PARAM_QUALITY]: 11 }

/** @param {string} file */
const weigh = (file) => brotliCompressSync(readFileSync(dist + file), { params }).length
const rows = budgets.map(({ name, files, max }) => ({
  name,
  what: name ?? files.join(', '),
  max,
  bytes: files.reduce((sum, file) => sum + weigh(file), 0),
}))

for (const { what, bytes, max } of rows) {
  console.log(
    `${bytes > max ? 'over' : 'ok  '} ${String(bytes).padStart(6)} of ${String(max).padStart(6)} bytes  ${what}`,
  )
  if (bytes > max) process.exitCode = 1
}

const bounded = new Set(budgets.flatMap(({ files }) => files))
for (const file of readdirSync(dist).filter((name) => /^plimsoll.*\.js$/.test(name) && !bounded.has(name))) {
  console.error(`${file} has no budget: give it one in package.json`)
  process.exitCode = 1
}

/** @type {Record<string, Record<string, number>>} Minified bytes by file and module, when the bench last ran. */
const before = existsSync(committed) ? (JSON.parse(readFileSync(committed, 'utf8')).size?.modules ?? {}) : {}
for (const [file, modules] of Object.entries(before)) {
  const now = existsSync(dist + file) ? modulesOf(dist + file) : {}
  for (const module of new Set([...Object.keys(modules), ...Object.keys(now)])) {
    const more = (now[module] ?? 0) - (modules[module] ?? 0)
    if (more) console.log(`${more > 0 ? '+' : '−'}${Math.abs(more)} minified bytes of ${module} in ${file}`)
  }
}

/** @param {number} count */
const spell = (count) => count.toLocaleString('en')
const table = [
  '| what is downloaded | bytes, brotli | at most |',
  '| --- | ---: | ---: |',
  ...rows.filter(({ name }) => name).map(({ name, bytes, max }) => `| ${name} | ${spell(bytes)} | ${spell(max)} |`),
].join('\n')
const block = /(<!-- sizes -->\n)[\s\S]*?(<!-- \/sizes -->)/
const readme = existsSync('README.md') ? readFileSync('README.md', 'utf8') : ''
const current = readme.replace(block, (_, start, end) => `${start}${table}\n${end}`)

if (process.argv.includes('--write')) writeFileSync('README.md', current)
else if (current !== readme) {
  console.error('The README tells other sizes than the build has; mend it by: npm run sizes')
  process.exitCode = 1
}

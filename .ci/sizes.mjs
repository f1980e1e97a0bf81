// @ts-check
// Weighs the script-tag build in brotli, as package.json's `budgets` ask, and keeps true what is told of it: in the README
// the budgets that have a name, in the results of the bench our own files. With `--write` (npm run sizes) it writes them
// there. What a branch changes is told module by module.
import { execFileSync } from 'node:child_process'
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { isDeepStrictEqual } from 'node:util'
import { weigh as weighText } from '../test/bench/measure.mjs'
import { modulesOf } from './modules.mjs'

const dist = 'packages/widgets/dist/'
const committed = 'test/bench/results.json'
/** @type {{ name?: string, files: string[], max: number }[]} */
const budgets = JSON.parse(readFileSync('package.json', 'utf8')).budgets
const isWriting = process.argv.includes('--write')

/** @param {string} file */
const weigh = (file) => weighText(readFileSync(dist + file)).brotli
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
const built = readdirSync(dist).filter((name) => /^plimsoll.*\.js$/.test(name))
for (const file of built.filter((name) => !bounded.has(name))) {
  console.error(`${file} has no budget: give it one in package.json`)
  process.exitCode = 1
}

/** @typedef {Record<string, Record<string, number>>} Modules Minified bytes by file and module. */
/** @typedef {{ brotli: number, files: string[] }} Visit */
/** @typedef {{ modules: Modules, chunks?: (ReturnType<typeof weighText> & { name: string })[], visits?: { first: Visit, returning: Visit, behind: number } }} Size */

/** @type {{ size: Size } | undefined} As the bench left them. */
const results = existsSync(committed) ? JSON.parse(readFileSync(committed, 'utf8')) : undefined

/** The same with what this build weighs. @param {Size} size @returns {Size} */
function renew(size) {
  const sum = (/** @type {Visit} */ visit) => ({
    ...visit,
    brotli: visit.files.reduce((all, file) => all + weigh(file), 0),
  })
  const { visits } = size
  return {
    ...size,
    chunks: built.map((name) => ({ name, ...weighText(readFileSync(dist + name)) })),
    modules: Object.fromEntries(built.map((name) => [name, modulesOf(dist + name)])),
    ...(visits && {
      visits: {
        ...visits,
        first: sum(visits.first),
        returning: sum(visits.returning),
        behind: weigh('plimsoll-hooks.js'),
      },
    }),
  }
}

/** What is compared: not gzip, which versions of Node do not pack alike. @param {Size} size */
const comparable = ({ chunks, ...size }) => ({
  ...size,
  chunks: chunks?.map(({ name, min, brotli }) => ({ name, min, brotli })),
})

/** What it was where this branch began: a branch that renews its results tells its difference all the same. */
function modulesBefore() {
  const git = (/** @type {string[]} */ ...args) =>
    execFileSync('git', args, { encoding: 'utf8', maxBuffer: 2 ** 24, stdio: ['ignore', 'pipe', 'ignore'] }).trim()
  try {
    return JSON.parse(git('show', `${git('merge-base', 'HEAD', 'origin/main')}:${committed}`)).size.modules
  } catch {
    return results?.size.modules
  }
}

if (results) {
  const size = renew(results.size)
  for (const [file, modules] of Object.entries(/** @type {Modules} */ (modulesBefore()))) {
    const now = size.modules[file] ?? {}
    for (const module of new Set([...Object.keys(modules), ...Object.keys(now)])) {
      const more = (now[module] ?? 0) - (modules[module] ?? 0)
      if (more) console.log(`${more > 0 ? '+' : '−'}${Math.abs(more)} minified bytes of ${module} in ${file}`)
    }
  }
  if (isWriting) writeFileSync(committed, `${JSON.stringify({ ...results, size }, null, 2)}\n`)
  else if (!isDeepStrictEqual(comparable(size), comparable(results.size))) {
    console.error('The results of the bench tell other sizes than the build has; mend it by: npm run sizes')
    process.exitCode = 1
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

if (isWriting) writeFileSync('README.md', current)
else if (current !== readme) {
  console.error('The README tells other sizes than the build has; mend it by: npm run sizes')
  process.exitCode = 1
}

// @ts-check
// `npm run bench`, or some parts: `npm run bench -- size decide`. Figures go to results.json beside this file, and from there to
// packages/sdk/docs/speed.md; both are told with the versions and the machine that they come from.
import { execFileSync } from 'node:child_process'
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { cpus } from 'node:os'
import { argv, exit } from 'node:process'
import { fileURLToPath } from 'node:url'

const at = (/** @type {string} */ path) => fileURLToPath(new URL(path, import.meta.url))
const npm = (/** @type {string[]} */ args, cwd = at('../..')) =>
  execFileSync('npm', args, { cwd, stdio: 'inherit', shell: process.platform === 'win32' })

if (!existsSync(at('node_modules'))) npm(['ci', '--ignore-scripts', '--no-audit', '--no-fund'], at('.'))
npm(['run', 'build'])

/** @type {Record<string, () => Promise<() => Promise<unknown>>>} */
const parts = {
  size: async () => (await import('./size.mjs')).size,
  decide: async () => (await import('./decide.mjs')).decide,
  boot: async () => (await import('./boot.mjs')).boot,
  heap: async () => (await import('./heap.mjs')).heap,
  show: async () => (await import('./show.mjs')).show,
  storage: async () => (await import('./storage.mjs')).storage,
  growth: async () => (await import('./growth.mjs')).growth,
}
const wanted = argv[2] ? argv.slice(2) : Object.keys(parts)
const unknown = wanted.find((part) => !parts[part])
if (unknown) {
  console.error(`Found "${unknown}", expected one of: ${Object.keys(parts).join(', ')}`)
  exit(2)
}

const file = at('results.json')
const results = existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : {}
for (const part of wanted) {
  const began = Date.now()
  const measure = await parts[part]?.()
  results[part] = await measure?.()
  results.machine = { node: process.version, cpu: cpus()[0]?.model ?? '', cores: cpus().length }
  writeFileSync(file, `${JSON.stringify(results, null, 2)}\n`)
  console.log(`${part}: ${Math.round((Date.now() - began) / 1000)} s`)
}

// @ts-check
// What the engines' last run held, as the README's table. Fails where the README tells another; `--write` writes it there
// instead. Versions are a floor: one that moves on is no fault, one that the run was older than is.
import { existsSync, readFileSync, writeFileSync } from 'node:fs'

/** @typedef {{ version: string, subjects: { title: string, passed: number, all: number }[] }} Run */

const engines = ['Chromium', 'Firefox ESR', 'WebKitGTK']
/** @type {(name: string) => Run | undefined} */
const read = (name) => {
  const file = `node_modules/.cache/plimsoll/${name}.json`
  return existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : undefined
}
const runs = engines.map(read)
const write = process.argv.includes('--write')

/** @param {string} version */
const floor = (version) =>
  version
    .split('.')
    .slice(0, version.startsWith('2.') ? 2 : 1)
    .join('.')
/** @param {{ passed: number, all: number } | undefined} held */
const verdict = (held) => (!held ? '' : held.passed === held.all ? `all ${held.all}` : `${held.passed} of ${held.all}`)

const block = /<!-- support -->\n([\s\S]*?)<!-- \/support -->/
const readme = readFileSync('README.md', 'utf8')
/** Cells of the README's table, its head first. */
const told = (block.exec(readme)?.[1] ?? '')
  .trim()
  .split('\n')
  .filter((_, i) => i !== 1)
  .map((line) =>
    line
      .split('|')
      .slice(1, -1)
      .map((cell) => cell.trim()),
  )

if (write) {
  const first = runs[0]
  if (!first || runs.includes(undefined)) throw new Error('An engine is missing: the table tells of all three.')
  const rows = first.subjects.map(({ title }) => [
    title,
    ...runs.map((run) => verdict(run?.subjects.find((one) => one.title === title))),
  ])
  const head = ['promised, and tried in', ...engines.map((name, i) => `${name} ${floor(runs[i]?.version ?? '')}`)]
  const table = [head, ['---', '---:', '---:', '---:'], ...rows].map((cells) => `| ${cells.join(' | ')} |`).join('\n')
  writeFileSync(
    'README.md',
    readme.replace(block, () => `<!-- support -->\n${table}\n<!-- /support -->`),
  )
} else {
  for (const [i, run] of runs.entries()) {
    const name = engines[i]
    if (!run) {
      console.warn(`${name} did not run: what the README tells of it is not checked.`)
      continue
    }
    const [head, ...rows] = told.map((cells) => [cells[0], cells[i + 1]])
    const held = run.subjects.map((one) => [one.title, verdict(one)])
    const least = Number(head?.[1]?.split(' ').at(-1))
    const isOlder = Number.parseFloat(floor(run.version)) < least
    if (JSON.stringify(rows) === JSON.stringify(held) && !isOlder) continue
    console.error(`The README tells otherwise of ${name} ${run.version} than its run; mend it by: npm run support`)
    process.exitCode = 1
  }
}

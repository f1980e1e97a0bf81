// @ts-check
// Weighs the script-tag build in brotli, as package.json's `budgets` ask, and keeps the README's figures true.
// With `--write` (npm run sizes) it writes them there.
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { brotliCompressSync, constants } from 'node:zlib'

/** @type {{ name: string, files: string[], max: number }[]} */
const budgets = JSON.parse(readFileSync('package.json', 'utf8')).budgets
const params = { [constants.BROTLI_PARAM_QUALITY]: 11 }

/** @param {string} file */
const weigh = (file) => brotliCompressSync(readFileSync(`packages/widgets/dist/${file}`), { params }).length
const rows = budgets.map(({ name, files, max }) => ({
  name,
  max,
  bytes: files.reduce((sum, file) => sum + weigh(file), 0),
}))

for (const { name, bytes, max } of rows) {
  console.log(
    `${bytes > max ? 'over' : 'ok  '} ${String(bytes).padStart(6)} of ${String(max).padStart(6)} bytes  ${name}`,
  )
  if (bytes > max) process.exitCode = 1
}

/** @param {number} count */
const spell = (count) => count.toLocaleString('en')
const table = [
  '| what is downloaded | bytes, brotli | at most |',
  '| --- | ---: | ---: |',
  ...rows.map(({ name, bytes, max }) => `| ${name} | ${spell(bytes)} | ${spell(max)} |`),
].join('\n')
const block = /(<!-- sizes -->\n)[\s\S]*?(<!-- \/sizes -->)/
const readme = existsSync('README.md') ? readFileSync('README.md', 'utf8') : ''
const current = readme.replace(block, (_, start, end) => `${start}${table}\n${end}`)

if (process.argv.includes('--write')) writeFileSync('README.md', current)
else if (current !== readme) {
  console.error('The README tells other sizes than the build has; mend it by: npm run sizes')
  process.exitCode = 1
}

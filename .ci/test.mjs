// `npm test`: installs what is missing and runs every check. Each step counts as one test; the last line says how many
// passed. Only what node brings is imported here: on a fresh clone there is nothing else yet.
import { spawn } from 'node:child_process'
import { findChromium } from './chromium.mjs'
import { installPackages } from './install.mjs'

const long = process.argv.includes('--long')
const counts = { passed: 0, failed: 0 }
/** @param {string} name @param {boolean} ok @param {number} since */
const record = (name, ok, since) => {
  counts[ok ? 'passed' : 'failed']++
  console.log(`${ok ? '✓' : '✗'} ${name} (${((Date.now() - since) / 1000).toFixed(1)} s)`)
}

/**
 * Runs a script of package.json, showing what it prints.
 *
 * @param {string} name
 * @returns {Promise<{ ok: boolean, output: string }>}
 */
const run = (name) =>
  new Promise((resolve) => {
    const env = { ...process.env, ...(long && { PLIMSOLL_LONG: '1' }) }
    const child = spawn('npm', ['run', '--silent', name], { env, stdio: ['ignore', 'pipe', 'inherit'] })
    let output = ''
    child.stdout.on('data', (text) => {
      output += text
      process.stdout.write(text)
    })
    child.on('error', (error) => resolve({ ok: false, output: String(error) }))
    child.on('close', (code) => resolve({ ok: code === 0, output }))
  })

try {
  let since = Date.now()
  installPackages()
  findChromium()
  record('install', true, since)

  for (const name of ['build', 'lint', 'types', 'unused', 'packages', 'sizes']) {
    since = Date.now()
    record(name, (await run(name)).ok, since)
  }

  // The tests count one by one; test/count.ts prints their line.
  const { ok, output } = await run('vitest')
  const [, passed, failed] = output.match(/(\d+) passed, (\d+) failed\s*$/) ?? [0, 0, 1]
  counts.passed += Number(passed)
  counts.failed += Number(failed) || (ok ? 0 : 1)
} catch (error) {
  counts.failed++
  console.error(error)
} finally {
  process.exitCode = counts.failed > 0 ? 1 : 0
  console.log(`${counts.passed} passed, ${counts.failed} failed`)
}

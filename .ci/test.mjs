// @ts-check
// `npm test`: installs what is missing and runs every check. Each step counts as one test; the last line says how many
// passed. Only what node brings is imported here: on a fresh clone there is nothing else yet.
import { spawn } from 'node:child_process'
import { rmSync } from 'node:fs'
import { findChromium, findHeadlessShell } from './chromium.mjs'
import { installEngines } from './engines.mjs'
import { installPackages } from './install.mjs'

const long = process.argv.includes('--long')
const counts = { passed: 0, failed: 0 }

/**
 * Runs a script of package.json. What it prints is shown as it comes if `live`, else only when it fails.
 *
 * @param {string} name
 * @param {boolean} live
 * @returns {Promise<{ ok: boolean, output: string }>}
 */
const run = (name, live) =>
  new Promise((resolve) => {
    const env = { ...process.env, ...(long && { PLIMSOLL_LONG: '1' }) }
    const child = spawn('npm', ['run', '--silent', name], { env, stdio: ['ignore', 'pipe', 'pipe'] })
    let output = ''
    /** @param {Buffer} text */
    const take = (text) => {
      output += text
      if (live) process.stdout.write(text)
    }
    child.stdout.on('data', take)
    child.stderr.on('data', take)
    child.on('close', (code) => {
      if (code !== 0 && !live) process.stdout.write(output)
      resolve({ ok: code === 0, output })
    })
  })

try {
  installPackages()
  findChromium()
  findHeadlessShell()
  installEngines()
  // What an earlier run held proves nothing.
  rmSync('node_modules/.cache/plimsoll', { recursive: true, force: true })
  counts.passed++

  /** @param {string} name */
  const check = async (name) => {
    const since = Date.now()
    const { ok } = await run(name, name === 'budgets')
    counts[ok ? 'passed' : 'failed']++
    console.log(`${ok ? '✓' : '✗'} ${name} (${((Date.now() - since) / 1000).toFixed(1)} s)`)
  }
  await check('build')
  await Promise.all(['types', 'packages', 'unused', 'lint', 'budgets'].map(check))

  // Tests count one by one; test/count.ts prints their line.
  const { ok, output } = await run('vitest', true)
  const [, passed, failed] = output.match(/(\d+) passed, (\d+) failed\s*$/) ?? [0, 0, 0]
  counts.passed += Number(passed)
  counts.failed += Number(failed) || (ok ? 0 : 1)
  const support = await run('supported', true)
  counts[support.ok ? 'passed' : 'failed']++
} catch (error) {
  counts.failed++
  console.error(error)
} finally {
  process.exitCode = counts.failed > 0 ? 1 : 0
  console.log(`${counts.passed} passed, ${counts.failed} failed`)
}

// @ts-check
import { spawnSync } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'

/** Installs the packages of the lock file, unless they are in place already. */
export function installPackages() {
  if (!packagesMissing()) return
  const { status } = spawnSync('npm', ['ci', '--no-audit', '--no-fund'], { stdio: 'inherit' })
  if (status !== 0) throw new Error('npm ci failed')
}

/** npm writes down what it installed in `node_modules/.package-lock.json`, in the lock file's own form. */
function packagesMissing() {
  const installed = 'node_modules/.package-lock.json'
  if (!existsSync(installed)) return true
  /** @type {(file: string) => Record<string, { version?: string, optional?: boolean }>} */
  const read = (file) => JSON.parse(readFileSync(file, 'utf8')).packages
  const present = read(installed)
  return Object.entries(read('package-lock.json')).some(
    ([path, { version, optional }]) =>
      path.includes('node_modules/') && !optional && present[path]?.version !== version,
  )
}

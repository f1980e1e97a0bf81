// @ts-check
import { spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'

/**
 * Finds a Chromium: `CHROMIUM`, then an installed browser, then, as root on Debian and its kin, what apt installs.
 *
 * @returns {string} The path of the executable.
 */
export function findChromium() {
  const places = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome']
  const macPlace = '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome'
  const find = () => process.env.CHROMIUM ?? [...places, macPlace].find((place) => existsSync(place))
  const found = find()
  if (found) return found

  if (process.getuid?.() === 0 && existsSync('/usr/bin/apt-get')) {
    const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' }
    for (const args of [['update'], ['install', '-y', '--no-install-recommends', 'chromium']]) {
      spawnSync('apt-get', ['-qq', '-o', 'DPkg::Lock::Timeout=300', ...args], { stdio: 'inherit', env })
    }
  }
  const installed = find()
  if (installed) return installed
  throw new Error('No Chromium found: install Chromium or Chrome, or set CHROMIUM to the path of one.')
}

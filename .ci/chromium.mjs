// @ts-check
import { existsSync } from 'node:fs'
import { aptInstall } from './apt.mjs'

/**
 * Finds a Chromium: `CHROMIUM`, then an installed browser, then, as root on Debian and its kin, what apt installs.
 *
 * @returns {string} The path of the executable.
 */
export function findChromium() {
  const mac = '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome'
  const places = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome', mac]
  const found = process.env.CHROMIUM ?? find(places) ?? install('chromium', places)
  if (found) return found
  throw new Error('No Chromium found: install Chromium or Chrome, or set CHROMIUM to the path of one.')
}

/**
 * Finds Chromium's headless shell: the same engine without the desktop around it, which opens a page for a third of the
 * work. Where there is none, and none can be had, it is Chromium.
 *
 * @returns {string} The path of the executable.
 */
export function findHeadlessShell() {
  const places = ['/usr/bin/chromium-headless-shell']
  return process.env.CHROMIUM ?? find(places) ?? install('chromium-headless-shell', places) ?? findChromium()
}

/** @param {readonly string[]} places */
const find = (places) => places.find((place) => existsSync(place))

/**
 * @param {string} name
 * @param {readonly string[]} places
 */
function install(name, places) {
  aptInstall([name])
  return find(places)
}

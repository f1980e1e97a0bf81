// @ts-check
// The engines beside Chromium that promises are held in: where they are, and how they come.
import { existsSync, readdirSync } from 'node:fs'
import { aptInstall } from './apt.mjs'

/**
 * Finds a Firefox: `FIREFOX`, then an installed one.
 *
 * @returns {string | undefined} The path of the executable.
 */
export function findFirefox() {
  const places = ['/usr/bin/firefox-esr', '/usr/bin/firefox', '/Applications/Firefox.app/Contents/MacOS/firefox']
  return process.env.FIREFOX ?? places.find((place) => existsSync(place))
}

/**
 * Finds WebKitGTK's own small browser. Its driver and a display to draw on belong to it.
 *
 * @returns {string | undefined} The path of the browser, where all three are installed.
 */
export function findWebKit() {
  if (!['/usr/bin/WebKitWebDriver', '/usr/bin/Xvfb'].every((place) => existsSync(place))) return undefined
  return readdirSync('/usr/lib')
    .map((name) => `/usr/lib/${name}/webkit2gtk-4.1/MiniBrowser`)
    .find((place) => existsSync(place))
}

const engines = [
  { name: 'Firefox', find: findFirefox, packages: ['firefox-esr'] },
  { name: 'WebKitGTK', find: findWebKit, packages: ['webkit2gtk-driver', 'xvfb'] },
]

/**
 * Installs the engines that are missing, as root on Debian and its kin. Elsewhere a person is told what their run leaves
 * out; a run in CI fails.
 */
export function installEngines() {
  const missing = () => engines.filter(({ find }) => !find())
  const packages = missing().flatMap((engine) => engine.packages)
  if (packages.length > 0) aptInstall(packages)
  for (const { name, packages } of missing()) {
    const words = `${name} is not installed (Debian: ${packages.join(', ')}): what Plimsoll promises is not tried in it.`
    if (process.env.CI === 'true') throw new Error(words)
    console.warn(`\n⚠️  SKIPPED: ${words}\n`)
  }
}

// @ts-check
// What the bench compares with, each as a host would load it: the vendor's own file for a script tag where there is one,
// else its modules bundled and minified as any host's would be.
import { createHash } from 'node:crypto'
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { build, minifySync } from 'vite'

const at = (/** @type {string} */ path) => fileURLToPath(new URL(path, import.meta.url))
const inModules = (/** @type {string} */ path) => at(`node_modules/${path}`)

/** @param {string} name */
export const versionOf = (name) => JSON.parse(readFileSync(inModules(`${name}/package.json`), 'utf8')).version

/**
 * @typedef {object} Peer
 * @property {string} name
 * @property {readonly string[]} packages
 * @property {readonly string[]} [files] Ready to be served.
 * @property {string} [code] To be bundled.
 */

/** @type {readonly Peer[]} */
export const peers = [
  {
    name: 'posthog-js with surveys',
    packages: ['posthog-js'],
    files: ['posthog-js/dist/array.js', 'posthog-js/dist/surveys.js'],
  },
  {
    name: '@braze/web-sdk, core and in-app messages',
    packages: ['@braze/web-sdk'],
    code: "export { initialize, openSession, automaticallyShowInAppMessages, logCustomEvent } from '@braze/web-sdk'",
  },
  {
    name: '@formbricks/js with surveys',
    packages: ['@formbricks/js', '@formbricks/surveys'],
    files: ['@formbricks/js/dist/index.umd.js', '@formbricks/surveys/dist/index.umd.js'],
  },
  {
    name: '@growthbook/growthbook (headless)',
    packages: ['@growthbook/growthbook'],
    code: "export { GrowthBook } from '@growthbook/growthbook'",
  },
  {
    name: 'driver.js with its CSS',
    packages: ['driver.js'],
    code: "import 'driver.js/dist/driver.css'; export { driver } from 'driver.js'",
  },
  {
    name: 'shepherd.js with its CSS',
    packages: ['shepherd.js'],
    code: "import 'shepherd.js/dist/css/shepherd.css'; export { default } from 'shepherd.js'",
  },
  { name: '@frigade/js (headless)', packages: ['@frigade/js'], code: "export { Frigade } from '@frigade/js'" },
  {
    name: '@flows/js with components',
    packages: ['@flows/js', '@flows/js-components'],
    code: "import '@flows/js-components/index.css'; export * from '@flows/js'; export * from '@flows/js-components'; export * as c from '@flows/js-components/components'; export * as t from '@flows/js-components/tour-components'",
  },
  {
    name: '@schematichq/schematic-js with components',
    packages: ['@schematichq/schematic-js', '@schematichq/schematic-components'],
    code: "export { Schematic } from '@schematichq/schematic-js'; export { EmbedProvider, SchematicEmbed } from '@schematichq/schematic-components'",
  },
  { name: 'customerio-gist-web', packages: ['customerio-gist-web'], files: ['customerio-gist-web/dist/gist.min.js'] },
  { name: 'preact alone', packages: ['preact'], code: "export { h, render } from 'preact'" },
]

/** As our own files are: all that is weighed beside them is minified in the same way. */
const minified = { compress: true, mangle: true, codegen: { removeWhitespace: true } }

/**
 * What a host's bundler makes of some code: one module and its style sheets, fully minified, everything in them.
 *
 * @param {string} code
 * @param {'es' | 'iife'} [format]
 */
async function bundleFiles(code, format = 'es') {
  const folder = at(`node_modules/.cache/${createHash('sha256').update(code).digest('hex').slice(0, 16)}`)
  rmSync(folder, { recursive: true, force: true })
  mkdirSync(folder, { recursive: true })
  writeFileSync(`${folder}/entry.js`, code)
  const built = await build({
    configFile: false,
    logLevel: 'silent',
    root: folder,
    define: { 'process.env.NODE_ENV': '"production"' },
    build: {
      write: false,
      target: 'esnext',
      minify: false,
      cssMinify: 'lightningcss',
      lib: { entry: `${folder}/entry.js`, formats: [format], name: 'bench', fileName: 'out' },
      // Left to itself, Vite keeps the white space of libraries that are modules.
      rolldownOptions: { output: { codeSplitting: false, minify: minified, comments: false } },
    },
  })
  const all = /** @type {import('vite').Rolldown.RolldownOutput[]} */ (Array.isArray(built) ? built : [built])
  return all.flatMap(({ output }) =>
    output.map((file) => {
      if (file.type === 'asset') return String(file.source)
      // Half minified, everything that ours is compared with would weigh too much, and nobody would see it.
      const again = minifySync('bundle.js', file.code, { ...minified, module: format === 'es' }).code.length
      if (again < 0.99 * file.code.length)
        throw new Error(
          `Found ${file.code.length} bytes, expected the ${again} of full minification: ${code.slice(0, 80)}`,
        )
      return file.code
    }),
  )
}

/**
 * What a host's bundler makes of some code: one module, fully minified, everything in it.
 *
 * @param {string} code
 * @param {'es' | 'iife'} [format]
 */
export const bundle = async (code, format) => (await bundleFiles(code, format)).join('\n')

/**
 * The files that a peer brings to the page, as text.
 *
 * @param {Peer} peer
 */
export async function filesOf({ files = [], code }) {
  const ready = files.map((file) => readFileSync(inModules(file), 'utf8'))
  return code ? [...(await bundleFiles(code)), ...ready] : ready
}

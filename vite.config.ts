import { fileURLToPath } from 'node:url'
import type { BuildEnvironmentOptions, Plugin } from 'vite'
import { defineConfig, type ViteUserConfig } from 'vitest/config'
import type { ProjectConfig as ProjectOptions } from 'vitest/node'

const at = (path: string): string => fileURLToPath(new URL(path, import.meta.url))
const sdk = at('packages/sdk/src')
const widgets = at('packages/widgets/src')

/** Sources stand for the packages' names: tests need no build, and the script tag is built as one program. */
const alias = [
  { find: /^@plimsoll\/sdk$/, replacement: `${sdk}/index.ts` },
  { find: /^@plimsoll\/sdk\/config$/, replacement: `${sdk}/config/index.ts` },
  { find: /^@plimsoll\/widgets$/, replacement: `${widgets}/index.ts` },
]

/** What the engine fetches when it is needed, by its source: in the script-tag build each stands for itself. */
const engineChunks = {
  validator: `${sdk}/config/parseConfigSliced.ts`,
  hooks: `${sdk}/hooks.ts`,
  desk: `${sdk}/desk.ts`,
}

/** What `widgets.ts` fetches when it is needed, each from its folder: these share code with each other. */
const widgetChunks = Object.fromEntries(
  ['frame', 'banner', 'tooltip', 'panel', 'modal', 'toast', 'explainer', 'plans', 'block'].map((name) => [
    name,
    `${widgets}/${name}/index.tsx`,
  ]),
)

/** The files beside the script tag, of stable names, by source. */
const lazyChunks = new Map(
  Object.entries({ ...engineChunks, ...widgetChunks }).map(([name, source]) => [source, `./plimsoll-${name}.js`]),
)
// Of the public entry, the engine calls this alone; the other function brings every word for faults with it.
lazyChunks.set(`${sdk}/config/index.ts`, './plimsoll-validator.js')

/**
 * Leaves lazy chunks out of the script tag, which is one file. In a classic script a literal `import('./x.js')` is
 * resolved against the script's own URL, and Trusted Types let it pass.
 */
const lazyChunksBesideScript: Plugin = {
  name: 'plimsoll:lazy-chunks',
  enforce: 'pre',
  async resolveId(source, importer, options) {
    const target = await this.resolve(source, importer, { ...options, skipSelf: true })
    const chunk = target && lazyChunks.get(target.id)
    if (!chunk || !importer) return target
    if (options.kind !== 'dynamic-import') this.error(`${importer} imports ${source} statically; it must stay lazy`)
    return { id: chunk, external: 'absolute' }
  },
}

/** nanostores and zod keep an object on `globalThis`: on a host's page no global is added but `plimsoll`. */
const privateGlobals: Plugin = {
  name: 'plimsoll:private-globals',
  transform: {
    filter: { id: /node_modules[\\/](nanostores|zod)[\\/]/, code: 'globalThis' },
    // No line moves, so the source map holds.
    handler: (code) => ({
      code: `const privateGlobals = {};${code.replaceAll('globalThis', 'privateGlobals')}`,
      map: null,
    }),
  },
}

/**
 * The frame's chunk holds all that a first banner needs besides itself: Preact, the base style sheet, what the banner
 * says. What only later kinds share stands in chunks of its own, features and plans on offer in one.
 */
const sharedChunks = {
  groups: [
    { name: 'floating', test: /node_modules[\\/]@floating-ui[\\/]|anchor[\\/]floating\.ts$/ },
    { name: 'frame', test: /widgets[\\/]src[\\/]frame[\\/]|sdk[\\/]src[\\/]content[\\/]writeLimit\.ts$/ },
    { name: 'features', test: /sdk[\\/]src[\\/]content[\\/](labels[\\/]feature|features|offer|writeFeature)\.ts$/ },
  ],
}

interface Library {
  readonly entry: string | Readonly<Record<string, string>>
  readonly outDir: 'sdk' | 'widgets'
  readonly format?: 'es' | 'iife'
  readonly output?: object
  readonly external?: readonly RegExp[]
  /** Where the licences of what is bundled are written. */
  readonly license?: string
}

const library = ({
  entry,
  outDir,
  format = 'es',
  output = {},
  external = [],
  license,
}: Library): BuildEnvironmentOptions => ({
  lib: { entry: entry as string, formats: [format], name: 'plimsollScript' },
  outDir: at(`packages/${outDir}/dist`),
  emptyOutDir: false,
  copyPublicDir: false,
  target: 'es2022',
  minify: false,
  // Style sheets keep their meaning: nothing is lowered, whitespace goes.
  cssTarget: 'esnext',
  cssMinify: 'lightningcss',
  sourcemap: true,
  reportCompressedSize: false,
  license: license ? { fileName: `licenses/${license}.md` } : false,
  rolldownOptions: {
    external: [...external],
    // The words for faults are lazy for the script tag; the entry for hosts has them at hand.
    checks: { ineffectiveDynamicImport: false },
    // What an entry shares with other chunks may stand in the entry itself: one request less.
    preserveEntrySignatures: 'allow-extension',
    output: { entryFileNames: '[name].js', chunkFileNames: '[name].js', ...output },
  },
})

/** One run of `vite build --mode …` each; `npm run build` makes them all. */
const builds: Record<string, () => ViteUserConfig> = {
  sdk: () => ({
    build: library({
      entry: { index: `${sdk}/index.ts`, config: `${sdk}/config/index.ts` },
      outDir: 'sdk',
      output: { chunkFileNames: 'chunks/[name].js' },
      external: [/^(nanostores|idb-keyval|zod)(\/|$)/],
    }),
  }),
  widgets: () => ({
    build: library({
      entry: { index: `${widgets}/index.ts` },
      outDir: 'widgets',
      output: { chunkFileNames: 'chunks/[name].js' },
      external: [/^(@plimsoll\/sdk|preact|@floating-ui\/dom)(\/|$)/],
    }),
  }),
  tag: () => ({
    ...scriptTag([lazyChunksBesideScript]),
    build: library({
      entry: `${widgets}/tag/index.ts`,
      outDir: 'widgets',
      format: 'iife',
      license: 'plimsoll',
      output: { ...minified, entryFileNames: 'plimsoll.js' },
    }),
  }),
  ...Object.fromEntries(
    Object.entries(engineChunks).map(([name, source]) => [
      name,
      () => ({
        ...scriptTag(),
        build: library({
          entry: { [`plimsoll-${name}`]: source },
          outDir: 'widgets',
          license: `plimsoll-${name}`,
          output: { ...minified, chunkFileNames: 'plimsoll-[name].js' },
        }),
      }),
    ]),
  ),
  kinds: () => ({
    ...scriptTag(),
    build: library({
      entry: Object.fromEntries(Object.entries(widgetChunks).map(([name, source]) => [`plimsoll-${name}`, source])),
      outDir: 'widgets',
      license: 'plimsoll-widgets',
      output: { ...minified, chunkFileNames: 'plimsoll-[name].js', codeSplitting: sharedChunks },
    }),
  }),
}

/** Minified whole, and ASCII only: a classic script is read in the page's encoding, whatever that is. */
const minified = { minify: { compress: true, mangle: true, codegen: { asciiOnly: true } }, comments: false } as const

function scriptTag(plugins: Plugin[] = []): ViteUserConfig {
  return {
    resolve: { alias },
    plugins: [...plugins, privateGlobals],
    define: { 'process.env.NODE_ENV': '"production"' },
  }
}

/** Found while a browser test runs, these would make the server reload the page in its middle. */
const optimizeDeps = {
  include: [
    'preact',
    'preact/hooks',
    'preact/jsx-runtime',
    'preact/jsx-dev-runtime',
    'nanostores',
    'idb-keyval',
    'zod/mini',
    '@floating-ui/dom',
    'axe-core',
  ],
}

async function tests(): Promise<NonNullable<ViteUserConfig['test']>> {
  const [{ playwright }, { chromiumArgs, findChromium }] = await Promise.all([
    import('@vitest/browser-playwright'),
    import('./test/browser.ts'),
  ])
  // One kind of test after the other: what waits for the clock is not disturbed by what keeps the machine busy.
  const project = (order: number, name: string, folders: string): ProjectOptions => ({
    name,
    include: [`test/${folders}/**/*.test.{ts,tsx}`],
    // Long runs (`npm run test:long`) have files of their own, and more rounds in the others.
    exclude: process.env.PLIMSOLL_LONG ? [] : ['**/*.long.test.{ts,tsx}'],
    environment: 'node',
    sequence: { groupOrder: order },
  })
  const slow = { testTimeout: 60_000, hookTimeout: 180_000 }
  const browser: ProjectOptions['browser'] = {
    enabled: true,
    headless: true,
    screenshotFailures: false,
    provider: playwright({ launchOptions: { executablePath: findChromium(), args: chromiumArgs } }),
    instances: [{ browser: 'chromium' }],
  }
  const extend = './vite.config.ts'
  return {
    reporters: ['default', './test/count.ts'],
    passWithNoTests: true,
    // A busy machine is no failure.
    expect: { poll: { timeout: 20_000 } },
    projects: [
      { extends: extend, test: project(0, 'unit', '{core,config,content,state,sdk,demo}') },
      { extends: extend, optimizeDeps, test: { ...project(1, 'browser', '{widgets,browser}'), browser } },
      { extends: extend, test: { ...project(2, 'tooling', '{tooling,packages}'), ...slow } },
      { extends: extend, test: { ...project(3, 'e2e', 'e2e'), ...slow } },
    ],
  }
}

export default defineConfig(async ({ mode }): Promise<ViteUserConfig> => {
  // JSX in files that no tsconfig includes would fall back to React.
  const oxc = { jsx: { runtime: 'automatic', importSource: 'preact' } } as const
  const build = builds[mode]
  if (build) return { oxc, ...build() }
  // knip and editors read this file too: a browser is looked for only where tests run.
  return process.env.VITEST ? { oxc, resolve: { alias }, test: await tests() } : { oxc, resolve: { alias } }
})

import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { brotliCompressSync } from 'node:zlib'
import type { BuildEnvironmentOptions, Plugin, Rolldown } from 'vite'
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

/**
 * The validator is a build of its own, so that it comes in one request: what it shares with the widgets' copy would
 * else stand in a third file.
 */
const validator = `${sdk}/config/parseConfigSliced.ts`

const validatorBesideScript: Plugin = {
  name: 'plimsoll:validator-beside-script',
  enforce: 'pre',
  resolveId(source, importer, { kind }) {
    if (kind === 'dynamic-import' && importer === `${sdk}/loadConfig.ts` && source === './config/index.ts') {
      return { id: './plimsoll-validator.js', external: 'absolute' }
    }
  },
}

/** How the entry begins, on a line of its own. */
const opening = '(()=>{'
/** The language's own promise, whatever the page has put in the place of the global. */
const ownPromise = '{constructor:Promise}=(async e=>{})()'

/**
 * Makes the entry a classic script, which has no exports: what lazy chunks share with it they find at
 * `plimsoll.engine`, under a key of this build. A chunk of another build, fetched after a deploy, finds nothing there
 * and fails to load, as one that is missing. A literal `import('./x.js')` in a classic script is resolved against the
 * script's own URL, and Trusted Types let it pass.
 */
const classicEntry: Plugin = {
  name: 'plimsoll:classic-entry',
  generateBundle(_, bundle) {
    const chunks = Object.values(bundle).filter((chunk) => chunk.type === 'chunk')
    const entry = chunks.find(({ name }) => name === 'plimsoll')
    const exported = /export\{([^}]*)\};/.exec(entry?.code ?? '')
    if (!entry || !exported) return this.error('The script tag exports nothing to its chunks.')
    const build = `b${createHash('sha256').update(entry.code).digest('hex').slice(0, 8)}`
    const shared = exported[1]?.replaceAll(/([\w$]+) as ([\w$]+)/g, '$2:$1')
    // Put on the banner's own line: no line moves, and the source map holds.
    entry.code = entry.code
      .replace(exported[0], '')
      .replace(opening, () => `${opening}const engineShared=()=>({${build}:{${shared},Promise}}),${ownPromise}`)
    for (const chunk of chunks) {
      if (chunk === entry) continue
      chunk.code = chunk.code.replace(/import\{([^}]*)\}from"\.\/plimsoll\.js"/, (all, names: string) =>
        `const{${names.replaceAll(' as ', ':')}}=self.plimsoll.engine.${build}`.padEnd(all.length),
      )
      if (chunk.code.includes('"./plimsoll.js"')) this.error(`${chunk.fileName} still imports the script tag.`)
      if (!/\bPromise\b/.test(chunk.code)) continue
      // No line moves here either.
      if (!chunk.code.startsWith('\n')) this.error(`${chunk.fileName} has no empty line to begin with.`)
      chunk.code = `const{Promise}=self.plimsoll.engine.${build}${chunk.code}`
    }
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
 * What no schema of `packages/sdk/src/config/leaves.ts` reaches of zod's core, by file: each as an expression from which
 * the minifier sees that the rest is of no use. `test/packages/validator.test.ts` holds the outcome to the whole zod.
 */
const outOfReach: Readonly<Record<string, readonly (readonly [text: RegExp, instead: string])[]>> = {
  schemas: [
    // A test is a schema of its own, never a check on another's list, and never a promise.
    [/checks\.length === 0/g, 'true'],
    // Own keys only: a page may have given every object some to inherit.
    [/for \(const key in input\)/g, 'for (const key of Object.keys(input))'],
    [/capSize(?=\(inst, \w+\);)/g, 'void '],
    [/\w+ instanceof Promise/g, 'false'],
    // No key has a default, and none tells the parts of a union apart.
    [/util\.defineLazyInternal\(inst, "optin", .*"defaulted" : "optional"\)/g, 'inst._zod.optin = "optional"'],
    [/util\.defineLazyInternal(?=\(inst, "(values|pattern|propValues)")/g, 'void '],
    // Schemas are only run: nobody asks them for methods, or for errors to throw.
    [/standardProps\(this\)/g, 'undefined'],
  ],
  core: [
    [/protoMembers = proto/g, 'protoMembers = undefined'],
    [/params\?\.Parent/g, 'undefined'],
  ],
}

/** Leaves that out of the script tag's validator. Another version of zod, where it is not found, fails the build. */
const leanZod: Plugin = {
  name: 'plimsoll:lean-zod',
  transform: {
    filter: { id: /node_modules[\\/]zod[\\/]v4[\\/]core[\\/](schemas|core)\.js$/ },
    // No line moves, so the source map holds.
    handler(code, id) {
      const cuts = outOfReach[id.replace(/.*[\\/](\w+)\.js$/, '$1')]!
      const missing = cuts.find(([text]) => code.search(text) < 0)
      if (missing) this.error(`${id} no longer has ${missing[0]}`)
      return { code: cuts.reduce((rest, [text, instead]) => rest.replaceAll(text, instead), code), map: null }
    },
  },
}

/**
 * The frame's chunk holds all that a first banner needs besides itself: Preact, the base style sheet, what the banner
 * says. What only later kinds share stands in chunks of its own; features, plans on offer and their chip in one.
 */
const sharedChunks = {
  groups: [
    { name: 'floating', test: /node_modules[\\/]@floating-ui[\\/]|anchor[\\/]floating\.ts$/ },
    { name: 'frame', test: /widgets[\\/]src[\\/]frame[\\/]|sdk[\\/]src[\\/]content[\\/]writeLimit\.ts$/ },
    {
      name: 'features',
      test: /sdk[\\/]src[\\/]content[\\/](labels[\\/]feature|features|offer|writeFeature)\.ts$|widgets[\\/]src[\\/]chip\.css/,
    },
  ],
}

/** Each kind of widget as an entry of the build, so that the frame's chunk keeps the names of its exports. */
const widgetChunks = Object.fromEntries(
  ['frame', 'banner', 'tooltip', 'panel', 'modal', 'toast', 'explainer', 'plans', 'block'].map((name) => [
    `plimsoll-${name}`,
    `${widgets}/${name}/index.tsx`,
  ]),
)

interface Library {
  readonly entry: Readonly<Record<string, string>>
  readonly outDir: 'sdk' | 'widgets'
  readonly output?: Rolldown.OutputOptions
  readonly external?: readonly RegExp[]
  /** Whether what an entry shares with other chunks may stand in the entry itself: one request less. */
  readonly shares?: boolean
  /** Where the licences of what is bundled are written. */
  readonly license?: string
}

const library = ({ entry, outDir, output = {}, external = [], shares, license }: Library): BuildEnvironmentOptions => ({
  lib: { entry, formats: ['es'] },
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
    ...(shares && { preserveEntrySignatures: 'allow-extension' }),
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
  // One program with all that it needs: who uses the SDK installs nothing more for it, and it starts by reading one file.
  cli: () => ({
    // `publish` says what it saves: the validator, which is built before.
    define: {
      VALIDATOR_BYTES: brotliCompressSync(readFileSync(at('packages/widgets/dist/plimsoll-validator.js'))).length,
    },
    build: {
      ...library({
        entry: { cli: `${sdk}/cli/index.ts` },
        outDir: 'sdk',
        external: [/^node:/],
        license: 'cli',
        output: { codeSplitting: false },
      }),
      sourcemap: false,
    },
  }),
  widgets: () => ({
    build: library({
      entry: { index: `${widgets}/index.ts` },
      outDir: 'widgets',
      output: { chunkFileNames: 'chunks/[name].js' },
      external: [/^(@plimsoll\/sdk|preact|@floating-ui\/dom)(\/|$)/],
    }),
  }),
  // Static files that work under any path. They are a page of their own, and no part of what hosts get.
  studio: () => ({
    root: at('demo/studio'),
    base: './',
    resolve: { alias },
    worker: { format: 'es' },
    build: {
      outDir: at('demo/studio/dist'),
      emptyOutDir: true,
      target: 'es2022',
      cssTarget: 'esnext',
      // Its page says that nothing is sent anywhere, and the polyfill fetches.
      modulePreload: { polyfill: false },
      reportCompressedSize: false,
      chunkSizeWarningLimit: 1000,
      license: { fileName: 'licenses.md' },
      rolldownOptions: { input: [at('demo/studio/index.html'), at('demo/studio/frame.html')] },
    },
  }),
  validator: () => ({
    ...scriptTag(),
    build: library({
      entry: { 'plimsoll-validator': validator },
      outDir: 'widgets',
      shares: true,
      license: 'plimsoll-validator',
      output: minified,
    }),
  }),
  tag: () => ({
    ...scriptTag([validatorBesideScript, classicEntry]),
    build: library({
      entry: { plimsoll: `${widgets}/tag/index.ts`, ...widgetChunks },
      outDir: 'widgets',
      shares: true,
      license: 'plimsoll',
      output: {
        ...minified,
        codeSplitting: sharedChunks,
        postBanner: ({ name }) => (name === 'plimsoll' ? opening : ''),
        postFooter: ({ name }) => (name === 'plimsoll' ? '})()' : ''),
      },
    }),
  }),
}

/** Minified whole, and ASCII only: a classic script is read in the page's encoding, whatever that is. */
const minified = {
  minify: { compress: true, mangle: true, codegen: { asciiOnly: true } },
  comments: false,
  chunkFileNames: 'plimsoll-[name].js',
} as const

function scriptTag(plugins: Plugin[] = []): ViteUserConfig {
  return {
    resolve: { alias },
    plugins: [...plugins, privateGlobals, leanZod],
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
    '@testing-library/preact',
  ],
}

async function tests(): Promise<NonNullable<ViteUserConfig['test']>> {
  const [{ playwright }, { chromiumArgs, findHeadlessShell }] = await Promise.all([
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
    // A busy machine is no failure.
    testTimeout: 60_000,
    hookTimeout: 180_000,
  })
  const browser: ProjectOptions['browser'] = {
    enabled: true,
    headless: true,
    screenshotFailures: false,
    provider: playwright({ launchOptions: { executablePath: findHeadlessShell(), args: chromiumArgs } }),
    instances: [{ browser: 'chromium' }],
  }
  const extend = './vite.config.ts'
  return {
    reporters: ['default', './test/count.ts'],
    passWithNoTests: true,
    // Most of an end-to-end test is waiting: three at a time are what two cores can do.
    maxWorkers: 3,
    // A busy machine is no failure.
    expect: { poll: { timeout: 20_000 } },
    projects: [
      { extends: extend, test: project(0, 'unit', '{core,config,content,state,advise,lint,simulate,sdk,demo}') },
      // One page has the focus at a time.
      {
        extends: extend,
        optimizeDeps,
        test: { ...project(1, 'browser', '{widgets,browser}'), browser, fileParallelism: false },
      },
      { extends: extend, test: project(2, 'tooling', '{tooling,packages,cli}') },
      { extends: extend, test: project(3, 'e2e', 'e2e') },
      { extends: extend, test: project(4, 'studio', 'studio') },
      { extends: extend, test: project(5, 'engines', 'engines') },
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

/** What a host gets: both packages packed, installed into an empty folder and used there by their names. */

import { execFile } from 'node:child_process'
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { promisify } from 'node:util'
import { build, type Rolldown } from 'vite'
import { afterAll, beforeAll, expect, test } from 'vitest'

const run = promisify(execFile)
const config = {
  version: 1,
  product: 'Acme',
  plans: [
    { id: 'starter', name: 'Starter', limits: { projects: 100 } },
    { id: 'pro', name: 'Pro', limits: { projects: 1000 } },
  ],
  resources: { projects: { one: 'project', other: 'projects' } },
  links: { upgrade: '/billing/upgrade?plan={plan.id}' },
  triggers: [{ id: 'projects-80', type: 'limit_approaching', resource: 'projects' }],
}
let host: string

beforeAll(async () => {
  host = await mkdtemp(join(tmpdir(), 'plimsoll-host-'))
  const tarballs: string[] = []
  for (const name of ['sdk', 'widgets']) {
    const { stdout } = await run('npm', ['pack', '--json', '--pack-destination', host, resolve('packages', name)])
    tarballs.push(`./${JSON.parse(stdout)[0].filename}`)
  }
  await write('package.json', JSON.stringify({ name: 'host', private: true, type: 'module' }))
  await write('config.json', JSON.stringify(config))
  await run('npm', ['install', '--prefer-offline', '--no-audit', '--no-fund', ...tarballs], { cwd: host })
})
afterAll(() => rm(host, { recursive: true, force: true }))

async function write(file: string, text: string): Promise<void> {
  await mkdir(join(host, file, '..'), { recursive: true })
  await writeFile(join(host, file), text)
}

/** Runs a module in node, in the host's folder, and answers with what it printed. */
async function node(source: string): Promise<unknown> {
  await write('script.mjs', source)
  const { stdout } = await run(process.execPath, ['script.mjs'], { cwd: host, timeout: 20_000 })
  return JSON.parse(stdout)
}

test('does nothing when it is imported on a server', async () => {
  const seen = await node(`
    const before = Reflect.ownKeys(globalThis)
    const sdk = await import('@plimsoll/sdk')
    const widgets = await import('@plimsoll/widgets')
    // What a dependency keeps there is its own; nanostores does.
    const added = Reflect.ownKeys(globalThis).filter((key) => !before.includes(key) && key !== 'nanostoresGlobal')
    console.log(JSON.stringify({ added, sdk: typeof sdk.createPlimsoll, widgets: typeof widgets.widgets }))
  `)
  expect(seen).toEqual({ added: [], sdk: 'function', widgets: 'function' })
})

test('decides without a browser, and counts what the host reports', async () => {
  const seen = await node(`
    import { readFileSync } from 'node:fs'
    import { createPlimsoll } from '@plimsoll/sdk'
    const plimsoll = createPlimsoll({ config: JSON.parse(readFileSync('config.json', 'utf8')) })
    const errors = []
    plimsoll.on('error', (detail) => errors.push(detail.message))
    const decided = new Promise((done) => plimsoll.$decision.listen(({ prompt }) => prompt && done(prompt)))
    await plimsoll.identify({ user: { id: 'u1', role: 'admin' }, account: { id: 'a1', plan: 'starter' } })
    await plimsoll.usage({ projects: { used: 82 } })
    const { triggerId, kind, figures, plan } = await decided
    await plimsoll.report('projects-80', 'shown')
    await plimsoll.report('projects-80', 'dismissed')
    const [{ wouldShow, reasons }] = await plimsoll.explain('projects-80')
    await plimsoll.destroy()
    console.log(JSON.stringify({ triggerId, kind, figures, plan: plan.id, wouldShow, reasons: reasons.map((r) => r.reason), errors }))
  `)
  expect(seen).toMatchObject({
    triggerId: 'projects-80',
    kind: 'banner',
    figures: { used: 82, limit: 100, remaining: 18, percent: 82, plan: 'pro', currentPlan: 'starter' },
    plan: 'pro',
    wouldShow: false,
    reasons: ['frequency'],
    errors: [],
  })
})

test('offers the pure core', async () => {
  const seen = await node(`
    import { bucket, evaluateCondition } from '@plimsoll/sdk'
    const condition = { 'user.role': 'admin', 'usage.projects.ratio': { $gte: 0.5 } }
    console.log(JSON.stringify({
      admin: evaluateCondition(condition, { user: { role: 'admin' }, usage: { projects: { ratio: 0.82 } } }),
      member: evaluateCondition(condition, { user: { role: 'member' }, usage: { projects: { ratio: 0.82 } } }),
      bucket: [bucket('a', 'b'), bucket('a', 'b')],
    }))
  `)
  // GrowthBook's hash, version 2: fnv32a(String(fnv32a('a' + 'b'))) % 10000 / 10000.
  expect(seen).toEqual({ admin: true, member: false, bucket: [0.6912, 0.6912] })
})

test('checks a file by parseConfig of its own entry', async () => {
  const seen = await node(`
    import { readFileSync } from 'node:fs'
    import { parseConfig } from '@plimsoll/sdk/config'
    const file = JSON.parse(readFileSync('config.json', 'utf8'))
    const { config, errors } = parseConfig({ ...file, triggers: [...file.triggers, { id: 'b', type: 'team_groth' }] })
    console.log(JSON.stringify({ ids: config.triggers.map(({ id }) => id), at: config.triggers[0].at, errors }))
  `)
  expect(seen).toMatchObject({
    ids: ['projects-80'],
    at: [80],
    errors: [{ path: 'triggers[1].type', found: 'team_groth', nearest: 'team_growth' }],
  })
})

test('brings the command line, which needs nothing that is not installed', async () => {
  const { stdout, stderr } = await run('npx', ['--no-install', 'plimsoll', 'check', 'config.json'], { cwd: host })
  expect({ stdout, stderr: stderr.replace(/^npm warn .*\n/gm, '') }).toEqual({
    stdout: '1 file checked: no faults.\n',
    stderr: '',
  })
})

test('has types that a strict host can use, in node and in a bundler', async () => {
  await write(
    'host.ts',
    `import { createPlimsoll, type LedgerStore, type PlimsollConfig, type Prompt, type Renderer } from '@plimsoll/sdk'
import { parseConfig } from '@plimsoll/sdk/config'
import { widgets } from '@plimsoll/widgets'

const config: PlimsollConfig = { version: 1, triggers: [{ id: 'a', type: 'limit_approaching', resource: 'projects' }] }
const renderer: Renderer = widgets()
export const plimsoll = createPlimsoll({ config, render: renderer })
export const faults = parseConfig(config).errors.map(({ path }) => path)
export const title = (prompt: Prompt): string => prompt.triggerId
export type Store = LedgerStore
// @ts-expect-error: a limit trigger names its resource
export const wrong: PlimsollConfig = { version: 1, triggers: [{ id: 'a', type: 'limit_approaching' }] }
`,
  )
  const strict = { strict: true, exactOptionalPropertyTypes: true, noUncheckedIndexedAccess: true, noEmit: true }
  const common = {
    ...strict,
    skipLibCheck: false,
    skipDefaultLibCheck: true,
    target: 'es2022',
    lib: ['es2022', 'dom', 'dom.iterable'],
    types: [],
  }
  for (const [name, options] of Object.entries({
    node: { module: 'nodenext', moduleResolution: 'nodenext' },
    bundler: { module: 'esnext', moduleResolution: 'bundler' },
  })) {
    const compilerOptions = { ...common, ...options }
    await write(`tsconfig.${name}.json`, JSON.stringify({ compilerOptions, files: ['host.ts'] }))
    const failed = run(resolve('node_modules/.bin/tsc'), ['-p', `tsconfig.${name}.json`], { cwd: host })
    await expect(failed.catch((error) => error.stdout)).resolves.toMatchObject({ stdout: '' })
  }
})

test('keeps the validator and the widgets out of the first chunk of a Vite app', async () => {
  await write(
    'app/main.js',
    `import { createPlimsoll } from '@plimsoll/sdk'
import { widgets } from '@plimsoll/widgets'
window.app = createPlimsoll({ config: '/config.json', render: widgets() })
`,
  )
  await write('app/index.html', '<!doctype html><script type="module" src="./main.js"></script>')
  const built = await build({
    root: join(host, 'app'),
    configFile: false,
    logLevel: 'silent',
    build: { write: false, modulePreload: { polyfill: false } },
  })
  const chunks = (built as Rolldown.RolldownOutput).output.filter((file) => file.type === 'chunk')
  const first = chunks.filter(
    (chunk) => chunk.isEntry || chunks.some((c) => c.isEntry && c.imports.includes(chunk.fileName)),
  )
  const packagesOf = (some: typeof chunks): string[] => {
    const modules = some.flatMap((chunk) => chunk.moduleIds)
    const names = modules.flatMap((id) => id.match(/.*node_modules\/((?:@[^/]+\/)?[^/]+)/)?.[1] ?? [])
    return [...new Set(names)].sort()
  }
  expect(packagesOf(first)).toEqual(['@plimsoll/sdk', '@plimsoll/widgets', 'idb-keyval', 'nanostores'])
  expect(packagesOf(chunks)).toEqual([
    '@floating-ui/core',
    '@floating-ui/dom',
    '@floating-ui/utils',
    '@plimsoll/sdk',
    '@plimsoll/widgets',
    'idb-keyval',
    'nanostores',
    'preact',
    'zod',
  ])
})

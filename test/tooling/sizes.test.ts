import { execFile, execFileSync } from 'node:child_process'
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'

const script = resolve('.ci/sizes.mjs')
const first = '# Acme\n<!-- sizes -->\n<!-- /sizes -->\nThe end.\n'
const whole = `# Acme
<!-- sizes -->
| what is downloaded | bytes, brotli | at most |
| --- | ---: | ---: |
| one | 7 | 10 |
<!-- /sizes -->
The end.
`
let folder: string

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'plimsoll-sizes-'))
  await mkdir(join(folder, 'packages/widgets/dist'), { recursive: true })
  await writeFile(join(folder, 'packages/widgets/dist/one.js'), 'one')
  await allow(10)
})
afterEach(() => rm(folder, { recursive: true }))

const allow = (max: number): Promise<void> =>
  writeFile(join(folder, 'package.json'), JSON.stringify({ budgets: [{ name: 'one', files: ['one.js'], max }] }))

/** Runs the script, and answers with its exit code. */
const weigh = (...args: string[]): Promise<number> =>
  new Promise((done) => {
    const child = execFile(process.execPath, [script, ...args], { cwd: folder })
    child.on('close', (code) => done(code ?? 1))
  })

/** Runs the script, and answers with what it prints. */
const say = (): Promise<string> =>
  new Promise((done) => {
    execFile(process.execPath, [script], { cwd: folder }, (_, printed) => done(printed))
  })

test('passes what is within its budget', async () => {
  expect(await weigh()).toBe(0)
})

test('passes what weighs exactly its budget', async () => {
  await allow(7)
  expect(await weigh()).toBe(0)
})

test('fails what is one byte over its budget', async () => {
  await allow(6)
  expect(await weigh()).toBe(1)
})

test('fails when the README tells other sizes than the build has', async () => {
  await writeFile(join(folder, 'README.md'), first)
  expect(await weigh()).toBe(1)
})

test('asks nothing of a README without a place for sizes', async () => {
  await writeFile(join(folder, 'README.md'), '# Acme\n')
  expect(await weigh()).toBe(0)
})

test('writes the sizes into the README, and then agrees with it', async () => {
  await writeFile(join(folder, 'README.md'), first)
  expect(await weigh('--write')).toBe(0)
  expect(await readFile(join(folder, 'README.md'), 'utf8')).toBe(whole)
  expect(await weigh()).toBe(0)
})

test('fails where a file of the script tag has no budget', async () => {
  await writeFile(join(folder, 'packages/widgets/dist/plimsoll-new.js'), 'new')
  expect(await weigh()).toBe(1)
})

test('weighs a budget without a name, which the README does not tell', async () => {
  await writeFile(join(folder, 'packages/widgets/dist/plimsoll-new.js'), 'new')
  const named = { name: 'one', files: ['one.js'], max: 10 }
  const budgets = [named, { files: ['plimsoll-new.js'], max: 7 }]
  await writeFile(join(folder, 'package.json'), JSON.stringify({ budgets }))
  await writeFile(join(folder, 'README.md'), whole)
  expect(await weigh()).toBe(0)
  await writeFile(join(folder, 'package.json'), JSON.stringify({ budgets: [named, { ...budgets[1], max: 6 }] }))
  expect(await weigh()).toBe(1)
})

const results = 'test/bench/results.json'
const older = { 'plimsoll.js': { 'sdk/a.ts': 2, 'widgets/b.ts': 5, 'sdk/gone.ts': 9 } }

/** Builds a file of two modules, and leaves the results of a bench. */
async function bench(size: object): Promise<void> {
  await writeFile(join(folder, 'packages/widgets/dist/plimsoll.js'), 'a(1);bb(2)\n')
  // One segment at column 0 for the first module, one at column 5 for the second.
  const map = { version: 3, sources: ['../../sdk/src/a.ts', '../src/b.ts'], names: [], mappings: 'AAAA,KCAA' }
  await writeFile(join(folder, 'packages/widgets/dist/plimsoll.js.map'), JSON.stringify(map))
  await writeFile(join(folder, 'packages/widgets/dist/plimsoll-hooks.js'), 'ccc(3)')
  const budgets = [{ files: ['plimsoll.js', 'plimsoll-hooks.js'], max: 40 }]
  await writeFile(join(folder, 'package.json'), JSON.stringify({ budgets }))
  await mkdir(join(folder, 'test/bench'), { recursive: true })
  await writeFile(join(folder, results), JSON.stringify({ size, boot: 'kept' }))
}
const changes = async (): Promise<string[]> => (await say()).split('\n').filter((line) => /minified/.test(line))

test('tells what has grown and what has gone since the bench last ran, module by module', async () => {
  await bench({ modules: older })
  expect(await changes()).toEqual([
    '+3 minified bytes of sdk/a.ts in plimsoll.js',
    '−9 minified bytes of sdk/gone.ts in plimsoll.js',
  ])
})

test('fails where the results of the bench tell other sizes than the build has, until they are written anew', async () => {
  const visit = { brotli: 1, files: ['plimsoll.js'] }
  await bench({ modules: older, visits: { first: visit, returning: visit, behind: 1 } })
  expect(await weigh()).toBe(1)
  expect(await weigh('--write')).toBe(0)
  expect(await weigh()).toBe(0)
  const { size, boot } = JSON.parse(await readFile(join(folder, results), 'utf8'))
  expect(size).toEqual({
    modules: { 'plimsoll.js': { 'sdk/a.ts': 5, 'widgets/b.ts': 5 }, 'plimsoll-hooks.js': {} },
    chunks: [
      { name: 'plimsoll-hooks.js', min: 6, gzip: 26, brotli: 10 },
      { name: 'plimsoll.js', min: 11, gzip: 31, brotli: 15 },
    ],
    visits: { first: { ...visit, brotli: 15 }, returning: { ...visit, brotli: 15 }, behind: 10 },
  })
  expect(boot).toBe('kept')
})

test('tells a branch what it changes, although its results are renewed', async () => {
  await bench({ modules: older })
  const git = (...args: string[]): Buffer =>
    execFileSync('git', ['-c', 'user.name=a', '-c', 'user.email=a@b', ...args], { cwd: folder })
  git('init', '--quiet')
  git('add', results)
  git('commit', '--quiet', '--message', 'base')
  git('update-ref', 'refs/remotes/origin/main', 'HEAD')
  expect(await weigh('--write')).toBe(0)
  git('commit', '--quiet', '--all', '--message', 'branch')
  expect(await changes()).toHaveLength(2)
})

import { execFile } from 'node:child_process'
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

/** The built script tag, read as text: what a host's page would fetch, and in which order. */

import { createHash } from 'node:crypto'
import { readdirSync, readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { launchChromium } from '../browser.ts'

const dist = 'packages/widgets/dist/'
const read = (file: string): string => readFileSync(dist + file, 'utf8')
const kinds = ['banner', 'block', 'explainer', 'modal', 'panel', 'plans', 'toast', 'tooltip'].map(
  (kind) => `plimsoll-${kind}.js`,
)
/** What the engine itself fetches when it is needed. */
const parts = ['validator', 'stage', 'hooks', 'desk']
const files = readdirSync(dist).filter((file) => /^plimsoll.*\.js$/.test(file))

/** The files that a file names, by how it imports them. */
function imports(file: string): { statically: string[]; lazily: string[] } {
  const names = (pattern: RegExp): string[] =>
    [...new Set([...read(file).matchAll(pattern)].map(([, name]) => name!))].sort()
  return {
    statically: names(/(?:\bfrom|\bimport)\s*["'`]([\w@./-]+)["'`]/g),
    lazily: names(/\bimport\(\s*["'`]([^"'`]+)["'`]\s*\)/g),
  }
}

test('writes files of stable names', () => {
  expect(files.filter((file) => !/^plimsoll(-[a-z]+)?\.js$/i.test(file))).toEqual([])
  const needed = [
    'plimsoll.js',
    ...['stub', 'frame', 'floating', ...parts].map((name) => `plimsoll-${name}.js`),
    ...kinds,
  ]
  expect(files).toEqual(expect.arrayContaining(needed))
})

test('fetches its own parts and each kind of widget only when they are needed, by a literal name', () => {
  const lazily = [...kinds, ...['frame', ...parts].map((name) => `plimsoll-${name}.js`)]
    .map((file) => `./${file}`)
    .sort()
  expect(imports('plimsoll.js')).toEqual({ statically: [], lazily })
})

test.each(parts)('lets %s come in one request', (name) => {
  expect(imports(`plimsoll-${name}.js`).statically).toEqual([])
})

test('draws a first banner with the frame and the banner alone, fetched side by side', () => {
  expect(imports('plimsoll-banner.js').statically).toEqual(['./plimsoll-frame.js'])
  expect(imports('plimsoll-frame.js').statically).toEqual([])
  expect(read('plimsoll-frame.js')).toMatch(/export\{[^}]*\bopen\b/)
})

test.each(parts)('shares the engine with %s, which carries no copy of it', (name) => {
  // One sentence of each half of the engine: deciding, and keeping the ledger.
  for (const sentence of ['cap_interval', 'The ledger cannot be read']) {
    expect(read('plimsoll.js')).toContain(sentence)
    expect(read(`plimsoll-${name}.js`)).not.toContain(sentence)
  }
})

test.each(files)('never loads the engine again from %s', (file) => {
  const { statically, lazily } = imports(file)
  expect([...statically, ...lazily]).not.toContain('./plimsoll.js')
})

test('fetches what places tooltips only where a browser needs it', () => {
  const floating = './plimsoll-floating.js'
  expect(files.filter((file) => imports(file).statically.includes(floating))).toEqual([])
  expect(files.filter((file) => imports(file).lazily.includes(floating))).toHaveLength(1)
})

test.each(files)('is free of code from text, and alike in every encoding: %s', (file) => {
  const code = read(file)
  expect(code.match(/\beval\(|\bFunction\(|\bprocess\.env\b/g)).toBeNull()
  // biome-ignore lint/suspicious/noControlCharactersInRegex: ASCII is what is asked
  expect(code.match(/[^\x00-\x7f]/g)).toBeNull()
})

test('gives its chunks what they share under a key of this build, so that another build’s chunk fails at once', () => {
  const [, build] = /engineShared=\(\)=>\(\{(b[0-9a-f]{8}):\{/.exec(read('plimsoll.js')) ?? []
  expect(build).toBeDefined()
  for (const name of ['stage', 'hooks', 'desk']) {
    expect(read(`plimsoll-${name}.js`)).toContain(`=self.plimsoll.engine.${build}`)
  }
})

test('writes a manifest with the hash of every file', () => {
  const hashOf = (file: string) =>
    `sha384-${createHash('sha384')
      .update(readFileSync(dist + file))
      .digest('base64')}`
  expect(JSON.parse(read('integrity.json'))).toEqual(Object.fromEntries(files.map((file) => [file, hashOf(file)])))
})

test('is the same code in the checked script, which asks for no chunk by itself', () => {
  const [plain, checked] = ['plimsoll.js', 'plimsoll-checked.js'].map((file) => read(file).split('\n'))
  expect(checked?.slice(1)).toEqual(plain?.slice(1).map((line) => line.replaceAll('import(`', 'obtain(`')))
  expect(imports('plimsoll-checked.js').lazily).toEqual([])
})

test('adds no global but plimsoll to a page, with every chunk loaded', async () => {
  const browser = await launchChromium()
  try {
    const page = await browser.newPage()
    await page.route('**/*', (route) => {
      const name = new URL(route.request().url()).pathname.slice(1)
      if (!files.includes(name)) return route.fulfill({ contentType: 'text/html', body: '<!doctype html>' })
      return route.fulfill({ contentType: 'text/javascript', body: read(name) })
    })
    await page.goto('http://host.example/')
    const before = await page.evaluate(() => Reflect.ownKeys(window).map(String))
    await page.addScriptTag({ url: '/plimsoll.js' })
    for (const file of files.filter(
      (name) => !['plimsoll.js', 'plimsoll-checked.js', 'plimsoll-stub.js'].includes(name),
    )) {
      await page.evaluate(`import('/${file}')`)
    }
    const after = await page.evaluate(() => Reflect.ownKeys(window).map(String))
    expect(after.filter((key) => !before.includes(key))).toEqual(['plimsoll'])
  } finally {
    await browser.close()
  }
})

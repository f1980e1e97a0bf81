/** The documents' code: what a reader copies must work. */

import { readFileSync } from 'node:fs'
import { parseConfig } from '@plimsoll/sdk/config'
import ts from 'typescript'
import { afterAll, expect, test } from 'vitest'
import { call, closeBrowser, event, mishaps, near, newVisitor, startHost, strictCsp, widget } from './host.ts'

const documents = ['README.md', 'packages/sdk/README.md', 'packages/widgets/README.md', 'SECURITY.md', 'demo/README.md']
const blocks = documents.flatMap((file) =>
  [...readFileSync(file, 'utf8').matchAll(/^```(\w*)\n([\s\S]*?)^```/gm)].map(([, language = '', code = '']) => ({
    file,
    language,
    code,
  })),
)
const of = (language: string) => blocks.filter((block) => block.language === language)

afterAll(closeBrowser)

test('has code of known kinds only, each of which is tried below', () => {
  expect([...new Set(blocks.map(({ language }) => language))].sort()).toEqual([
    '',
    'console',
    'css',
    'html',
    'json',
    'jsonc',
    'sh',
    'ts',
  ])
})

// What stands in `jsonc` are journeys: `test/simulate/journeysSchema.test.ts` checks them.

test.each(of('json'))('has a file without fault: $file', ({ code }) => {
  expect(parseConfig(code).errors).toEqual([])
})

test('has ten lines that lead to a working banner', async () => {
  const [html] = of('html')
  const [json] = of('json')
  // The reader's own page need not have the strict policy, and their script is inline.
  const host = await startHost(json?.code, {
    csp: "default-src 'self' 'unsafe-inline'",
    routes: { '/page': () => ({ type: 'text/html', body: `<!doctype html><title>Page</title><body>${html?.code}` }) },
  })
  const page = await (await newVisitor()).newPage()
  await page.goto(`${host.origin}/page`)
  await widget(page, 'banner').waitFor()
  expect(await widget(page, 'banner').innerText()).toContain('82 of 100 projects used')
  await host.close()
})

const policies = of('').filter(({ code }) => code.startsWith('default-src'))

test.each(policies)('names a policy that is kept when it is served just so: $file, $code', async ({ code }) => {
  const host = await startHost(undefined, { csp: code.trim(), script: near })
  const page = await (await newVisitor()).newPage()
  await page.goto(host.origin)
  await event(page, 'impression', 'projects-80')
  await call(page, 'preview', 'first-100')
  await widget(page, 'modal').waitFor()
  expect(await mishaps(page)).toEqual([])
  await host.close()
})

test('names the strictest policy, under which every other page of these tests is served', () => {
  expect(policies.map(({ code }) => code.trim())).toContain(strictCsp)
})

test('has TypeScript that compiles under strict rules, as a host would write it', () => {
  const files = new Map(of('ts').map(({ code }, i) => [`${process.cwd()}/test/block-${i}.ts`, `${code}\nexport {}\n`]))
  const options: ts.CompilerOptions = {
    strict: true,
    noEmit: true,
    target: ts.ScriptTarget.ES2022,
    module: ts.ModuleKind.ESNext,
    moduleResolution: ts.ModuleResolutionKind.Bundler,
    lib: ['lib.es2023.d.ts', 'lib.dom.d.ts', 'lib.dom.iterable.d.ts', 'lib.dom.asynciterable.d.ts'],
    types: [],
    skipLibCheck: true,
    allowImportingTsExtensions: true,
    jsx: ts.JsxEmit.ReactJSX,
    jsxImportSource: 'preact',
    paths: {
      '@plimsoll/sdk': ['./packages/sdk/src/index.ts'],
      '@plimsoll/sdk/config': ['./packages/sdk/src/config/index.ts'],
      '@plimsoll/widgets': ['./packages/widgets/src/index.ts'],
    },
  }
  const host = ts.createCompilerHost(options)
  const { readFile, fileExists, getSourceFile } = host
  host.fileExists = (name) => files.has(name) || fileExists(name)
  host.readFile = (name) => files.get(name) ?? readFile(name)
  host.getSourceFile = (name, version, ...rest) => {
    const code = files.get(name)
    return code === undefined
      ? getSourceFile.call(host, name, version, ...rest)
      : ts.createSourceFile(name, code, version)
  }
  const program = ts.createProgram([...files.keys()], options, host)
  const faults = [...files.keys()].flatMap((name) => ts.getPreEmitDiagnostics(program, program.getSourceFile(name)))
  expect(
    faults.map(
      ({ messageText, file }) => `${file?.text.slice(0, 80)}: ${ts.flattenDiagnosticMessageText(messageText, ' ')}`,
    ),
  ).toEqual([])
})

test('names commands that there are', () => {
  const { scripts } = JSON.parse(readFileSync('package.json', 'utf8'))
  for (const [, name] of of('sh').flatMap(({ code }) => [...code.matchAll(/^npm (?:run )?([\w:]+)/gm)])) {
    expect(Object.keys(scripts)).toContain(name)
  }
})

test('themes by properties and parts that the widgets have', async () => {
  const host = await startHost(undefined, {
    csp: "default-src 'self' 'unsafe-inline'",
    script: `plimsoll('identify', { account: { id: 'a', plan: 'starter' } }); plimsoll('usage', { projects: { used: 82 } })`,
    body: `<style>${of('css')[0]?.code}</style>`,
  })
  const page = await (await newVisitor()).newPage()
  await page.goto(host.origin)
  await widget(page, 'banner').waitFor()
  expect(await page.locator('[part~="primary"]').evaluate((node) => getComputedStyle(node).backgroundColor)).toBe(
    'rgb(99, 91, 255)',
  )
  expect((await widget(page, 'banner').boundingBox())?.y).toBeCloseTo(72, 0)
  await host.close()
})

import { execFile } from 'node:child_process'
import { cp, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join, resolve } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'

/** A folder like the repository, with its rules and nothing else, to write slips into. */
let folder: string

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'plimsoll-rules-'))
  for (const file of ['.biome.jsonc', '.gitignore', '.ci']) await cp(file, join(folder, file), { recursive: true })
})
afterEach(() => rm(folder, { recursive: true }))

/** Lints one file of these lines, and says which lines (counted from 1) have errors of the folder rules. */
async function lint(file: string, lines: readonly string[]): Promise<number[]> {
  await mkdir(dirname(join(folder, file)), { recursive: true })
  await writeFile(join(folder, file), `${lines.join('\n')}\n`)
  const output = await new Promise<string>((done) => {
    const biome = resolve('node_modules/.bin/biome')
    execFile(biome, ['lint', '--reporter=github', file], { cwd: folder }, (_, stdout, stderr) => done(stdout + stderr))
  })
  const errors = output.matchAll(/::error title=(?:lint\/style\/noRestricted\w+|plugin),.*?,line=(\d+),/g)
  return [...new Set([...errors].map(([, line]) => Number(line)))].sort((a, b) => a - b)
}

test('lets the core import itself and the types of the file', async () => {
  const lines = [
    "import type { CheckedConfig } from '../config/types.ts'",
    "import { bucket } from './bucket.ts'",
    "export const share = (config: CheckedConfig) => Math.floor(bucket(config.product ?? '', '') * 100)",
  ]
  expect(await lint('packages/sdk/src/core/good.ts', lines)).toEqual([])
})

test('keeps packages, the browser and the validator out of the core', async () => {
  const lines = [
    "import { atom } from 'nanostores'",
    "import { get } from 'idb-keyval'",
    "import { parseConfig } from '../config/index.ts'",
    "import { indexedDbStore } from '../browser/indexedDbStore.ts'",
    "import type { LedgerStore } from '../ports.ts'",
    "import { writePrompt } from '../content/writePrompt.ts'",
    "export const load = () => import('zod/mini')",
  ]
  expect(await lint('packages/sdk/src/core/slip.ts', lines)).toEqual([1, 2, 3, 4, 5, 6, 7])
})

test('keeps clocks, chance, timers and the page out of the core', async () => {
  const lines = [
    'export const now = () => Date.now()',
    'export const day = () => new Date()',
    'export const chance = () => Math.random()',
    'export const print = () => console.log(1)',
    'export const page = () => document.title',
    'export const frame = () => window.innerWidth',
    "export const load = () => fetch('/')",
    'export const database = () => indexedDB',
    'export const later = () => setTimeout(() => {}, 1)',
    'export const surroundings = () => globalThis',
  ]
  expect(await lint('packages/sdk/src/core/slip.ts', lines)).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9, 10])
})

test.each([
  [
    'state',
    [
      "import { atom } from 'nanostores'",
      "import { decide } from '../core/decide.ts'",
      "import { openTabs } from '../browser/tabs.ts'",
    ],
  ],
  ['browser', ["import { createStore } from 'idb-keyval'", "import type { LedgerStore } from '../ports.ts'"]],
  ['config', ["import * as z from 'zod/mini'", "import type { Plan } from './types.ts'"]],
  ['lint', ["import { parseTree } from 'jsonc-parser'", "import { checkAll } from '../config/checkAll.ts'"]],
  ['content', ["import type { Prompt } from '../core/prompt.ts'", "import type { Text } from '../config/types.ts'"]],
])('lets %s import what it works with', async (name, lines) => {
  expect(await lint(`packages/sdk/src/${name}/good.ts`, lines)).toEqual([])
})

test.each([
  ['state', ["import { get } from 'idb-keyval'", "import { parseConfig } from '../config/index.ts'"]],
  ['browser', ["import { atom } from 'nanostores'", "import { createPlimsoll } from '../createPlimsoll.ts'"]],
  ['config', ["import * as z from 'zod'", "import { decide } from '../core/decide.ts'"]],
  ['lint', ["import { readFile } from 'node:fs/promises'", "import { createPlimsoll } from '../createPlimsoll.ts'"]],
  ['content', ["import { atom } from 'nanostores'", "import { watchRoutes } from '../browser/watchRoutes.ts'"]],
])('keeps the rest out of %s', async (name, lines) => {
  expect(await lint(`packages/sdk/src/${name}/slip.ts`, lines)).toEqual([1, 2])
})

test('lets widgets import the engine, preact, and each other', async () => {
  const lines = [
    "import type { Prompt } from '@plimsoll/sdk'",
    "import { render } from 'preact'",
    "import { useState } from 'preact/hooks'",
    "import { Frame } from '../frame/Frame.tsx'",
    "import css from './banner.css?inline'",
    "export const load = () => import('@floating-ui/dom')",
  ]
  expect(await lint('packages/widgets/src/banner/good.tsx', lines)).toEqual([])
})

test('keeps the inside of the engine out of widgets', async () => {
  const lines = [
    "import { decide } from '../../../sdk/src/core/decide.ts'",
    "import { atom } from 'nanostores'",
    "import { parseConfig } from '@plimsoll/sdk/config'",
  ]
  expect(await lint('packages/widgets/src/banner/slip.tsx', lines)).toEqual([1, 2, 3])
})

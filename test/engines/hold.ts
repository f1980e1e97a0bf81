/** Holds every promise of the contract that a user can notice in one engine. */

import { mkdirSync, writeFileSync } from 'node:fs'
import { afterAll, beforeAll, describe, type RunnerTask } from 'vitest'
import { findFirefox, findWebKit } from '../../.ci/engines.mjs'
import type { Browser } from './driver/driver.ts'
import { chromium, firefoxEsr } from './driver/playwright.ts'
import { webkitGtk } from './driver/webkit.ts'
import { nameEngine, use } from './visitor.ts'

const engines = {
  Chromium: { launch: chromium, installed: true },
  'Firefox ESR': { launch: firefoxEsr, installed: !!findFirefox() },
  WebKitGTK: { launch: webkitGtk, installed: !!findWebKit() },
}

/** What is promised, by subject: each row of the README's table is one. */
const subjects = {
  'The four triggers fire at their moment, and their widgets are drawn': () => import('./promises/triggers.ts'),
  'Every prompt can be refused, and a refusal is remembered': () => import('./promises/refusals.ts'),
  'Prompts are few, over sessions and days': () => import('./promises/caps.ts'),
  'One prompt is on screen over all tabs': () => import('./promises/tabs.ts'),
  'A guard answers, and a block stands only where it may': () => import('./promises/guards.ts'),
  'Nothing interrupts, nothing moves, nobody is pressed': () => import('./promises/decent.ts'),
  'Every call does what it says; consent and privacy hold': () => import('./promises/calls.ts'),
  'It starts however it is loaded, and runs only what it was built of': () => import('./promises/install.ts'),
  'What strangers say is text, and no link leads astray': () => import('./promises/hostile.ts'),
  'No page is too strange, and none is harmed': () => import('./promises/strange.ts'),
  'What an engine lacks has a fallback': () => import('./promises/lacking.ts'),
  'What the file says of its triggers and places holds': () => import('./promises/rules.ts'),
  'It looks as it should, and as the person wishes': () => import('./promises/wishes.ts'),
  'Where storage fails less shows, guards answer, and it recovers by itself': () => import('./promises/storage.ts'),
}

/** How many tests are in a subject, and how many of them passed. */
const count = (task: RunnerTask): { all: number; passed: number } =>
  task.type === 'test'
    ? { all: 1, passed: task.result?.state === 'pass' ? 1 : 0 }
    : task.tasks
        .map(count)
        .reduce((a, b) => ({ all: a.all + b.all, passed: a.passed + b.passed }), { all: 0, passed: 0 })

export function hold(name: keyof typeof engines): void {
  const { launch, installed } = engines[name]
  let browser: Browser | undefined
  nameEngine(name, launch)
  // In CI a missing engine is a failure: it fails to start.
  describe.skipIf(!installed && process.env.CI !== 'true')(name, () => {
    beforeAll(async () => {
      browser = await launch()
      await use(browser)
    })
    // biome-ignore lint/correctness/noEmptyPattern: vitest reads from the pattern which fixtures are wanted
    afterAll(async ({}, { tasks }) => {
      await browser?.close()
      // From this the README's table is made, and checked.
      const held = tasks.map((task) => ({ title: task.name, ...count(task) }))
      mkdirSync('node_modules/.cache/plimsoll', { recursive: true })
      const run = { version: browser?.version, subjects: held }
      writeFileSync(`node_modules/.cache/plimsoll/${name}.json`, JSON.stringify(run))
    })
    for (const [subject, promises] of Object.entries(subjects)) {
      describe(subject, async () => {
        await promises()
      })
    }
  })
}

// @ts-check
// The page and the files that browsers open for the bench.
import { mkdtempSync } from 'node:fs'
import { rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { chromium } from 'playwright-core'
import { findHeadlessShell } from '../../.ci/chromium.mjs'

/**
 * A file of so many triggers, of all four types, on ten resources and ten features each in a hundred.
 *
 * @param {number} count
 */
export function configOf(count) {
  const names = Array.from({ length: Math.max(1, Math.ceil(count / 10)) }, (_, i) => i)
  const limits = (/** @type {number} */ limit) => Object.fromEntries(names.map((i) => [`r${i}`, limit]))
  const features = names.map((i) => `f${i}`)
  const types = [
    (/** @type {number} */ i) => ({ type: 'limit_approaching', resource: `r${i % names.length}`, at: 0.8 }),
    (/** @type {number} */ i) => ({ type: 'feature_discovery', feature: `f${i % names.length}` }),
    (/** @type {number} */ i) => ({ type: 'limit_approaching', resource: `r${i % names.length}`, at: [0.9, 1] }),
    (/** @type {number} */ i) => ({
      type: 'usage_milestone',
      metric: `r${i % names.length}`,
      milestones: [10 + i, 1000 + i, 10_000 + i],
    }),
  ]
  return {
    version: 1,
    product: 'Acme',
    plans: [
      { id: 'starter', name: 'Starter', limits: { ...limits(100), seats: 10 } },
      { id: 'pro', name: 'Pro', limits: { ...limits(1000), seats: 50 }, features },
    ],
    features: Object.fromEntries(features.map((name) => [name, { name }])),
    links: { upgrade: '/billing' },
    triggers: Array.from({ length: count }, (_, i) => ({
      id: `t${i}`,
      ...types[i % types.length]?.(i >> 2),
      audience: { 'user.role': { $in: ['admin', 'owner'] }, 'account.plan': 'starter' },
    })),
  }
}

/** Who is here, and what they have used. */
export const person = `
plimsoll('identify', { user: { id: 'ana', role: 'admin' }, account: { id: 'acme', plan: 'starter' } })`

/**
 * A host's page with the tag.
 *
 * @param {string} script Run before the tag loads.
 */
export const pageWith = (script, body = '<h1>Projects</h1>') =>
  `<!doctype html><html lang="en"><head><meta charset="utf-8"><title>Host</title>
<script src="/plimsoll/plimsoll-stub.js"></script><script>${script}</script>
<script async src="/plimsoll/plimsoll.js" data-plimsoll data-config="/triggers.json"></script></head><body>${body}</body></html>`

/** @param {readonly string[]} args */
const options = (args = []) => ({
  executablePath: findHeadlessShell(),
  args: ['--no-sandbox', '--disable-background-networking', ...args],
})

/** @param {readonly string[]} [args] */
export const launch = (args) => chromium.launch(options(args))

/** A browser with a profile on disk: only such a one keeps what it compiled, as those of returning visitors do. */
export async function launchKeeping() {
  const profile = mkdtempSync(`${tmpdir()}/plimsoll-bench-`)
  const context = await chromium.launchPersistentContext(profile, options())
  // The browser's last helper may still be writing as it goes.
  context.once('close', () => rm(profile, { recursive: true, force: true, maxRetries: 20 }))
  return context
}

// @ts-check
// From the host's call to the first frame that has something to see, and to the first that is fully readable.
import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { summarize } from './measure.mjs'
import { launch, pageWith, person } from './page.mjs'
import { bundle, versionOf } from './peers.mjs'
import { serve } from './server.mjs'
import { middleOf, traceOf } from './trace.mjs'

const WARM_BUDGET_MS = 90_000
const NEAR_BUDGET_MS = 60_000
const TRACED = 5
const COLD_BUDGET_MS = 60_000
const inModules = (/** @type {string} */ path) => fileURLToPath(new URL(`node_modules/${path}`, import.meta.url))

const often = { frequency: null, suppress: null }
const config = {
  version: 1,
  product: 'Acme',
  plans: [
    { id: 'starter', name: 'Starter', limits: { projects: 100, seats: 10 } },
    { id: 'pro', name: 'Pro', limits: { projects: 1000, seats: 50 }, features: ['sso'] },
  ],
  features: { sso: { name: 'Single sign-on', benefit: 'lets your team sign in with the company account' } },
  links: { upgrade: '/billing' },
  triggers: [
    { id: 'banner', type: 'limit_approaching', resource: 'projects', ...often },
    { id: 'tooltip', type: 'feature_discovery', feature: 'sso' },
    { id: 'panel', type: 'team_growth', slot: 'team', ...often },
    { id: 'modal', type: 'usage_milestone', metric: 'exported', milestones: [10, 100, 1000], surface: 'modal' },
    { id: 'toast', type: 'usage_milestone', metric: 'imported', milestones: [10, 100, 1000], surface: 'toast' },
  ],
}

/** The page's own half: how each thing is shown, where it stands, and how it is taken away. */
const work = `
import { h, render } from 'preact'
import { driver } from 'driver.js'
import Shepherd from 'shepherd.js'

const kinds = ['banner', 'tooltip', 'panel', 'modal', 'toast']
const deep = (selector) => {
  for (const { shadowRoot } of document.querySelectorAll('plimsoll-root')) {
    const found = shadowRoot?.querySelector(selector)
    if (found) return found
  }
}
const ours = (kind, show) => ({
  show,
  find: () => deep('[data-plimsoll-widget="' + kind + '"]'),
  hide: () => plimsoll.close(),
})
const usage = (used) => plimsoll('usage', { projects: { used } })
let holder
const tourOf = (animated) => {
  document.documentElement.dataset.still = animated ? '' : 'still'
  const tour = new Shepherd.Tour({ useModalOverlay: false })
  tour.addStep({ id: 'a', title: '82 of 100', text: '82 of 100 projects', attachTo: { element: 'h1', on: 'bottom' } })
  return tour
}
let peer
const driverOf = (animate) => ({
  show() {
    peer = driver({ animate, steps: [{ element: 'h1', popover: { title: '82 of 100', description: '82 of 100 projects' } }] })
    peer.drive()
  },
  find: () => document.querySelector('.driver-popover'),
  hide: () => peer.destroy(),
})
const shepherdOf = (animated) => ({
  show() {
    peer = tourOf(animated)
    peer.start()
  },
  find: () => document.querySelector('.shepherd-element'),
  hide: () => peer.complete(),
})
export const cases = {
  'a bare div': {
    show() {
      holder = document.createElement('div')
      holder.textContent = '82 of 100 projects'
      document.body.append(holder)
    },
    find: () => holder,
    hide: () => holder.remove(),
  },
  'a bare Preact element': {
    show() {
      document.body.append((holder = document.createElement('div')))
      render(h('section', null, h('p', null, '82 of 100 projects'), h('button', null, 'Upgrade')), holder)
    },
    find: () => holder.firstElementChild,
    hide: () => holder.remove(),
  },
  'a bare popover beside its control': {
    show() {
      holder = document.createElement('div')
      holder.textContent = '82 of 100 projects'
      holder.popover = 'manual'
      holder.style.cssText = 'margin: 0; position-area: block-end span-inline-end; position-try-fallbacks: flip-block, flip-inline, flip-block flip-inline'
      document.body.append(holder)
      holder.showPopover({ source: document.querySelector('button') })
    },
    find: () => holder,
    hide: () => holder.remove(),
  },
  'banner, from usage': {
    ...ours('banner', () => usage(82)),
    hide: () => usage(10),
  },
  ...Object.fromEntries(kinds.map((kind) => [kind + ', by preview', ours(kind, () => plimsoll('preview', kind))])),
  'block, from guard': {
    show: () => void plimsoll('guard', 'use', { resource: 'projects', amount: 1000 }),
    find: () => deep('[data-plimsoll-block]'),
    hide: () => deep('[data-plimsoll-action="cancel"]').click(),
  },
  'driver.js': driverOf(true),
  'driver.js, animations off': driverOf(false),
  'shepherd.js': shepherdOf(true),
  'shepherd.js, animations off': shepherdOf(false),
}

const afterPaint = () =>
  new Promise((done) =>
    requestAnimationFrame(() => {
      const { port1, port2 } = new MessageChannel()
      port1.onmessage = () => done(performance.now())
      port2.postMessage(0)
    }),
  )
const opacityOf = (element) => {
  let opacity = 1
  for (let at = element; at; at = at.parentElement ?? at.getRootNode().host) {
    const style = getComputedStyle(at)
    opacity *= style.visibility === 'hidden' ? 0 : Number(style.opacity)
  }
  return opacity
}

/** Milliseconds until after the first frame with something to see, and until after the first that is readable. */
export async function measure(name) {
  const { show, find, hide } = cases[name]
  // A page at rest draws its next frame late, and the one after it sooner: a few bring it into step.
  for (let i = 0; i < 4; i++) await afterPaint()
  const from = performance.now()
  show()
  let seen
  let readable
  while (readable === undefined && performance.now() - from < 10000) {
    const at = await afterPaint()
    const element = find()
    const { width = 0, height = 0 } = element?.getBoundingClientRect() ?? {}
    const opacity = width * height ? opacityOf(element) : 0
    if (opacity > 0) seen ??= at - from
    if (opacity > 0.99) readable = at - from
  }
  if (readable === undefined) throw new Error(name + ' was not shown')
  await hide()
  while (find()?.isConnected) await afterPaint()
  return { seen, readable }
}
window.measure = measure
window.names = Object.keys(cases)
`

const body = `<main style="padding-top: 300px"><h1>Projects</h1>
<button aria-disabled="true" data-plimsoll-feature="sso">Single sign-on</button>
<div data-plimsoll-slot="team" style="min-height: 400px"></div></main>
<link rel="stylesheet" href="/peers.css"><script type="module" src="/work.js"></script>`

/** @typedef {{ seen: number, readable: number }} Shown */

export async function show() {
  const css = ['driver.js/dist/driver.css', 'shepherd.js/dist/css/shepherd.css']
    .map((file) => readFileSync(inModules(file), 'utf8'))
    .join('\n')
  const still = '[data-still=still] .shepherd-element { transition: none !important }'
  const pageAt = (/** @type {number} */ used) =>
    pageWith(
      `${person}\nplimsoll('usage', { projects: { used: ${used} }, seats: { used: 2 } })\naddEventListener('plimsoll:ready', () => { window.isReady = true })`,
      body,
    )
  const site = await serve(
    { '/': pageAt(10), '/near': pageAt(75) },
    {
      '/triggers.json': { type: 'application/json', body: JSON.stringify(config) },
      '/work.js': { type: 'text/javascript', body: await bundle(work) },
      '/peers.css': { type: 'text/css', body: `${css}\n${still}` },
    },
  )
  const browser = await launch()
  const open = async (path = '/') => {
    const visitor = await browser.newContext()
    const page = await visitor.newPage()
    await page.goto(site.origin + path)
    await page.waitForFunction('window.isReady && window.names')
    // What comes behind the start has come.
    await page.waitForLoadState('networkidle')
    await page.waitForTimeout(200)
    return page
  }
  const measure = (/** @type {import('playwright-core').Page} */ page, /** @type {string} */ name) =>
    page.evaluate(
      (one) => /** @type {{ measure(name: string): Promise<Shown> }} */ (/** @type {unknown} */ (window)).measure(one),
      name,
    )
  /** @param {Record<string, Shown[]>} all */
  const tell = (all) =>
    Object.fromEntries(
      Object.entries(all).map(([name, shown]) => [
        name,
        { seen: summarize(shown.map(({ seen }) => seen)), readable: summarize(shown.map(({ readable }) => readable)) },
      ]),
    )

  try {
    const page = await open()
    const names = /** @type {string[]} */ (await page.evaluate('window.names'))
    /** @type {Record<string, Shown[]>} */
    const warm = Object.fromEntries(names.map((name) => [name, []]))
    /** @type {Record<string, Shown[]>} */
    const near = { 'a bare div': [], 'banner, from usage': [] }
    /** @type {Record<string, Shown[]>} */
    const cold = Object.fromEntries(names.map((name) => [name, []]))
    // The first round loads code, and counts for nothing.
    for (const name of names) for (let i = 0; i < 3; i++) await measure(page, name)
    let end = Date.now() + WARM_BUDGET_MS
    for (let round = 0; round < 40 && (round < 3 || Date.now() < end); round++)
      for (const name of names) warm[name]?.push(await measure(page, name))
    await page.context().close()

    end = Date.now() + NEAR_BUDGET_MS
    for (let round = 0; round < 20 && (round < 3 || Date.now() < end); round++) {
      for (const [name, shown] of Object.entries(near)) {
        const fresh = await open('/near')
        shown.push(await measure(fresh, name))
        await fresh.context().close()
      }
    }

    /** @type {Record<string, Record<string, number>>} */
    const goesTo = {}
    for (const name of Object.keys(near)) {
      const traced = []
      for (let i = 0; i < TRACED; i++) {
        const fresh = await open('/near')
        traced.push(await traceOf(fresh, () => measure(fresh, name)))
        await fresh.context().close()
      }
      goesTo[name] = middleOf(traced)
    }

    end = Date.now() + COLD_BUDGET_MS
    for (let round = 0; round < 12 && (round < 2 || Date.now() < end); round++) {
      for (const name of names) {
        const fresh = await open()
        cold[name]?.push(await measure(fresh, name))
        await fresh.context().close()
      }
    }
    return {
      browser: browser.version(),
      versions: ['driver.js', 'shepherd.js'].map((name) => `${name} ${versionOf(name)}`).join(', '),
      unit: 'milliseconds from the call, made right after a frame, to after the frame',
      warm: tell(warm),
      near: tell(near),
      goesTo,
      cold: tell(cold),
    }
  } finally {
    await browser.close()
    await site.close()
  }
}

// @ts-check
// What a page pays for a tag: main-thread time, its longest task, heap and layout shift over the same page without it.
import { summarize } from './measure.mjs'
import { configOf, launch, launchKeeping, pageWith, person } from './page.mjs'
import { bundle, versionOf } from './peers.mjs'
import { serve } from './server.mjs'
import { inUse, longestTask } from './trace.mjs'

const COUNTS = [4, 50, 500]
const RATES = [1, 4]
const BUDGET_MS = 220_000
/** Whose visits are repeated. */
const CLOSELY = /(50 triggers|not started|nothing done|posthog-js|web-sdk), returning$/
const PLATFORM = 'file, record, channel and two chunks asked for, nothing done'
/** What is started at load has come to rest by then. */
const REST_MS = 600

/**
 * How peers are started, as their documentation has it, with a key of nobody's. Their servers are this one, which
 * knows none of their paths: what they would fetch, and all that follows from it, is not in their figures.
 *
 * @type {readonly { name: string, packages: readonly string[], code: string, again?: boolean }[]}
 */
const starts = [
  {
    name: 'posthog-js',
    packages: ['posthog-js'],
    again: true,
    code: "import posthog from 'posthog-js'; posthog.init('phc_none', { api_host: location.origin })",
  },
  {
    name: '@braze/web-sdk',
    packages: ['@braze/web-sdk'],
    again: true,
    code: "import * as braze from '@braze/web-sdk'; if (!braze.initialize('00000000-0000-0000-0000-000000000000', { baseUrl: location.host, allowUserSuppliedJavascript: false })) throw new Error('initialize says no'); braze.automaticallyShowInAppMessages(); braze.openSession()",
  },
  {
    name: '@formbricks/js',
    packages: ['@formbricks/js'],
    code: "import formbricks from '@formbricks/js'; formbricks.init({ environmentId: 'none', apiHost: location.origin })",
  },
  {
    name: '@growthbook/growthbook',
    packages: ['@growthbook/growthbook'],
    code: "import { GrowthBook } from '@growthbook/growthbook'; const gb = new GrowthBook({ attributes: { id: 'ana' } }); gb.initSync({ payload: { features: Object.fromEntries(Array.from({ length: 50 }, (_, i) => ['t' + i, { defaultValue: false, rules: [{ condition: { role: 'admin' }, force: true }] }])) } }); for (let i = 0; i < 50; i++) gb.isOn('t' + i)",
  },
  {
    name: 'driver.js',
    packages: ['driver.js'],
    code: "import { driver } from 'driver.js'; driver({ steps: [{ element: 'h1', popover: { title: 'Projects' } }] })",
  },
  {
    name: 'shepherd.js',
    packages: ['shepherd.js'],
    code: "import Shepherd from 'shepherd.js'; const tour = new Shepherd.Tour(); tour.addStep({ id: 'a', text: 'Projects', attachTo: { element: 'h1', on: 'bottom' } })",
  },
  {
    name: '@frigade/js',
    packages: ['@frigade/js'],
    code: "import { Frigade } from '@frigade/js'; new Frigade('api_public_none', { apiUrl: location.origin, userId: 'ana' })",
  },
  {
    name: '@flows/js',
    packages: ['@flows/js', '@flows/js-components'],
    code: "import { init } from '@flows/js'; import { setupJsComponents } from '@flows/js-components'; import * as components from '@flows/js-components/components'; import * as tourComponents from '@flows/js-components/tour-components'; init({ organizationId: 'none', environment: 'none', userId: 'ana', apiUrl: location.origin }); setupJsComponents({ components, tourComponents })",
  },
  {
    name: '@schematichq/schematic-js',
    packages: ['@schematichq/schematic-js'],
    code: "import { Schematic } from '@schematichq/schematic-js'; const s = new Schematic('api_none', { apiUrl: location.origin, eventUrl: location.origin, webSocketUrl: location.origin }); s.identify({ keys: { id: 'ana' } })",
  },
  {
    name: 'customerio-gist-web',
    packages: ['customerio-gist-web'],
    code: "import Gist from 'customerio-gist-web'; Gist.setup({ siteId: 'none', dataCenter: 'eu' })",
  },
]

const bare =
  '<!doctype html><html lang="en"><head><meta charset="utf-8"><title>Host</title></head><body><h1>Projects</h1></body></html>'

/** What the browser is asked for at a start, and nothing done with it: file, record, channel, two chunks. */
const platform = `
fetch('/triggers50.json').then((file) => file.json())
const open = indexedDB.open('bench', 1)
open.onupgradeneeded = () => open.result.createObjectStore('ledger')
open.onsuccess = () => {
  const store = open.result.transaction('ledger', 'readwrite').objectStore('ledger')
  store.get('record').onsuccess = () => store.put({}, 'record')
}
new BroadcastChannel('bench').postMessage(0)
import('/one.js')
import('/two.js')`

/** Where a page keeps what shifted on it, and what its scripts threw. */
const watch = `window.shifts = 0; window.failures = []
new PerformanceObserver((list) => { for (const { value } of list.getEntries()) shifts += value }).observe({ type: 'layout-shift', buffered: true })
addEventListener('error', ({ message }) => failures.push(message))
addEventListener('plimsoll:ready', () => { window.isReady = true })`

/** @typedef {{ main: number, longest: number, heap: number, shift: number, failures: string[] }} Visit */

export async function boot() {
  /** @type {Record<string, string>} */
  const pages = { '/': bare }
  /** @type {Record<string, import('./server.mjs').Answer>} */
  const files = {}
  for (const count of COUNTS) {
    const page = pageWith(`${person}\nplimsoll('usage', { r0: { used: 10 } })`)
    pages[`/ours${count}`] = page.replace('/triggers.json', `/triggers${count}.json`)
    files[`/triggers${count}.json`] = { type: 'application/json', body: JSON.stringify(configOf(count)) }
  }
  // What the script costs by itself: read, compiled and run, and never started.
  pages['/idle'] = pageWith('').replace(/ data-config="[^"]*"/, '')
  pages['/platform'] = bare.replace('</head>', '<script async src="/platform.js"></script></head>')
  files['/platform.js'] = { type: 'text/javascript', body: platform }
  files['/one.js'] = files['/two.js'] = { type: 'text/javascript', body: 'export {}' }
  /** @type {Record<string, string>} */
  const notBuilt = {}
  for (const { name, code } of starts) {
    const path = `/peer/${encodeURIComponent(name)}`
    try {
      files[`${path}.js`] = { type: 'text/javascript', body: await bundle(code, 'iife') }
      pages[path] = bare.replace('</head>', `<script async src="${path}.js"></script></head>`)
    } catch (error) {
      notBuilt[name] = String(error).slice(0, 200)
    }
  }
  const site = await serve(pages, files, true)
  const browser = await launch()
  /** @type {Map<string, import('playwright-core').BrowserContext>} Visitors who were here before. */
  const known = new Map()

  /**
   * @param {string} path
   * @param {number} rate
   * @param {boolean} returning
   * @param {boolean} [traced] Whether the longest task is looked for, which costs the rest.
   * @returns {Promise<Visit | undefined>} `undefined` where it was not ready in time.
   */
  const visit = async (path, rate, returning, traced) => {
    const visitor = (returning && known.get(path)) || (await browser.newContext())
    const page = await visitor.newPage()
    await page.addInitScript(watch)
    const cdp = await visitor.newCDPSession(page)
    if (rate > 1) await cdp.send('Emulation.setCPUThrottlingRate', { rate })
    const load = async () => {
      await page.goto(site.origin + path, { waitUntil: 'load' })
      await page.waitForTimeout(REST_MS)
    }
    await cdp.send('Performance.setTimeDomain', { timeDomain: 'threadTicks' })
    await cdp.send('Performance.enable')
    let longest = Number.NaN
    if (traced) longest = await longestTask(page, load)
    else await load()
    const { metrics } = await cdp.send('Performance.getMetrics')
    const main = 1000 * (metrics.find(({ name }) => name === 'TaskDuration')?.value ?? Number.NaN)
    const heap = traced ? Number.NaN : (await inUse(page)).heap
    const found = await page.evaluate(() => {
      const { shifts, failures, isReady } = /** @type {{ shifts: number, failures: string[], isReady?: boolean }} */ (
        /** @type {unknown} */ (window)
      )
      return { shift: shifts, failures, isReady }
    })
    if (!returning) await visitor.close()
    else await page.close()
    if (path.startsWith('/ours') && !found.isReady) return
    return { main, longest, heap, shift: found.shift, failures: found.failures }
  }

  try {
    known.set('/', await launchKeeping())
    for (const count of COUNTS) {
      known.set(`/ours${count}`, await launchKeeping())
      // The checked file is kept behind the first decision, and compiled code after a visit or two.
      for (let i = 0; i < 3; i++) await visit(`/ours${count}`, 1, true)
    }
    for (const path of ['/idle', '/platform']) {
      known.set(path, await launchKeeping())
      for (let i = 0; i < 3; i++) await visit(path, 1, true)
    }
    for (const { name, again } of starts) {
      if (!again || name in notBuilt) continue
      const path = `/peer/${encodeURIComponent(name)}`
      known.set(path, await launchKeeping())
      for (let i = 0; i < 3; i++) await visit(path, 1, true)
    }
    const ours = COUNTS.flatMap((count) =>
      [false, true].map((returning) => ({
        name: `plimsoll, ${count} triggers, ${returning ? 'returning' : 'first'}`,
        path: `/ours${count}`,
        returning,
        versions: '',
      })),
    )
    const idle = ['plimsoll, not started', PLATFORM].flatMap((name) =>
      [false, true].map((returning) => ({
        name: `${name}, ${returning ? 'returning' : 'first'}`,
        path: name === PLATFORM ? '/platform' : '/idle',
        returning,
        versions: '',
      })),
    )
    const others = starts
      .filter(({ name }) => !(name in notBuilt))
      .flatMap(({ name, packages, again }) =>
        (again ? [false, true] : [false]).map((returning) => ({
          name: `${name}, ${returning ? 'returning' : 'first'}`,
          path: `/peer/${encodeURIComponent(name)}`,
          returning,
          versions: packages.map((one) => `${one} ${versionOf(one)}`).join(', '),
        })),
      )
    const all = [...ours, ...idle, ...others]
    /** @type {Map<string, { over: Visit[], bare: Visit[], longest: number[] }>} */
    const found = new Map(
      RATES.flatMap((rate) => all.map(({ name }) => [`${rate} ${name}`, { over: [], bare: [], longest: [] }])),
    )
    const end = Date.now() + BUDGET_MS
    for (let round = 0; round < 30 && Date.now() < end; round++) {
      for (const rate of RATES) {
        const empty = [await visit('/', rate, false), await visit('/', rate, true)]
        for (const { name, path, returning } of all) {
          if (Date.now() > end && round) break
          // All are visited once; what is compared most closely, again and again.
          if (round && !CLOSELY.test(name)) continue
          const one = found.get(`${rate} ${name}`)
          // The longest task is looked for in every third round.
          const traced = round % 3 === 1
          const made = await visit(path, rate, returning, traced)
          if (made && traced) one?.longest.push(made.longest)
          else if (made) {
            one?.over.push(made)
            one?.bare.push(/** @type {Visit} */ (empty[Number(returning)]))
          }
        }
      }
    }
    /** @param {number} rate @param {string} name */
    const tell = (rate, name) => {
      const { over, bare, longest } = found.get(`${rate} ${name}`) ?? { over: [], bare: [], longest: [] }
      const less = (/** @type {'main' | 'heap' | 'shift'} */ what) =>
        summarize(over.map((visit, i) => visit[what] - (bare[i]?.[what] ?? 0)))
      return { main: less('main'), longest: summarize(longest), heap: less('heap'), shift: less('shift') }
    }
    return {
      browser: browser.version(),
      unit: 'main and longest in milliseconds of processor time, heap in bytes, all but longest over the bare page',
      rows: all.map(({ name, versions }) => {
        const failures = new Set(found.get(`1 ${name}`)?.over.flatMap((visit) => visit.failures))
        return {
          name,
          versions,
          ...(failures.size && { failures: [...failures].slice(0, 3) }),
          ...Object.fromEntries(RATES.map((rate) => [`at${rate}`, tell(rate, name)])),
        }
      }),
      notStarted: notBuilt,
    }
  } finally {
    for (const visitor of known.values()) await visitor.close()
    await browser.close()
    await site.close()
  }
}

// @ts-check
// What a page pays for a tag: main-thread time, its longest task, heap and layout shift over the same page without it.
import { summarize } from './measure.mjs'
import { configOf, pageWith, person } from './page.mjs'
import { bundle, versionOf } from './peers.mjs'
import { serve } from './server.mjs'
import { middleOf } from './trace.mjs'
import { startVisits } from './visits.mjs'

const COUNTS = [4, 50, 500]
const RATES = /** @type {const} */ ([1, 4])
const BUDGET_MS = 240_000
const PLATFORM = 'file, record, channel and two chunks asked for, nothing done'
/** How often each is visited, at 1× and at 4×; `traced`, how often its longest task is looked for. */
const CLOSELY = { 1: 16, 4: 5 }
const AGAIN = { 1: 8, 4: 4 }
const ONCE = { 1: 1, 4: 1 }
const TRACED = { 1: 3, 4: 3 }

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

/** @typedef {import('./visits.mjs').Visit} Visit */

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
  const visits = await startVisits(site.origin)
  try {
    const end = Date.now() + BUDGET_MS
    const both = [false, true]
    const told = (/** @type {boolean} */ returning) => (returning ? 'returning' : 'first')
    const rows = [
      ...COUNTS.map((count) => ({
        what: `plimsoll, ${count} triggers`,
        path: `/ours${count}`,
        often: CLOSELY,
        versions: '',
      })),
      { what: 'plimsoll, not started', path: '/idle', often: CLOSELY, versions: '' },
      { what: PLATFORM, path: '/platform', often: CLOSELY, versions: '' },
      { what: 'bare', path: '/', often: CLOSELY, versions: '' },
      ...starts
        .filter(({ name }) => !(name in notBuilt))
        .map(({ name, packages, again }) => ({
          what: name,
          path: `/peer/${encodeURIComponent(name)}`,
          often: again ? AGAIN : undefined,
          versions: packages.map((one) => `${one} ${versionOf(one)}`).join(', '),
        })),
    ].map((row) => ({ ...row, waits: row.path.startsWith('/ours') }))
    for (const row of rows) if (row.often) await visits.acquaint(row)

    const all = rows.flatMap((row) =>
      both
        .filter((returning) => row.often || !returning)
        .map((returning) => ({
          ...row,
          returning,
          name: `${row.what}, ${told(returning)}`,
          often: (returning && row.often) || ONCE,
          traced: returning ? TRACED : { 1: 0, 4: 0 },
        })),
    )
    // All are visited once; what is compared most closely, again and again.
    const jobs = Array.from({ length: Math.max(CLOSELY[1], CLOSELY[4]) }, (_, round) =>
      RATES.flatMap((rate) =>
        all.flatMap(({ path, returning, waits, name, often, traced }) => {
          const job = { path, returning, waits, name, rate, traced: false }
          return [...(round < often[rate] ? [job] : []), ...(round < traced[rate] ? [{ ...job, traced: true }] : [])]
        }),
      ),
    ).flat()
    /** @type {Map<string, Visit[]>} */
    const found = new Map()
    await visits.make(jobs, end, ({ rate, name, traced }, made) => {
      const key = `${rate} ${name}${traced ? ' traced' : ''}`
      found.set(key, [...(found.get(key) ?? []), made])
    })

    const tracedOf = (/** @type {number} */ rate, /** @type {string} */ name) =>
      (found.get(`${rate} ${name} traced`) ?? []).flatMap(({ traced }) => traced ?? [])
    /** @param {number} rate @param {string} name @param {boolean} returning */
    const tell = (rate, name, returning) => {
      const over = (/** @type {'main' | 'heap' | 'shift'} */ what) => {
        const bare = found.get(`${rate} bare, ${told(returning)}`)?.map((visit) => visit[what]) ?? []
        const { median } = summarize(bare)
        return summarize((found.get(`${rate} ${name}`) ?? []).map((visit) => visit[what] - median))
      }
      const longest = summarize(tracedOf(rate, name).map((traced) => traced.longest))
      return { main: over('main'), longest, heap: over('heap'), shift: over('shift') }
    }
    const at = (/** @type {string} */ name, /** @type {boolean} */ returning) =>
      Object.fromEntries(RATES.map((rate) => [`at${rate}`, tell(rate, name, returning)]))
    return {
      browser: visits.version,
      unit: 'main and longest in milliseconds of processor time, heap in bytes, all but longest over the middle of the bare page',
      bare: at('bare, returning', true),
      goesTo: Object.fromEntries(
        ['bare', PLATFORM, 'plimsoll, not started', ...COUNTS.map((count) => `plimsoll, ${count} triggers`)].map(
          (what) => [what, middleOf(tracedOf(1, `${what}, returning`))],
        ),
      ),
      rows: all
        .filter(({ what }) => what !== 'bare')
        .map(({ name, versions, returning }) => {
          const failures = new Set(found.get(`1 ${name}`)?.flatMap((visit) => visit.failures))
          return {
            name,
            versions,
            ...(failures.size && { failures: [...failures].slice(0, 3) }),
            ...at(name, returning),
          }
        }),
      notStarted: notBuilt,
    }
  } finally {
    await visits.close()
    await site.close()
  }
}

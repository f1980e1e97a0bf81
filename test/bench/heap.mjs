// @ts-check
// What the heap of a started page holds over the bare page's, by what is started of it and by what it is made of. Bytes
// and not times: a busy machine changes little.
import { summarize } from './measure.mjs'
import { configOf, pageWith, person } from './page.mjs'
import { serve } from './server.mjs'
import { startVisits } from './visits.mjs'

const VISITS = 3
const BUDGET_MS = 120_000

/** @typedef {Record<string, number>} Bytes */
/** @typedef {{ heap: number, kinds: Bytes }} Held */

/** What V8 calls the nodes of a snapshot, as the page tells of them. What is outside of its heap is no part of it. */
const KINDS = /** @type {Record<string, string>} */ ({
  code: 'compiled code and what it refers to',
  closure: 'functions and their scopes',
  string: 'text',
  'concatenated string': 'text',
  'sliced string': 'text',
  object: 'objects and arrays',
  array: 'objects and arrays',
  'object shape': 'shapes of objects',
  native: '',
  synthetic: '',
})

/** What of the heap no snapshot lists: what a snapshot's own collection frees, and the room between. */
const UNLISTED = 'not listed'

/**
 * Sums a snapshot of the heap by what it is made of.
 *
 * @param {import('playwright-core').CDPSession} cdp
 * @returns {Promise<Bytes>}
 */
async function snapshotOf(cdp) {
  let text = ''
  cdp.on('HeapProfiler.addHeapSnapshotChunk', ({ chunk }) => {
    text += chunk
  })
  await cdp.send('HeapProfiler.takeHeapSnapshot', { reportProgress: false })
  const { snapshot, nodes } = JSON.parse(text)
  const fields = /** @type {string[]} */ (snapshot.meta.node_fields)
  const types = /** @type {string[]} */ (snapshot.meta.node_types[0])
  const type = fields.indexOf('type')
  const size = fields.indexOf('self_size')
  /** @type {Bytes} */
  const kinds = {}
  for (let at = 0; at < nodes.length; at += fields.length) {
    const kind = KINDS[types[nodes[at + type]] ?? ''] ?? 'the rest'
    if (kind) kinds[kind] = (kinds[kind] ?? 0) + nodes[at + size]
  }
  return kinds
}

export async function heap() {
  const bare =
    '<!doctype html><html lang="en"><head><meta charset="utf-8"><title>Host</title></head><body></body></html>'
  const script = (/** @type {string} */ code) =>
    bare.replace('</head>', `<script type="module">${code}</script></head>`)
  const idle = pageWith('').replace(/ data-config="[^"]*"/, '')
  const started = (/** @type {string} */ file) =>
    pageWith(`${person}\nplimsoll('usage', { r0: { used: 10 } })`).replace('/triggers.json', file)
  const chunks = "await import('/plimsoll/plimsoll-hooks.js'); await import('/plimsoll/plimsoll-stage.js')"
  /** @type {Record<string, { page: string, waits?: boolean }>} */
  const rows = {
    'the bare page': { page: bare },
    'the file of 50 triggers, read and parsed and nothing else': {
      page: script("window.kept = await (await fetch('/triggers50.json')).json()"),
    },
    'the script alone, not started': { page: idle },
    'the script and its two chunks, imported and not started': {
      page: idle.replace('</body>', `<script>addEventListener('load', async () => { ${chunks} })</script></body>`),
    },
    'started with a file without triggers': { page: started('/triggers0.json'), waits: true },
    'started with 4 triggers': { page: started('/triggers4.json'), waits: true },
    'started with 50 triggers': { page: started('/triggers50.json'), waits: true },
  }
  const names = Object.keys(rows)
  const json = (/** @type {object} */ value) => ({ type: 'application/json', body: JSON.stringify(value) })
  const site = await serve(
    Object.fromEntries(names.map((name, i) => [`/page${i}`, rows[name]?.page ?? ''])),
    Object.fromEntries([0, 4, 50].map((count) => [`/triggers${count}.json`, json(configOf(count))])),
    true,
  )
  const visits = await startVisits(site.origin)
  try {
    /** @type {Map<string, Held[]>} */
    const found = new Map(names.map((name) => [name, []]))
    const jobs = names.map((name, i) => ({ name, path: `/page${i}`, waits: !!rows[name]?.waits, returning: true }))
    await Promise.all(jobs.map(visits.acquaint))
    for (let round = 0; round < VISITS; round++)
      await visits.make(
        jobs.map((job) => ({ ...job, inspect: snapshotOf })),
        Date.now() + BUDGET_MS,
        ({ name }, { heap, inspected = {} }) => found.get(name)?.push({ heap, kinds: inspected }),
      )
    const middle = (/** @type {string} */ name, /** @type {(held: Held) => number | undefined} */ of) =>
      summarize(found.get(name)?.map((held) => of(held) ?? 0) ?? []).median
    const [nothing = ''] = names
    const kinds = [...new Set(Object.values(KINDS).filter(Boolean)), 'the rest']
    return names.slice(1).map((name) => {
      const over = (/** @type {(held: Held) => number | undefined} */ of) => middle(name, of) - middle(nothing, of)
      const heap = over((held) => held.heap)
      const listed = Object.fromEntries(kinds.map((kind) => [kind, over((held) => held.kinds[kind])]))
      const unlisted = heap - Object.values(listed).reduce((sum, bytes) => sum + bytes, 0)
      return { name, heap, kinds: { ...listed, [UNLISTED]: unlisted } }
    })
  } finally {
    await visits.close()
    await site.close()
  }
}

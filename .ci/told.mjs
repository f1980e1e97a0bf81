// @ts-check
// What the page of speed tells before its tables: what was asked for and is reached, why not where it is not, and where
// others are ahead. All of it comes from the results of the bench.
import { short, times, whole } from './results.mjs'

/** @typedef {import('./results.mjs').Results} Results */

/** What the page and the README tell first. @param {Results} results */
export function figures({ size, decide, boot, show, storage, growth }) {
  const bytes = (/** @type {string} */ name) => size.chunks.find((chunk) => chunk.name === name)?.brotli ?? Number.NaN
  const row = (/** @type {string} */ name) => boot.rows.find((one) => one.name === name)
  const ours = row('plimsoll, 50 triggers, returning')
  const peer = (/** @type {string} */ name) => times(ours?.at1.main.median, row(`${name}, returning`)?.at1.main.median)
  const one = (/** @type {number} */ count) => decide.node[count]?.one?.plimsoll
  const [byTriggers] = growth
  const alone = storage.tabs[1]
  const warm = show.warm['banner, from usage']?.readable.median
  const near = show.near['banner, from usage']?.readable.median
  const cold = show.cold['banner, from usage']?.readable.median
  return [
    ['`plimsoll.js`, bytes after brotli', '5,000', whole(bytes('plimsoll.js'))],
    ['A returning visit up to the painted banner, bytes after brotli', '12,000', whole(size.visits.returning.brotli)],
    ['A decision at 100 triggers, microseconds (Node)', '2', short(one(100)?.median)],
    ['A decision at 1,000 triggers, microseconds, 95th of 100', '10', short(one(1000)?.p95)],
    ['How a decision grows to 10,000 triggers, exponent', '0', (byTriggers?.exponent ?? Number.NaN).toFixed(2)],
    [
      'A reservation answered, to a bare transaction',
      '2×',
      times(alone?.plimsoll?.['reservation answered']?.median, alone?.bare?.['reservation answered']?.median),
    ],
    [
      'From the call to the readable banner, code warm, to a bare `div`',
      '1.15×',
      times(warm, show.warm['a bare div']?.readable.median),
    ],
    [
      'The first of a page whose mark was near, to a bare `div`',
      '1.15×',
      times(near, show.near['a bare div']?.readable.median),
    ],
    ['The first of a page from far, code cold', '–', times(cold, show.cold['a bare div']?.readable.median)],
    [
      'Boot, 50 triggers, returning: milliseconds of main thread at 1× and 4×',
      '5 and 15',
      `${short(ours?.at1.main.median)} and ${short(ours?.at4.main.median)}`,
    ],
    ['The same, to posthog-js and to @braze/web-sdk', '0.1×', `${peer('posthog-js')} and ${peer('@braze/web-sdk')}`],
    [
      'Its longest task at 1× and 4×, milliseconds',
      '50',
      `${short(ours?.at1.longest.median)} and ${short(ours?.at4.longest.median)}`,
    ],
    ['Its layout shift', '0', String(Math.max(0, ours?.at1.shift.median ?? Number.NaN))],
    ['Heap after it, kilobytes', '250', whole((ours?.at1.heap.median ?? Number.NaN) / 1000)],
  ]
}

/** What keeps the figures that are not reached from being so, as the same results show it. @param {Results} results */
export function limits({ size, decide, boot, show }) {
  const floor = (/** @type {string} */ name) =>
    size.floors.find((part) => part.name.startsWith(name))?.brotli ?? Number.NaN
  const { ran } = size.visits
  const least = (/** @type {import('./results.mjs').RanByFile} */ all, /** @type {string} */ name) =>
    all[name]?.branches ?? Number.NaN
  const row = (/** @type {string} */ name) => boot.rows.find((one) => one.name === `plimsoll, ${name}`)
  const main = (/** @type {string} */ name) => short(row(name)?.at1.main.median)
  const platform = (/** @type {string} */ visit) =>
    short(boot.rows.find(({ name }) => name.endsWith(`nothing done, ${visit}`))?.at1.main.median)
  const heap = (/** @type {string} */ name) => (row(name)?.at1.heap.median ?? Number.NaN) / 1000
  const each = (heap('500 triggers, returning') - heap('4 triggers, returning')) / 496
  const { none, one } = decide.node[100] ?? {}
  const frame = show.warm['banner, from usage']?.readable.median
  const near = show.near['banner, from usage']?.readable.median
  const cold = show.cold['banner, from usage']?.readable.median
  return `- **Bytes.** Deciding alone, pure functions without page or storage, minified and packed as one file, takes
  ${whole(floor('deciding'))} bytes after brotli where 5,000 were asked for; with reserving and all that is counted ${whole(floor('and counting'))}. That, storage,
  Preact, the banner’s style sheets and its words, as one file and without a line that ties them together, take ${whole(floor('all that'))}
  where 12,000 were. And of the code that a returning visit runs up to the painted banner, branch by branch, \`plimsoll.js\`
  has ${whole(least(ran.painted, 'plimsoll.js'))} and all its files ${whole(least(ran.painted, 'all of them as one'))}; a visit that shows nothing runs ${whole(least(ran.quiet, 'plimsoll.js'))} of \`plimsoll.js\`. However it were
  cut into files, such a visit takes no less of this code. What does not run in one runs in another, within a decision,
  and a decision falls within a transaction, which waits for no network.
- **A decision.** A signal that reaches no mark takes ${short(none?.plimsoll?.median)} µs, one that one trigger matches ${short(one?.plimsoll?.median)}: the
  difference is one trigger judged by every rule, with its figures. Neither grows with the triggers that a signal is not about.
- **The first of a page.** The banner is readable after ${short(cold)} ms where its code must be fetched and compiled first, after
  ${short(near)} where a mark was near and it was fetched and tried out in idle time, and after ${short(frame)} the next times: what was
  never drawn on this page is laid out, painted and written to the ledger for the first time.
- **Boot.** A page that asks for a file, a record, a channel and two chunks, and does nothing with them, takes ${platform('returning')} ms; the script read,
  compiled and run, and never started, ${main('not started, first')} ms at first and ${main('not started, returning')} when the browser has kept what it compiled. Started with 4, 50
  and 500 triggers, returning, it takes ${main('4 triggers, returning')}, ${main('50 triggers, returning')} and ${main('500 triggers, returning')}.
- **Heap.** The script alone holds ${whole(heap('not started, returning'))} kB, started with four triggers ${whole(heap('4 triggers, returning'))}, and each trigger more ${short(each)} kB.`
}

/**
 * Every figure of the same results in which another is ahead of ours; what tells the same to the reader is not ahead.
 *
 * @param {Results} results
 */
export function ahead({ size, decide, boot, show }) {
  const isLess = (/** @type {number | undefined} */ theirs, /** @type {number | undefined} */ ours) =>
    theirs !== undefined && ours !== undefined && theirs < ours && short(theirs) !== short(ours)
  const lighter = size.peers.filter(({ versions, brotli }) => versions && isLess(brotli, size.visits.first.brotli))
  const shapes = { none: 'reaches no mark', one: 'one trigger matches', many: 'ten triggers match' }
  const decisions = Object.entries({ Node: decide.node, Chromium: decide.chromium }).flatMap(([where, by]) =>
    Object.entries(by).flatMap(([count, all]) =>
      Object.entries(shapes).flatMap(([shape, told]) => {
        const ours = all[shape]?.plimsoll?.median
        const found = Object.entries(all[shape] ?? {}).filter(([, { median }]) => isLess(median, ours))
        const names = found.map(([name, { median }]) => `${name} (${short(median)})`).join(', ')
        return found.length
          ? [`${whole(Number(count))} triggers in ${where}, a signal that ${told} (ours ${short(ours)}): ${names}`]
          : []
      }),
    ),
  )
  const boots = ['first', 'returning'].flatMap((visit) => {
    const ours = boot.rows.find(({ name }) => name === `plimsoll, 50 triggers, ${visit}`)
    const others = boot.rows.filter(({ name, versions }) => versions && name.endsWith(`, ${visit}`))
    return [
      {
        what: `milliseconds of main thread, ${visit} visit`,
        of: (/** @type {typeof ours} */ row) => row?.at1.main.median,
      },
      {
        what: `kilobytes of heap, ${visit} visit`,
        of: (/** @type {typeof ours} */ row) => (row?.at1.heap.median ?? Number.NaN) / 1000,
      },
    ].flatMap(({ what, of }) => {
      const found = others.filter((row) => isLess(of(row), of(ours)))
      const names = found.map((row) => `${row.name.replace(/, \w+$/, '')} (${short(of(row))})`).join(', ')
      return found.length ? [`${what} (ours with 50 triggers ${short(of(ours))}): ${names}`] : []
    })
  })
  const shows = Object.entries({ 'code warm': show.warm, 'code cold': show.cold }).flatMap(([how, all]) => {
    const isOurs = (/** @type {string} */ name) => /, (by|from) /.test(name)
    const peers = Object.entries(all).filter(([name]) => /\.js\b/.test(name))
    /** @type {Map<string, string[]>} Ours, by who is before them. */
    const behind = new Map()
    for (const [name, { readable }] of Object.entries(all).filter(([one]) => isOurs(one))) {
      const found = peers.filter(([, peer]) => isLess(peer.readable.median, readable.median))
      const names = found.map(([peer, its]) => `${peer} (${short(its.readable.median)})`).join(', ')
      if (names) behind.set(names, [...(behind.get(names) ?? []), `${name} (${short(readable.median)})`])
    }
    return [...behind].map(([names, ours]) => `${how}, before our ${ours.join(', ')}: ${names}`)
  })
  const list = (/** @type {string} */ title, /** @type {readonly string[]} */ lines) =>
    lines.length ? `${title}\n\n${lines.map((line) => `- ${line}.`).join('\n')}` : ''
  return [
    list('Lighter than a first visit of ours, in bytes after brotli:', [
      `ours ${whole(size.visits.first.brotli)}: ${lighter.map(({ name, brotli }) => `${name} (${whole(brotli)})`).join(', ')}`,
    ]),
    list('Quicker to answer, in microseconds:', decisions),
    list('Less at a start, which for most of them is a script read and a few objects made:', boots),
    list('Readable sooner, in milliseconds:', shows),
  ]
    .filter(Boolean)
    .join('\n\n')
}

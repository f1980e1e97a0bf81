// @ts-check
// What the page of speed tells before its tables: what was asked for and is reached, why not where it is not, and where
// others are ahead. All of it comes from the results of the bench.
import { short, times, whole } from './results.mjs'

/** @typedef {import('./results.mjs').Results} Results */

/** How the bench calls the page that asks for what a start needs, and does nothing with it. */
export const PLATFORM = 'file, record, channel and two chunks asked for, nothing done'

const CODE = 'compiled code and what it refers to'

/** @param {Results} results */
const rowOf =
  ({ boot }) =>
  (/** @type {string} */ name) =>
    boot.rows.find((one) => one.name === name)
/** @param {Results} results */
const floorOf =
  ({ size }) =>
  (/** @type {string} */ name) =>
    size.floors.find((part) => part.name.startsWith(name))?.brotli ?? Number.NaN

/**
 * What the page tells first: a figure, what was asked for, what is reached, and the least that its parts take here.
 *
 * @param {Results} results
 */
export function figures(results) {
  const { size, decide, show, storage, growth } = results
  const bytes = (/** @type {string} */ name) => size.chunks.find((chunk) => chunk.name === name)?.brotli ?? Number.NaN
  const row = rowOf(results)
  const floor = floorOf(results)
  const ours = row('plimsoll, 50 triggers, returning')
  const platform = row(`${PLATFORM}, returning`)
  const peers = ['posthog-js', '@braze/web-sdk'].map((name) => row(`${name}, returning`)?.at1.main.median)
  const toPeers = (/** @type {typeof ours} */ one) =>
    peers.map((peer) => times(one?.at1.main.median, peer)).join(' and ')
  const main = (/** @type {typeof ours} */ one) => `${short(one?.at1.main.median)} and ${short(one?.at4.main.median)}`
  const longest = (/** @type {typeof ours} */ one) =>
    `${short(one?.at1.longest.median)} and ${short(one?.at4.longest.median)}`
  const { none, one } = decide.node[100] ?? {}
  const [byTriggers] = growth
  const alone = storage.tabs[1]
  const toDiv = (/** @type {import('./results.mjs').Show} */ all, name = 'banner, from usage') =>
    times(all[name]?.readable.median, all['a bare div']?.readable.median)
  return [
    ['`plimsoll.js`, bytes after brotli', '5,000', whole(bytes('plimsoll.js')), whole(floor('deciding'))],
    [
      'A returning visit up to the painted banner, bytes after brotli',
      '12,000',
      whole(size.visits.returning.brotli),
      whole(floor('all that')),
    ],
    [
      'A decision at 100 triggers, microseconds (Node)',
      '2',
      short(one?.plimsoll?.median),
      short(none?.plimsoll?.median),
    ],
    [
      'A decision at 1,000 triggers, microseconds, 95th of 100',
      '10',
      short(decide.node[1000]?.one?.plimsoll?.p95),
      short(decide.node[1000]?.none?.plimsoll?.p95),
    ],
    ['How a decision grows to 10,000 triggers, exponent', '0', (byTriggers?.exponent ?? Number.NaN).toFixed(2), '0'],
    [
      'A reservation answered, to a bare transaction',
      '2×',
      times(alone?.plimsoll?.['reservation answered']?.median, alone?.bare?.['reservation answered']?.median),
      '1×',
    ],
    ['From the call to the readable banner, code warm, to a bare `div`', '1.15×', toDiv(show.warm), '1×'],
    [
      'The same of the tooltip, beside its control',
      '1.15×',
      toDiv(show.warm, 'tooltip, by preview'),
      toDiv(show.warm, BESIDE),
    ],
    ['The first of a page whose mark was near, to a bare `div`', '1.15×', toDiv(show.near), '1×'],
    ['The first of a page from far, code cold', '–', toDiv(show.cold), '1×'],
    ['Boot, 50 triggers, returning: milliseconds of main thread at 1× and 4×', '5 and 15', main(ours), main(platform)],
    ['The same, to posthog-js and to @braze/web-sdk', '0.1×', toPeers(ours), toPeers(platform)],
    ['Its longest task at 1× and 4×, milliseconds', '50', longest(ours), longest(platform)],
    ['Its layout shift', '0', String(Math.max(0, ours?.at1.shift.median ?? Number.NaN)), '0'],
    [
      'Heap after it, kilobytes',
      '250',
      whole((ours?.at1.heap.median ?? Number.NaN) / 1000),
      whole((platform?.at1.heap.median ?? Number.NaN) / 1000),
    ],
  ]
}

const BESIDE = 'a bare popover beside its control'

/** What keeps the figures that are not reached from being so, as the same results show it. @param {Results} results */
export function limits(results) {
  const { size, decide, boot, show } = results
  const floor = floorOf(results)
  const { ran } = size.visits
  const least = (/** @type {import('./results.mjs').RanByFile} */ all, /** @type {string} */ name) =>
    all[name]?.branches ?? Number.NaN
  const row = (/** @type {string} */ name) => rowOf(results)(`plimsoll, ${name}`)
  const main = (/** @type {string} */ name) => short(row(name)?.at1.main.median)
  const held = (/** @type {string} */ name, /** @type {string | undefined} */ kind = undefined) => {
    const found = results.heap.find((one) => one.name.startsWith(name))
    return (kind ? found?.kinds[kind] : found?.heap) ?? Number.NaN
  }
  const kilo = (/** @type {number} */ bytes) => whole(bytes / 1000)
  const ours = row('50 triggers, returning')
  const platform = rowOf(results)(`${PLATFORM}, returning`)
  const toPeers = (/** @type {'at1' | 'at4'} */ rate) =>
    ['posthog-js', '@braze/web-sdk']
      .map((name) => times(platform?.[rate].main.median, rowOf(results)(`${name}, returning`)?.[rate].main.median))
      .join(' and ')
  const bare = boot.bare && `, of the bare page ${short(boot.bare.at4.longest.median)}`
  const div = show.warm['a bare div']?.readable
  const tooltip = show.warm['tooltip, by preview']?.readable
  const others = Math.max(
    ...Object.entries(show.warm)
      .filter(([name]) => / (preview|usage|guard)$/.test(name) && !name.startsWith('tooltip'))
      .map(([, { readable }]) => readable.median),
  )
  const heap = (/** @type {string} */ name) => row(name)?.at1.heap.median ?? Number.NaN
  const each = (heap('500 triggers, returning') - heap('4 triggers, returning')) / 496 / 1000
  const { none, one } = decide.node[100] ?? {}
  const frame = show.warm['banner, from usage']?.readable.median
  const near = show.near['banner, from usage']?.readable.median
  const cold = show.cold['banner, from usage']?.readable.median
  const decision =
    (one?.plimsoll?.median ?? 0) > 2
      ? `- **A decision.** A signal that reaches no mark takes ${short(none?.plimsoll?.median)} µs, one that one trigger matches ${short(one?.plimsoll?.median)}: the
  difference is one trigger judged by every rule, with its figures. Neither grows with the triggers that a signal is not about.
`
      : ''
  return `- **Bytes.** Deciding alone, pure functions without page or storage, minified and packed as one file, takes
  ${whole(floor('deciding'))} bytes after brotli where 5,000 were asked for; with reserving and all that is counted ${whole(floor('and counting'))}. That, storage,
  Preact, the banner’s style sheets and its words, as one file and without a line that ties them together, take ${whole(floor('all that'))}
  where 12,000 were. And of the code that a returning visit runs up to the painted banner, branch by branch, \`plimsoll.js\`
  has ${whole(least(ran.painted, 'plimsoll.js'))} and all its files ${whole(least(ran.painted, 'all of them as one'))}; a visit that shows nothing runs ${whole(least(ran.quiet, 'plimsoll.js'))} of \`plimsoll.js\`. However it were
  cut into files, such a visit takes no less of this code. What does not run in one runs in another, within a decision,
  and a decision falls within a transaction, which waits for no network.
${decision}- **The first of a page.** The banner is readable after ${short(cold)} ms where its code must be fetched and compiled first, after
  ${short(near)} where a mark was near and it was fetched and tried out in idle time, laid out and all, and after ${short(frame)} the next times.
- **The tooltip.** Beside its control it is readable ${short(tooltip?.median)} ms after the call, and 95 of 100 times within ${short(tooltip?.p95)}; a bare
  popover that stands there by the same means at ${short(show.warm[BESIDE]?.readable.median)}, a bare \`div\` at ${short(div?.median)}: browsers lay out twice what stands beside
  something. No other kind takes more than ${short(others)}.
- **Boot.** A page that asks for a file, a record, a channel and two chunks, and does nothing with them, takes
  ${short(platform?.at1.main.median)} ms, and ${short(platform?.at4.main.median)} at 4×, where 5 and 15 were asked for; to posthog-js and
  @braze/web-sdk ${toPeers('at1')}, at 4× ${toPeers('at4')}, where 0.1× was. The script read, compiled and run, and never
  started, takes ${main('not started, first')} ms at first and ${main('not started, returning')} when the browser has kept what it compiled. Started with 4, 50 and 500
  triggers, returning, it takes ${main('4 triggers, returning')}, ${main('50 triggers, returning')} and ${main('500 triggers, returning')}.
- **The longest task** at 4× is ${short(ours?.at4.longest.median)} ms; of that platform’s page ${short(platform?.at4.longest.median)}${bare ?? ''}, of the script that is not started ${short(row('not started, returning')?.at4.longest.median)}.
- **Heap.** The script read and run holds ${kilo(held('the script alone'))} kB before it is started, with its two chunks ${kilo(held('the script and'))}; started with a file
  without triggers ${kilo(held('started with a file'))}, with four ${kilo(held('started with 4'))}, with 50 ${kilo(held('started with 50'))}. Of the ${kilo(held('started with a file') - held('the script alone'))} kB that starting adds without a trigger ${kilo(held('started with a file', CODE) - held('the script alone', CODE))}
  are code that is compiled as it runs; with 50 triggers compiled code alone is ${kilo(held('started with 50', CODE))} of the 250 that were asked for, and the file,
  read and parsed and nothing done with it, ${kilo(held('the file of 50'))}. Each trigger more is ${short(each)} kB.`
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

/**
 * A fuzzer that is guided by coverage: an input that runs a block of ours which none has run before, or more often by an
 * order, joins the corpus, and the next ones are made from it.
 */

import { type Profiler, Session } from 'node:inspector'

const LONG = !!process.env.PLIMSOLL_LONG

/** Numbers from 0 to 1, the same for the same seed. */
function chance(seed: number): () => number {
  let state = seed
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
  }
}

/** What breaks programs: put anywhere, as a value, a key or a part of a text. */
const HOSTILE: readonly unknown[] = [
  ...['', ' ', '\0', '\ud800', '\u202e', '\u2066', '\u2069', 'Z\u0351\u036b\u0343\u036a\u0342\u036b\u033d\u034f\u0334', '{', '}', '{{', '|', '{user.name}', '{user.name|}', '$', '.', '..', '/', '\\', '%', '%2e', '?', '#', ':', '@', '//evil.test', 'javascript:1', '__proto__', 'constructor', 'prototype', 'toString', 'length', '$in', '$not', '$regex', '$elemMatch', '$size', 'en', 'i', '0', '-1', '30d', '2026-01-01', 'session'],
  ...[0, -0, -1, 1, 0.5, 1e308, 2 ** 53 + 1, 1e-7, 99, 1e15],
  ...[null, true, false, [], {}, [[]], [null], { a: { b: {} } }],
] // biome-ignore format: a dictionary reads best in a few lines

type Json = unknown
type Holder = { [key: string]: Json }

const isHolder = (value: Json): value is Holder => typeof value === 'object' && value !== null

/** Every place in a value that something can be put into, with its key. */
function placesOf(value: Json, places: [Holder, string][] = []): [Holder, string][] {
  if (isHolder(value)) {
    for (const key of Object.keys(value)) {
      places.push([value, key])
      placesOf(value[key], places)
    }
  }
  return places
}

/** Puts a value under any name, `__proto__` too, as `JSON.parse` does. */
const put = (holder: Holder, key: string, value: Json): void => {
  if (!Array.isArray(holder))
    Object.defineProperty(holder, key, { value, enumerable: true, configurable: true, writable: true })
  else if (/^\d{1,4}$/.test(key)) holder[Number(key)] = value
  else holder.push(value)
}

/** Makes another input from one, in one to four steps; `other` lends parts of its own. */
function mutate(from: Json, other: Json, random: () => number): Json {
  const top: Holder = { input: structuredClone(from) }
  const pick = <T>(list: readonly T[]): T => list[Math.floor(random() * list.length)] as T
  const any = (): Json => {
    const places = placesOf(other)
    if (places.length === 0 || random() < 0.7) return structuredClone(pick(HOSTILE))
    const [holder, key] = pick(places)
    return structuredClone(holder[key])
  }
  for (let steps = 1 + Math.floor(random() * 4); steps > 0; steps--) {
    const [holder, key] = pick(placesOf(top))
    const found = holder[key]
    const how = random()
    if (how < 0.35 && typeof found === 'string') {
      const at = Math.floor(random() * (found.length + 1))
      const cut = random() < 0.5 ? 0 : Math.floor(random() * 4)
      const bit = random() < 0.1 ? found.repeat(50).slice(0, 3000) : String(pick(HOSTILE))
      put(holder, key, found.slice(0, at) + bit + found.slice(at + cut))
    } else if (how < 0.45 && typeof found === 'number')
      put(holder, key, pick([found + 1, found - 1, -found, found * 1e6, found / 3]))
    else if (how < 0.6 && isHolder(found))
      put(
        found,
        random() < 0.5 ? String(pick(HOSTILE)) : (pick(placesOf(other).concat([[{}, 'x']]))[1] as string),
        any(),
      )
    else if (how < 0.7 && holder !== top) {
      if (Array.isArray(holder)) holder.splice(Number(key), 1)
      else delete holder[key]
    } else if (how < 0.8 && isHolder(found) && !Array.isArray(found) && random() < 0.3) {
      let deep: Json = found
      for (let i = 0; i < 40; i++) deep = random() < 0.5 ? [deep] : { [key]: deep }
      put(holder, key, deep)
    } else put(holder, key, any())
  }
  return top.input
}

/** Counts of blocks of ours that ran since the last time this was asked, as names. */
function blocks(session: Session): string[] {
  let ran: string[] = []
  session.post('Profiler.takePreciseCoverage', (_, { result }: Profiler.TakePreciseCoverageReturnType) => {
    ran = result
      .filter(({ url }) => url.includes('/packages/sdk/src/'))
      .flatMap(({ scriptId, functions }) =>
        functions.flatMap(({ ranges }) =>
          ranges
            .filter(({ count }) => count > 0)
            .map(
              ({ startOffset, endOffset, count }) =>
                `${scriptId}:${startOffset}:${endOffset}:${Math.min(8, 32 - Math.clz32(count))}`,
            ),
        ),
      )
  })
  return ran
}

export interface Campaign {
  readonly seeds: readonly Json[]
  /** Throws where what must hold of every input does not hold of this one. */
  readonly check: (input: never) => unknown
  /** How many inputs are tried, where it is no long run. */
  readonly rounds: number
}

/**
 * Tries inputs for as long as was asked: the same ones every time, or in a long run others for a minute.
 *
 * @returns How many were tried, joined the corpus, and how many blocks ran.
 */
export async function fuzz({
  seeds,
  check,
  rounds,
}: Campaign): Promise<{ tried: number; corpus: number; blocks: number }> {
  const seed = LONG ? Date.now() % 2 ** 31 : 1
  const until = Date.now() + Number(process.env.PLIMSOLL_FUZZ_MS ?? 60_000)
  const random = chance(seed)
  const session = new Session()
  session.connect()
  session.post('Profiler.enable')
  session.post('Profiler.startPreciseCoverage', { callCount: true, detailed: true })
  const seen = new Set<string>()
  const corpus: Json[] = []
  let tried = 0
  const run = async (input: Json): Promise<void> => {
    blocks(session)
    try {
      await check(structuredClone(input) as never)
    } catch (error) {
      throw new Error(`seed ${seed}, input ${tried}: ${JSON.stringify(input)}`, { cause: error })
    }
    const ran = blocks(session)
    tried++
    if (ran.every((block) => seen.has(block))) return
    for (const block of ran) seen.add(block)
    corpus.push(input)
  }
  try {
    for (const input of seeds) await run(input)
    while (LONG ? Date.now() < until : tried < rounds) {
      // What joined last has more to tell.
      const one = corpus[Math.floor(Math.sqrt(random()) * corpus.length)]
      await run(mutate(one, corpus[Math.floor(random() * corpus.length)], random))
    }
  } finally {
    session.post('Profiler.stopPreciseCoverage')
    session.disconnect()
  }
  return { tried, corpus: corpus.length, blocks: seen.size }
}

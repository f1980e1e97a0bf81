// @ts-check
// How what a page pays grows with the triggers of its file: the start, what it then holds, and a prompt.
import { summarize } from './measure.mjs'
import { configOf, launch, pageWith, person } from './page.mjs'
import { serve } from './server.mjs'
import { startVisits } from './visits.mjs'

/** @typedef {[x: number, y: number][]} Points */

const COUNTS = [4, 50, 500, 5000]
const VISITS = 8
const SHOWS = 25
const BUDGET_MS = 60_000

/** Shows the banner of a mark, and takes it away again before it counts as shown. */
const work = `
const afterPaint = () => new Promise((done) => requestAnimationFrame(() => {
  const { port1, port2 } = new MessageChannel()
  port1.onmessage = () => done(performance.now())
  port2.postMessage(0)
}))
const isShown = () => [...document.querySelectorAll('plimsoll-root')].some(({ shadowRoot }) =>
  shadowRoot.querySelector('[data-plimsoll-widget=banner]'))
window.showOnce = async () => {
  await afterPaint()
  const from = performance.now()
  plimsoll('usage', { r0: { used: 82 } })
  let at = from
  while (!isShown()) at = await afterPaint()
  plimsoll('usage', { r0: { used: 10 } })
  while (isShown()) await afterPaint()
  return at - from
}`

/** @returns {Promise<{ main: Points, heap: Points, shown: Points }>} */
export async function byTriggers() {
  /** @type {Record<string, string>} */
  const pages = { '/': pageWith('').replace(/<script.*<\/script>/gs, '') }
  /** @type {Record<string, import('./server.mjs').Answer>} */
  const files = {}
  for (const count of COUNTS) {
    const config = configOf(count)
    // No milestone is passed on the way to the mark, and the mark may be shown again and again.
    const triggers = config.triggers.filter((trigger) => !('metric' in trigger))
    const often = triggers.map((trigger) => ({ ...trigger, frequency: null, suppress: null }))
    files[`/triggers${count}.json`] = { type: 'application/json', body: JSON.stringify(config) }
    files[`/often${count}.json`] = { type: 'application/json', body: JSON.stringify({ ...config, triggers: often }) }
    const page = pageWith(`${person}\nplimsoll('usage', { r0: { used: 10 } })`)
    pages[`/ours${count}`] = page.replace('/triggers.json', `/triggers${count}.json`)
    pages[`/show${count}`] = pageWith(
      `${person}\nplimsoll('usage', { r0: { used: 10 } })\naddEventListener('plimsoll:ready', () => { window.isReady = true })${work}`,
    ).replace('/triggers.json', `/often${count}.json`)
  }
  const site = await serve(pages, files, true)
  const visits = await startVisits(site.origin)
  const browser = await launch()
  try {
    const jobs = ['/', ...COUNTS.map((count) => `/ours${count}`)].map((path) => ({
      path,
      waits: path !== '/',
      returning: true,
    }))
    await Promise.all(jobs.map(visits.acquaint))
    /** @type {Map<string, import('./visits.mjs').Visit[]>} */
    const found = new Map(jobs.map(({ path }) => [path, []]))
    const rounds = Array.from({ length: VISITS }, () => jobs).flat()
    await visits.make(rounds, Date.now() + BUDGET_MS, ({ path }, made) => found.get(path)?.push(made))
    const over = (/** @type {number} */ count, /** @type {'main' | 'heap'} */ what) => {
      const median = (/** @type {string} */ path) => summarize(found.get(path)?.map((one) => one[what]) ?? []).median
      return median(`/ours${count}`) - median('/')
    }

    /** @type {Points} */
    const shown = []
    for (const count of COUNTS) {
      const page = await browser.newPage()
      await page.goto(`${site.origin}/show${count}`)
      await page.waitForFunction('window.isReady')
      /** @type {number[]} */
      const times = []
      // The first ones load code, and count for nothing.
      for (let i = -3; i < SHOWS; i++) {
        const time = /** @type {number} */ (await page.evaluate('showOnce()'))
        if (i >= 0) times.push(time)
      }
      shown.push([count, summarize(times).median])
      await page.close()
    }
    return {
      main: COUNTS.map((count) => [count, over(count, 'main')]),
      heap: COUNTS.map((count) => [count, over(count, 'heap')]),
      shown,
    }
  } finally {
    await browser.close()
    await visits.close()
    await site.close()
  }
}

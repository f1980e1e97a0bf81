import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { page as screen } from 'vitest/browser'
import { banner, modal, panel } from './cases.ts'
import { action, clear, host, page, show, sleep, until, widget } from './harness.ts'

let visibility: DocumentVisibilityState = 'visible'

beforeEach(() => {
  visibility = 'visible'
  Object.defineProperty(document, 'visibilityState', { configurable: true, get: () => visibility })
})
afterEach(() => {
  clear()
  Reflect.deleteProperty(document, 'visibilityState')
})

function setVisibility(to: DocumentVisibilityState): void {
  visibility = to
  document.dispatchEvent(new Event('visibilitychange'))
}

const SHOWN = [{ type: 'shown' }]

/** Waits for the impression; says how long it took. */
async function seen(all: readonly unknown[], since = performance.now()): Promise<number> {
  await until(() => all.length > 0)
  expect(all).toEqual(SHOWN)
  return performance.now() - since
}

describe('an impression', () => {
  test('is reported once, after one second on screen', async () => {
    const since = performance.now()
    const { all } = await show(banner(82))
    expect(await seen(all, since)).toBeGreaterThan(990)
    await sleep(1300)
    expect(all).toEqual(SHOWN)
  })

  test('is reported of a dialog', async () => {
    const { all } = await show(modal())
    await seen(all)
  })

  test('is not reported after an answer', async () => {
    const { all } = await show(banner(82))
    action('snooze').click()
    await sleep(1300)
    expect(all).toEqual([{ type: 'snoozed' }])
  })

  test('starts again when the tab was hidden', async () => {
    const { all } = await show(banner(82))
    await sleep(600)
    setVisibility('hidden')
    await sleep(700)
    expect(all).toEqual([])
    setVisibility('visible')
    expect(await seen(all)).toBeGreaterThan(990)
  })

  test('waits in a hidden tab', async () => {
    visibility = 'hidden'
    const { all } = await show(banner(82))
    await sleep(1300)
    expect(all).toEqual([])
  })

  test('waits until half of it is scrolled into view', async () => {
    await screen.viewport(900, 500)
    page('<div style="height:2000px"></div><div data-plimsoll-slot="team"></div><div style="height:2000px"></div>')
    const { all } = await show(panel())
    await sleep(1300)
    expect(all).toEqual([])
    const { top, height } = widget().getBoundingClientRect()
    scrollTo(0, top - 500 + height * 0.4)
    await sleep(1300)
    expect(all).toEqual([])
    scrollTo(0, top - 500 + height * 0.6)
    await seen(all)
    scrollTo(0, 0)
  })

  test('waits for what stands less than half on screen from the start', async () => {
    await screen.viewport(900, 500)
    page('<div style="height:400px"></div><div data-plimsoll-slot="team"></div>')
    const { all } = await show(panel())
    await sleep(1300)
    expect(all).toEqual([])
  })

  test('waits while something of the page covers it', async () => {
    page('<div data-plimsoll-slot="team"></div><div id="cover" style="position:fixed;inset:0;background:#fff"></div>')
    const { all } = await show(panel())
    await sleep(1300)
    expect(all).toEqual([])
    host('#cover').remove()
    await seen(all)
  })

  test('waits while a dialog of the page is over it', async () => {
    page(
      '<div data-plimsoll-slot="team"></div><dialog style="inset:0;width:100%;height:100%;max-width:none;max-height:none">Host</dialog>',
    )
    host<HTMLDialogElement>('dialog').showModal()
    const { all } = await show(panel())
    await sleep(1300)
    expect(all).toEqual([])
  })

  test('is never reported of what is not rendered', async () => {
    page('<div id="box"><div data-plimsoll-slot="team"></div></div>')
    const { all } = await show(panel())
    host('#box').style.display = 'none'
    await sleep(1300)
    expect(all).toEqual([])
  })
})

describe('a hostile style sheet', () => {
  const sheets = [
    '* { display: none !important }',
    'plimsoll-root { display: none !important }',
    'plimsoll-root { opacity: 0 !important; visibility: hidden !important; transform: translateX(-9999px) !important }',
    'div { all: unset } html > * { position: absolute; z-index: -1 }',
  ]
  test.each(sheets)('is either beaten or keeps the impression from being counted: %s', async (css) => {
    const style = document.createElement('style')
    style.textContent = css
    document.head.append(style)
    const { all, shown } = await show(banner(82))
    await sleep(1400)
    const root = host('html > plimsoll-root').shadowRoot as ShadowRoot
    const { x, y, width, height } = (root.querySelector('.widget') as Element).getBoundingClientRect()
    const visible = width > 0 && document.elementFromPoint(x + width / 2, y + height / 2)?.localName === 'plimsoll-root'
    expect(all).toEqual(visible ? SHOWN : [])
    shown.close()
    style.remove()
  })
})

import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { userEvent } from 'vitest/browser'
import { watchSearches } from '../../packages/sdk/src/browser/watchSearches.ts'

const onSearch = vi.fn<(query: string) => void>()
const queries = () => onSearch.mock.calls.map(([query]) => query)
let stop: () => void
let page: HTMLElement

const field = (selector = 'input'): HTMLInputElement => page.querySelector(selector) as HTMLInputElement
function type(text: string, into = field(), extra: InputEventInit = {}): void {
  into.value = text
  into.dispatchEvent(new InputEvent('input', { bubbles: true, composed: true, ...extra }))
}
const enter = (on: Element, extra: KeyboardEventInit = {}) =>
  on.dispatchEvent(new KeyboardEvent('keydown', { key: 'Enter', bubbles: true, composed: true, ...extra }))

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] })
  page = document.body.appendChild(document.createElement('main'))
  page.innerHTML = '<input data-plimsoll-search>'
  onSearch.mockReset()
  stop = watchSearches(onSearch)
})
afterEach(() => {
  stop()
  vi.useRealTimers()
  page.remove()
})

test('reads 400 ms after the last key, once', () => {
  type('sa')
  vi.advanceTimersByTime(399)
  type('saml')
  vi.advanceTimersByTime(399)
  expect(queries()).toEqual([])
  vi.advanceTimersByTime(1)
  expect(queries()).toEqual(['saml'])
  vi.advanceTimersByTime(5000)
  expect(queries()).toEqual(['saml'])
})

test('reads at Enter, and not again', async () => {
  vi.useRealTimers()
  await userEvent.type(field(), 'okta{Enter}')
  await new Promise((resolve) => setTimeout(resolve, 450))
  expect(queries()).toEqual(['okta'])
})

test('waits for a word that is being composed', () => {
  type('し', field(), { isComposing: true })
  enter(field(), { isComposing: true })
  vi.advanceTimersByTime(5000)
  expect(queries()).toEqual([])
  type('資料')
  field().dispatchEvent(new CompositionEvent('compositionend', { bubbles: true, composed: true }))
  vi.advanceTimersByTime(400)
  expect(queries()).toEqual(['資料'])
})

test('reads once composing has ended, though no input follows', () => {
  type('資料', field(), { isComposing: true })
  field().dispatchEvent(new CompositionEvent('compositionend', { bubbles: true, composed: true }))
  vi.advanceTimersByTime(400)
  expect(queries()).toEqual(['資料'])
})

test('says nothing of an empty field, nor of white space around a query', () => {
  type('   ')
  vi.advanceTimersByTime(400)
  enter(field())
  type('  sso ')
  vi.advanceTimersByTime(400)
  expect(queries()).toEqual(['sso'])
})

test('reads a field inside a marked element, in a shadow root too', () => {
  page.innerHTML = '<form data-plimsoll-search role="search"><x-field></x-field></form>'
  const root = (page.querySelector('x-field') as Element).attachShadow({ mode: 'open' })
  root.innerHTML = '<input type="search">'
  type('saml', root.querySelector('input') as HTMLInputElement)
  vi.advanceTimersByTime(400)
  expect(queries()).toEqual(['saml'])
})

test('reads no password, box or choice beside the field, and no unmarked field', () => {
  page.innerHTML = `<div data-plimsoll-search><input type="password"><input type="checkbox" value="on">
    <select><option>all</select></div><input id="other">`
  for (const other of page.querySelectorAll('input')) type('secret', other)
  field('select').dispatchEvent(new InputEvent('input', { bubbles: true }))
  vi.advanceTimersByTime(5000)
  expect(queries()).toEqual([])
})

test('hears nothing once stopped', () => {
  type('saml')
  stop()
  type('saml sso')
  enter(field())
  vi.advanceTimersByTime(5000)
  expect(queries()).toEqual([])
})

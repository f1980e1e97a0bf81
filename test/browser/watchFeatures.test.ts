import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { userEvent } from 'vitest/browser'
import { watchFeatures } from '../../packages/sdk/src/browser/watchFeatures.ts'

const heard: (readonly unknown[])[] = []
let stop: () => void
let page: HTMLElement

const turn = (ms = 0) => new Promise((resolve) => setTimeout(resolve, ms))
const find = (selector: string): HTMLElement => page.querySelector(selector) as HTMLElement
const pointer = (type: string, on: Element, extra: PointerEventInit = {}) =>
  on.dispatchEvent(
    new PointerEvent(type, { bubbles: true, composed: true, cancelable: true, pointerType: 'mouse', ...extra }),
  )
const key = (type: string, on: Element, name: string, extra: KeyboardEventInit = {}) =>
  on.dispatchEvent(new KeyboardEvent(type, { key: name, bubbles: true, composed: true, cancelable: true, ...extra }))

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] })
  page = document.body.appendChild(document.createElement('main'))
  page.innerHTML = `
    <p id="elsewhere" tabindex="0">elsewhere</p>
    <button id="sso" data-plimsoll-feature="sso" aria-disabled="true">Single <b>sign-on</b></button>
    <button id="audit" data-plimsoll-feature="audit">Audit log</button>
    <div id="tile" role="button" tabindex="0" data-plimsoll-feature="tile">Tile</div>
    <button id="unnamed" data-plimsoll-feature="">?</button>`
  heard.length = 0
  const name = (element: Element) => element.id
  stop = watchFeatures({
    onNear: (feature, element, by) => heard.push(['near', feature, name(element), by]),
    onAway: (feature, element) => heard.push(['away', feature, name(element)]),
    onAttempt: (feature, element) => heard.push(['attempt', feature, name(element)]),
  })
})
afterEach(() => {
  stop()
  vi.useRealTimers()
  page.remove()
})

describe('near, by pointer', () => {
  test('is half a second on the control, and not a millisecond less', () => {
    pointer('pointerover', find('#sso b'))
    vi.advanceTimersByTime(499)
    expect(heard).toEqual([])
    pointer('pointermove', find('#sso'))
    vi.advanceTimersByTime(1)
    expect(heard).toEqual([['near', 'sso', 'sso', 'pointer']])
  })

  test('is not a pointer that passes', () => {
    pointer('pointerover', find('#sso'))
    vi.advanceTimersByTime(400)
    pointer('pointerover', find('#elsewhere'))
    vi.advanceTimersByTime(5000)
    expect(heard).toEqual([])
  })

  test('is not a finger', () => {
    pointer('pointerover', find('#sso'), { pointerType: 'touch' })
    vi.advanceTimersByTime(5000)
    expect(heard).toEqual([])
  })

  test('is a pen', () => {
    pointer('pointerover', find('#sso'), { pointerType: 'pen' })
    vi.advanceTimersByTime(500)
    expect(heard).toEqual([['near', 'sso', 'sso', 'pointer']])
  })

  test('ends 300 ms after the pointer has left, unless it returns', () => {
    pointer('pointerover', find('#sso'))
    vi.advanceTimersByTime(500)
    pointer('pointerover', find('#elsewhere'))
    vi.advanceTimersByTime(299)
    pointer('pointermove', find('#sso'))
    vi.advanceTimersByTime(5000)
    expect(heard).toEqual([['near', 'sso', 'sso', 'pointer']])

    pointer('pointerover', find('#elsewhere'))
    vi.advanceTimersByTime(200)
    pointer('pointermove', find('#elsewhere'))
    vi.advanceTimersByTime(99)
    expect(heard).toHaveLength(1)
    vi.advanceTimersByTime(1)
    expect(heard).toEqual([
      ['near', 'sso', 'sso', 'pointer'],
      ['away', 'sso', 'sso'],
    ])
  })

  test('ends at once on another control, and begins there', () => {
    pointer('pointerover', find('#sso'))
    vi.advanceTimersByTime(500)
    pointer('pointerover', find('#audit'))
    expect(heard).toEqual([
      ['near', 'sso', 'sso', 'pointer'],
      ['away', 'sso', 'sso'],
    ])
    vi.advanceTimersByTime(500)
    expect(heard.slice(2)).toEqual([['near', 'audit', 'audit', 'pointer']])
  })

  test('ends when the pointer leaves the window', () => {
    pointer('pointerover', find('#sso'))
    vi.advanceTimersByTime(500)
    pointer('pointerout', find('#sso'), { relatedTarget: find('#elsewhere') })
    vi.advanceTimersByTime(500)
    expect(heard).toHaveLength(1)
    pointer('pointerout', find('#sso'))
    vi.advanceTimersByTime(300)
    expect(heard.slice(1)).toEqual([['away', 'sso', 'sso']])
  })

  test('stays while the pointer crosses to our widget and rests there', () => {
    const root = page.appendChild(document.createElement('plimsoll-root'))
    const widget = root.attachShadow({ mode: 'open' }).appendChild(document.createElement('button'))
    pointer('pointerover', find('#sso'))
    vi.advanceTimersByTime(500)
    pointer('pointerover', find('#elsewhere'))
    vi.advanceTimersByTime(200)
    pointer('pointerover', widget)
    vi.advanceTimersByTime(10_000)
    expect(heard).toEqual([['near', 'sso', 'sso', 'pointer']])
    pointer('pointerover', find('#elsewhere'))
    vi.advanceTimersByTime(300)
    expect(heard.slice(1)).toEqual([['away', 'sso', 'sso']])
  })

  test('does not begin on our widget', () => {
    const root = find('#sso').appendChild(document.createElement('plimsoll-root'))
    pointer('pointerover', root)
    vi.advanceTimersByTime(5000)
    root.click()
    expect(heard).toEqual([])
  })

  test('is seen between two controls of one shadow tree', async () => {
    vi.useRealTimers()
    const root = page.appendChild(document.createElement('x-app')).attachShadow({ mode: 'open' })
    root.innerHTML = '<button id="plain">plain</button><button id="inner" data-plimsoll-feature="inner">inner</button>'
    await userEvent.hover(root.querySelector('#plain') as Element)
    await userEvent.hover(root.querySelector('#inner') as Element)
    await vi.waitFor(() => expect(heard).toEqual([['near', 'inner', 'inner', 'pointer']]), 10_000)
    await userEvent.hover(root.querySelector('#plain') as Element)
    await vi.waitFor(() => expect(heard.slice(1)).toEqual([['away', 'inner', 'inner']]), 10_000)
  })
})

describe('near, by focus', () => {
  test('is half a second on the control', () => {
    find('#sso').focus()
    vi.advanceTimersByTime(499)
    expect(heard).toEqual([])
    vi.advanceTimersByTime(1)
    expect(heard).toEqual([['near', 'sso', 'sso', 'focus']])
    find('#sso').blur()
    vi.advanceTimersByTime(300)
    expect(heard.slice(1)).toEqual([['away', 'sso', 'sso']])
  })

  test('is not a focus that passes', () => {
    find('#sso').focus()
    vi.advanceTimersByTime(400)
    find('#elsewhere').focus()
    vi.advanceTimersByTime(5000)
    expect(heard).toEqual([])
  })

  test('stays while the focus goes to our widget', () => {
    const root = page.appendChild(document.createElement('plimsoll-root'))
    const widget = root.attachShadow({ mode: 'open' }).appendChild(document.createElement('button'))
    find('#sso').focus()
    vi.advanceTimersByTime(500)
    widget.focus()
    vi.advanceTimersByTime(10_000)
    expect(heard).toEqual([['near', 'sso', 'sso', 'focus']])
    find('#elsewhere').focus()
    vi.advanceTimersByTime(300)
    expect(heard.slice(1)).toEqual([['away', 'sso', 'sso']])
  })

  test('is told once of a control with pointer and focus, and is over when it has neither', () => {
    pointer('pointerover', find('#sso'))
    find('#sso').focus()
    vi.advanceTimersByTime(5000)
    expect(heard).toEqual([['near', 'sso', 'sso', 'pointer']])
    pointer('pointerover', find('#elsewhere'))
    vi.advanceTimersByTime(5000)
    expect(heard).toHaveLength(1)
    find('#elsewhere').focus()
    vi.advanceTimersByTime(300)
    expect(heard.slice(1)).toEqual([['away', 'sso', 'sso']])
  })

  test('comes after the pointer, and back when the pointer leaves', () => {
    find('#sso').focus()
    vi.advanceTimersByTime(500)
    pointer('pointerover', find('#audit'))
    vi.advanceTimersByTime(500)
    pointer('pointerover', find('#elsewhere'))
    vi.advanceTimersByTime(500)
    expect(heard).toEqual([
      ['near', 'sso', 'sso', 'focus'],
      ['away', 'sso', 'sso'],
      ['near', 'audit', 'audit', 'pointer'],
      ['away', 'audit', 'audit'],
      ['near', 'sso', 'sso', 'focus'],
    ])
  })

  test('is seen between two controls of one shadow tree, by the key that moved it', async () => {
    vi.useRealTimers()
    const root = page.appendChild(document.createElement('x-app')).attachShadow({ mode: 'open' })
    root.innerHTML = '<button id="plain">plain</button><button id="inner" data-plimsoll-feature="inner">inner</button>'
    ;(root.querySelector('#plain') as HTMLElement).focus()
    await userEvent.keyboard('{Tab}')
    await vi.waitFor(() => expect(heard).toEqual([['near', 'inner', 'inner', 'focus']]), 10_000)
  })
})

describe('an attempt', () => {
  test('is a click, anywhere on the control, and leaves its default alone', () => {
    const clicked = vi.fn<(event: Event) => void>()
    find('#sso').addEventListener('click', clicked)
    find('#sso b').click()
    expect(heard).toEqual([['attempt', 'sso', 'sso']])
    expect(clicked.mock.calls[0]?.[0].defaultPrevented).toBe(false)
  })

  test('is every click', async () => {
    vi.useRealTimers()
    await userEvent.click(find('#sso'), { force: true })
    await userEvent.click(find('#sso'), { force: true })
    expect(heard.filter(([what]) => what === 'attempt')).toHaveLength(2)
  })

  // By the real clock a busy machine may rest on a control for half a second: that is heard too, and no attempt.
  const attempts = () => heard.filter(([what]) => what === 'attempt')

  test.each(['{Enter}', '[Space]'])('is %s on a button, counted once', async (press) => {
    vi.useRealTimers()
    find('#audit').focus()
    await userEvent.keyboard(press)
    await turn()
    expect(attempts()).toEqual([['attempt', 'audit', 'audit']])
  })

  test.each(['{Enter}', '[Space]'])('is %s on another role, counted once though the host clicks it', async (press) => {
    vi.useRealTimers()
    find('#tile').addEventListener('keydown', () => find('#tile').click())
    find('#tile').focus()
    await userEvent.keyboard(press)
    await turn()
    expect(attempts()).toEqual([['attempt', 'tile', 'tile']])
    await userEvent.click(find('#tile'))
    expect(attempts()).toHaveLength(2)
  })

  test('is counted once where a host clicks at the release of the key', async () => {
    vi.useRealTimers()
    find('#tile').addEventListener('keyup', () => find('#tile').click())
    find('#tile').focus()
    await userEvent.keyboard('[Space]')
    await turn()
    expect(attempts()).toEqual([['attempt', 'tile', 'tile']])
  })

  test('is not a key that repeats, another key, or a key in a field inside', () => {
    find('#tile').innerHTML = '<input>'
    key('keydown', find('#tile'), 'Enter', { repeat: true })
    key('keydown', find('#tile'), 'a')
    key('keydown', find('#tile input'), 'Enter')
    expect(heard).toEqual([])
  })

  test('is counted once where a label clicks its field', () => {
    const label = page.appendChild(document.createElement('label'))
    label.id = 'label'
    label.setAttribute('data-plimsoll-feature', 'toggle')
    label.innerHTML = '<input type="checkbox"> Audit'
    label.click()
    expect((label.firstChild as HTMLInputElement).checked).toBe(true)
    expect(heard).toEqual([['attempt', 'toggle', 'label']])
  })

  test('is seen in an open shadow root, and of the innermost mark', () => {
    const host = find('#tile').appendChild(document.createElement('x-app'))
    const root = host.attachShadow({ mode: 'open' })
    root.innerHTML = '<button id="inner" data-plimsoll-feature="inner"><i>x</i></button>'
    root.querySelector('i')?.click()
    expect(heard).toEqual([['attempt', 'inner', 'inner']])
  })

  test('is nothing on a control without a feature', () => {
    find('#unnamed').click()
    find('#elsewhere').click()
    expect(heard).toEqual([])
  })
})

test('hears nothing once stopped', () => {
  pointer('pointerover', find('#sso'))
  find('#audit').focus()
  stop()
  find('#sso').click()
  vi.advanceTimersByTime(5000)
  expect(heard).toEqual([])
})

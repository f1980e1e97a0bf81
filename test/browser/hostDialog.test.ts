import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { userEvent } from 'vitest/browser'
import { isHostDialogOpen, watchHostDialogs } from '../../packages/sdk/src/browser/hostDialog.ts'

let page: HTMLElement
const turn = (ms = 20) => new Promise((resolve) => setTimeout(resolve, ms))
function dialogIn(root: ParentNode): HTMLDialogElement {
  const dialog = root.appendChild(document.createElement('dialog'))
  dialog.innerHTML = '<button>OK</button>'
  return dialog
}

beforeEach(() => {
  page = document.body.appendChild(document.createElement('main'))
})
afterEach(async () => {
  if (document.fullscreenElement) await document.exitFullscreen()
  page.remove()
})

describe('a host dialog is open', () => {
  test('while a modal dialog is, and not while it is closed', () => {
    const dialog = dialogIn(page)
    expect(isHostDialogOpen()).toBe(false)
    dialog.showModal()
    expect(isHostDialogOpen()).toBe(true)
    dialog.close()
    expect(isHostDialogOpen()).toBe(false)
  })

  test('not while a dialog is shown that is not modal', () => {
    dialogIn(page).show()
    expect(isHostDialogOpen()).toBe(false)
  })

  test.each([
    ['shown', '<div aria-modal="true">x</div>', true],
    [
      'without a size around what fills the screen',
      '<div aria-modal="true"><div style="position:fixed;inset:0">x</div></div>',
      true,
    ],
    ['not modal', '<div aria-modal="false">x</div>', false],
    ['not displayed', '<div aria-modal="true" style="display:none">x</div>', false],
    ['not displayed with what is around it', '<div hidden><div aria-modal="true">x</div></div>', false],
    ['invisible', '<div aria-modal="true" style="visibility:hidden">x</div>', false],
    ['transparent', '<div style="opacity:0"><div aria-modal="true">x</div></div>', false],
    ['hidden beside a shown one', '<div aria-modal="true" hidden>x</div><div aria-modal="true">x</div>', true],
  ])('while an aria-modal element is %s: %#', (_, html, open) => {
    page.innerHTML = html
    expect(isHostDialogOpen()).toBe(open)
  })

  test('while something fills the screen', async () => {
    page.innerHTML = '<button>Full screen</button>'
    const button = page.querySelector('button') as HTMLElement
    let entered: Promise<void> | undefined
    button.addEventListener('click', () => {
      entered = page.requestFullscreen()
    })
    await userEvent.click(button)
    await entered
    expect(isHostDialogOpen()).toBe(true)
    await document.exitFullscreen()
    expect(isHostDialogOpen()).toBe(false)
  })

  test('while something in a shadow root fills the screen', async () => {
    const root = page.appendChild(document.createElement('x-player')).attachShadow({ mode: 'open' })
    root.innerHTML = '<div><button>Full screen</button></div>'
    const button = root.querySelector('button') as HTMLElement
    let entered: Promise<void> | undefined
    button.addEventListener('click', () => {
      entered = root.querySelector('div')?.requestFullscreen()
    })
    await userEvent.click(button)
    await entered
    button.blur()
    expect(isHostDialogOpen()).toBe(true)
  })

  test('while a modal dialog in an open shadow root holds the focus', () => {
    const dialog = dialogIn(page.appendChild(document.createElement('x-app')).attachShadow({ mode: 'open' }))
    dialog.showModal()
    expect(isHostDialogOpen()).toBe(true)
    dialog.close()
    expect(isHostDialogOpen()).toBe(false)
  })

  test('not while one of our own is, unless the host has one too', () => {
    const ours = dialogIn(page.appendChild(document.createElement('plimsoll-root')).attachShadow({ mode: 'open' }))
    ours.showModal()
    expect(ours.matches(':modal')).toBe(true)
    expect(isHostDialogOpen()).toBe(false)
    dialogIn(page).showModal()
    expect(isHostDialogOpen()).toBe(true)
  })
})

describe('watching', () => {
  const onChange = vi.fn<(open: boolean) => void>()
  const told = () => onChange.mock.calls.map(([open]) => open)
  let stop: () => void
  beforeEach(() => {
    onChange.mockReset()
    stop = watchHostDialogs(onChange)
  })
  afterEach(() => stop())

  test('tells when a modal dialog opens and closes, once each', async () => {
    const dialog = dialogIn(page)
    dialog.showModal()
    await turn()
    expect(told()).toEqual([true])
    dialog.close()
    await turn()
    expect(told()).toEqual([true, false])
  })

  test('tells of a modal dialog that has nothing to focus', async () => {
    const dialog = dialogIn(page)
    dialog.textContent = 'Please wait'
    dialog.inert = true
    dialog.showModal()
    await turn()
    expect(told()).toEqual([true])
    dialog.close()
    await turn()
    expect(told()).toEqual([true, false])
  })

  test('tells when Esc closes it', async () => {
    dialogIn(page).showModal()
    await turn()
    await userEvent.keyboard('{Escape}')
    await turn()
    expect(told()).toEqual([true, false])
  })

  test('tells of an aria-modal element that takes the focus, deep in the page, and gives it back', async () => {
    page.innerHTML = '<div><div></div></div>'
    const deep = page.querySelector('div div') as Element
    deep.innerHTML = '<div aria-modal="true"><button>OK</button></div>'
    deep.querySelector('button')?.focus()
    await turn()
    expect(told()).toEqual([true])
    deep.textContent = ''
    page.tabIndex = 0
    page.focus()
    await turn()
    expect(told()).toEqual([true, false])
  })

  test('tells of one that a click closes by its class alone', async () => {
    page.innerHTML = '<style>.closed { display: none }</style><div aria-modal="true"><button>OK</button></div>'
    stop()
    stop = watchHostDialogs(onChange)
    const button = page.querySelector('button') as HTMLElement
    button.addEventListener('click', () => button.parentElement?.classList.add('closed'))
    button.click()
    await turn()
    expect(told()).toEqual([false])
  })

  test('tells of full screen', async () => {
    page.innerHTML = '<button>Full screen</button>'
    const button = page.querySelector('button') as HTMLElement
    button.addEventListener('click', () => void page.requestFullscreen())
    await userEvent.click(button)
    await vi.waitFor(() => expect(told()).toEqual([true]), 10_000)
    await document.exitFullscreen()
    await vi.waitFor(() => expect(told()).toEqual([true, false]), 10_000)
  })

  test('tells nothing while nothing changes, nor once stopped', async () => {
    page.setAttribute('hidden', '')
    page.removeAttribute('hidden')
    document.body.click()
    await turn()
    expect(told()).toEqual([])

    const dialog = dialogIn(page)
    dialog.showModal()
    stop()
    await turn()
    dialog.close()
    await turn()
    expect(told()).toEqual([])
  })
})

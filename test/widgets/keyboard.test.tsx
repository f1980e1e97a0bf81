import type { Prompt } from '@plimsoll/sdk'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { userEvent } from 'vitest/browser'
import { banner, explainer, modal, panel, plans, seatBlock, toast, tooltip, useBlock } from './cases.ts'
import { action, clear, find, focused, host, page, show, sleep, until, widget } from './harness.ts'

afterEach(clear)

const CONTROL = '<button id="c" data-plimsoll-feature="sso">Single sign-on</button>'
const PAGE = `<button id="before">Before</button>${CONTROL}<button id="after">After</button>`

describe('a prompt that is no dialog', () => {
  test.each([
    ['banner', banner(82)],
    ['toast', toast()],
    ['tooltip', tooltip()],
    ['panel', panel()],
  ])('takes no focus: %s', async (_, prompt) => {
    page(`<input id="in">${CONTROL}<div data-plimsoll-slot="team"></div>`)
    host('#in').focus()
    await show(prompt)
    expect(focused()).toBe(host('#in'))
  })

  test('is a region named by its title', async () => {
    await show(banner(82))
    expect(widget().localName).toBe('section')
    const label = widget().getAttribute('aria-labelledby') ?? ''
    expect((widget().getRootNode() as ShadowRoot).getElementById(label)?.textContent).toBe('82 of 100 projects used')
  })

  test('gives the focus back to where it was before, once it is refused', async () => {
    page(PAGE)
    host('#before').focus()
    const { shown } = await show(banner(82))
    action('dismiss').focus()
    shown.close()
    expect(focused()).toBe(host('#before'))
  })

  test('gives the focus to what follows its slot, where nothing had it before', async () => {
    page('<button>First</button><div data-plimsoll-slot="top"></div><button id="next">Next</button>')
    const { shown } = await show(banner(82, { slot: 'top' }))
    const gone = document.createElement('button')
    document.body.append(gone)
    gone.focus()
    await userEvent.keyboard('{Shift>}{Tab}{/Shift}')
    action('dismiss').focus()
    gone.remove()
    shown.close()
    expect(focused()).toBe(host('#next'))
  })

  test('leaves the focus alone when it is elsewhere', async () => {
    page(PAGE)
    const { shown } = await show(banner(82))
    host('#after').focus()
    shown.close()
    expect(focused()).toBe(host('#after'))
  })
})

describe('Escape', () => {
  test('refuses a banner with the focus inside, and no other', async () => {
    page(PAGE)
    const { outcomes } = await show(banner(82))
    host('#before').focus()
    await userEvent.keyboard('{Escape}')
    expect(outcomes).toEqual([])
    action('snooze').focus()
    await userEvent.keyboard('{Escape}')
    expect(outcomes).toEqual([{ type: 'dismissed', by: 'escape' }])
  })

  test('refuses a tooltip while its control has the focus, and gives it back', async () => {
    page(PAGE)
    const { outcomes, shown } = await show(tooltip(), { anchor: host('#c') })
    action('dismiss').focus()
    await userEvent.keyboard('{Escape}')
    expect(outcomes).toEqual([{ type: 'dismissed', by: 'escape' }])
    shown.close()
    expect(focused()).toBe(host('#c'))
    const again = await show(tooltip(), { anchor: host('#c') })
    await userEvent.keyboard('{Escape}')
    expect(again.outcomes).toEqual([{ type: 'dismissed', by: 'escape' }])
  })

  test('refuses a tooltip while it has the pointer', async () => {
    page(PAGE)
    // Wherever an earlier test has left it.
    await userEvent.hover(host('#after'))
    const { outcomes } = await show(tooltip(), { anchor: host('#c') })
    host('#after').focus()
    await userEvent.keyboard('{Escape}')
    expect(outcomes).toEqual([])
    await userEvent.hover(action('primary'))
    await userEvent.keyboard('{Escape}')
    expect(outcomes).toEqual([{ type: 'dismissed', by: 'escape' }])
  })

  test('is left alone once the host has handled it', async () => {
    page(PAGE)
    const handle = (event: Event): void => event.preventDefault()
    document.body.addEventListener('keydown', handle)
    const { outcomes } = await show(tooltip(), { anchor: host('#c') })
    host('#c').focus()
    await userEvent.keyboard('{Escape}')
    document.body.removeEventListener('keydown', handle)
    expect(outcomes).toEqual([])
  })

  test('reaches the host, and is prevented only where it was an answer', async () => {
    page(PAGE)
    const seen: boolean[] = []
    const listen = (event: Event): void => void setTimeout(() => seen.push(event.defaultPrevented))
    document.addEventListener('keydown', listen)
    await show(banner(82))
    host('#before').focus()
    await userEvent.keyboard('{Escape}')
    action('snooze').focus()
    await userEvent.keyboard('{Escape}')
    await sleep(20)
    document.removeEventListener('keydown', listen)
    expect(seen).toEqual([false, true])
  })

  test('closes the host’s dialog or popover, which is above, and no tooltip', async () => {
    page(`${PAGE}<dialog>Host</dialog><div id="p" popover>Host</div>`)
    const { outcomes } = await show(tooltip(), { anchor: host('#c') })
    await userEvent.hover(host('#c'))
    host<HTMLDialogElement>('dialog').showModal()
    await userEvent.keyboard('{Escape}')
    expect(host<HTMLDialogElement>('dialog').open).toBe(false)
    host('#p').showPopover()
    await userEvent.keyboard('{Escape}')
    expect(host('#p').matches(':popover-open')).toBe(false)
    expect(outcomes).toEqual([])
  })

  test.each([
    ['dismisses the milestone', modal(), { type: 'dismissed', by: 'escape' }],
    ['leaves a block', seatBlock(), { type: 'cancelled' }],
    ['leaves the explainer', explainer(), { type: 'cancelled' }],
  ] as const)('%s, wherever the focus is', async (_, prompt, outcome) => {
    const { outcomes } = await show(prompt)
    await userEvent.keyboard('{Escape}')
    expect(outcomes).toEqual([outcome])
    expect(find('dialog[open]')).toBe(undefined)
  })

  test('is answered for a dialog even while copying was asked for', async () => {
    const { outcomes } = await show(seatBlock({ buyer: false }))
    action('primary').click()
    await until(() => find('[data-state="asked"]'))
    await userEvent.keyboard('{Escape}')
    expect(outcomes).toEqual([{ type: 'requested' }, { type: 'cancelled' }])
  })

  test('closes a dialog that the page closes behind our back, once', async () => {
    const { outcomes } = await show(modal())
    ;(widget() as HTMLDialogElement).close()
    await until(() => outcomes.length)
    expect(outcomes).toEqual([{ type: 'dismissed', by: 'escape' }])
  })
})

describe('a dialog', () => {
  const dialogs: readonly (readonly [string, Prompt])[] = [
    ['milestone', modal()],
    ['block of seats', seatBlock()],
    ['block of use', useBlock()],
    ['explainer', explainer()],
    ['comparison', plans()],
  ]

  test.each(dialogs)('takes the focus itself, so that a stray Enter answers nothing: %s', async (_, prompt) => {
    page(PAGE)
    host('#before').focus()
    const { outcomes } = await show(prompt)
    expect(focused()).toBe(widget())
    await userEvent.keyboard('{Enter}')
    expect(outcomes).toEqual([])
  })

  test.each(dialogs)('keeps Tab inside, in both directions: %s', async (_, prompt) => {
    page(PAGE)
    await show(prompt)
    const seen = new Set<Element | null>()
    const stops = widget().querySelectorAll('a, button, input').length
    for (let step = 0; step <= stops + 1; step++) {
      await userEvent.keyboard('{Tab}')
      seen.add(focused())
      expect(widget().contains(focused())).toBe(true)
    }
    expect(seen.size).toBe(stops)
    widget().focus()
    await userEvent.keyboard('{Shift>}{Tab}{/Shift}')
    expect(focused()).toBe([...widget().querySelectorAll('a, button, input')].at(-1))
  })

  test.each(dialogs)('gives the focus back where it was: %s', async (_, prompt) => {
    page(PAGE)
    host('#after').focus()
    const { shown } = await show(prompt)
    shown.close()
    expect(focused()).toBe(host('#after'))
  })

  test('gives the focus back after Escape too', async () => {
    page(PAGE)
    host('#after').focus()
    const { shown } = await show(modal())
    await userEvent.keyboard('{Escape}')
    await sleep(50)
    shown.close()
    expect(focused()).toBe(host('#after'))
  })

  test('gives the focus to the page’s first stop where its own is gone', async () => {
    page(PAGE)
    host('#after').focus()
    const { shown } = await show(modal())
    host('#after').remove()
    shown.close()
    expect(focused()).toBe(host('#before'))
  })

  test('is named by its title and described by its text', async () => {
    await show(modal())
    const text = (name: string): string | null | undefined =>
      (widget().getRootNode() as ShadowRoot).getElementById(widget().getAttribute(name) ?? '')?.textContent
    expect(text('aria-labelledby')).toBe('Your team has created 50 projects')
    expect(text('aria-describedby')).toBe('Starter has room for 100. Pro has room for 1,000 and adds single sign-on.')
  })

  test('may be closed at any time, and again', async () => {
    const { shown, outcomes } = await show(modal())
    shown.close()
    shown.close()
    await sleep(50)
    expect(outcomes).toEqual([])
    expect(document.querySelector('plimsoll-root')).toBe(null)
  })

  test('makes its way from a tooltip to the explainer and back to the control', async () => {
    page(PAGE)
    host('#c').focus()
    const { shown } = await show(tooltip(), { anchor: host('#c') })
    await userEvent.keyboard('{Tab}')
    action('primary').focus()
    await userEvent.keyboard('{Enter}')
    await until(() => find('[data-plimsoll-widget="explainer"]'))
    expect(focused()).toBe(widget())
    shown.close()
    expect(focused()).toBe(host('#c'))
  })
})

describe('a tooltip', () => {
  beforeEach(() => page(PAGE))

  test('is a dialog, not modal, named and described', async () => {
    await show(tooltip(), { anchor: host('#c') })
    expect(widget().getAttribute('role')).toBe('dialog')
    expect(widget().hasAttribute('aria-modal')).toBe(false)
    expect(host('#before').matches(':disabled, [inert] *')).toBe(false)
  })

  test('is entered by Tab from its control, and left by Tab to what follows that', async () => {
    await show(tooltip(), { anchor: host('#c') })
    host('#c').focus()
    const order: (string | null | undefined)[] = []
    for (let step = 0; step < 5; step++) {
      await userEvent.keyboard('{Tab}')
      order.push((focused() as HTMLElement).dataset.plimsollAction ?? focused()?.id)
    }
    expect(order).toEqual(['dismiss', 'primary', 'dismiss', 'stop', 'after'])
    await sleep(20)
    expect(widget().inert).toBe(false)
  })

  test('is left by Shift and Tab to its control', async () => {
    await show(tooltip(), { anchor: host('#c') })
    host('#c').focus()
    await userEvent.keyboard('{Tab}{Shift>}{Tab}{/Shift}')
    expect(focused()).toBe(host('#c'))
    await userEvent.keyboard('{Shift>}{Tab}{/Shift}')
    expect(focused()).toBe(host('#before'))
  })

  test('stays while the pointer goes over to it, and after', async () => {
    const { outcomes } = await show(tooltip(), { anchor: host('#c') })
    await userEvent.hover(host('#c'))
    await userEvent.hover(action('primary'))
    await userEvent.hover(host('#after'))
    await sleep(300)
    expect(widget().matches(':popover-open')).toBe(true)
    expect(outcomes).toEqual([])
  })

  test('lets a key go on that the host has handled', async () => {
    await show(tooltip(), { anchor: host('#c') })
    const handle = (event: KeyboardEvent): void => {
      event.preventDefault()
      host('#before').focus()
    }
    host('#c').addEventListener('keydown', handle)
    host('#c').focus()
    await userEvent.keyboard('{Tab}')
    expect(focused()).toBe(host('#before'))
  })
})

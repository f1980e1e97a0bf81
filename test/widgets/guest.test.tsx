/** A guest on the host's screen: clear of its notches, and at peace with its dialogs and focus traps. */

import { afterEach, describe, expect, test } from 'vitest'
import { cdp, page as screen, userEvent } from 'vitest/browser'
import { banner, modal, seatBlock, toast } from './cases.ts'
import { action, clear, focused, host, page, show, widget } from './harness.ts'

const send = (method: string, params: object): Promise<unknown> =>
  (cdp() as unknown as { send(method: string, params: object): Promise<unknown> }).send(method, params)

afterEach(clear)

describe('clear of a notch and of a bar for gestures', () => {
  const insets = { top: 47, bottom: 34 }
  const arrived = () =>
    Promise.all(
      widget()
        .getAnimations()
        .map(({ finished }) => finished),
    )

  test('stand banner, toast and sheet', async () => {
    await screen.viewport(390, 700)
    await send('Emulation.setSafeAreaInsetsOverride', { insets })
    await show(banner(82))
    await arrived()
    expect(widget().getBoundingClientRect().top).toBe(insets.top + 12)
    clear()
    await show(toast())
    await arrived()
    expect(innerHeight - widget().getBoundingClientRect().bottom).toBe(insets.bottom + 12)
    clear()
    await show(seatBlock())
    await arrived()
    const { bottom } = action('cancel').getBoundingClientRect()
    expect(innerHeight - bottom).toBeGreaterThanOrEqual(insets.bottom)
    await send('Emulation.setSafeAreaInsetsOverride', { insets: {} })
    await screen.viewport(900, 700)
  })
})

describe('a focus trap of the host', () => {
  /** Keeps the focus in its box, as libraries do: whatever takes it outside gives it back. */
  function trap(): { readonly pulls: () => number; free(): void } {
    page(
      '<button id="out">Out</button><div id="box" role="dialog"><button id="one">One</button><button id="two">Two</button></div>',
    )
    const box = host('#box')
    let pulls = 0
    const onFocusIn = ({ target }: FocusEvent): void => {
      if (box.contains(target as Node)) return
      pulls++
      host('#one').focus()
    }
    document.addEventListener('focusin', onFocusIn)
    host('#one').focus()
    return { pulls: () => pulls, free: () => document.removeEventListener('focusin', onFocusIn) }
  }

  test('keeps what it had while a banner comes, is updated and goes', async () => {
    const { pulls, free } = trap()
    const { shown } = await show(banner(82))
    shown.update(banner(97))
    await userEvent.keyboard('{Tab}')
    expect(focused()).toBe(host('#two'))
    shown.close()
    expect([focused(), pulls()]).toEqual([host('#two'), 0])
    free()
  })

  test.each([
    ['block', seatBlock()],
    ['milestone', modal()],
  ])('yields to a %s without a fight, and has the focus again after it', async (_, prompt) => {
    const { pulls, free } = trap()
    const { shown } = await show(prompt)
    await userEvent.keyboard('{Tab}')
    expect(widget().contains(focused())).toBe(true)
    expect(pulls()).toBeLessThan(4)
    shown.close()
    expect(focused()).toBe(host('#one'))
    free()
  })

  test('hears Escape for itself while a banner stands', async () => {
    const { free } = trap()
    let heard = 0
    const onKey = ({ key, defaultPrevented }: KeyboardEvent): void => {
      if (key === 'Escape' && !defaultPrevented) heard++
    }
    document.addEventListener('keydown', onKey)
    const first = await show(banner(82))
    await userEvent.keyboard('{Escape}')
    expect([heard, first.outcomes]).toEqual([1, []])
    first.shown.close()
    document.removeEventListener('keydown', onKey)
    free()
  })
})

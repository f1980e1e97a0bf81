/** The parts that widgets are laid out from, each drawn by itself: what it says of itself, and what it makes of an answer. */

import type { Prompt, SeatsContent } from '@plimsoll/sdk'
import { cleanup, render, screen } from '@testing-library/preact'
import type { VNode } from 'preact'
import { useState } from 'preact/hooks'
import { afterEach, describe, expect, test, vi } from 'vitest'
import { userEvent } from 'vitest/browser'
import { actions, meter } from '../../packages/widgets/src/frame/parts.tsx'
import type { Content, View } from '../../packages/widgets/src/frame/view.ts'
import { mark } from '../../packages/widgets/src/modal/mark.tsx'
import { bill, seats } from '../../packages/widgets/src/panel/seats.tsx'

afterEach(cleanup)

const content: Content = {
  locale: 'en',
  title: '82 of 100 projects used',
  text: 'Pro gives you 1,000 projects.',
  primary: { label: 'Upgrade now', action: 'upgrade', href: '/billing' },
  secondary: { label: 'Remind me later', action: 'snooze' },
  stop: 'Stop showing these',
  dismiss: 'Dismiss',
  ask: {
    message: 'Hi, could you move us to Pro?',
    copied: { title: 'Message copied', text: 'Paste it to an admin.', again: 'Copy again', close: 'Close' },
    refused: { title: 'Copy this message', text: 'Select the text.', done: 'Done' },
  },
}

const viewOf = (changes: Partial<View> = {}): View => ({
  prompt: { kind: 'banner' } as Prompt,
  content,
  said: content,
  standing: 'slot',
  id: '1',
  step: vi.fn(),
  follow: vi.fn((event: MouseEvent) => event.preventDefault()),
  answer: vi.fn(),
  ...changes,
})

const names = (): (string | null)[] =>
  [...screen.queryAllByRole('link'), ...screen.queryAllByRole('button')].map((one) => one.textContent)

describe('a meter', () => {
  test('says used of limit in words', () => {
    render(meter({ label: 'Projects used', valueText: '82 of 100', used: 82, limit: 100, percent: '82%' }))
    const drawn = screen.getByRole('meter', { name: 'Projects used' })
    expect(drawn.getAttribute('aria-valuetext')).toBe('82 of 100')
    expect(drawn.getAttribute('aria-valuenow')).toBe('82')
    expect(drawn.getAttribute('aria-valuemax')).toBe('100')
  })

  test('never says more than its limit, and leaves no room beyond it', () => {
    render(meter({ label: 'Projects used', valueText: '120 of 100', used: 120, limit: 100, percent: '120%' }))
    const drawn = screen.getByRole('meter')
    expect(drawn.getAttribute('aria-valuenow')).toBe('100')
    expect([...drawn.children].map(({ localName }) => localName)).toEqual(['i', 'b'])
  })
})

describe('seats', () => {
  const of = (...parts: [SeatsContent['parts'][number]['is'], number][]): VNode =>
    seats({
      label: 'Seats in use',
      valueText: '9 of 10 seats',
      used: 9,
      limit: 10,
      parts: parts.map(([is, count]) => ({ is, count, label: `${count} ${is}` })),
    })
  /** Seats up to the mark, and beyond it. */
  const pips = (): number[] => {
    const drawn = [...screen.getByRole('meter').children].map(({ localName }) => localName)
    return [drawn.indexOf('b'), drawn.length - drawn.indexOf('b') - 1]
  }

  test('are one pip each up to 24, those to buy beyond the mark', () => {
    render(of(['held', 8], ['pending', 1], ['free', 1], ['over', 14]))
    expect(pips()).toEqual([10, 14])
  })

  test('are plain stretches from 25 on', () => {
    render(of(['held', 8], ['pending', 1], ['free', 1], ['over', 15]))
    expect(pips()).toEqual([3, 1])
  })

  test('are named by a legend in words, without those that there are none of', () => {
    render(of(['held', 9], ['pending', 0], ['free', 1]))
    expect(screen.getAllByRole('listitem').map((item) => item.textContent)).toEqual(['9 held', '1 free'])
  })
})

describe('the stepper', () => {
  /** A bill that steps as a widget does: drawn again with the number that was asked for. */
  function Bill({ from, asked }: { from: number; asked: (needed: number) => void }): VNode {
    const [needed, step] = useState(from)
    const ask = (next: number): void => {
      asked(next)
      step(next)
    }
    return bill(viewOf({ step: ask }), {
      min: 2,
      max: 12,
      needed,
      label: 'Seats to add',
      fewer: 'One seat fewer',
      more: 'One seat more',
      change: `10 now, ${10 + needed} then`,
      each: { label: 'Each month', why: '$8 a seat', amount: `+$${8 * needed}.00` },
      due: { label: 'Due today', why: '12 of 30 days left', amount: '$9.60' },
    })
  }
  const start = (from: number): { asked: ReturnType<typeof vi.fn>; input: HTMLInputElement } => {
    const asked = vi.fn()
    render(<Bill from={from} asked={asked} />)
    return { asked, input: screen.getByRole<HTMLInputElement>('spinbutton', { name: 'Seats to add' }) }
  }

  test('goes up and down by one, with the figures', async () => {
    const { asked, input } = start(3)
    await userEvent.click(screen.getByRole('button', { name: 'One seat more' }))
    expect(input.value).toBe('4')
    expect(screen.getByText('+$32.00').localName).toBe('output')
    await userEvent.click(screen.getByRole('button', { name: 'One seat fewer' }))
    expect(input.value).toBe('3')
    expect(asked.mock.calls).toEqual([[4], [3]])
  })

  test.each([
    ['One seat fewer', 2],
    ['One seat more', 12],
  ])('can be reached but does nothing at its end: %s', async (name, from) => {
    const { asked, input } = start(from)
    const button = screen.getByRole('button', { name })
    expect(button.getAttribute('aria-disabled')).toBe('true')
    button.focus()
    await userEvent.keyboard('{Enter}')
    expect(document.activeElement).toBe(button)
    expect(input.value).toBe(`${from}`)
    expect(asked).not.toHaveBeenCalled()
  })

  test('waits for a number half typed', async () => {
    const { asked, input } = start(5)
    input.select()
    await userEvent.keyboard('12')
    expect(asked.mock.calls).toEqual([[12]])
    expect(input.value).toBe('12')
  })

  test.each([
    ['', 2],
    ['1', 2],
    ['99', 12],
    ['3.7', 3],
  ])('puts "%s" right once it is left', async (typed, needed) => {
    const { asked, input } = start(5)
    input.select()
    await userEvent.keyboard(typed || '{Backspace}')
    await userEvent.tab()
    expect(input.value).toBe(`${needed}`)
    expect(asked.mock.lastCall).toEqual([needed])
  })
})

describe('the row of actions', () => {
  test('has the primary first, then the refusal, and "Stop showing these" at its end', () => {
    render(actions(viewOf()))
    expect(names()).toEqual(['Upgrade now', 'Remind me later', 'Stop showing these'])
  })

  test('tells what was pressed', async () => {
    const view = viewOf()
    render(actions(view))
    await userEvent.click(screen.getByRole('button', { name: 'Remind me later' }))
    await userEvent.click(screen.getByRole('button', { name: 'Stop showing these' }))
    expect(vi.mocked(view.answer).mock.calls).toEqual([['snooze'], ['stop']])
  })

  test('follows a link by a middle click too', async () => {
    const view = viewOf()
    render(actions(view))
    const link = screen.getByRole('link', { name: 'Upgrade now' })
    expect(link.getAttribute('href')).toBe('/billing')
    await userEvent.click(link)
    await userEvent.click(link, { button: 'middle' })
    expect(vi.mocked(view.follow).mock.calls.map(([event, { action }]) => [event.button, action])).toEqual([
      [0, 'upgrade'],
      [1, 'upgrade'],
    ])
  })

  test('has a button where there is nowhere to go', () => {
    render(actions(viewOf({ content: { ...content, primary: { label: 'Ask an admin', action: 'ask' } } })))
    const button = screen.getByRole('button', { name: 'Ask an admin' })
    expect(button.getAttribute('type')).toBe('button')
    expect(button.dataset.plimsollAction).toBe('primary')
  })

  test('offers to leave a block, and nothing to stop', () => {
    const block = { action: 'use', reason: 'usage_limit' } as const
    const secondary = { label: 'Cancel', action: 'cancel' } as const
    render(actions(viewOf({ prompt: { kind: 'banner', block } as Prompt, content: { ...content, secondary } })))
    expect(names()).toEqual(['Upgrade now', 'Cancel'])
  })

  test('keeps its place while it becomes what follows asking', () => {
    const { rerender, container } = render(actions(viewOf()))
    const row = container.firstElementChild
    rerender(actions(viewOf({ asked: 'copied', standing: 'dialog' })))
    expect(names()).toEqual(['Copy again', 'Close', 'Stop showing these'])
    rerender(actions(viewOf({ asked: 'refused' })))
    expect(names()).toEqual(['Done', 'Stop showing these'])
    expect(container.firstElementChild).toBe(row)
  })
})

describe('the milestone’s drawing', () => {
  test('is kept from screen readers, its figure too', () => {
    const { container } = render(mark('50'))
    expect(screen.getByText('50').closest('[aria-hidden=true]')).toBe(container.firstElementChild)
    expect(screen.queryByRole('img')).toBe(null)
  })

  test.each([
    ['9,999', true],
    ['1.2M', false],
  ])('makes a long figure smaller: %s', (figure, isLong) => {
    render(mark(figure))
    expect('long' in screen.getByText(figure).dataset).toBe(isLong)
  })
})

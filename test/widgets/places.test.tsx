import { widgets } from '@plimsoll/widgets'
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { page as screen, userEvent } from 'vitest/browser'
import { banner, panel, toast, tooltip } from './cases.ts'
import { clear, find, get, host, page, show, sleep, until, widget } from './harness.ts'

beforeEach(() => screen.viewport(900, 700))
afterEach(() => {
  vi.restoreAllMocks()
  clear()
})

const box = (element: Element): DOMRect => element.getBoundingClientRect()

/** Sums up the layout shifts that the browser measures, those after input included, while something is done. */
async function shiftsDuring(work: () => Promise<unknown>): Promise<number> {
  let sum = 0
  const observer = new PerformanceObserver((list) => {
    for (const entry of list.getEntries()) sum += (entry as PerformanceEntry & { value: number }).value
  })
  await sleep(100)
  observer.observe({ type: 'layout-shift' })
  await work()
  await sleep(300)
  observer.disconnect()
  return sum
}

/** Waits until nothing moves. */
const rest = (): Promise<unknown> =>
  Promise.all(
    widget()
      .getAnimations()
      .map(({ finished }) => finished),
  )

const CONTENT = '<main style="height:300px;background:#eee">Projects</main>'

describe('a place', () => {
  const { hasPlace } = widgets()

  test('is always there above the page', () => {
    expect(hasPlace?.('banner', undefined, undefined)).toBe(true)
    expect(hasPlace?.('modal', 'gone', undefined)).toBe(true)
    expect(hasPlace?.('toast', 'gone', undefined)).toBe(true)
  })

  test('is there for a slot that stands in the page and can be seen', () => {
    expect(hasPlace?.('banner', 'top', undefined)).toBe(false)
    page('<div data-plimsoll-slot="top" hidden></div>')
    expect(hasPlace?.('banner', 'top', undefined)).toBe(false)
    page('<div data-plimsoll-slot="top"></div>')
    expect(hasPlace?.('banner', 'top', undefined)).toBe(true)
  })

  test('is found in an open shadow root, for a slot and for a control', () => {
    page('<div id="app"></div>')
    host('#app').attachShadow({ mode: 'open' }).innerHTML =
      '<div data-plimsoll-slot="top"></div><button data-plimsoll-feature="sso">SSO</button>'
    expect(hasPlace?.('banner', 'top', undefined)).toBe(true)
    expect(hasPlace?.('tooltip', undefined, 'sso')).toBe(true)
    expect(hasPlace?.('tooltip', undefined, 'audit_log')).toBe(false)
  })

  test('is a slot for a tooltip whose feature has no control', () => {
    page('<div data-plimsoll-slot="sso"></div>')
    expect(hasPlace?.('tooltip', 'sso', 'sso')).toBe(true)
  })

  test('is the team’s slot for a panel, else the control that invites', () => {
    expect(hasPlace?.('panel', undefined, undefined)).toBe(false)
    page('<form data-plimsoll-guard="invite"><button>Invite</button></form>')
    expect(hasPlace?.('panel', undefined, undefined)).toBe(true)
    page('<div data-plimsoll-slot="team"></div>')
    expect(hasPlace?.('panel', undefined, undefined)).toBe(true)
  })

  test('is not mistaken for another by a name with quotes in it', () => {
    expect(hasPlace?.('banner', '"] , body, [x="', undefined)).toBe(false)
  })
})

describe('a banner above the page', () => {
  test('floats 12 px from the edges, in the top layer, and moves nothing', async () => {
    page(CONTENT)
    const before = box(host('main')).top
    expect(await shiftsDuring(() => show(banner(82)))).toBe(0)
    expect(widget().matches(':popover-open')).toBe(true)
    expect([box(widget()).top, box(widget()).left, innerWidth - box(widget()).right]).toEqual([12, 12, 12])
    expect(box(host('main')).top).toBe(before)
  })

  test('stands above whatever the page lifts, in a page that is transformed', async () => {
    page('<div style="position:fixed;inset:0;z-index:2147483647;background:#fff">Host</div>')
    document.body.style.transform = 'scale(1)'
    await show(banner(82))
    const { x, y, width, height } = box(widget())
    expect(document.elementFromPoint(x + width / 2, y + height / 2)?.localName).toBe('plimsoll-root')
  })

  test('stands at the foot while the top would cover the focused element, and stays where it is well', async () => {
    page(
      '<input id="a" style="position:absolute;top:20px;left:100px"><input id="b" style="position:absolute;top:300px">',
    )
    host('#a').focus()
    await show(banner(82))
    await rest()
    expect(innerHeight - box(widget()).bottom).toBe(12)
    host('#b').focus()
    expect(innerHeight - box(widget()).bottom).toBe(12)
  })

  test('gives way as the focus comes under it', async () => {
    page(
      '<input id="a" style="position:absolute;top:20px;left:100px"><input id="b" style="position:fixed;bottom:20px;left:100px">',
    )
    await show(banner(82))
    await rest()
    expect(box(widget()).top).toBe(12)
    host('#a').focus()
    const over = (id: string): boolean => {
      const [a, b] = [box(host(id)), box(widget())]
      return a.top < b.bottom && b.top < a.bottom
    }
    expect(over('#a')).toBe(false)
    host('#b').focus()
    expect(over('#b')).toBe(false)
  })

  test('stays at the top where the focused element is as high as the screen', async () => {
    page('<textarea id="a" style="position:fixed;inset:0;width:100%;height:100%"></textarea>')
    host('#a').focus()
    await show(banner(82))
    await rest()
    expect(box(widget()).top).toBe(12)
  })

  test('gives way as the page scrolls the focused element under it', async () => {
    page('<input id="a" style="position:absolute;top:400px"><div style="height:3000px"></div>')
    host('#a').focus()
    await show(banner(82))
    scrollTo(0, 380)
    await until(() => innerHeight - box(widget()).bottom === 12)
    scrollTo(0, 0)
  })

  test('pushes the page down when the file asks for it', async () => {
    page(CONTENT)
    const before = box(host('main')).top
    await show(banner(82, { trigger: { push: true } }))
    expect(box(host('main')).top).toBeGreaterThan(before + 60)
    expect(widget().hasAttribute('popover')).toBe(false)
    expect(document.querySelectorAll('html > plimsoll-root').length).toBe(1)
  })

  test('is flat in the browser’s own right-to-left direction too', async () => {
    document.documentElement.dir = 'rtl'
    await show(banner(82, { arabic: true }))
    const gauge = box(get('.gauge'))
    expect(gauge.left).toBeGreaterThan(box(get('.say')).left)
    document.documentElement.dir = 'ltr'
  })
})

test.each([
  ['English', {}, 'ltr'],
  ['Arabic', { arabic: true }, 'rtl'],
])('words in %s read their own way on a page that reads from the right', async (_, changes, way) => {
  document.documentElement.dir = 'rtl'
  try {
    await show(banner(82, changes))
    expect(getComputedStyle(get('.title')).direction).toBe(way)
    expect(getComputedStyle(get('.actions')).direction).toBe(way)
  } finally {
    document.documentElement.dir = 'ltr'
  }
})

describe('a banner in a slot', () => {
  test('stands in it, flat, where it has room, and moves nothing', async () => {
    page(`<div data-plimsoll-slot="top" style="min-height:200px"></div>${CONTENT}`)
    const before = box(host('main')).top
    expect(await shiftsDuring(() => show(banner(82, { slot: 'top' })))).toBe(0)
    expect(box(host('main')).top).toBe(before)
    expect(host('[data-plimsoll-slot]').querySelector('plimsoll-root')).not.toBe(null)
    expect(getComputedStyle(widget()).boxShadow).toBe('none')
    expect(box(widget()).width).toBe(box(host('[data-plimsoll-slot]')).width)
  })

  test.each([
    ['has no height of its own', ''],
    ['has a fixed height that is too small', 'height:40px'],
    ['is a flex row', 'display:flex;align-items:center;height:40px'],
  ])('stands over what follows where the slot %s, and moves nothing', async (_, style) => {
    page(`<div data-plimsoll-slot="top" style="${style}"></div>${CONTENT}`)
    const before = box(host('main')).top
    expect(await shiftsDuring(() => show(banner(82, { slot: 'top' })))).toBe(0)
    expect(box(host('main')).top).toBe(before)
    expect(box(widget()).width).toBe(box(host('[data-plimsoll-slot]')).width)
    const { x, y, width, height } = box(widget())
    expect(document.elementFromPoint(x + width / 2, y + height - 4)?.localName).toBe('plimsoll-root')
    expect(getComputedStyle(widget()).boxShadow).not.toBe('none')
  })

  test('moves nothing as it grows, or as its slot gets narrow', async () => {
    page(`<div data-plimsoll-slot="top" style="min-height:90px"></div>${CONTENT}`)
    const before = box(host('main')).top
    const { shown } = await show(banner(82, { slot: 'top' }))
    shown.update(banner(100, { slot: 'top', trigger: { copy: { body: 'A long text. '.repeat(30) } } }))
    expect(box(host('main')).top).toBe(before)
    shown.update(banner(82, { slot: 'top' }))
    await screen.viewport(320, 700)
    await until(() => widget().dataset.place === 'over')
    expect(box(host('main')).top).toBe(before)
  })

  test('takes its own height when the file asks to push', async () => {
    page(`<div data-plimsoll-slot="top"></div>${CONTENT}`)
    await show(banner(82, { slot: 'top', trigger: { push: true } }))
    expect(box(host('[data-plimsoll-slot]')).height).toBe(box(widget()).height)
  })

  test('follows its slot when the page draws itself anew', async () => {
    page('<div data-plimsoll-slot="top" style="min-height:200px"></div>')
    const { outcomes } = await show(banner(82, { slot: 'top' }))
    host('[data-plimsoll-slot]').replaceWith(host('[data-plimsoll-slot]').cloneNode())
    await until(() => host('[data-plimsoll-slot]').querySelector('plimsoll-root'))
    expect(get('.title').textContent).toBe('82 of 100 projects used')
    expect(outcomes).toEqual([])
  })

  test('reports that its slot is gone for good', async () => {
    page('<div data-plimsoll-slot="top" style="min-height:200px"></div>')
    const { outcomes } = await show(banner(82, { slot: 'top' }))
    host('[data-plimsoll-slot]').remove()
    await until(() => outcomes.length)
    expect(outcomes).toEqual([{ type: 'lost' }])
  })

  test('reports that its root was taken away', async () => {
    const { outcomes } = await show(banner(82))
    host('html > plimsoll-root').remove()
    await until(() => outcomes.length)
    expect(outcomes).toEqual([{ type: 'lost' }])
  })

  test('stays when the page replaces its body', async () => {
    const { outcomes } = await show(banner(82))
    const body = document.body
    document.documentElement.replaceChild(document.createElement('body'), body)
    await sleep(50)
    expect(widget().matches(':popover-open')).toBe(true)
    expect(outcomes).toEqual([])
    document.documentElement.replaceChild(body, document.body)
  })

  test('leaves nothing behind when it is closed', async () => {
    page('<div data-plimsoll-slot="top"></div>')
    const { shown } = await show(banner(82, { slot: 'top' }))
    expect(document.querySelectorAll('plimsoll-root').length).toBe(2)
    shown.close()
    shown.close()
    expect(document.querySelectorAll('plimsoll-root').length).toBe(0)
    expect(host('[data-plimsoll-slot]').childNodes.length).toBe(0)
  })
})

describe('a toast', () => {
  test('stands at the bottom end, whichever way the page reads', async () => {
    await show(toast())
    await rest()
    expect([innerWidth - box(widget()).right, innerHeight - box(widget()).bottom]).toEqual([12, 12])
    clear()
    document.documentElement.dir = 'rtl'
    await show(toast())
    await rest()
    expect([box(widget()).left, innerHeight - box(widget()).bottom]).toEqual([12, 12])
    document.documentElement.dir = 'ltr'
  })
})

const CONTROL =
  '<button id="c" data-plimsoll-feature="sso" style="position:absolute;left:200px;top:100px;height:32px">Single sign-on</button>'

/** Where the tooltip stands to its control: side, and the distance. */
async function settle(control: Element): Promise<{ side: string | undefined; gap: number }> {
  await until(
    () =>
      getComputedStyle(widget()).visibility === 'visible' &&
      !widget()
        .getAnimations()
        .some(({ playState }) => playState === 'running'),
  )
  await sleep(50)
  const [a, b] = [box(control), box(widget())]
  const { side } = get('.arrow').dataset
  const gap =
    side === 'below'
      ? b.top - a.bottom
      : side === 'above'
        ? a.top - b.bottom
        : side === 'end'
          ? b.left - a.right
          : a.left - b.right
  return { side, gap: Math.round(gap) }
}

describe('a tooltip', () => {
  test('stands 10 px below its control, along its start edge, and says that it is open', async () => {
    page(CONTROL)
    await show(tooltip(), { anchor: host('#c') })
    expect(await settle(host('#c'))).toEqual({ side: 'below', gap: 10 })
    expect(box(widget()).left).toBe(200)
    expect(host('#c').getAttribute('aria-expanded')).toBe('true')
  })

  test('loads no placing code where the browser has anchor positioning', async () => {
    page(CONTROL)
    await show(tooltip(), { anchor: host('#c') })
    await settle(host('#c'))
    expect(performance.getEntriesByType('resource').some(({ name }) => name.includes('floating-ui'))).toBe(false)
  })

  test.each([
    ['above', 'left:200px;bottom:10px'],
    ['below', 'left:200px;top:10px'],
  ])('stands %s where there is room', async (side, style) => {
    page(`<button id="c" data-plimsoll-feature="sso" style="position:fixed;${style}">SSO</button>`)
    await show(tooltip(), { anchor: host('#c') })
    expect(await settle(host('#c'))).toEqual({ side, gap: 10 })
  })

  test('keeps 8 px from the screen’s sides', async () => {
    page('<button id="c" data-plimsoll-feature="sso" style="position:fixed;right:0;top:100px">SSO</button>')
    await show(tooltip(), { anchor: host('#c') })
    await settle(host('#c'))
    expect(innerWidth - box(widget()).right).toBeGreaterThanOrEqual(8)
    clear()
    await screen.viewport(320, 640)
    page('<button id="c" data-plimsoll-feature="sso" style="position:fixed;left:30px;top:100px">SSO</button>')
    await show(tooltip(), { anchor: host('#c') })
    await settle(host('#c'))
    expect(box(widget()).left).toBeGreaterThanOrEqual(8)
    expect(320 - box(widget()).right).toBeGreaterThanOrEqual(8)
  })

  test('stays on the screen, over its control, where there is no room on any side', async () => {
    await screen.viewport(320, 300)
    page('<button id="c" data-plimsoll-guard="invite" style="position:fixed;left:30px;top:130px">Invite</button>')
    await show(panel())
    await sleep(400)
    const { top, bottom } = box(widget())
    expect(top).toBeGreaterThanOrEqual(8)
    expect(bottom).toBeLessThanOrEqual(292)
    expect(getComputedStyle(get('.arrow')).display).toBe('none')
  })

  test('is out of sight while its control is', async () => {
    page(`${CONTROL}<div style="height:3000px"></div>`)
    await show(tooltip(), { anchor: host('#c') })
    await settle(host('#c'))
    scrollTo(0, 600)
    await until(() => !widget().checkVisibility({ visibilityProperty: true }))
    scrollTo(0, 0)
    await until(() => widget().checkVisibility({ visibilityProperty: true }))
  })

  test('points its arrow at the control', async () => {
    page('<button id="c" data-plimsoll-feature="sso" style="position:fixed;right:40px;top:100px;width:30px"></button>')
    await show(tooltip(), { anchor: host('#c') })
    await settle(host('#c'))
    const arrow = box(get('.arrow'))
    const middle = arrow.left + arrow.width / 2
    expect(middle).toBeGreaterThan(box(host('#c')).left)
    expect(middle).toBeLessThan(box(host('#c')).right)
  })

  test.each([
    ['English', {}],
    ['Arabic', { arabic: true }],
  ])('stands along the right edge of its control in a page that reads from there: %s', async (_, changes) => {
    document.documentElement.dir = 'rtl'
    page(
      '<button id="c" data-plimsoll-feature="sso" style="position:absolute;left:600px;top:100px;width:100px">SSO</button>',
    )
    await show(tooltip(changes), { anchor: host('#c') })
    await settle(host('#c'))
    expect(box(widget()).right).toBe(700)
    const arrow = box(get('.arrow'))
    document.documentElement.dir = 'ltr'
    expect(arrow.left + arrow.width / 2).toBeGreaterThan(600)
  })

  test('follows a control that moves, and one that scrolls', async () => {
    page(CONTROL)
    await show(tooltip(), { anchor: host('#c') })
    await settle(host('#c'))
    host('#c').style.left = '300px'
    host('#c').style.top = '200px'
    expect(await settle(host('#c'))).toEqual({ side: 'below', gap: 10 })
    expect(box(widget()).left).toBe(300)
  })

  test('stands beside a control in an open shadow root', async () => {
    page('<div id="app"></div>')
    const root = host('#app').attachShadow({ mode: 'open' })
    root.innerHTML = CONTROL
    await show(tooltip())
    const control = root.querySelector('button') as HTMLElement
    expect(await settle(control)).toEqual({ side: 'below', gap: 10 })
    expect(control.getAttribute('aria-expanded')).toBe('true')
  })

  test('waits for a control that comes late', async () => {
    const seen = show(tooltip({ slot: undefined as never }))
    await sleep(300)
    expect(find('[data-plimsoll-widget]')).toBe(undefined)
    page(CONTROL)
    expect((await seen).drawn).toBe(true)
  })

  test('is not drawn where no control ever comes', async () => {
    const { drawn } = await show(tooltip({ slot: undefined as never }))
    expect(drawn).toBe(false)
    expect(document.querySelector('plimsoll-root')).toBe(null)
  })

  test('goes over to a control that replaces its own', async () => {
    page(CONTROL)
    const { outcomes } = await show(tooltip(), { anchor: host('#c') })
    await settle(host('#c'))
    const old = host('#c')
    page(CONTROL)
    host('#c').style.left = '400px'
    await until(() => box(widget()).left === 400)
    expect(old.hasAttribute('aria-expanded')).toBe(false)
    expect(host('#c').getAttribute('aria-expanded')).toBe('true')
    expect(outcomes).toEqual([])
  })

  test.each([
    ['removed', () => host('#c').remove()],
    ['hidden', () => host('#c').style.setProperty('display', 'none')],
  ])('reports that its control was %s', async (_, take) => {
    page(CONTROL)
    const { outcomes } = await show(tooltip({ slot: undefined as never }), { anchor: host('#c') })
    await settle(host('#c'))
    take()
    await until(() => outcomes.length)
    expect(outcomes).toEqual([{ type: 'lost' }])
  })

  test('gives the control its own state back', async () => {
    page(CONTROL)
    host('#c').setAttribute('aria-expanded', 'false')
    const { shown } = await show(tooltip(), { anchor: host('#c') })
    shown.close()
    expect(host('#c').getAttribute('aria-expanded')).toBe('false')
    host('#c').removeAttribute('aria-expanded')
    const again = await show(tooltip(), { anchor: host('#c') })
    again.shown.close()
    expect(host('#c').hasAttribute('aria-expanded')).toBe(false)
  })

  test('stands in its slot, without arrow or shadow, where the page has no control', async () => {
    page('<div data-plimsoll-slot="sso"></div>')
    await show(tooltip())
    expect(widget().getAttribute('role')).toBe('region')
    expect(find('.arrow')).toBe(undefined)
    expect(getComputedStyle(widget()).boxShadow).toBe('none')
    expect(host('[data-plimsoll-slot]').querySelector('plimsoll-root')).not.toBe(null)
  })

  test('is placed by floating-ui where the browser has no anchor positioning', async () => {
    const { supports } = CSS
    const without: typeof supports = (...args: Parameters<typeof supports>) =>
      !args[0].includes('position-area') && Reflect.apply(supports, CSS, args)
    CSS.supports = without
    try {
      page(CONTROL)
      await show(tooltip(), { anchor: host('#c') })
      await until(() => widget().style.left)
      expect(await settle(host('#c'))).toEqual({ side: 'below', gap: 10 })
      expect(box(widget()).left).toBe(200)
      host('#c').style.top = '300px'
      await until(() => box(widget()).top > 330)
      expect(await settle(host('#c'))).toEqual({ side: 'below', gap: 10 })
    } finally {
      CSS.supports = supports
    }
  })
})

describe('a panel', () => {
  test('stands in the team’s slot', async () => {
    page('<div data-plimsoll-slot="team"></div>')
    await show(panel())
    expect(host('[data-plimsoll-slot]').querySelector('plimsoll-root')).not.toBe(null)
  })

  test('stands beside the control that invites, where there is no slot', async () => {
    page('<form><button id="c" data-plimsoll-guard="invite">Invite</button></form>')
    await show(panel())
    expect(await settle(host('#c'))).toEqual({ side: 'below', gap: 10 })
  })
})

test('draws nothing where its code cannot be had', async () => {
  // The renderer asks for a kind that no chunk has: as good as one that is gone after a deployment.
  const shown = widgets().show(banner(82, { kind: 'gone' as 'banner' }), { onOutcome: () => true })
  expect(await shown.drawn).toBe(false)
})

test('draws nothing once it was closed before its code came', async () => {
  const shown = widgets().show(banner(82), { onOutcome: () => true })
  shown.close()
  expect(await shown.drawn).toBe(false)
  expect(document.querySelector('plimsoll-root')).toBe(null)
})

test('leaves nothing behind where drawing fails halfway', async () => {
  vi.spyOn(window, 'IntersectionObserver').mockImplementation(() => {
    throw new Error('none')
  })
  const listened = vi.spyOn(window, 'addEventListener')
  const given = vi.spyOn(window, 'removeEventListener')
  await expect(widgets().show(banner(82), { onOutcome: () => true }).drawn).rejects.toThrow('none')
  expect(document.querySelector('plimsoll-root')).toBe(null)
  const keys = (calls: readonly (readonly unknown[])[]) => calls.filter(([type]) => type === 'keydown').length
  expect(keys(listened.mock.calls)).toBe(1)
  expect(keys(given.mock.calls)).toBe(1)
})

test('draws in the turn in which it is asked, once its code is there and its words are quick', async () => {
  await widgets().warm?.('banner', banner(82))
  const tasks = vi.spyOn(window, 'setTimeout')
  const shown = widgets().show(banner(82), { onOutcome: () => true })
  for (let i = 0; i < 10; i++) await Promise.resolve()
  expect(find('.title')).toBeTruthy()
  expect(tasks.mock.calls.filter(([, ms]) => ms === undefined)).toEqual([])
  shown.close()
})

test('draws nothing where its words cannot be written any more once it is to be drawn', async () => {
  const real = window.setTimeout
  const shown = widgets().show(banner(82), { onOutcome: () => true })
  let at = 0
  vi.spyOn(performance, 'now').mockImplementation(() => (at += 10))
  // Words that take their time are written first, and drawn in a task of their own: what is new comes between.
  vi.spyOn(window, 'setTimeout').mockImplementation(((then: () => void, ms?: number) => {
    if (ms === undefined) shown.update(banner(82, { figures: {} }))
    return real(then, ms)
  }) as typeof setTimeout)
  expect(await shown.drawn).toBe(false)
  expect(document.querySelector('plimsoll-root')).toBe(null)
})

test('takes what was updated before its code came', async () => {
  const shown = widgets().show(banner(82), { onOutcome: () => true })
  shown.update(banner(85))
  await shown.drawn
  expect(get('.title').textContent).toBe('85 of 100 projects used')
  shown.close()
})

test('updates without losing the focus', async () => {
  const { shown } = await show(banner(82))
  const snooze = get('[data-plimsoll-action="snooze"]')
  snooze.focus()
  shown.update(banner(83))
  expect(get('.title').textContent).toBe('83 of 100 projects used')
  expect(get('.meter').getAttribute('aria-valuenow')).toBe('83')
  expect(find(':focus')).toBe(snooze)
  await userEvent.keyboard('{Enter}')
})

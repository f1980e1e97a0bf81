import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { cdp, page as screen } from 'vitest/browser'
import { faults, letAxeIn } from './axe.ts'
import { arabicCases, type Case, cases } from './cases.ts'
import { action, clear, find, host, page, roots, show, until, widget } from './harness.ts'

const html = document.documentElement
const PAGE =
  '<h1>Projects</h1><main><div data-plimsoll-slot="here" style="min-height:500px"></div>' +
  '<button id="c" data-plimsoll-feature="sso" data-plimsoll-guard="invite" style="min-height:44px">Single sign-on</button></main>'

const emulate = (method: string, params: object): Promise<unknown> =>
  (cdp() as unknown as { send(method: string, params: object): Promise<unknown> }).send(method, params)

beforeAll(letAxeIn)

beforeAll(() =>
  emulate('Emulation.setEmulatedMedia', { features: [{ name: 'prefers-reduced-motion', value: 'reduce' }] }),
)
afterAll(() => emulate('Emulation.setEmulatedMedia', { features: [] }))

afterEach(async () => {
  clear()
  html.removeAttribute('style')
  html.dir = 'ltr'
  html.lang = 'en'
  Reflect.deleteProperty(navigator, 'clipboard')
})

/** Draws a state, and does what it says. */
async function draw({ prompt, press }: Case): Promise<void> {
  page(PAGE)
  const writeText = (): Promise<void> => (press === 'askRefused' ? Promise.reject(new Error('no')) : Promise.resolve())
  Object.defineProperty(navigator, 'clipboard', { configurable: true, value: { writeText } })
  const { drawn } = await show(prompt, prompt.slot === 'here' ? {} : { anchor: host('#c') })
  expect(drawn).toBe(true)
  if (press) {
    action('primary').click()
    await until(() => find('[data-state="asked"]'))
  }
}

const states = Object.entries(cases)
const inArabic = Object.entries(arabicCases)

describe('axe finds nothing, and leaves nothing open', () => {
  test.each(states)('in %s', async (_, state) => {
    html.style.colorScheme = 'light'
    html.style.background = '#f7f7f8'
    await draw(state)
    expect(await faults()).toEqual([])
  })

  test.each(states)('in %s, dark', async (_, state) => {
    html.style.colorScheme = 'dark'
    html.style.background = '#131417'
    await draw(state)
    expect(await faults()).toEqual([])
  })

  test.each(states)('in %s, 320 px wide', async (_, state) => {
    await screen.viewport(320, 640)
    await draw(state)
    expect(await faults()).toEqual([])
    await screen.viewport(900, 700)
  })

  test.each(inArabic)('in %s, in Arabic', async (_, state) => {
    html.dir = 'rtl'
    html.lang = 'ar'
    await draw(state)
    expect(await faults()).toEqual([])
  })

  // In English: a page may read from the right while the file has no words for it.
  test.each(states)('in %s, right to left', async (_, state) => {
    html.dir = 'rtl'
    await draw(state)
    expect(getComputedStyle(widget()).direction).toBe('rtl')
    expect(await faults()).toEqual([])
  })

  test('in a banner that stands over its slot', async () => {
    await draw(cases['banner-80'] as Case)
    clear()
    page('<h1>Projects</h1><div data-plimsoll-slot="here"></div>')
    await show((cases['banner-80'] as Case).prompt)
    expect(widget().dataset.place).toBe('over')
    expect(await faults()).toEqual([])
  })

  test.each(['#ff6a00', '#facc15', '#16a34a', '#635bff', '#000000', '#ffffff'])(
    'in a banner, a tooltip and a block under the accent %s, light and dark',
    async (accent) => {
      for (const scheme of ['light', 'dark'])
        for (const name of ['banner', 'tooltip', 'block-seats', 'plans']) {
          html.style.colorScheme = scheme
          html.style.setProperty('--plimsoll-accent', accent)
          await draw(cases[name] as Case)
          expect(await faults()).toEqual([])
          clear()
        }
    },
  )
})

/** Which parts stick out of their widget, and whether that sticks out of the screen. */
function outside(): string[] {
  const frame = widget().getBoundingClientRect()
  const out: string[] = []
  const check = (element: Element, within: { left: number; right: number }, name: string): void => {
    const { left, right, width, height } = element.getBoundingClientRect()
    if (width && height && (left < within.left - 0.5 || right > within.right + 0.5))
      out.push(`${name}: ${Math.round(left)} to ${Math.round(right)} of ${within.left} to ${within.right}`)
  }
  check(widget(), { left: 0, right: innerWidth }, 'widget')
  for (const part of widget().querySelectorAll('*'))
    if (!part.closest('svg, .mark, .hidden, .arrow')) check(part, frame, `${part.localName}.${part.className}`)
  if (getComputedStyle(widget()).overflowX === 'auto' && widget().scrollWidth > widget().clientWidth + 1)
    out.push('widget scrolls sideways')
  return out
}

describe('nothing sticks out', () => {
  test.each(states)('of %s at 320 px', async (_, state) => {
    await screen.viewport(320, 640)
    await draw(state)
    expect(outside()).toEqual([])
    await screen.viewport(900, 700)
  })

  test.each(states)('of %s at 200 % text, 640 px wide', async (_, state) => {
    await screen.viewport(640, 640)
    html.style.fontSize = '200%'
    await draw(state)
    expect(parseFloat(getComputedStyle(widget()).fontSize)).toBe(28)
    expect(outside()).toEqual([])
    await screen.viewport(900, 700)
  })

  test.each(inArabic)('of %s at 320 px, right to left', async (_, state) => {
    html.dir = 'rtl'
    await screen.viewport(320, 640)
    await draw(state)
    expect(outside()).toEqual([])
    await screen.viewport(900, 700)
  })
})

describe('targets', () => {
  const small = (least: number): string[] =>
    [...widget().querySelectorAll<HTMLElement>('a, button')].flatMap((target) => {
      const { width, height } = target.getBoundingClientRect()
      return width >= least - 0.01 && height >= least - 0.01 ? [] : [`${target.textContent} ${width} × ${height}`]
    })

  test.each(states)('are 24 px at least: %s', async (_, state) => {
    await draw(state)
    expect(small(24)).toEqual([])
  })

  test('are 44 px at least where the pointer is coarse', async () => {
    await emulate('Emulation.setTouchEmulationEnabled', { enabled: true })
    expect(matchMedia('(pointer: coarse)').matches).toBe(true)
    for (const [name, state] of states) {
      await draw(state)
      expect([name, small(44)]).toEqual([name, []])
      clear()
    }
    await emulate('Emulation.setTouchEmulationEnabled', { enabled: false })
  })
})

describe('the page’s style', () => {
  test('changes nothing but what is inherited on purpose', async () => {
    await draw(cases.banner as Case)
    const before = widget().getBoundingClientRect()
    clear()
    const style = document.createElement('style')
    style.textContent =
      'html { font-size: 62.5% } * { letter-spacing: 2px; text-transform: uppercase; text-align: center; color: red } button { display: none }'
    document.head.append(style)
    await draw(cases.banner as Case)
    const after = widget().getBoundingClientRect()
    const { letterSpacing, textTransform, fontSize, color } = getComputedStyle(find('.title') as Element)
    style.remove()
    expect([letterSpacing, textTransform, fontSize, color]).toEqual(['normal', 'none', '14px', 'rgb(26, 27, 31)'])
    expect([after.width, after.height]).toEqual([before.width, before.height])
  })

  test('gives its font and its scheme', async () => {
    html.style.fontFamily = 'monospace'
    html.style.colorScheme = 'dark'
    await draw(cases.banner as Case)
    const { fontFamily, backgroundColor } = getComputedStyle(widget())
    expect([fontFamily, backgroundColor]).toEqual(['monospace', 'rgb(28, 29, 33)'])
  })

  test('does not get ours', async () => {
    await draw(cases['block-seats'] as Case)
    expect(getComputedStyle(host('h1')).fontFamily).toBe(getComputedStyle(document.body).fontFamily)
    expect(document.adoptedStyleSheets.length).toBe(0)
    expect(document.head.querySelectorAll('[data-plimsoll]').length).toBe(0)
  })

  test('shares each sheet among all roots', async () => {
    await draw(cases['banner-80'] as Case)
    const [first, second] = roots()
    expect(first?.adoptedStyleSheets[0]).toBe(second?.adoptedStyleSheets[0])
  })
})

describe('the theme of the file', () => {
  const withTheme = async (theme: object): Promise<CSSStyleDeclaration> => {
    const { prompt } = cases.banner as Case
    await show({ ...prompt, config: { ...prompt.config, theme } })
    return getComputedStyle(widget())
  }

  test('is taken', async () => {
    const style = await withTheme({
      accent: '#16a34a',
      surface: '#101010',
      ink: 'rgb(250 250 250)',
      font: 'Georgia, serif',
      radius: '4px',
      inset: '64px',
    })
    expect([style.backgroundColor, style.color, style.fontFamily, style.borderRadius, style.top]).toEqual([
      'rgb(16, 16, 16)',
      'rgb(250, 250, 250)',
      'Georgia, serif',
      '4px',
      '64px',
    ])
    expect(getComputedStyle(action('primary')).backgroundColor).toBe('rgb(22, 163, 74)')
  })

  test('sets the scheme', async () => {
    expect((await withTheme({ scheme: 'dark' })).backgroundColor).toBe('rgb(28, 29, 33)')
  })

  test('is passed over, value for value, where it is hostile or no such thing', async () => {
    const style = await withTheme({
      accent: 'url(https://evil.test/a)',
      surface: 'red; position: fixed',
      ink: 'var(--x, url(https://evil.test/b))',
      font: '}',
      radius: '-5px',
      scheme: 'light; color: red',
      inset: '1e9px',
    })
    expect([style.backgroundColor, style.color, style.borderRadius]).toEqual([
      'rgb(255, 255, 255)',
      'rgb(26, 27, 31)',
      '10px',
    ])
    expect(widget().getBoundingClientRect().bottom).toBeLessThan(innerHeight)
    expect(performance.getEntriesByType('resource').some(({ name }) => name.includes('evil'))).toBe(false)
  })
})

test('shows copy and names as text, whatever they say', async () => {
  const { prompt } = cases.banner as Case
  const config = { ...prompt.config, resources: { projects: '<img src=x onerror=alert(1)>' } }
  await show({
    ...prompt,
    config,
    trigger: { ...prompt.trigger, copy: { body: '<script>alert(1)</script><b>{resource}</b>' } },
  })
  expect(widget().querySelector('img, script, .text b')).toBe(null)
  expect(widget().textContent).toContain('<img src=x onerror=alert(1)>')
})

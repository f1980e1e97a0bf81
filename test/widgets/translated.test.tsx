/** A page that the browser translates: its text nodes are taken out and stand again inside `<font>` elements. */

import { afterEach, describe, expect, test } from 'vitest'
import { banner, type Case, cases, panel } from './cases.ts'
import { action, clear, get, host, page, show, until, widget } from './harness.ts'

const PAGE =
  '<h1>Projects</h1><div data-plimsoll-slot="here" style="min-height:500px"></div><button id="c" data-plimsoll-feature="sso" data-plimsoll-guard="invite">Single sign-on</button>'

afterEach(() => {
  clear()
  Reflect.deleteProperty(navigator, 'clipboard')
})

/** Does with a widget what Google Translate does with a page. */
function translate(root: Element): void {
  const walker = document.createTreeWalker(root, NodeFilter.SHOW_TEXT)
  const texts: Text[] = []
  for (let node = walker.nextNode(); node; node = walker.nextNode())
    if (node.textContent?.trim()) texts.push(node as Text)
  for (const text of texts) {
    const [outer, inner] = [document.createElement('font'), document.createElement('font')]
    inner.textContent = `‹${text.data}›`
    outer.append(inner)
    text.replaceWith(outer)
  }
}

async function draw({ prompt, press }: Case) {
  page(PAGE)
  const writeText = (): Promise<void> => (press === 'askRefused' ? Promise.reject(new Error('no')) : Promise.resolve())
  Object.defineProperty(navigator, 'clipboard', { configurable: true, value: { writeText } })
  return show(prompt, prompt.slot === 'here' ? {} : { anchor: host('#c') })
}

describe('a translated widget', () => {
  test.each(Object.entries(cases))('lives on, and can be left: %s', async (_, state) => {
    const { shown } = await draw(state)
    translate(widget())
    shown.update(state.prompt)
    if (state.press) {
      action('primary').click()
      await until(() => widget().dataset.state === 'asked')
      expect(widget().querySelector('.title')?.textContent).toMatch(/^(Message copied|Copy this message)$/)
      translate(widget())
      shown.update(state.prompt)
    }
    shown.close()
    expect(document.querySelector('plimsoll-root')).toBe(null)
  })

  test('says newer figures, and only those', async () => {
    const { shown } = await draw({ prompt: banner(82) })
    translate(widget())
    shown.update(banner(97))
    expect(get('.title').textContent).toBe('97 of 100 projects used')
    expect(get('.percent').textContent).toContain('97')
    expect(get('.percent').textContent).not.toContain('82')
  })

  test('says the seats that are to be added, and what they cost', async () => {
    await draw({ prompt: panel({ slot: 'here' }) })
    translate(widget())
    action('primary').addEventListener('click', (event) => event.preventDefault())
    get('.step:last-of-type').click()
    await until(() => get<HTMLInputElement>('input').value === '4')
    expect(get('.bill').textContent).toContain('14')
    expect(get('.bill').textContent).not.toContain('13 ')
    expect(action('primary').textContent).toBe('Add 4 seats')
  })
})

test('nothing of ours asks not to be translated, and all of it can be selected', async () => {
  for (const [name, state] of Object.entries(cases)) {
    await draw(state)
    const elements = [widget(), ...widget().querySelectorAll<HTMLElement>('*')]
    expect([name, elements.filter((element) => element.translate === false && element.localName !== 'svg')]).toEqual([
      name,
      [],
    ])
    const fixed = [...widget().querySelectorAll('p, h2, blockquote, li, dt, [role="cell"]')].filter(
      (element) => getComputedStyle(element).userSelect === 'none',
    )
    expect([name, fixed]).toEqual([name, []])
    clear()
  }
})

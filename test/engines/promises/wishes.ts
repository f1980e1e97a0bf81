/** What a person has asked of their system, and how each widget looks in every engine. */

import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect } from 'vitest'
import { exampleConfig } from '../../e2e/host.ts'
import { markup } from '../../e2e/stored.ts'
import type { Wishes } from '../driver/driver.ts'
import { action, allKinds, calmly, engine, launchFor, show, soon, type Tab, test, widget } from '../visitor.ts'

type Colour = readonly [red: number, green: number, blue: number]
type Point = readonly [x: number, y: number]

let folder = ''
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'plimsoll-pictures-'))
})
afterAll(() => rm(folder, { recursive: true, force: true }))

/** What the eye gets at some points of the page. */
async function coloursAt(page: Tab, points: readonly Point[]): Promise<Colour[]> {
  const path = join(folder, 'picture.png')
  const violations = await page.eval(() => (window as any).violations)
  await page.screenshot(path)
  // Before Firefox takes a picture, its driver puts a style into the page.
  await page.eval((before) => Object.assign(window, { violations: before }) && null, violations)
  const picture = (await readFile(path)).toString('base64')
  return page.eval(
    async (data, at) => {
      const bytes = Uint8Array.from(atob(data), (letter) => letter.charCodeAt(0))
      const bitmap = await createImageBitmap(new Blob([bytes], { type: 'image/png' }))
      const canvas = Object.assign(document.createElement('canvas'), { width: bitmap.width, height: bitmap.height })
      const context = canvas.getContext('2d')!
      context.drawImage(bitmap, 0, 0)
      return at.map(([x, y]) => [...context.getImageData(x, y, 1, 1).data.slice(0, 3)] as unknown as Colour)
    },
    picture,
    points as Point[],
  )
}

const brightness = ([red, green, blue]: Colour): number => red + green + blue

const box = (page: Tab, selector: string) =>
  page.eval((one) => {
    const { left, top, right, bottom } = (window as any).all(one)[0].getBoundingClientRect()
    return { left, top, right, bottom }
  }, selector)

test.for(allKinds)('is no larger than what it says, and nothing of it is cut off: %s', async (kind, { visitor }) => {
  const page = await show(visitor, kind)
  const spare = () =>
    page.eval((selector) => {
      const [element] = (window as any).all(selector) as [HTMLElement]
      const ends = [...element.querySelectorAll('[data-plimsoll-action]')].map(
        (one) => one.getBoundingClientRect().bottom,
      )
      return {
        below: element.getBoundingClientRect().bottom - Math.max(...ends) < 40,
        cut:
          (getComputedStyle(element).overflowX !== 'hidden' && element.scrollWidth > element.clientWidth) ||
          element.scrollHeight > element.clientHeight,
      }
    }, widget(kind))
  await soon(spare).toEqual({ below: true, cut: false })
})

test('fades the line of its mark out to both sides', async ({ visitor }) => {
  const page = await show(visitor, 'modal')
  await page.event('impression')
  const edge = await box(page, widget('modal'))
  const ring = await box(page, '.ring')
  const y = Math.round((ring.top + ring.bottom) / 2)
  const look = () =>
    coloursAt(page, [
      [Math.ceil(edge.left) + 3, y],
      [Math.ceil(edge.left) + 3, y + 12],
      [Math.round(ring.left) - 8, y],
    ])
  await soon(async () => {
    const [atEdge, ground, atRing] = (await look()).map(brightness) as [number, number, number]
    return { fades: 3 * (ground - atEdge) < ground - atRing, isDrawn: ground - atRing > 60 }
  }).toEqual({ fades: true, isDrawn: true })
})

test.for([
  ['', '100%', 1],
  [', with text of twice the size', '200%', 2],
] as const)(
  'fits a screen of 320 px%s: every control of every kind within it',
  async ([, size, times], { visitor }) => {
    // A frame, for windows of WebKitGTK are never so narrow.
    const frame = markup('', '<iframe src="/inner" width="320" height="640"></iframe>')
    const page = await visitor.open({
      config: exampleConfig(),
      path: '/outer',
      early: true,
      script: `document.documentElement.style.fontSize = '${size}';${calmly()}`,
      host: {
        csp: "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; frame-src 'self'",
        routes: { '/outer': frame },
      },
    })
    await soon(() => page.eval(() => !!(frames[0] as any)?.seen?.some(({ type }: any) => type === 'ready'))).toBe(true)
    for (const id of ['projects-80', 'sso-discovery', 'team-growth', 'first-100']) {
      await page.eval((trigger) => (frames[0] as any).plimsoll.preview(trigger), id)
      const over = () =>
        page.eval(
          (trigger, least) => {
            const inner = frames[0] as any
            const controls = inner.all(`[data-plimsoll-trigger="${trigger}"] [data-plimsoll-action]`) as Element[]
            const out = controls
              .map((one) => one.getBoundingClientRect())
              .filter(({ left, right, height }) => left < 0 || right > 320 || height < 24)
            return {
              width: inner.innerWidth,
              drawn: controls.length > 1,
              out: out.length,
              small: inner
                .all(`[data-plimsoll-trigger="${trigger}"] .title`)
                .filter((one: Element) => Number.parseFloat(inner.getComputedStyle(one).fontSize) < least).length,
              wide: inner.document.documentElement.scrollWidth > inner.document.documentElement.clientWidth,
            }
          },
          id,
          12 * times,
        )
      await soon(async () => [id, await over()]).toEqual([
        id,
        { width: 320, drawn: true, out: 0, small: 0, wide: false },
      ])
    }
  },
)

/** A person who has asked for something: the engine is started anew, as that person's. */
function as(wishes: Wishes, promises: () => void): void {
  describe(JSON.stringify(wishes), () => {
    let leave: () => Promise<unknown>
    beforeAll(async () => {
      leave = await launchFor(wishes)
    })
    afterAll(() => leave())
    promises()
  })
}

as({ dark: true, lessMotion: true }, () => {
  test.for(allKinds)('is dark in the dark, can be read there, and does not move: %s', async (kind, { visitor }) => {
    // The page says nothing of its own scheme, and takes what the person has.
    const page = await show(visitor, kind, {
      script: `document.documentElement.style.colorScheme = 'light dark';${calmly()}
        window.moved = []
        addEventListener('animationstart', ({ animationName }) => moved.push(animationName), true)`,
    })
    const { left, bottom } = await box(page, widget(kind))
    const [ground] = await coloursAt(page, [[Math.round(left) + 6, Math.round(bottom) - 5]])
    expect(brightness(ground!)).toBeLessThan(200)
    const contrasts = await page.eval((selector) => {
      const canvas = Object.assign(document.createElement('canvas'), { width: 1, height: 1 })
      const context = canvas.getContext('2d', { willReadFrequently: true })!
      const luminance = (colour: string) => {
        context.fillStyle = colour
        context.fillRect(0, 0, 1, 1)
        const [r, g, b] = [...context.getImageData(0, 0, 1, 1).data].map((channel) => {
          const part = channel / 255
          return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4
        }) as [number, number, number]
        return 0.2126 * r + 0.7152 * g + 0.0722 * b
      }
      const [element] = (window as any).all(selector) as [HTMLElement]
      const behind = luminance(getComputedStyle(element).backgroundColor)
      return [...element.querySelectorAll('.title, .text, .stop')].map((one) => {
        const text = luminance(getComputedStyle(one).color)
        return (Math.max(text, behind) + 0.05) / (Math.min(text, behind) + 0.05)
      })
    }, widget(kind))
    expect(contrasts.length).toBeGreaterThan(1)
    expect(Math.min(...contrasts)).toBeGreaterThan(4.5)
    const moving = () =>
      page.eval(
        () =>
          [...document.querySelectorAll('plimsoll-root')].flatMap(({ shadowRoot }) => shadowRoot!.getAnimations())
            .length,
      )
    expect([await moving(), await page.eval(() => (window as any).moved)]).toEqual([0, []])
  })
})

as({ forcedColors: true }, () => {
  test('keeps the edges and the words of its controls in forced colours, where the engine has any', async ({
    visitor,
  }) => {
    const page = await show(visitor, 'banner')
    const isForced = await page.eval(() => matchMedia('(forced-colors: active)').matches)
    expect(isForced).toBe(engine !== 'WebKitGTK')
    const [text, ground, border, primary] = await page.eval(
      (selector, primary) => {
        const system = document.body.appendChild(document.createElement('p'))
        system.style.cssText = 'color: CanvasText; background: Canvas; border-color: Highlight'
        const [theirs, ours, ourPrimary] = [
          system,
          ...[selector, primary].map((one) => (window as any).all(one)[0]),
        ].map((one) => getComputedStyle(one)) as [CSSStyleDeclaration, CSSStyleDeclaration, CSSStyleDeclaration]
        return [
          ours.color === theirs.color,
          ours.backgroundColor === theirs.backgroundColor,
          `${ourPrimary.borderTopStyle} ${Number.parseFloat(ourPrimary.borderTopWidth) > 0}`,
          ourPrimary.backgroundColor === theirs.borderTopColor,
        ]
      },
      widget('banner'),
      action('primary'),
    )
    expect([text, ground, border, primary]).toEqual([isForced, isForced || ground, 'solid true', isForced])
  })
})

/** What the eye gets: colours read from the picture of the screen. */

import { cdp } from 'vitest/browser'

type Colour = readonly [red: number, green: number, blue: number]

const send = <T>(method: string, params: object): Promise<T> =>
  (cdp() as unknown as { send(method: string, params: object): Promise<T> }).send(method, params)

/** WCAG's contrast of two colours. */
function contrast(one: Colour, other: Colour): number {
  const luminance = (colour: Colour): number => {
    const [r = 0, g = 0, b = 0] = colour.map((channel) => {
      const part = channel / 255
      return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4
    })
    return 0.2126 * r + 0.7152 * g + 0.0722 * b
  }
  const [a, b] = [luminance(one), luminance(other)]
  return (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05)
}

/** How much larger a picture is than what it shows, so that strokes are whole pixels. */
const SCALE = 3

/** The picture of what stands in a rectangle of this frame. */
async function pictureOf({ x, y, width, height }: DOMRect): Promise<OffscreenCanvasRenderingContext2D> {
  const frame = (window.frameElement as Element).getBoundingClientRect()
  // The frame may stand smaller than it is.
  const by = frame.width / innerWidth
  const clip = { x: frame.x + x * by, y: frame.y + y * by, width: width * by, height: height * by, scale: SCALE / by }
  const { data } = await send<{ data: string }>('Page.captureScreenshot', { format: 'png', clip })
  const bitmap = await createImageBitmap(await (await fetch(`data:image/png;base64,${data}`)).blob())
  const context = new OffscreenCanvas(bitmap.width, bitmap.height).getContext('2d', { willReadFrequently: true })
  context?.drawImage(bitmap, 0, 0)
  return context as OffscreenCanvasRenderingContext2D
}

/** All pixels of a picture. */
const pixelsOf = (picture: OffscreenCanvasRenderingContext2D): Uint8ClampedArray =>
  picture.getImageData(0, 0, picture.canvas.width, picture.canvas.height).data

const keyAt = (data: Uint8ClampedArray, i: number): number =>
  ((data[i] as number) << 16) | ((data[i + 1] as number) << 8) | (data[i + 2] as number)
const colourOf = (key: number): Colour => [key >> 16, (key >> 8) & 255, key & 255]

/**
 * The contrast of what a change draws in a rectangle, with what was there before: of the commonest two colours that
 * took each other's place, so not of soft edges.
 *
 * @returns 1 where nothing changed.
 */
export async function contrastOfChange(rect: DOMRect, change: () => void): Promise<number> {
  const before = pixelsOf(await pictureOf(rect))
  change()
  const after = pixelsOf(await pictureOf(rect))
  const pairs = new Map<string, number>()
  for (let i = 0; i < after.length; i += 4) {
    const pair = [keyAt(before, i), keyAt(after, i)]
    if (pair[0] !== pair[1]) pairs.set(pair.join(), (pairs.get(pair.join()) ?? 0) + 1)
  }
  const [commonest] = [...pairs].sort(([, a], [, b]) => b - a)
  const [was = 0, is = 0] = commonest?.[0].split(',').map(Number) ?? []
  return contrast(colourOf(was), colourOf(is))
}

/**
 * Takes a picture of an element, and tells the contrast of what is drawn in any rectangle of it: of its commonest
 * colour, which is the ground, with whatever of at least a hundredth of its pixels differs most from it: the strokes,
 * not their soft edges.
 */
export async function contrastsIn(element: Element): Promise<(rect: DOMRect) => number> {
  const whole = element.getBoundingClientRect()
  const picture = await pictureOf(whole)
  return ({ x, y, width, height }) => {
    const crop = [x - whole.x, y - whole.y, width, height].map((length) => Math.round(length * SCALE))
    const { data } = picture.getImageData(...(crop as [number, number, number, number]))
    const counts = new Map<number, number>()
    for (let i = 0; i < data.length; i += 4) {
      const key = keyAt(data, i)
      counts.set(key, (counts.get(key) ?? 0) + 1)
    }
    const common = [...counts].sort(([, a], [, b]) => b - a)
    const ground = colourOf(common[0]?.[0] ?? 0)
    const enough = data.length / 4 / 100
    return Math.max(...common.filter(([, count]) => count >= enough).map(([key]) => contrast(ground, colourOf(key))))
  }
}

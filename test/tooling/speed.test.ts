/** The page of speed, its picture and the README's table are what the bench has measured. */

import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { readResults } from '../../.ci/results.mjs'
import { drawPicture, files, writePage, writeReadme } from '../../.ci/speed.mjs'
import { ahead } from '../../.ci/told.mjs'
import { squarify } from '../../.ci/treemap.mjs'

const read = (file: string): string => readFileSync(file, 'utf8')

test('has a page of speed, a picture and a table in the README that `npm run speed` would write', () => {
  const results = readResults()
  expect(read(files.page)).toBe(writePage(results))
  expect(read(files.picture)).toBe(drawPicture(results))
  expect(read(files.readme)).toBe(writeReadme(results, read(files.readme)))
  expect(read(files.readme)).toContain('<!-- speed -->\n| ')
})

test('tells of each peer that is ahead of ours, and of none that is not', () => {
  const results = structuredClone(readResults())
  const heavy = results.size.peers.find(({ name }) => name.startsWith('posthog-js'))!
  const slow = results.decide.node[10]!.one!.mingo!
  expect(ahead(results)).not.toContain(heavy.name)
  expect(ahead(results)).not.toContain('mingo')
  heavy.brotli = 7
  slow.median = 0.5
  expect(ahead(results)).toContain(`${heavy.name} (7)`)
  expect(ahead(results)).toContain('mingo (0.50)')
})

test('gives each part of a picture an area of its size, within the whole and apart from the others', () => {
  const parts = [7, 5, 4, 3, 2, 2, 1].map((size) => ({ name: `${size}`, size }))
  const boxes = squarify(parts, { x: 10, y: 20, width: 60, height: 40 })
  expect(boxes.map(({ width, height }) => Math.round(width * height))).toEqual([700, 500, 400, 300, 200, 200, 100])
  for (const a of boxes) {
    expect(a.x).toBeGreaterThanOrEqual(10 - 1e-9)
    expect(a.y).toBeGreaterThanOrEqual(20 - 1e-9)
    expect(a.x + a.width).toBeLessThanOrEqual(70 + 1e-9)
    expect(a.y + a.height).toBeLessThanOrEqual(60 + 1e-9)
    for (const b of boxes) {
      const across = Math.min(a.x + a.width, b.x + b.width) - Math.max(a.x, b.x)
      const down = Math.min(a.y + a.height, b.y + b.height) - Math.max(a.y, b.y)
      if (a !== b) expect(Math.min(across, down)).toBeLessThan(1e-9)
    }
  }
})

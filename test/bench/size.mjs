// @ts-check
// Bytes: of each of our files, of what visits really take up to a painted prompt, and of what peers take.
import { readdirSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { pack, weigh } from './measure.mjs'
import { configOf, launch, pageWith, person } from './page.mjs'
import { filesOf, peers, versionOf } from './peers.mjs'
import { serve } from './server.mjs'

const dist = fileURLToPath(new URL('../../packages/widgets/dist/', import.meta.url))

/** The files that a first banner needs come and go as the build has them; a visit counts what it really takes. */
async function visits() {
  const config = pack(Buffer.from(JSON.stringify(configOf(4))))
  const site = await serve(
    { '/': pageWith(`${person}\nplimsoll('usage', { r0: { used: 82 } })`) },
    { '/triggers.json': { type: 'application/json', body: config, packed: true } },
  )
  const browser = await launch()
  try {
    const visitor = await browser.newContext()
    const visit = async () => {
      const page = await visitor.newPage()
      site.takeSent()
      await page.goto(site.origin)
      await page.locator('[data-plimsoll-widget="banner"]').waitFor()
      const taken = [...site.takeSent()].filter(([path]) => path.startsWith('/plimsoll/'))
      await page.close()
      return {
        brotli: taken.reduce((sum, [, bytes]) => sum + bytes, 0),
        files: taken.map(([path]) => path.slice('/plimsoll/'.length)),
      }
    }
    const first = await visit()
    // The checked file is kept after the decision: a visit that comes too soon would be a first one again.
    const page = await visitor.newPage()
    await page.goto(site.origin)
    await page.waitForFunction(() => indexedDB.databases().then((all) => all.length > 0))
    await page.close()
    return { first, returning: await visit() }
  } finally {
    await browser.close()
    await site.close()
  }
}

export async function size() {
  const chunks = readdirSync(dist)
    .filter((name) => name.endsWith('.js'))
    .map((name) => ({ name, ...weigh(readFileSync(dist + name)) }))
  const others = []
  for (const peer of peers) {
    const files = await filesOf(peer)
    const sum = { min: 0, gzip: 0, brotli: 0 }
    for (const file of files) {
      const { min, gzip, brotli } = weigh(file)
      sum.min += min
      sum.gzip += gzip
      sum.brotli += brotli
    }
    const versions = peer.packages.map((name) => `${name} ${name === 'preact' ? '11.2.0' : versionOf(name)}`).join(', ')
    others.push({ name: peer.name, versions, ...sum })
  }
  const div = weigh("const d=document.createElement('div');d.textContent='82 of 100';document.body.append(d)")
  return { chunks, visits: await visits(), peers: [...others, { name: 'a bare div', versions: '', ...div }] }
}

// @ts-check
import { readdirSync, readFileSync } from 'node:fs'
import { createServer } from 'node:http'
import { fileURLToPath } from 'node:url'
import { pack } from './measure.mjs'

const dist = fileURLToPath(new URL('../../packages/widgets/dist/', import.meta.url))

/** The built files, packed once as a CDN keeps them. */
const built = new Map(
  readdirSync(dist)
    .filter((name) => name.endsWith('.js'))
    .map((name) => [
      `/plimsoll/${name}`,
      { type: 'text/javascript', body: pack(readFileSync(dist + name)), packed: true },
    ]),
)

/** @typedef {{ type: string, body: string | Buffer, packed?: boolean }} Answer */

/**
 * Serves pages for the bench, and counts what each visit takes of ours.
 *
 * @param {Record<string, string>} pages Markup by path.
 * @param {Record<string, Answer>} [files] Other answers by path.
 * @param {boolean} [keeps] Whether browsers may keep scripts, and what they compiled of them.
 */
export async function serve(pages, files = {}, keeps = false) {
  /** @type {Map<string, number>} Bytes sent, by path, since last asked. */
  let sent = new Map()
  const server = createServer((request, response) => {
    const { pathname } = new URL(request.url ?? '/', 'http://bench')
    const page = pages[pathname]
    const answer = page === undefined ? (files[pathname] ?? built.get(pathname)) : { type: 'text/html', body: page }
    if (!answer) return response.writeHead(pathname === '/favicon.ico' ? 204 : 404).end()
    const { type, body, packed } = /** @type {Answer} */ (answer)
    sent.set(pathname, (sent.get(pathname) ?? 0) + Buffer.byteLength(body))
    response.writeHead(200, {
      'content-type': `${type}; charset=utf-8`,
      'cache-control': keeps && type === 'text/javascript' ? 'max-age=3600' : 'no-cache',
      // Isolated, a page has the finer clock.
      'cross-origin-opener-policy': 'same-origin',
      'cross-origin-embedder-policy': 'require-corp',
      ...(packed && { 'content-encoding': 'br' }),
    })
    return response.end(body)
  })
  await new Promise((done) => server.listen(0, '127.0.0.1', () => done(undefined)))
  const { port } = /** @type {import('node:net').AddressInfo} */ (server.address())
  return {
    origin: `http://127.0.0.1:${port}`,
    /** Bytes sent since last asked, by path. */
    takeSent() {
      const taken = sent
      sent = new Map()
      return taken
    },
    async close() {
      server.closeAllConnections()
      await new Promise((done) => server.close(done))
    },
  }
}

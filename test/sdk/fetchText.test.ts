import { createServer, type RequestListener, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { fetchText } from '../../packages/sdk/src/browser/fetchText.ts'

const json = { 'content-type': 'application/json' }
const servers: Server[] = []
let here = ''
let there = ''

async function serve(listener: RequestListener): Promise<string> {
  const server = createServer(listener)
  servers.push(server)
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`
}

let cutOff: Promise<void>

beforeAll(async () => {
  there = await serve((_, response) => response.writeHead(200, json).end('{"from":"there"}'))
  here = await serve((request, response) => {
    const answers: { [path: string]: () => void } = {
      '/good': () => response.writeHead(200, json).end('{"name":"Größe €"}'),
      '/split': () => {
        const bytes = Buffer.from('{"name":"€"}')
        response.writeHead(200, json)
        response.write(bytes.subarray(0, 10))
        setTimeout(() => response.end(bytes.subarray(10)), 20)
      },
      '/bom': () => response.writeHead(200, json).end('\u{feff}{}'),
      '/empty': () => response.writeHead(204).end(),
      '/missing': () => response.writeHead(404, json).end('{}'),
      '/html': () => response.writeHead(200, { 'content-type': 'text/html; charset=utf-8' }).end('<!doctype html>'),
      '/moved': () => response.writeHead(302, { location: '/good' }).end(),
      '/away': () => response.writeHead(302, { location: `${there}/x` }).end(),
      '/exact': () => response.writeHead(200, json).end('x'.repeat(1_000_000)),
      '/large': () => response.writeHead(200, json).end('x'.repeat(1_000_001)),
      '/endless': () => {
        response.writeHead(200, json)
        const more = setInterval(() => response.write('x'.repeat(100_000)), 5)
        cutOff = new Promise((resolve) => response.on('close', resolve)).then(() => clearInterval(more))
      },
      '/silent': () => {},
      '/slow': () => {
        response.writeHead(200, json)
        response.write('{')
      },
    }
    answers[request.url ?? '']?.()
  })
})
afterAll(() => {
  for (const server of servers) {
    server.closeAllConnections()
    server.close()
  }
})

test.each([
  ['/good', '{"name":"Größe €"}'],
  ['/moved', '{"name":"Größe €"}'],
  ['/split', '{"name":"€"}'],
  ['/bom', '{}'],
  ['/empty', ''],
])('reads %s', async (path, text) => {
  expect(await fetchText(here + path)).toBe(text)
})

test.each([
  ['/missing', 'status 404'],
  ['/html', 'HTML, not JSON'],
])('refuses %s and says why', async (path, why) => {
  await expect(fetchText(here + path)).rejects.toThrow(`${here}${path}: ${why}`)
})

test('refuses what another origin answers by redirect, unless it may', async () => {
  await expect(fetchText(`${here}/away`)).rejects.toThrow(`${here}/away: redirected to another origin`)
  expect(await fetchText(`${here}/away`, { anyOrigin: true })).toBe('{"from":"there"}')
})

test('asks another origin directly where it is told to', async () => {
  expect(await fetchText(new URL(`${there}/x`))).toBe('{"from":"there"}')
})

test('takes a megabyte, and not a byte more', async () => {
  expect(await fetchText(`${here}/exact`)).toHaveLength(1_000_000)
  await expect(fetchText(`${here}/large`)).rejects.toThrow(`${here}/large: over 1000000 bytes`)
})

test('cuts off what never ends', async () => {
  await expect(fetchText(`${here}/endless`, { maxBytes: 250_000 })).rejects.toThrow('over 250000 bytes')
  await cutOff
})

test.each(['/silent', '/slow'])('gives up %s at its deadline', async (path) => {
  const from = Date.now()
  await expect(fetchText(here + path, { deadlineMs: 200 })).rejects.toThrow(
    `${here}${path}: The operation was aborted due to timeout`,
  )
  expect(Date.now() - from).toBeLessThan(4000)
})

test('says that nothing was reached', async () => {
  const gone = await serve(() => {})
  await new Promise((resolve) => servers.pop()?.close(resolve))
  await expect(fetchText(`${gone}/x`)).rejects.toThrow(`${gone}/x: fetch failed`)
})

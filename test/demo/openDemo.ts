/** Starts the demo for a test, on a port and so an origin of its own, on a known day. */

import { mkdtempSync } from 'node:fs'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { BrowserContext } from 'playwright-core'
import { createDemo } from '../../demo/server/app.mjs'

const DAY = 86_400_000

/** Days from today to 16 June 2026: half of a cycle of 30 days is left then. */
const toJune16 = (Date.UTC(2026, 5, 16) - Math.floor(Date.now() / DAY) * DAY) / DAY

export interface Demo {
  readonly url: string
  close(): Promise<void>
}

export async function openDemo(options: NonNullable<Parameters<typeof createDemo>[0]> = {}): Promise<Demo> {
  const server = createDemo(options)
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve())
        server.closeAllConnections()
      }),
  }
}

/** A folder without Plimsoll's script in it: the demo as it is where the script is blocked. */
export const noScript = (): string => mkdtempSync(join(tmpdir(), 'plimsoll-none-'))

/** Sets the demo's clock in a browser that has not been there yet. */
export async function setClock(context: BrowserContext, url: string, days = toJune16): Promise<void> {
  await context.addCookies([{ name: 'acme-days', value: String(days), url }])
}

/** Asks the server as one browser would, keeping its cookie. */
export function visitor(url: string, id = crypto.randomUUID()) {
  const headers = { cookie: `acme=${id}; acme-days=${toJune16}`, 'content-type': 'application/json' }
  const answer = async (response: Response) => ({ status: response.status, body: await response.json() })
  return {
    id,
    get: async (path: string) => answer(await fetch(url + path, { headers })),
    post: async (path: string, body: unknown) =>
      answer(await fetch(url + path, { method: 'POST', headers, body: JSON.stringify(body) })),
  }
}

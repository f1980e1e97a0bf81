import { afterEach, expect, test, vi } from 'vitest'
import { fetchText } from '../../packages/sdk/src/browser/fetchText.ts'

afterEach(() => vi.restoreAllMocks())

const answer = (body: BodyInit | null, init?: ResponseInit, url = `${location.origin}/triggers.json`) => {
  const response = new Response(body, init)
  Object.defineProperty(response, 'url', { value: url })
  return vi.spyOn(window, 'fetch').mockResolvedValue(response)
}

test('asks as it is told, and sends cookies to its own origin only, as fetch does by itself', async () => {
  const fetch = answer('{}')
  await fetchText('/triggers.json', { cache: 'no-store' })
  expect(fetch.mock.calls[0]?.[1]).toEqual({ cache: 'no-store', signal: expect.any(AbortSignal) })
})

test('takes an address relative to the page', async () => {
  answer('{"version":1}')
  expect(await fetchText('triggers.json')).toBe('{"version":1}')
})

test('takes what a service worker or a stand-in answers without an address', async () => {
  answer('{}', {}, '')
  expect(await fetchText('/triggers.json')).toBe('{}')
})

test('says that the browser is offline', async () => {
  vi.spyOn(window, 'fetch').mockRejectedValue(new TypeError('Failed to fetch'))
  vi.spyOn(navigator, 'onLine', 'get').mockReturnValue(false)
  await expect(fetchText('/triggers.json')).rejects.toThrow('/triggers.json: offline')
})

test('refuses the page that a single-page app answers to everything', async () => {
  answer('<!doctype html>', { headers: { 'content-type': 'text/html; charset=utf-8' } })
  await expect(fetchText('/triggers.json')).rejects.toThrow('/triggers.json: HTML, not JSON')
})

test('says that a file is too long, where the browser itself says only that it failed', async () => {
  answer('x'.repeat(1_000_001))
  await expect(fetchText('/triggers.json')).rejects.toThrow('/triggers.json: over 1000000 bytes')
})

import { mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { type Demo, openDemo, visitor } from '../demo/openDemo.ts'

const folder = () => mkdtempSync(join(tmpdir(), 'plimsoll-demo-'))
const emails = (count: number) => Array.from({ length: count }, (_, index) => `person${index + 1}@acme.test`)

let demo: Demo
beforeEach(async () => {
  demo = await openDemo()
})
afterEach(() => demo.close())

test.each([
  '/',
  '/projects',
  '/billing/upgrade?plan=pro',
  '/app.js',
  '/app.css',
  '/triggers.json',
  '/api/context',
  '/none.js',
])('sends the strict policy with %s', async (path) => {
  const response = await fetch(demo.url + path)
  expect(response.headers.get('content-security-policy')).toBe(
    "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; require-trusted-types-for 'script'; trusted-types 'none'",
  )
})

test('refuses the 11th seat whatever the browser says', async () => {
  const ana = visitor(demo.url)
  expect(await ana.post('/api/invites', { emails: emails(2), limit: 50, plan: 'business' })).toMatchObject({
    status: 201,
  })
  expect(await ana.post('/api/invites', { emails: ['eleventh@acme.test'], limit: 50 })).toMatchObject({
    status: 409,
    body: { error: 'seat_limit', used: 10, limit: 10, requested: 1, remaining: 0 },
  })
  expect((await ana.get('/api/context')).body.usage.seats).toEqual({ used: 8, limit: 10, pending: 2 })
})

test('keeps each browser to itself', async () => {
  const ana = visitor(demo.url)
  await ana.post('/api/projects', { name: 'Tide tables' })
  expect((await ana.get('/api/context')).body.usage.projects).toEqual({ used: 83 })
  expect((await visitor(demo.url).get('/api/context')).body.usage.projects).toEqual({ used: 82 })
})

test('loses nothing when it is started anew', async () => {
  const state = join(folder(), 'demo.json')
  const first = await openDemo({ state })
  const ana = visitor(first.url)
  await ana.post('/api/billing', { plan: 'pro', due: 3500 })
  await first.close()

  const second = await openDemo({ state })
  const { body } = await visitor(second.url, ana.id).get('/api/context')
  await second.close()
  expect(body.account.plan).toBe('pro')
})

test('begins anew where its file was cut short', async () => {
  const state = join(folder(), 'demo.json')
  writeFileSync(state, '{"version":1,"workspa')
  const broken = await openDemo({ state })
  const answer = await visitor(broken.url).get('/api/context')
  await broken.close()
  expect(answer).toMatchObject({ status: 200, body: { usage: { projects: { used: 82 } } } })
})

test('serves triggers.json as it stands at each request', async () => {
  const triggers = join(folder(), 'triggers.json')
  writeFileSync(triggers, '{"version":1}')
  const edited = await openDemo({ triggers })
  const first = await fetch(`${edited.url}/triggers.json`)
  expect(await first.json()).toEqual({ version: 1 })
  writeFileSync(triggers, '{"version":1,"product":"Edited"}')
  const second = await fetch(`${edited.url}/triggers.json`, {
    headers: { 'if-none-match': first.headers.get('etag') ?? '' },
  })
  expect(await second.json()).toEqual({ version: 1, product: 'Edited' })
  await edited.close()
})

test('charges the quoted amount, and says what it was for', async () => {
  const ana = visitor(demo.url)
  const { body: quote } = await ana.get('/api/billing/quote?seats=4')
  expect(quote).toMatchObject({
    daysLeft: 15,
    days: 30,
    difference: 3200,
    due: 1600,
    renewsAt: '2026-07-01T00:00:00.000Z',
  })
  const paid = await ana.post('/api/billing', { seats: 4, due: quote.due })
  expect(paid.body.state.charges).toEqual([{ at: expect.any(Number), what: '4 seats, 15 of 30 days', cents: 1600 }])
  expect((await ana.get('/api/context')).body.usage.seats.limit).toBe(14)
})

test('takes changes as JSON only, so that no form of another site can make one', async () => {
  const body = new URLSearchParams({ plan: 'pro', due: '3500' })
  const response = await fetch(`${demo.url}/api/billing`, { method: 'POST', body })
  expect(response.status).toBe(415)
})

test.each([
  '/..%2fserver%2fapp.mjs',
  '/plimsoll/..%2f..%2fpackage.json',
  '/%2e%2e%2fserver.mjs',
  '/%E0%A4%A.js',
  '/a%00.js',
])('gives nothing away at %s', async (path) => {
  const response = await fetch(demo.url + path)
  expect([400, 404]).toContain(response.status)
  expect(Object.keys(await response.json())).toEqual(['error'])
})

test('writes a spreadsheet in which no name is run as a formula', async () => {
  const ana = visitor(demo.url)
  await ana.post('/api/projects', { name: '=HYPERLINK("http://x")' })
  const response = await fetch(`${demo.url}/api/reports.csv`, { headers: { cookie: `acme=${ana.id}` } })
  const [head, first] = (await response.text()).split('\r\n')
  expect(head).toBe('"name","owner","status"')
  expect(first).toBe(`"'=HYPERLINK(""http://x"")","Ana Ruiz","Active"`)
})

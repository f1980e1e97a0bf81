/** What is left in the browser of a visitor's life, read back from wherever a page can keep anything. */

import type { BrowserContext, Page } from 'playwright-core'
import { afterAll, afterEach, beforeEach, expect, test } from 'vitest'
import { fieldsUnder } from '../sdk/dataPage.ts'
import {
  action,
  arrive,
  ask,
  block,
  call,
  closeBrowser,
  event,
  exampleConfig,
  type Host,
  mishaps,
  near,
  newVisitor,
  reasons,
  record,
  settled,
  soon,
  startHost,
  widget,
} from './host.ts'
import { plain } from './stored.ts'

let host: Host
let visitor: BrowserContext
let page: Page

beforeEach(async () => {
  visitor = await newVisitor()
  page = await visitor.newPage()
})
afterEach(async () => {
  await visitor.close()
  await host.close()
})
afterAll(closeBrowser)

/** Everything that an origin can keep, by the place it stands in. */
interface Kept {
  readonly databases: { readonly [name: string]: { readonly [store: string]: readonly (readonly [string, any])[] } }
  readonly localStorage: { readonly [key: string]: string }
  readonly sessionStorage: { readonly [key: string]: string }
  readonly caches: readonly string[]
  readonly files: readonly string[]
  readonly cookies: string
}

async function everything(): Promise<Kept> {
  const kept = await page.evaluate(async () => {
    const done = (request: IDBRequest) =>
      new Promise<any>((resolve, reject) => {
        request.onsuccess = () => resolve(request.result)
        request.onerror = reject
      })
    const databases: { [name: string]: { [store: string]: (readonly [string, unknown])[] } } = {}
    for (const { name = '' } of await indexedDB.databases()) {
      const db: IDBDatabase = await done(indexedDB.open(name))
      const stores: { [store: string]: (readonly [string, unknown])[] } = {}
      for (const storeName of db.objectStoreNames) {
        const store = db.transaction(storeName).objectStore(storeName)
        const [keys, values] = await Promise.all([done(store.getAllKeys()), done(store.getAll())])
        stores[storeName] = keys.map((key: IDBValidKey, i: number) => [String(key), values[i]] as const)
      }
      db.close()
      databases[name] = stores
    }
    const files: string[] = []
    for await (const name of ((await navigator.storage.getDirectory()) as any).keys()) files.push(name)
    return {
      databases,
      localStorage: { ...localStorage },
      sessionStorage: { ...sessionStorage },
      caches: await caches.keys(),
      files,
      cookies: document.cookie,
    }
  })
  return { ...kept, cookies: `${kept.cookies}${JSON.stringify(await visitor.cookies())}` }
}

/** Paths of what is stored, those of lists without their places in it. */
function pathsIn(value: unknown, path = ''): string[] {
  if (Array.isArray(value)) return value.length ? value.flatMap((item) => pathsIn(item, path)) : [path]
  if (typeof value !== 'object' || !value || !Object.keys(value).length) return [path]
  return Object.entries(value).flatMap(([key, item]) =>
    pathsIn(item, path ? `${path}.${key.replaceAll('.', ' ')}` : key),
  )
}

/** Whether a path is one of those that the page of the docs lists, where `*` is any name; what is empty has no names yet. */
function isListed(listed: readonly string[]): (path: string) => boolean {
  const known = listed.map((one) => one.split('.'))
  return (path) => {
    const steps = path.split('.')
    return known.some((one) => one.every((step, i) => i >= steps.length || step === '*' || step === steps[i]))
  }
}

const traits = {
  user: {
    id: 'ana@mail.example',
    name: 'Ana Zuckerbrot',
    email: 'ana.zuckerbrot@mail.example',
    role: 'admin',
    phone: '+49 30 5550199',
    locale: 'en-GB',
    nested: { deep: ['Wendelstein'] },
  },
  account: { id: 'umbrella-corp', plan: 'starter', name: 'Umbrella Corp', health: 87, city: 'Raccoon' },
}

test('stores hashes, times and counts under the names of the file: no trait, copy, query or address', async () => {
  const asked = new Set<string>()
  page.on('request', (request) => asked.add(request.url().replace(host.origin, '').replace(/\?.*/, '')))
  page.on('websocket', (socket) => asked.add(socket.url()))
  const body = `<input data-plimsoll-search aria-label="Search"><button data-plimsoll-feature="sso">SSO</button>
    <div data-plimsoll-slot="team"></div>`
  const triggers = [
    { id: 'projects-80', type: 'limit_approaching', resource: 'projects', copy: { title: 'Quite a lot, {user.name}' } },
    { id: 'sso-discovery', type: 'feature_discovery', feature: 'sso' },
    { id: 'team-growth', type: 'team_growth' },
    { id: 'exports', type: 'usage_milestone', metric: 'export_made', milestones: [2, 20, 200], surface: 'toast' },
  ]
  host = await startHost(exampleConfig({ triggers }), {
    script: `${record}plimsoll('identify', ${JSON.stringify(traits)});plimsoll('usage', { projects: { used: 82 } })`,
    body,
    routes: plain,
  })
  await arrive(page, host, '/walrus/harbour?token=cormorant#lighthouse')
  await event(page, 'impression', 'projects-80')
  await action(page, 'snooze').click()
  await soon(() => widget(page, 'banner').count()).toBe(0)
  await page.getByRole('textbox').fill('saml periwinkle')
  await page.keyboard.press('Enter')
  await page.getByRole('button', { name: 'SSO' }).click()
  await widget(page, 'tooltip').waitFor()
  await page.keyboard.press('Escape')
  for (let i = 0; i < 3; i++) await call(page, 'track', 'export_made', { filename: 'pelican.csv' })
  await call(page, 'optOut', 'usage_milestone')
  await call(page, 'usage', { seats: { used: 10, limit: 10 } })
  await ask(page, 'invite', { seats: 2, emails: ['bo@mail.example'] })
  await block(page).waitFor()
  await action(page, 'primary').click()
  await page.waitForURL(/billing/)
  await page.goto(`${host.origin}/plain`)

  const kept = await everything()
  expect(kept).toMatchObject({ sessionStorage: {}, caches: [], files: [], cookies: '[]' })
  expect(Object.keys(kept.databases)).toEqual(['plimsoll'])
  expect(Object.keys(kept.databases.plimsoll ?? {})).toEqual(['ledger'])
  const records = kept.databases.plimsoll?.ledger ?? []
  const isFile = ([key]: readonly [string, unknown]): boolean => key.startsWith('config:')
  const [file, ...otherFiles] = records.filter(isFile)
  expect(otherFiles).toEqual([])

  // Of the person nothing: neither in a key nor in a value.
  const own = records.filter((one) => !isFile(one))
  const text = JSON.stringify([own, kept.localStorage]).toLowerCase()
  expect(text).toContain('projects-80')
  const words = [
    ...JSON.stringify(traits).match(/[\w+@.-]+/g)!,
    ...'walrus harbour cormorant lighthouse saml periwinkle pelican bo@mail 127.0.0.1 http billing Quite Upgrade'.split(
      ' ',
    ),
    await page.evaluate(() => navigator.userAgent),
  ].filter((word) => word.length > 4)
  // The plan's id is the one trait that is kept, and `name`, `user`, `role` are no words of a record either.
  const told = words.filter((word) => !/^(starter|plan|account)$/.test(word) && text.includes(word.toLowerCase()))
  expect(told).toEqual([])
  expect(JSON.stringify(file)).not.toMatch(/mail\.example|Zuckerbrot|umbrella/i)

  // And nothing but what the page of the docs lists.
  const counter = fieldsUnder('A counter')
  const account = fieldsUnder('Of an account').flatMap((name) =>
    name === 'counters.*' ? counter.map((field) => `counters.*.${field}`) : name,
  )
  const ledger = fieldsUnder('The record of a user').flatMap((name) =>
    name === 'accounts.*'
      ? account.map((field) => `accounts.*.${field}`)
      : name === 'features.*'
        ? counter.map((field) => `features.*.${field}`)
        : name,
  )
  const entry = fieldsUnder('What is not yet in the record').flatMap((name) =>
    name === 'intent' ? account.filter((field) => field.startsWith('intent.')) : name,
  )
  const entries = own.filter(([key]) => key.includes('\n'))
  const ledgers = own.filter(([key]) => !key.includes('\n'))
  expect(ledgers.map(([key]) => key)).toEqual([expect.stringMatching(/^u[0-9a-z]{14}$/)])
  expect(ledgers.flatMap(([, value]) => pathsIn(value)).filter((path) => !isListed(ledger)(path))).toEqual([])
  expect(entries.flatMap(([, value]) => pathsIn(value)).filter((path) => !isListed(entry)(path))).toEqual([])
  expect(Object.keys(file?.[1])).toEqual(fieldsUnder('The checked file'))

  // Nor was anything sent anywhere: the only requests are for the host's own files.
  const files =
    /^\/(favicon\.ico|host\.js|triggers\.json|plain|walrus\/harbour|billing\/seats|plimsoll\/plimsoll(-[a-zA-Z]+)?\.js)?(#.*)?$/
  expect([...asked].filter((url) => !files.test(url))).toEqual([])
})

test('remembers who opted out by a hash and the types, of a known user and of nobody known', async () => {
  host = await startHost(exampleConfig(), { script: record, routes: plain })
  await arrive(page, host)
  await call(page, 'optOut', 'limit_approaching')
  await call(page, 'identify', traits)
  await call(page, 'optOut', 'team_growth')
  await page.goto(`${host.origin}/plain`)
  const { databases, localStorage } = await everything()
  const records = (databases.plimsoll?.ledger ?? []).filter(([key]) => !key.startsWith('config:'))
  expect(JSON.stringify([records, localStorage])).not.toMatch(/zuckerbrot|umbrella|@|mail\./i)
  const keys = new Set(records.map(([key]) => key.split('\n')[0]))
  expect([...keys]).toEqual(['anonymous', expect.stringMatching(/^u[0-9a-z]{14}$/)])
  expect(records.filter(([key]) => key.startsWith('anonymous'))).toEqual([['anonymous', false]])
  host.options = { ...host.options, script: `${record}plimsoll('identify', ${JSON.stringify(traits)})` }
  await arrive(page, host)
  expect(await reasons(page, 'projects-80')).toContain('opted_out')
  expect(await reasons(page, 'team-growth')).toContain('opted_out')
  expect(await reasons(page, 'sso-discovery')).not.toContain('opted_out')
})

test('opting out in the midst of a prompt, at whatever moment, leaves none in any tab, then or after a reload', async () => {
  host = await startHost(exampleConfig(), { script: near, routes: plain })
  for (const wait of [0, 20, 300]) {
    const someone = await newVisitor()
    const other = await someone.newPage()
    await arrive(other, host)
    const tab = await someone.newPage()
    await tab.goto(host.origin)
    await tab.evaluate(
      (ms) =>
        new Promise<void>((done) => {
          const optOut = () => setTimeout(() => (window as any).plimsoll.optOut().then(done), ms)
          if ((window as any).seen.length) optOut()
          else addEventListener('plimsoll:ready', optOut, { once: true })
        }),
      wait,
    )
    await event(tab, 'ready')
    await settled(tab)
    for (const one of [tab, other]) await soon(() => widget(one, 'banner').count()).toBe(0)
    await arrive(tab, host)
    for (const one of [tab, other]) {
      await call(one, 'usage', { projects: { used: 97 } })
      expect([wait, await reasons(one, 'projects-80')]).toEqual([wait, expect.arrayContaining(['opted_out'])])
      expect([wait, await widget(one, 'banner').count(), await mishaps(one)]).toEqual([wait, 0, []])
    }
    await someone.close()
  }
})

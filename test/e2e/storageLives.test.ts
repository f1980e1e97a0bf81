/** Storage that changes under an open page, belongs to a frame's own site, or is spoiled on the disk. */

import { readdir, rm, truncate, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { ana, exampleConfig, type Host, record, soon, startHost } from './host.ts'
import { launchWhole, openIn, type Puppet, type PuppetPage, withProfile } from './profile.ts'
import { found, markup, plain } from './stored.ts'
import { nextAlone, nextVersion } from './strangePages.ts'

/** Shown as often as caps allow, until it is refused. */
const config = exampleConfig({
  triggers: [
    {
      id: 'projects-80',
      type: 'limit_approaching',
      resource: 'projects',
      frequency: null,
      suppress: { dismissals: 1, quiet: '30d' },
    },
    { id: 'team-growth', type: 'team_growth' },
  ],
})
const script = `${record}${ana}plimsoll('usage', { projects: { used: 82 }, seats: { used: 10, limit: 10 } })`
const GONE = 'The ledger was forgotten or evicted: nothing but blocks shows until the next load.'

let host: Host
beforeEach(async () => {
  host = await startHost(config, { script, routes: plain })
})
afterEach(() => host.close())

type Frame = Pick<PuppetPage, 'evaluate'>
const count = (page: Frame, type: string): Promise<number> =>
  page.evaluate((wanted) => (window as any).seen.filter((one: any) => one.type === wanted).length, type)
const errors = (page: Frame): Promise<string[]> =>
  page.evaluate(() => (window as any).seen.flatMap((one: any) => (one.type === 'error' ? [one.message] : [])))
const mishaps = (page: Frame): Promise<unknown[]> =>
  page.evaluate(() => [...(window as any).violations, ...(window as any).failures])
const why = (page: Frame): Promise<string[]> =>
  page.evaluate(async () =>
    (await (window as any).plimsoll.explain('projects-80'))[0].reasons.map((one: any) => one.reason),
  )
const say = (page: Frame, method: string, ...args: unknown[]): Promise<unknown> =>
  page.evaluate((name, given) => (window as any).plimsoll[name](...given), method, args)
/** Refuses what stands, and waits until that is known. */
async function refuse(page: Frame): Promise<void> {
  await soon(() => count(page, 'impression')).toBe(1)
  await say(page, 'dismiss', 'projects-80')
  await soon(() => why(page)).toContain('quiet')
}
/** Asks for more seats than there are, and leaves the block that stands for it. */
async function isBlocked(page: Frame): Promise<void> {
  await page.evaluate(() => void (window as any).plimsoll.guard('invite', { seats: 2 }))
  await soon(() => count(page, 'block')).toBe(1)
  await say(page, 'close', 'team-growth')
}

describe('in an open page', () => {
  let puppet: Puppet
  beforeEach(async () => {
    puppet = await launchWhole()
  })
  afterEach(() => puppet.close())

  test.each([
    ['while its prompt stands', true],
    ['before it is opened', false],
  ])(
    'a later version in another tab, whose database and record are of another form, takes over: %s',
    async (_, isFirst) => {
      const later = (code: string): string =>
        code
          .replace(/(onupgradeneeded=\(\)=>)(\w+\.result)/, '$1$2.objectStoreNames.length||$2')
          .replace(/(indexedDB\.open\(\w+,)1\)/, '$12)')
          .replaceAll('{v:1,', '{v:2,')
          .replaceAll(',v:1,', ',v:2,')
          .replace(/(=="number"&&\w+>|==`number`&&\w+>)1/, '$12')
      host.options = { ...host.options, routes: { ...plain, ...nextVersion(later), '/later': markup(nextAlone) } }
      const old = isFirst ? await openIn(puppet, host.origin) : undefined
      if (old) await soon(() => count(old, 'impression')).toBe(1)
      const next = await openIn(puppet, `${host.origin}/later`)
      if (!old) await soon(() => count(next, 'impression')).toBe(1)
      const page = old ?? (await openIn(puppet, host.origin))
      await say(page, 'dismiss', 'projects-80')
      await soon(() => errors(page)).toEqual([expect.stringMatching(/^The ledger cannot be read or written/)])
      await isBlocked(page)
      // The later one goes on, and knows what the other had counted before.
      await isBlocked(next)
      const records = Object.values((await found(next as never)).records)
      expect(records.flatMap((record: any) => (record?.accounts ? [record.v] : []))).toEqual([isFirst ? 1 : 2])
      expect(await Promise.all([page, next].map((one) => count(one, 'impression')))).toEqual(old ? [1, 0] : [0, 1])
      expect([await errors(next), await mishaps(next), await mishaps(page)]).toEqual([[], [], []])
      // What was refused where nothing could be written any more is known at the next load.
      if (!isFirst) return
      await next.reload()
      await soon(() => why(next)).toContain('quiet')
    },
  )

  test('what the browser evicts is not shown again before the next load: one error says so, blocks stand, nothing is stored, and that load begins anew', async () => {
    const page = await openIn(puppet, host.origin)
    await refuse(page)
    const client = await page.createCDPSession()
    await client.send('Storage.clearDataForOrigin', { origin: host.origin, storageTypes: 'all' })
    await say(page, 'usage', { projects: { used: 83 } })
    expect(await why(page)).toContain('quiet')
    // Looked at anew, it reads anew.
    const other = await puppet.newPage()
    await soon(() => page.evaluate(() => document.visibilityState)).toBe('hidden')
    await other.close()
    await page.bringToFront()
    await soon(() => why(page)).toContain('consent')
    await soon(() => errors(page)).toEqual([GONE])
    await say(page, 'usage', { projects: { used: 84 } })
    expect([await count(page, 'impression'), await errors(page)]).toEqual([1, [GONE]])
    await isBlocked(page)
    const { records, items } = await found(page)
    expect([records, items]).toEqual([{}, {}])
    await page.reload()
    await soon(() => count(page, 'impression')).toBe(1)
    expect([await errors(page), await mishaps(page)]).toEqual([[], []])
  })

  test.each([
    ['forgets', 'forget', []],
    ['withdraws consent for', 'consent', [false]],
  ])(
    'what another tab %s is no eviction: no error says so, nothing more shows, and the next visit begins anew',
    async (_, method, given) => {
      const page = await openIn(puppet, host.origin)
      await refuse(page)
      const other = await openIn(puppet, host.origin)
      await soon(() => why(other)).toContain('quiet')
      await say(other, method, ...given)
      await soon(() => why(page)).not.toContain('quiet')
      await page.bringToFront()
      await say(page, 'usage', { projects: { used: 84 } })
      await isBlocked(page)
      expect([await count(page, 'impression'), await errors(page), await errors(other)]).toEqual([1, [], []])
      await page.reload()
      await soon(() => count(page, 'impression')).toBe(1)
      expect([await errors(page), await mishaps(page)]).toEqual([[], []])
    },
  )

  test('neither another user nor a first identify is an eviction: each has a record of their own, and who was nobody keeps what they refused', async () => {
    const page = await openIn(puppet, host.origin)
    await refuse(page)
    const account = { id: 'acme', plan: 'starter' }
    await say(page, 'identify', { user: { id: 'ben', role: 'admin' }, account })
    await say(page, 'usage', { projects: { used: 83 }, seats: { used: 10, limit: 10 } })
    await soon(() => count(page, 'impression')).toBe(2)
    await say(page, 'reset')
    await say(page, 'identify', { account })
    await say(page, 'usage', { projects: { used: 84 } })
    await soon(() => count(page, 'impression')).toBe(3)
    await say(page, 'dismiss', 'projects-80')
    await say(page, 'identify', { user: { id: 'cleo', role: 'admin' }, account })
    await soon(() => why(page)).toContain('quiet')
    expect([await errors(page), await mishaps(page)]).toEqual([[], []])
  })

  test('a record that a later version writes while a prompt stands is left alone, refusals and all, and nothing more shows', async () => {
    const page = await openIn(puppet, host.origin)
    await soon(() => count(page, 'impression')).toBe(1)
    const later = { v: 2, id: 'x', shape: 'unknown' }
    /** Everything of this user that is stored, the record itself first. */
    const stored = (write?: object): Promise<unknown[]> =>
      page.evaluate(async (value) => {
        const request = indexedDB.open('plimsoll')
        await new Promise((done) => {
          request.onsuccess = done
        })
        const store = request.result.transaction('ledger', 'readwrite').objectStore('ledger')
        const keys = store.getAllKeys()
        await new Promise((done) => {
          keys.onsuccess = done
        })
        const name = keys.result.find((key) => !/^(config:|anonymous)|\n|aside/.test(`${key}`)) as string
        if (value) store.put(value, name)
        const all = store.getAll(IDBKeyRange.bound(name, `${name}\v`))
        await new Promise((done) => {
          all.onsuccess = done
        })
        request.result.close()
        return all.result
      }, write)
    await stored(later)
    await say(page, 'dismiss', 'projects-80')
    await soon(() => stored()).toMatchObject([later, { t: 'dismissed' }])
    await say(page, 'usage', { projects: { used: 90 } })
    await soon(() => errors(page)).toEqual(['The ledger was written by a later version: nothing but blocks shows.'])
    expect(await count(page, 'impression')).toBe(1)
    await isBlocked(page)
    expect([(await stored())[0], await mishaps(page)]).toEqual([later, []])
  })

  test('a frame of another site has a record of its own, which the site itself knows nothing of', async () => {
    const outer = await startHost(config, {
      routes: {
        '/outer': async () => ({
          ...(await markup('', `<iframe src="${host.origin}/" width="900" height="600"></iframe>`)()),
          headers: { 'content-security-policy': 'frame-src *' },
        }),
      },
    })
    try {
      // Another site by its name.
      const around = await puppet.newPage()
      await around.goto(`${outer.origin.replace('127.0.0.1', 'localhost')}/outer`)
      const frame = await around.waitForFrame((one) => one.url().startsWith(host.origin))
      await refuse(frame)
      await around.reload()
      const again = await around.waitForFrame((one) => one.url().startsWith(host.origin))
      await soon(() => why(again)).toContain('quiet')
      await isBlocked(again)
      expect([await count(again, 'impression'), await errors(again), await mishaps(again)]).toEqual([0, [], []])

      const page = await openIn(puppet, host.origin)
      await soon(() => count(page, 'impression')).toBe(1)
    } finally {
      await outer.close()
    }
  })
})

describe('files of the profile that are spoiled while no browser runs', () => {
  const LOST = /^The ledger cannot be read or written: nothing but blocks shows until it can\./

  test.each([
    [
      'an emptied manifest',
      async (folder: string, files: string[]) => {
        for (const file of files.filter((one) => one.startsWith('MANIFEST'))) await truncate(join(folder, file))
      },
    ],
    [
      'garbage for a log',
      async (folder: string, files: string[]) => {
        for (const file of files.filter((one) => one.endsWith('.log')))
          await writeFile(join(folder, file), 'garbage'.repeat(500))
      },
    ],
    [
      'a file in place of the folder',
      async (folder: string) => {
        await rm(folder, { recursive: true })
        await writeFile(folder, 'none')
      },
    ],
  ])(
    '%s: one error at most, the host unharmed, blocks stand, and it works once it can',
    async (_, spoil) => {
      await withProfile(async (launch, profile) => {
        const before = await launch()
        await refuse(await openIn(before, host.origin))
        await before.close()
        const name = `${host.origin.replace(/[:/]+/g, '_')}.indexeddb.leveldb`
        const folder = join(profile, 'Default', 'IndexedDB', name)
        await spoil(folder, await readdir(folder))

        const after = await launch()
        const page = await openIn(after, host.origin)
        await isBlocked(page)
        const told = await errors(page)
        expect([told.length <= 1, told.filter((message) => !LOST.test(message)), await mishaps(page)]).toEqual([
          true,
          [],
          [],
        ])
        if (!told.length) return soon(() => count(page, 'impression')).toBe(1)
        expect(await count(page, 'impression')).toBe(0)
        await after.close()
        await rm(folder)
        const mended = await openIn(await launch(), host.origin)
        await soon(() => count(mended, 'impression')).toBe(1)
        expect(await errors(mended)).toEqual([])
      })
    },
    60_000,
  )
})

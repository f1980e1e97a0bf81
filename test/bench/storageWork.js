// The work of the `storage` part in each tab: the ledger's own store and keeper, and the least that could be in their place.
import { indexedDbStore } from '../../packages/sdk/src/browser/indexedDbStore.ts'
import { parseConfig } from '../../packages/sdk/src/config/index.ts'
import { emptyContext, identify, reportUsage } from '../../packages/sdk/src/core/context.ts'
import { reserve } from '../../packages/sdk/src/core/reserve.ts'
import { prepareRules } from '../../packages/sdk/src/core/rules.ts'
import { keepSession } from '../../packages/sdk/src/core/session.ts'
import { keepLedger } from '../../packages/sdk/src/state/keepLedger.ts'

const { config } = parseConfig({
  version: 1,
  plans: [
    { id: 'starter', name: 'Starter', limits: { projects: 100 } },
    { id: 'pro', name: 'Pro', limits: { projects: 1000 } },
  ],
  triggers: [{ id: 'projects-80', type: 'limit_approaching', resource: 'projects' }],
})
const rules = prepareRules(config, (day) => Date.parse(day))
const who = identify(emptyContext, { user: { id: 'ana' }, account: { id: 'acme', plan: 'starter' } })
const noJournal = { add() {}, remove() {}, entries: () => [], clear() {} }
const newId = () => Math.random().toString(36).slice(2, 10)
const tab = newId()

function inputAt(ledger, now) {
  return {
    rules,
    context: reportUsage(who, { projects: { used: 82, pending: 0, askedAt: now } }, now),
    ledger,
    accountKey: 'a',
    now,
    page: {
      tab,
      visible: true,
      typingUntilAt: 0,
      dialog: false,
      paused: false,
      consent: true,
      storage: true,
      activeAt: now,
      hashBy: 'account',
      hasPlace: () => true,
    },
  }
}

/** Opens the bare database, whose one record is as plain as can be. */
const openBare = () =>
  new Promise((done, fail) => {
    const request = indexedDB.open('bare', 1)
    request.onupgradeneeded = () => request.result.createObjectStore('s')
    request.onerror = fail
    request.onsuccess = () => done(request.result)
  })
const readBare = (db) =>
  new Promise((done, fail) => {
    const request = db.transaction('s').objectStore('s').get('k')
    request.onerror = fail
    request.onsuccess = () => done(request.result)
  })

/** What each does in one round; the two do as much as each other, so that as many wait for it. */
const works = {
  async plimsoll(note) {
    let from = performance.now()
    const store = indexedDbStore('ours')
    await store.read(['u'])
    note('open and read', from)

    from = performance.now()
    await store.read(['u'])
    note('read', from)

    const isUs = () => 'anonymous'
    const yes = () => true
    const no = () => false
    const keeper = keepLedger(() => store, noJournal, Date.now, newId, console.error, yes, no, isUs)
    await keeper.load()
    from = performance.now()
    await keeper.update((ledger, now) => {
      const kept = keepSession(ledger, now, now, newId())
      const result = reserve(inputAt(kept, now), 'projects-80', newId())
      note('reservation answered', from)
      return { ledger: result.ledger, result: undefined }
    })
    note('reservation committed', from)
    store.close()
  },
  async bare(note) {
    let from = performance.now()
    const db = await openBare()
    await readBare(db)
    note('open and read', from)

    from = performance.now()
    await readBare(db)
    note('read', from)

    await readBare(db)
    from = performance.now()
    await new Promise((done, fail) => {
      const tx = db.transaction('s', 'readwrite')
      const s = tx.objectStore('s')
      const request = s.get('k')
      request.onsuccess = () => {
        const { n = 0, at = 0 } = request.result ?? {}
        if (at <= Date.now()) s.put({ n: n + 1, at: Date.now() }, 'k')
        note('reservation answered', from)
        tx.commit()
      }
      tx.oncomplete = done
      tx.onabort = fail
    })
    note('reservation committed', from)
    db.close()
  },
}

/**
 * Milliseconds for each step of one of the two.
 *
 * @param {'plimsoll' | 'bare'} which
 * @param {number} rounds
 */
export async function run(which, rounds) {
  const times = {}
  const note = (name, from) => {
    times[name] ??= []
    times[name].push(performance.now() - from)
  }
  for (let i = 0; i < rounds; i++) await works[which](note)
  return times
}

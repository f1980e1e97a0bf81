/**
 * Tabs of one browser around the real engine: each in a realm of its own, with its own document, timers and channels,
 * over one store that answers late. Time and chance are the world's, so that whatever happened can happen again.
 */

import { fileURLToPath } from 'node:url'
import { createContext, Script } from 'node:vm'
import type { Plimsoll, Prompt } from '@plimsoll/sdk'
import type { Rolldown } from 'vite'
import { build } from 'vite'
import type { LedgerStore, ShowOptions, Stored } from '../../../packages/sdk/src/ports.ts'

/** The engine of these sources as one script. */
export async function bundleEngine(): Promise<Script> {
  const entry = fileURLToPath(new URL('../../../packages/sdk/src/index.ts', import.meta.url))
  const made = (await build({
    configFile: false,
    logLevel: 'error',
    define: { 'process.env.NODE_ENV': '"production"' },
    build: {
      write: false,
      minify: false,
      target: 'es2022',
      lib: { entry, name: 'sdk', formats: ['iife'] },
      rolldownOptions: { output: { codeSplitting: false } },
    },
  })) as Rolldown.RolldownOutput[]
  return new Script(`${made[0]?.output[0].code};sdk`)
}

/** A prompt on screen. */
export interface Drawn {
  readonly tab: Tab
  readonly triggerId: string
  /** Whether the user has answered it: it is about to close. */
  answered: boolean
  answer(type: 'dismissed' | 'snoozed' | 'clicked' | 'stopped'): void
  /** Begins, or ends, to be seen. */
  look(): void
}

export interface Tab {
  readonly name: string
  readonly plimsoll: Plimsoll
  alive: boolean
  visible: boolean
  frozen: boolean
  /** Tells the page's listeners. */
  dispatch(type: string, more?: object): void
}

interface Task {
  readonly at: number
  readonly order: number
  /** Whose it is; a task of the browser's own runs whatever becomes of tabs. */
  readonly tab: Tab | undefined
  /** Whether it waits for a frozen tab: what was asked of the store is done meanwhile, and only the answer waits. */
  readonly parks: boolean
  readonly run: () => void
}

type Handler = (event: { readonly type: string }) => void

/** What listens: a window or a channel. */
function makeTarget() {
  const handlers = new Map<string, Set<Handler>>()
  return {
    addEventListener(type: string, handler: Handler, { signal }: { signal?: AbortSignal } = {}) {
      const set = handlers.get(type) ?? new Set()
      handlers.set(type, set.add(handler))
      signal?.addEventListener('abort', () => set.delete(handler))
    },
    dispatchEvent(event: { readonly type: string }) {
      for (const handler of [...(handlers.get(event.type) ?? [])]) handler(event)
      return true
    },
  }
}

/** A generator of chance that repeats. */
function chance(seed: number): () => number {
  let state = seed >>> 0
  return () => {
    state = (Math.imul(state ^ (state >>> 15), 0x2c1b3c6d) + 0x9e3779b9) >>> 0
    return ((state ^ (state >>> 13)) >>> 0) / 2 ** 32
  }
}

export interface Hears {
  /** A prompt comes on screen. */
  drawn(drawn: Drawn): void
  /** A prompt leaves the screen of a tab that lives. */
  gone(drawn: Drawn): void
  event(tab: Tab, type: string, detail: { readonly triggerId?: string; readonly [key: string]: unknown }): void
}

export type World = ReturnType<typeof makeWorld>

export function makeWorld(engine: Script, config: object, seed: number, hears: Hears) {
  const random = chance(seed)
  const tabs: Tab[] = []
  const channels: { tab: Tab; name: string; target: ReturnType<typeof makeTarget> }[] = []
  const screen = new Set<Drawn>()
  const values = new Map<string, unknown>()
  const entries = new Map<string, unknown[]>()
  const parked: Task[] = []
  let tasks: Task[] = []
  let mono = 1_000
  let offset = Date.UTC(2026, 10, 2, 9)
  let order = 0
  let storeAt = 0
  let storage: 'works' | 'rejects' | 'hangs' = 'works'

  const now = (): number => Math.floor(mono + offset)
  const later = (tab: Tab | undefined, ms: number, run: () => void, parks = true): Task => {
    const task = { at: mono + ms, order: order++, tab, run, parks }
    tasks.push(task)
    return task
  }
  /** How long a message or the disk takes. */
  const lag = (): number => 1 + Math.floor(random() * 6)

  const items = Object.create({
    getItem: (key: string) => items[key] ?? null,
    setItem(key: string, value: string) {
      items[key] = value
    },
    removeItem(key: string) {
      delete items[key]
    },
  }) as { [key: string]: string }
  // Only what is stored is listed.
  for (const name of Object.keys(Object.getPrototypeOf(items)))
    Object.defineProperty(Object.getPrototypeOf(items), name, { enumerable: false })

  const read = (keys: readonly string[]): Stored[] =>
    keys.map((key) => structuredClone({ value: values.get(key), appended: entries.get(key) ?? [] }))
  const drop = (key: string): void => {
    values.delete(key)
    entries.delete(key)
  }

  /** The one store, as a tab sees it: calls are made one after the other, late, and answered later still. */
  function storeOf(tab: Tab): LedgerStore {
    let answeredAt = 0
    const call = <T>(change: () => T, outlives = false) =>
      new Promise<T>((resolve, reject) => {
        storeAt = Math.max(storeAt, mono + lag())
        // What was written without reading may or may not outlive its tab.
        const perform = (): void => {
          if (storage === 'hangs') return
          let settle: () => void
          try {
            if (storage === 'rejects') throw new DOMException('full', 'QuotaExceededError')
            const answer = change()
            settle = () => resolve(answer)
          } catch (error) {
            settle = () => reject(error)
          }
          // In the order of the calls, as of transactions over the same store.
          answeredAt = Math.max(answeredAt, mono + lag())
          later(tab, answeredAt - mono, settle)
        }
        later(outlives && random() < 0.5 ? undefined : tab, storeAt - mono, perform, false)
      })
    return {
      read: (keys) => call(() => read(keys)),
      update: (keys, change) =>
        call(() => {
          const { values: next, result } = change(read(keys))
          keys.forEach((key, i) => {
            if (next[i] === undefined) return
            drop(key)
            if (next[i] !== null) values.set(key, structuredClone(next[i]))
          })
          return result
        }),
      append: (key, entry) =>
        call(() => void entries.set(key, [...(entries.get(key) ?? []), structuredClone(entry)]), true),
      clear: (keys = [...values.keys(), ...entries.keys()]) => call(() => keys.forEach(drop)),
    }
  }

  function rendererOf(tab: Tab) {
    return {
      show(prompt: Prompt, { onOutcome }: ShowOptions) {
        let looked = 0
        const drawn: Drawn = {
          tab,
          triggerId: prompt.triggerId,
          answered: false,
          answer(type) {
            drawn.answered = true
            const more = type === 'clicked' ? { action: 'primary', href: '/up' } : { by: 'button' }
            onOutcome({ type, ...more } as never)
          },
          look() {
            const mine = ++looked
            if (tab.visible && !tab.frozen)
              later(tab, 1000, () => looked === mine && screen.has(drawn) && onOutcome({ type: 'shown' }))
          },
        }
        screen.add(drawn)
        hears.drawn(drawn)
        drawn.look()
        return {
          drawn: Promise.resolve(true),
          update() {},
          close() {
            if (screen.delete(drawn)) hears.gone(drawn)
          },
        }
      },
    }
  }

  /** Runs what is due within so many milliseconds. */
  async function run(ms: number): Promise<void> {
    const until = mono + ms
    for (;;) {
      await new Promise((done) => setImmediate(done))
      const next = tasks.reduce<Task | undefined>(
        (first, task) =>
          task.at <= until && (!first || task.at < first.at || (task.at === first.at && task.order < first.order))
            ? task
            : first,
        undefined,
      )
      if (!next) break
      tasks = tasks.filter((task) => task !== next)
      mono = Math.max(mono, next.at)
      if (next.tab && !next.tab.alive) continue
      if (next.tab?.frozen && next.parks) parked.push(next)
      else next.run()
    }
    mono = until
  }

  function end(tab: Tab): void {
    tab.alive = false
    tasks = tasks.filter((task) => task.tab !== tab)
    for (const drawn of screen) if (drawn.tab === tab) screen.delete(drawn)
  }

  return {
    tabs,
    screen,
    now,
    run,
    /** What stands in the store, journal included. */
    stored: () => ({ values: Object.fromEntries(values), entries: Object.fromEntries(entries), items: { ...items } }),

    open(name: string): Tab {
      const page = makeTarget()
      const document = {
        get visibilityState() {
          return tab.visible ? 'visible' : 'hidden'
        },
        documentElement: { querySelector: () => null },
        querySelectorAll: () => [],
        activeElement: null,
        fullscreenElement: null,
        baseURI: 'http://host/',
      }
      const realm: { [name: string]: unknown } = {
        ...page,
        document,
        location: { pathname: '/', href: 'http://host/', origin: 'http://host' },
        navigator: { language: 'en' },
        localStorage: items,
        setTimeout: (fn: () => void, ms = 0) => later(tab, Math.max(1, ms) + Math.floor(random() * 3), fn),
        clearTimeout(task: Task) {
          for (const list of [tasks, parked]) if (list.includes(task)) list.splice(list.indexOf(task), 1)
        },
        structuredClone,
        performance: { now: () => mono },
        AbortController,
        CustomEvent,
        DOMException,
        URL,
        TextEncoder,
        BroadcastChannel: function (this: object, channel: string) {
          const target = makeTarget()
          const mine = { tab, name: channel, target }
          channels.push(mine)
          return {
            ...target,
            postMessage(data: unknown) {
              const copy = structuredClone(data)
              for (const other of channels) {
                if (other === mine || other.name !== channel || !other.tab.alive) continue
                const heard = { type: 'message', data: copy }
                later(other.tab, lag(), () => channels.includes(other) && other.target.dispatchEvent(heard))
              }
            },
            close: () => void channels.splice(channels.indexOf(mine), 1),
          }
        },
      }
      realm.window = realm
      const tab: Tab = {
        name,
        plimsoll: undefined as never,
        alive: true,
        visible: true,
        frozen: false,
        dispatch: (type, more) => page.dispatchEvent({ type, isTrusted: true, ...more } as { type: string }),
      }
      const context = createContext(realm)
      const chances = chance(Math.floor(random() * 2 ** 32))
      Object.assign(realm, { worldNow: now, worldRandom: chances })
      new Script('Date.now = worldNow; Math.random = worldRandom').runInContext(context)
      const { createPlimsoll } = engine.runInContext(context) as typeof import('@plimsoll/sdk')
      const plimsoll = createPlimsoll({ config: config as never, store: storeOf(tab), render: rendererOf(tab) })
      Object.assign(tab, { plimsoll })
      for (const type of ['impression', 'dismiss', 'snooze', 'click', 'withheld', 'error'] as const)
        plimsoll.on(type, (detail) => hears.event(tab, type, { ...detail }))
      tabs.push(tab)
      return tab
    },

    /** The process is gone: nothing is said, nothing more is written. */
    kill: end,

    close(tab: Tab): void {
      tab.dispatch('pagehide', { persisted: false })
      end(tab)
    },

    see(tab: Tab, visible: boolean): void {
      tab.visible = visible
      if (!tab.frozen) tab.dispatch('visibilitychange')
      for (const drawn of screen) if (drawn.tab === tab) drawn.look()
    },

    freeze(tab: Tab): void {
      tab.dispatch('freeze')
      tab.frozen = true
    },

    async thaw(tab: Tab): Promise<void> {
      tab.frozen = false
      // What came meanwhile is heard before anything new is begun, each in a task of its own.
      for (const task of parked.filter((one) => one.tab === tab)) {
        // One that was heard first may have cleared it.
        if (!parked.includes(task)) continue
        parked.splice(parked.indexOf(task), 1)
        task.run()
        await new Promise((done) => setImmediate(done))
      }
      tab.dispatch('resume')
    },

    setStorage(next: typeof storage): void {
      storage = next
    },

    setClock(ms: number): void {
      offset += ms
      for (const tab of tabs) if (tab.alive && !tab.frozen) tab.dispatch('focus')
    },
  }
}

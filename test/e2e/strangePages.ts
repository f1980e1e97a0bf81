/** What pages do to the browser's own before Plimsoll comes, and documents that are no ordinary ones. */

import { built, type HostOptions } from './host.ts'
import { hostScript, stub, tag } from './stored.ts'

/** Replaces every method by one that calls it, as a library that watches a page does. */
const wrapped = `
  for (const of of [Array, String, Map, Set, Promise, EventTarget, Node, Element, Document, History])
    for (const key of Object.getOwnPropertyNames(of.prototype)) {
      const was = Object.getOwnPropertyDescriptor(of.prototype, key)
      if (key === 'constructor' || typeof was.value !== 'function' || !was.writable) continue
      Object.defineProperty(of.prototype, key, { ...was, value(...args) { return Reflect.apply(was.value, this, args) } })
    }
`
const frozen = `
  for (const name of Object.getOwnPropertyNames(globalThis)) {
    const of = name === 'undefined' ? undefined : Reflect.getOwnPropertyDescriptor(globalThis, name)?.value
    if (typeof of === 'function' && of.prototype) Object.freeze(Object.freeze(of).prototype)
  }
`
/** A promise of a library's own. */
const promise = `
  const Real = Promise
  window.Promise = class Own {
    constructor(work) { this.real = new Real(work) }
    then(...args) { return Own.resolve(this.real.then(...args)) }
    catch(fail) { return this.then(undefined, fail) }
    static resolve(value) { return new Own((done) => done(value)) }
    static reject(why) { return new Own((_, fail) => fail(why)) }
    static all(list) { return Own.resolve(Real.all(list)) }
    static allSettled(list) { return Own.resolve(Real.allSettled(list)) }
    static race(list) { return Own.resolve(Real.race(list)) }
  }
`

/** Prompts show all the same. */
export const withstood: readonly (readonly [what: string, script: string])[] = [
  ['has wrapped the methods of every prototype', wrapped],
  ['has frozen every intrinsic', frozen],
  ['has a promise of its own', promise],
  [
    'has a fetch of its own',
    'const real = fetch; window.fetch = async (...args) => { const got = await real(...args); return new Response(await got.text(), { headers: got.headers }) }',
  ],
  [
    'teaches arrays and texts a toJSON of its own',
    "Array.prototype.toJSON = function () { return [...this].map((one) => one) }; Object.defineProperty(Date.prototype, 'toJSON', { value: () => 'no date' })",
  ],
  [
    'has no custom elements, channels, locks or navigation',
    "Object.defineProperty(window, 'customElements', { value: undefined }); delete window.BroadcastChannel; delete navigator.locks; delete window.navigation",
  ],
  [
    'makes events and timers of its own',
    "window.CustomEvent = function (type, init) { const made = document.createEvent('CustomEvent'); made.initCustomEvent(type, false, !!init.cancelable, init.detail); return made }; const late = setTimeout; window.setTimeout = (work, ms, ...args) => late(() => work(...args), ms); Math.random = () => 0.5",
  ],
]

/** Nothing shows, and one error has these words. */
export const tooBroken: readonly (readonly [what: string, script: string, words: string])[] = [
  ['has a fetch that throws', "window.fetch = () => { throw new Error('mine') }", 'mine'],
  ['has a fetch that answers junk', 'window.fetch = () => 5', 'could not be loaded'],
  ['has no Intl', 'window.Intl = undefined', 'could not be drawn'],
  [
    'has taken our element’s name',
    "customElements.define('plimsoll-root', class extends HTMLElement { constructor() { super(); this.attachShadow({ mode: 'closed' }) } })",
    'could not be drawn',
  ],
]

/** Asks a guard on the way, which sets `isAllowed`. */
export const throwingJson = `
  window.JSON = { parse() { throw new Error('mine') }, stringify() { throw new Error('mine') } }
  plimsoll('guard', 'use', { resource: 'projects', amount: 1 }).then(({ allowed }) => { window.isAllowed = allowed })
`

type Routes = NonNullable<HostOptions['routes']>

/** A document of XHTML. */
export const xhtml: Routes = {
  '/': () => ({
    type: 'application/xhtml+xml',
    body: `<?xml version="1.0"?><html xmlns="http://www.w3.org/1999/xhtml" lang="en"><head><title>Host</title>
      <script src="/plimsoll/plimsoll-stub.js"></script><script src="/host.js"></script>
      <script async="async" src="/plimsoll/plimsoll.js" data-plimsoll="" data-config="/triggers.json"></script></head><body><p>Host</p></body></html>`,
  }),
}

/** Puts a slot and a locked control into a closed shadow root of `#closed`; the control is at `window.control`. */
export const closedRoot = `
  addEventListener('DOMContentLoaded', () => {
    const root = document.getElementById('closed').attachShadow({ mode: 'closed' })
    const slot = Object.assign(document.createElement('div'), { id: 'slot' })
    slot.dataset.plimsollSlot = 'team'
    const control = document.createElement('button')
    control.dataset.plimsollFeature = 'sso'
    control.textContent = 'SSO'
    root.append(slot, control)
    window.control = control
  })
`

/** The next version's files, under `/next/`: of another build, with what else is `changed` in their code. */
export const nextVersion = (changed = (code: string): string => code): Routes =>
  Object.fromEntries(
    [...built].map(([name, body]) => [
      `/next/${name}`,
      () => ({
        type: 'text/javascript',
        body: changed(`${body}`.replaceAll(/\bb[0-9a-f]{8}\b/g, 'b00000000')),
      }),
    ]),
  )

const first = tag.replace('async', 'defer')
/** The head of a page that loads this version, and then the next. */
export const twoVersions = stub + hostScript + first + first.replace('/plimsoll/', '/next/')
/** The head of a page that loads the next version alone. */
export const nextAlone = stub + hostScript + tag.replace('/plimsoll/', '/next/')

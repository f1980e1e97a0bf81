import { createPlimsoll, type InitOptions } from '@plimsoll/sdk'
import { widgets } from '../widgets.ts'

/** What lazy chunks share with this script: put in by the build, which makes it a classic one. */
declare const engineShared: () => object

/** What the stub has queued: the call's arguments, what settles its promise, and whether a guard gave up waiting. */
type Queued = [call: ArrayLike<unknown>, settle: (result: unknown) => void, isSettled?: 1]

/** The global `plimsoll`: a function and an object, before load the stub's, after it the engine's. */
type Global = ((method: string, ...args: unknown[]) => unknown) & {
  q?: { push(call: Queued): unknown }
  engine?: object
}

/**
 * Our own tag: injected markup that only looks like it has no script of its own. An element named `scripts` would
 * stand in the place of `document.scripts`, so the document's own method is asked.
 */
function findTag(): HTMLScriptElement | undefined {
  const scripts = Document.prototype.querySelectorAll.call(document, 'script[data-plimsoll]')
  return [...(scripts as NodeListOf<HTMLScriptElement>)].find(
    (script) => script instanceof HTMLScriptElement && script.src,
  )
}

/** Whether a URL of the tag's leads to the page's own origin; resolved as `fetch` does. */
function isOwn(url: string): boolean {
  try {
    return new URL(new Request(url).url).origin === location.origin
  } catch {
    return false
  }
}

/** Takes the page over: makes the engine, starts it by the tag's attributes, and plays what was called before. */
function takeOver(): void {
  const host = window as unknown as { plimsoll?: Global | Element }
  // An element of that id stands in the global's place: it is no stub.
  const stub = typeof host.plimsoll === 'function' ? host.plimsoll : undefined
  // Its own: a page may have given every object one to inherit.
  if (stub && Object.hasOwn(stub, 'engine')) return console.warn('Plimsoll is loaded twice: the first one stays.')

  const { init, ...engine } = createPlimsoll()
  const methods: { readonly [method: string]: unknown } = {
    ...engine,
    init: (options: InitOptions) => init({ render: widgets(), ...options }),
  }
  const run = (method: unknown, ...args: unknown[]): unknown => {
    const fn = typeof method === 'string' && Object.hasOwn(methods, method) ? methods[method] : undefined
    if (typeof fn === 'function') return fn(...args)
    // Handed over as it is: written into the text, what is no text may throw.
    console.warn('Plimsoll has no call', method)
    return Promise.resolve()
  }
  host.plimsoll = Object.assign(run, methods, { engine: engineShared() })

  const tag = findTag()
  const { config, context, consent, nonce } = tag?.dataset ?? {}
  const foreign = [config, context].find((url) => url && !isOwn(url))
  if (foreign) console.warn(`Plimsoll: ${foreign} is of another origin: give it to init by code.`)
  else if (config) {
    void run('init', {
      config,
      ...(context && { context }),
      // Whatever stands there asks for consent: a slip of the pen may not do without it.
      ...(consent !== undefined && { consent: 'required' }),
      ...(nonce && { nonce }),
    })
  }

  const replay = (queued: Queued): void => {
    try {
      const [call, settle, isSettled] = queued
      // Resolved with our promise, the stub's timer comes too late.
      if (!isSettled) settle(run(...(Array.from(call) as [unknown])))
    } catch {
      // Who fills the queue by hand loses what is no call, and nothing else.
      console.warn('Plimsoll has no call', queued)
    }
  }
  if (!stub) return
  const queued = stub.q as unknown as Queued[] | undefined
  // Who kept the stub goes on calling it.
  stub.q = { push: replay }
  if (Array.isArray(queued)) queued.forEach(replay)
}

if (typeof document !== 'undefined') takeOver()

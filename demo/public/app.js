/** Acme: state from the server, pages as functions of it, and what its controls do. */

import { act } from './actions.js'
import { patch } from './h.js'
import { get, report } from './host.js'
import { frame, pageFor } from './pages/index.js'
import { mountDrawer } from './tryit.js'

/** What the server said last. */
let state
/** What only this page knows: a notice, an open form, a quote. Gone with the next route. */
let ui = {}

const main = document.querySelector('#main')

function draw() {
  if (!state) return
  const url = new URL(location.href)
  const page = pageFor(url.pathname)
  frame(state, url.pathname)
  patch(main, page.draw(state, ui, url))
  document.title = `${page.title} · Acme`
}

const app = {
  get state() {
    return state
  },
  get ui() {
    return ui
  },
  /** Takes the server's new state; tells Plimsoll, unless Plimsoll has just asked for itself. */
  take(next, { tell = true } = {}) {
    state = next
    if (tell) report(state.context)
    draw()
    dispatchEvent(new Event('acme:state'))
  },
  set(part) {
    ui = { ...ui, ...part }
    draw()
  },
  /** Says something in sight and to a screen reader. */
  notice(text, { tone = 'plain', link } = {}) {
    app.set({ notice: { text, tone, link } })
    document.querySelector('#heard').textContent = text
  },
  async go(path, { replace = false, keep = {} } = {}) {
    history[replace ? 'replaceState' : 'pushState'](null, '', path)
    await enter(keep)
    main.focus({ preventScroll: true })
    scrollTo(0, 0)
  },
}

async function enter(keep = {}) {
  if (location.pathname === '/') history.replaceState(null, '', '/projects')
  ui = keep
  globalThis.acmeCheckout?.()
  const url = new URL(location.href)
  if (!url.pathname.startsWith('/billing')) sessionStorage.setItem('acme-last', url.pathname)
  draw()
  await pageFor(url.pathname).enter?.(app, url)
}

document.addEventListener('click', (event) => {
  const control = event.target.closest?.('[data-act]')
  if (control && control.tagName !== 'FORM') return act(app, control.dataset.act, control, event)

  const link = event.target.closest?.('a[href]')
  if (
    !link ||
    event.defaultPrevented ||
    event.button ||
    event.metaKey ||
    event.ctrlKey ||
    event.shiftKey ||
    event.altKey
  )
    return
  if (link.target || link.hasAttribute('download') || link.origin !== location.origin || link.hash) return
  event.preventDefault()
  app.go(link.pathname + link.search)
})
document.addEventListener('submit', (event) => {
  event.preventDefault()
  act(app, event.target.dataset.act, event.target, event)
})
document.addEventListener('input', (event) => {
  const field = event.target.closest?.('[data-input]')
  if (field) act(app, field.dataset.input, field, event)
})
addEventListener('popstate', () => enter())

// A purchase in another tab, or on another page, is seen when this one is looked at again.
document.addEventListener('visibilitychange', async () => {
  if (document.visibilityState !== 'visible' || !state) return
  const { ok, body } = await get('/api/state').catch(() => ({}))
  if (ok) app.take(body)
})
addEventListener('plimsoll:unblocked', ({ detail }) => act(app, 'unblocked', undefined, detail))

const first = await get('/api/state')
app.take(first.body, { tell: false }) // Plimsoll reads /api/context by itself
mountDrawer(app)
await enter()
if (globalThis.acmeRecord?.unblocked) act(app, 'unblocked', undefined, globalThis.acmeRecord.unblocked)

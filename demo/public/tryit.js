/**
 * The drawer for whoever is trying the demo. It is no part of Acme: it plays the other people, the time that passes and
 * the person who edits `triggers.json`, and it shows what Plimsoll says and why.
 */

import { patch } from './h.js'
import { get, plimsoll, post, within } from './host.js'
import { clockDays, drawer } from './tryit-view.js'

const root = document.querySelector('#tryit')

let app
let personas = []
let verdicts
let open = localStorage.getItem('acme-drawer') === 'open'
/** What the engine has not answered is said so: its script may be blocked. */
let answered = true

export async function mountDrawer(host) {
  app = host
  personas = (await get('/api/personas')).body
  draw()
  explain()

  root.addEventListener('click', onClick)
  root.addEventListener('input', onInput)
  root.addEventListener('change', onChange)
  addEventListener('acme:recorded', () => {
    draw()
    soon()
  })
  addEventListener('acme:state', () => {
    draw()
    soon()
  })
  addEventListener('popstate', soon)
  root.addEventListener('keydown', (event) => {
    if (event.key !== 'Escape' || !open || event.defaultPrevented) return
    toggle()
    root.querySelector('#tryit-toggle').focus()
  })
  addEventListener('resize', measure)
  measure()
  // some reasons end by themselves: a session, a pause between prompts
  setInterval(() => open && document.visibilityState === 'visible' && explain(), 3000)
}

let timer
function soon() {
  clearTimeout(timer)
  timer = setTimeout(explain, 250)
}

async function explain() {
  if (!open) return
  const found = await within(2000, plimsoll('explain'))
  answered = Array.isArray(found)
  verdicts = answered ? found : undefined
  draw()
}

/** The page keeps clear of the drawer, so that nothing focused is under it. */
function measure() {
  const panel = root.querySelector('.tryit')
  document.documentElement.style.setProperty('--drawer', `${open && panel ? panel.offsetHeight : 0}px`)
}

// ── What its controls do ────────────────────────────────────────────────────

function toggle() {
  open = !open
  localStorage.setItem('acme-drawer', open ? 'open' : 'closed')
  draw()
  measure()
  explain()
}

const clicks = {
  toggle,
  async days(control) {
    const by = Number(control.dataset.by)
    const days = by === 0 ? 0 : clockDays() + by
    // biome-ignore lint/suspicious/noDocumentCookie: the clock must be read before anything else runs, and the server reads it too
    document.cookie = `acme-days=${days}; Path=/; SameSite=Strict; Max-Age=${days ? 31_536_000 : 0}`
    location.reload()
  },
  async forget() {
    await within(1500, plimsoll('forget'))
    clearEvents()
    location.reload()
  },
  async again() {
    await post('/api/demo/persona', { persona: app.state.persona })
    await within(1500, plimsoll('forget'))
    // biome-ignore lint/suspicious/noDocumentCookie: as above
    document.cookie = 'acme-days=0; Path=/; SameSite=Strict; Max-Age=0'
    for (const key of Object.keys(localStorage)) if (key.startsWith('acme-draft:')) localStorage.removeItem(key)
    clearEvents()
    location.assign('/projects')
  },
  reload: () => location.reload(),
  preview: (control) => plimsoll('preview', control.dataset.id),
  clear() {
    clearEvents()
    draw()
  },
}

function clearEvents() {
  sessionStorage.removeItem('acme-events')
  globalThis.acmeRecord.events = []
}

function onClick(event) {
  const control = event.target.closest('[data-tryit]')
  if (control) clicks[control.dataset.tryit]?.(control)
}

function onInput({ target }) {
  if (target.type === 'range') target.nextElementSibling.textContent = target.value
}

async function onChange({ target }) {
  if (target.name === 'persona') {
    await within(1500, plimsoll('reset')) // the one before has signed out
    await post('/api/demo/persona', { persona: target.value })
    return location.assign('/projects')
  }
  const value = target.type === 'checkbox' ? target.checked : Number(target.value)
  const { body } = await post('/api/demo/pretend', { [target.name]: value })
  app.take(body.state)
}

function draw() {
  const { events } = globalThis.acmeRecord
  patch(root, [drawer({ state: app.state, personas, open, verdicts, answered, events })])
}

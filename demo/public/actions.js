/** What each control does, by the name in its `data-act` or `data-input`. */

import { count } from './format.js'
import { get, plimsoll, post } from './host.js'

/** Runs one; what fails for want of a network is said, not thrown. */
export async function act(app, name, control, event) {
  try {
    await actions[name]?.(app, control, event)
  } catch (cause) {
    console.error(cause)
    app.notice('The server did not answer. Nothing was changed.', { tone: 'bad' })
  }
}

const actions = {
  // ── Projects ──────────────────────────────────────────────────────────────

  openProject(app) {
    app.set({ creating: !app.ui.creating, notice: undefined })
    document.querySelector('#project-name')?.focus()
  },

  /** The form is marked `data-plimsoll-guard`: this runs only where Plimsoll has let it pass. */
  async createProject(app, form) {
    const field = form.elements.namedItem('name')
    const name = field.value.trim()
    if (!name) return field.focus()
    const { ok, body } = await post('/api/projects', { name })
    if (!ok) {
      app.take(body.state)
      return app.notice(refusal(body), { tone: 'bad', link: more })
    }
    field.value = ''
    plimsoll('track', 'project_created')
    app.take(body.state)
    app.notice(`${name} is created.`, { tone: 'good' })
    field.focus()
  },

  async archiveProject(app, control) {
    const { ok, body } = await post('/api/projects/archive', { id: control.dataset.id })
    app.take(body.state)
    if (ok) app.notice(`${control.dataset.name} is archived.`)
    document.querySelector('#main').focus({ preventScroll: true })
  },

  async search(app, field) {
    const query = field.tagName === 'FORM' ? field.elements.namedItem('q').value : field.value
    if (!query.trim()) return app.set({ query: '', found: undefined })
    const { ok, body } = await get(`/api/search?q=${encodeURIComponent(query)}`)
    const now = document.querySelector('#search')?.value
    if (ok && now === query) app.set({ query, found: body, notice: undefined })
  },

  // ── Team ──────────────────────────────────────────────────────────────────

  draft(app, field) {
    saveDraft(app, field.value)
    app.set({ answer: undefined, notice: undefined })
  },

  async invite(app, form) {
    const field = form.elements.namedItem('emails')
    const draft = saveDraft(app, field.value)
    const emails = addresses(draft.text)
    if (!emails.length) {
      app.notice('Write at least one address.', { tone: 'bad' })
      return field.focus()
    }
    const bad = emails.find((email) => !/^[^\s@]+@[^\s@]+$/.test(email))
    if (bad) {
      app.notice(`“${bad}” is not an address.`, { tone: 'bad' })
      return field.focus()
    }
    if (app.ui.asking === draft.id) return
    app.set({ asking: draft.id, answer: undefined, notice: undefined })
    const answer = await plimsoll('guard', 'invite', { seats: emails.length, ref: draft.id })
    app.set({ asking: undefined })
    if (answer?.allowed === false) return app.set({ answer: { ...answer, draft: draft.id } })
    await send(app, draft.id, emails)
  },

  /** Sends as many of the draft as there is room for, and keeps the rest. */
  async inviteSome(app) {
    const draft = readDraft(app.state)
    const emails = addresses(draft.text)
    const fit = emails.slice(0, app.ui.answer?.remaining ?? 0)
    if (await send(app, undefined, fit, emails.slice(fit.length))) app.set({ answer: undefined })
  },

  async withdraw(app, control) {
    const { body } = await post('/api/invites/withdraw', { email: control.dataset.email })
    app.take(body.state)
    document.querySelector('#main').focus({ preventScroll: true })
  },

  /** What was stopped by a block, and paid for since, goes on. */
  async unblocked(app, _, detail) {
    if (globalThis.acmeRecord) globalThis.acmeRecord.unblocked = undefined
    const { action, ref } = detail
    const draft = readDraft(app.state)
    if (action === 'invite' && ref === draft.id && draft.text) return send(app, draft.id, addresses(draft.text))
    if (action === 'use')
      app.notice('There is room for your project now.', {
        tone: 'good',
        link: { href: '/projects?new=1', label: 'New project' },
      })
    if (action === 'feature')
      app.notice('It is part of your plan now.', { tone: 'good', link: { href: '/settings', label: 'Settings' } })
  },

  // ── Settings ──────────────────────────────────────────────────────────────

  async switchFeature(app, control) {
    const { feature } = control.dataset
    const { ok, body } = await post('/api/features', { feature, on: !app.state.enabled.includes(feature) })
    app.take(body.state)
    if (!ok) app.notice(refusal(body), { tone: 'bad', link: more })
  },

  exported() {
    plimsoll('track', 'report_exported')
  },

  // ── Billing ───────────────────────────────────────────────────────────────

  seats(app, field) {
    if (/^[1-9]\d{0,2}$/.test(field.value)) quoteFor(app, { seats: Number(field.value) })
    else app.set({ quote: undefined, refused: 'bad_seats' })
  },

  step(app, control) {
    const field = document.querySelector('#seats')
    field.value = String(Math.max(1, (Number(field.value) || 1) + Number(control.dataset.by)))
    quoteFor(app, { seats: Number(field.value) })
  },

  /** Charges what is on screen, and nothing else: the server refuses where the quote has changed. */
  async pay(app) {
    const { quote, change, paying } = app.ui
    if (!quote || paying) return
    app.set({ paying: true, notice: undefined })
    const { ok, status, body } = await post('/api/billing', { ...change, due: quote.due })
    app.set({ paying: false })
    if (status === 409) {
      app.set({ quote: body.quote })
      return app.notice('The amount has changed since you opened this page. Nothing was charged.', { tone: 'bad' })
    }
    if (!ok) return app.notice(refusal(body), { tone: 'bad' })
    app.set({ receipt: body.quote, quote: undefined })
    app.take(body.state)
    document.querySelector('#main').focus({ preventScroll: true })
  },
}

const more = { href: '/billing', label: 'Plan and seats' }

/** The server's refusals, in words. */
export function refusal({ error, used, limit, remaining, requested }) {
  switch (error) {
    case 'usage_limit':
      return `The server refused this: ${used} of ${limit} projects are in use.`
    case 'seat_limit':
      return `The server refused this: ${used} of ${limit} seats are taken, so ${remaining} of these ${requested} invites fit.`
    case 'feature_locked':
      return 'The server refused this: it is not part of your plan.'
    case 'not_a_buyer':
      return 'The server refused this: only an owner or admin can buy.'
    default:
      return 'The server refused this.'
  }
}

/** Asks what a change costs; the answer to an older question is dropped. */
export async function quoteFor(app, change) {
  app.set({ change })
  const { ok, body } = await get(`/api/billing/quote?${new URLSearchParams(change)}`)
  if (app.ui.change !== change) return
  app.set(ok ? { quote: body, refused: undefined } : { quote: undefined, refused: body.error })
}

async function send(app, draft, emails, rest = []) {
  const { ok, body } = await post('/api/invites', { emails, draft })
  if (!ok) {
    app.take(body.state)
    app.notice(refusal(body), { tone: 'bad', link: more })
    return false
  }
  saveDraft(app, rest.join('\n'), true)
  const field = document.querySelector('#emails')
  if (field) field.value = rest.join('\n')
  app.take(body.state)
  if (!body.again)
    app.notice(`${count(body.invited, 'invite')} sent.`, {
      tone: 'good',
      link: location.pathname === '/team' ? undefined : { href: '/team', label: 'See the team' },
    })
  return true
}

// ── The draft: kept in this browser until it is sent ────────────────────────

export const addresses = (text) => [...new Set(text.split(/[\s,;]+/).filter(Boolean))]

const draftKey = (state) => `acme-draft:${state.context.user.id}`

export function readDraft(state) {
  try {
    const { id, text } = JSON.parse(localStorage.getItem(draftKey(state)))
    return { id: String(id), text: String(text) }
  } catch {
    return { id: newId(), text: '' }
  }
}

function saveDraft(app, text, sent = false) {
  const { id } = readDraft(app.state)
  const draft = { id: sent ? newId() : id, text }
  try {
    localStorage.setItem(draftKey(app.state), JSON.stringify(draft))
  } catch {
    // the field itself still holds it
  }
  return draft
}

const newId = () =>
  Array.from(crypto.getRandomValues(new Uint8Array(8)), (byte) => byte.toString(16).padStart(2, '0')).join('')

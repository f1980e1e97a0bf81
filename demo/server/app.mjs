/** The demo over HTTP: its pages, Plimsoll's build, the editable `triggers.json`, and a small JSON API. */

import { randomUUID } from 'node:crypto'
import { readFile, stat } from 'node:fs/promises'
import { createServer } from 'node:http'
import { extname, join, normalize, sep } from 'node:path'
import { fileURLToPath } from 'node:url'
import { quoteChange } from './billing.mjs'
import { begin, personas } from './personas.mjs'
import { DAY } from './proration.mjs'
import { createStore } from './store.mjs'
import {
  archiveProject,
  buy,
  contextOf,
  createProject,
  fold,
  invite,
  listProjects,
  pretend,
  switchFeature,
  viewOf,
  withdrawInvite,
} from './workspace.mjs'

/** @typedef {import('node:http').IncomingMessage} Request */
/** @typedef {import('node:http').ServerResponse} Response */
/** @typedef {import('./workspace.mjs').Workspace} Workspace */

const at = (/** @type {string} */ path) => fileURLToPath(new URL(path, import.meta.url))

/** As strict as a page can be, and without an exception: Plimsoll asks for none. */
const CSP =
  "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; require-trusted-types-for 'script'; trusted-types 'none'"

const types = /** @type {Record<string, string>} */ ({
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.json': 'application/json; charset=utf-8',
  '.map': 'application/json; charset=utf-8',
})

/** Where an answer is thrown rather than returned. */
class Refusal extends Error {
  /** @param {number} status @param {string} error */
  constructor(status, error) {
    super(error)
    this.status = status
  }
}

/**
 * @param {object} [options]
 * @param {string} [options.state] File for what must outlive a restart. Left out: in memory only.
 * @param {string} [options.triggers] The configuration that is served, read anew at each request.
 * @param {string} [options.plimsoll] Folder of the script-tag build.
 * @param {string} [options.studio] Folder of the studio's build.
 * @returns {import('node:http').Server}
 */
export function createDemo({
  state,
  triggers = at('../triggers.json'),
  plimsoll = at('../../packages/widgets/dist'),
  studio = at('../studio/dist'),
} = {}) {
  const store = createStore(state)

  return createServer((request, response) => {
    answer(request, response).catch((cause) => {
      const status = cause instanceof Refusal ? cause.status : 500
      if (status === 500) console.error(cause)
      if (!response.headersSent) sendJson(response, status, { error: status === 500 ? 'server' : cause.message })
      else response.destroy()
    })
  })

  /** @param {Request} request @param {Response} response */
  async function answer(request, response) {
    const url = new URL(request.url ?? '/', 'http://demo')
    const path = url.pathname
    // The studio is no part of the app, and brings a policy of its own.
    if (!path.startsWith('/studio/')) response.setHeader('content-security-policy', CSP)
    response.setHeader('x-content-type-options', 'nosniff')
    response.setHeader('referrer-policy', 'same-origin')

    if (path.startsWith('/api/')) return sendApi(request, response, url)
    if (request.method !== 'GET' && request.method !== 'HEAD') throw new Refusal(405, 'method')
    if (path === '/triggers.json') return sendFile(request, response, triggers)
    if (path.startsWith('/plimsoll/')) return sendFile(request, response, inside(plimsoll, path.slice(10)))
    if (path === '/studio') {
      response.writeHead(308, { location: '/studio/' }).end()
      return
    }
    if (path.startsWith('/studio/')) return sendFile(request, response, inside(studio, path.slice(8) || 'index.html'))
    if (extname(path)) return sendFile(request, response, inside(at('../public'), path.slice(1)))

    whois(request, response) // the page's own requests then agree on who asks
    return sendFile(request, response, at('../public/index.html'))
  }

  /** @param {Request} request @param {Response} response @param {URL} url */
  async function sendApi(request, response, url) {
    const id = whois(request, response)
    const now = demoNow(request)
    const workspace = store.get(id) ?? begin(/** @type {import('./personas.mjs').Persona} */ (personas[0]), now)
    const route = `${request.method} ${url.pathname.slice(4)}`

    switch (route) {
      case 'GET /context':
        return sendJson(response, 200, contextOf(workspace, now))
      case 'GET /state':
        return sendJson(response, 200, viewOf(workspace, now))
      case 'GET /personas':
        return sendJson(
          response,
          200,
          personas.map(({ id, label, hint }) => ({ id, label, hint })),
        )
      case 'GET /search':
        return sendJson(response, 200, search(workspace, url.searchParams.get('q') ?? ''))
      case 'GET /billing/quote': {
        const found = quoteChange(workspace, changeOf(Object.fromEntries(url.searchParams)), now)
        if ('refused' in found) throw new Refusal(400, found.refused)
        return sendJson(response, 200, found.quote)
      }
      case 'GET /reports.csv':
        response.setHeader('content-type', 'text/csv; charset=utf-8')
        response.setHeader('content-disposition', 'attachment; filename="projects.csv"')
        response.end(toCsv(listProjects(workspace, workspace.projects)))
        return
    }

    const body = await readBody(request)
    const next = change(route, workspace, body, now)
    if (!next) throw new Refusal(404, 'no_such_call')
    if ('refused' in next) return sendJson(response, next.status, { ...next.refused, state: viewOf(workspace, now) })
    store.set(id, next.ok)
    return sendJson(response, next.status, { ...next.say, state: viewOf(next.ok, now) })
  }
}

/**
 * @param {string} route
 * @param {Workspace} workspace
 * @param {Record<string, unknown>} body
 * @param {number} now
 * @returns {import('./workspace.mjs').Answer | undefined}
 */
function change(route, workspace, body, now) {
  switch (route) {
    case 'POST /projects':
      return createProject(workspace, body.name, now)
    case 'POST /projects/archive':
      return archiveProject(workspace, body.id)
    case 'POST /invites':
      return invite(workspace, body.emails, body.draft, now)
    case 'POST /invites/withdraw':
      return withdrawInvite(workspace, body.email)
    case 'POST /features':
      return switchFeature(workspace, body.feature, body.on)
    case 'POST /billing':
      return buy(workspace, changeOf(body), body.due, now)
    case 'POST /demo/pretend':
      return pretend(workspace, body)
    case 'POST /demo/persona': {
      const persona = personas.find(({ id }) => id === body.persona)
      return persona && { ok: begin(persona, now), status: 200 }
    }
  }
}

/**
 * @param {Record<string, unknown>} said
 * @returns {import('./billing.mjs').Change}
 */
function changeOf({ plan, seats }) {
  return typeof plan === 'string' ? { plan } : { seats: Number(seats) }
}

const places = [
  { name: 'Single sign-on', where: 'Settings', path: '/settings' },
  { name: 'Audit log', where: 'Settings', path: '/settings' },
  { name: 'Invite people', where: 'Team', path: '/team' },
  { name: 'Plan and seats', where: 'Billing', path: '/billing' },
  { name: 'Export', where: 'Reports', path: '/reports' },
]

/** @param {Workspace} workspace @param {string} query */
function search(workspace, query) {
  const wanted = fold(query.slice(0, 200))
  return {
    projects: listProjects(workspace, 12, wanted),
    places: wanted ? places.filter(({ name, where }) => fold(`${name} ${where}`).includes(wanted)) : [],
  }
}

/** @param {object[]} rows */
function toCsv(rows) {
  const columns = ['name', 'owner', 'status']
  // a leading = + - @ would be run as a formula by a spreadsheet
  const cell = (/** @type {unknown} */ value) =>
    `"${String(value)
      .replace(/"/g, '""')
      .replace(/^([=+\-@])/, "'$1")}"`
  return [columns, ...rows.map((row) => columns.map((column) => Reflect.get(row, column)))]
    .map((row) => `${row.map(cell).join(',')}\r\n`)
    .join('')
}

// ── Who and when ────────────────────────────────────────────────────────────

/** @param {Request} request @param {string} name */
function cookie(request, name) {
  return request.headers.cookie?.match(new RegExp(`(?:^|; )${name}=([^;]*)`))?.[1]
}

/** The browser that asks, by a cookie that is set where there is none. @param {Request} request @param {Response} response */
function whois(request, response) {
  const known = cookie(request, 'acme')
  if (known && /^[0-9a-f-]{36}$/.test(known)) return known
  const id = randomUUID()
  response.setHeader('set-cookie', `acme=${id}; Path=/; HttpOnly; SameSite=Strict; Max-Age=31536000`)
  return id
}

/** Now, as the drawer has set it: whole days from the real time, shared with the page by a cookie. @param {Request} request */
function demoNow(request) {
  const days = Number(cookie(request, 'acme-days') ?? 0)
  return Date.now() + (Number.isSafeInteger(days) && Math.abs(days) <= 3650 ? days * DAY : 0)
}

// ── Reading and sending ─────────────────────────────────────────────────────

/** @param {Request} request @returns {Promise<Record<string, unknown>>} */
async function readBody(request) {
  if (request.method !== 'POST') throw new Refusal(405, 'method')
  // a form on another site cannot send this type without asking first
  if (!request.headers['content-type']?.startsWith('application/json')) throw new Refusal(415, 'not_json')
  let text = ''
  request.setEncoding('utf8')
  for await (const part of request) {
    text += part
    if (text.length > 65_536) throw new Refusal(413, 'too_large')
  }
  try {
    const body = JSON.parse(text)
    if (body && typeof body === 'object' && !Array.isArray(body)) return body
  } catch {
    // said below
  }
  throw new Refusal(400, 'bad_json')
}

/** A path inside a folder, however it is written. @param {string} folder @param {string} path */
function inside(folder, path) {
  let decoded = ''
  try {
    decoded = decodeURIComponent(path)
  } catch {
    throw new Refusal(400, 'bad_path')
  }
  const full = normalize(join(folder, decoded))
  if (!full.startsWith(folder.endsWith(sep) ? folder : folder + sep) || decoded.includes('\0'))
    throw new Refusal(404, 'no_file')
  return full
}

/** @param {Request} request @param {Response} response @param {string} file */
async function sendFile(request, response, file) {
  const found = await stat(file).catch(() => undefined)
  if (!found?.isFile()) throw new Refusal(404, 'no_file')
  const etag = `"${found.mtimeMs.toString(36)}-${found.size.toString(36)}"`
  response.setHeader('etag', etag)
  response.setHeader('cache-control', 'no-cache') // kept, but asked for each time: an edited file is seen at once
  response.setHeader('content-type', types[extname(file)] ?? 'application/octet-stream')
  if (request.headers['if-none-match'] === etag) {
    response.statusCode = 304
    response.end()
    return
  }
  response.end(request.method === 'HEAD' ? undefined : await readFile(file))
}

/** @param {Response} response @param {number} status @param {unknown} body */
function sendJson(response, status, body) {
  response.statusCode = status
  response.setHeader('content-type', 'application/json; charset=utf-8')
  response.setHeader('cache-control', 'no-store')
  response.end(JSON.stringify(body))
}

/**
 * One workspace: its figures, and the rules that only a server can enforce.
 *
 * Plimsoll advises in the browser; whatever a browser sends, these functions have the last word. Each takes a workspace
 * and returns the next one, or says why not. Pure: nothing here reads a clock or a disk.
 */

import { quoteChange, standing } from './billing.mjs'
import { memberAt, projectAt } from './names.mjs'
import { planById, plans } from './plans.mjs'
import { cycleAt } from './proration.mjs'

/**
 * @typedef {object} Workspace
 * @property {string} persona
 * @property {{ id: string, name: string, role: string }} user
 * @property {{ id: string, name: string, createdAt: number, health: number, escalated: boolean }} account
 * @property {string} plan
 * @property {number} extraSeats Bought beyond those of the plan.
 * @property {number} credit Cents that come off the next bill.
 * @property {number} anchor Epoch milliseconds of a midnight (UTC) on which a billing cycle began.
 * @property {number} projects In use.
 * @property {readonly { id: string, name: string, at: number }[]} created By hand, the newest first.
 * @property {readonly string[]} archived Ids of projects from the list that was there at first.
 * @property {number} members
 * @property {readonly { email: string, at: number }[]} invites Sent and not yet accepted: each holds a seat.
 * @property {readonly string[]} drafts Ids of invite drafts already sent, so that none is sent twice.
 * @property {readonly string[]} enabled Features turned on in Settings.
 * @property {readonly { at: number, what: string, cents: number }[]} charges The newest first.
 */

/** @typedef {{ ok: Workspace, status: number, say?: object } | { status: number, refused: { error: string, [figure: string]: unknown } }} Answer */

/** @param {Workspace} workspace */
const planOf = (workspace) => /** @type {import('./plans.mjs').Plan} */ (planById(workspace.plan))

/** @param {Workspace} workspace */
const seatLimit = (workspace) => standing(workspace).seats

/** @param {Workspace} workspace */
const canBuy = (workspace) => workspace.user.role !== 'member'

/**
 * @param {number} status
 * @param {string} error
 * @param {object} [figures]
 * @returns {Answer}
 */
const refuse = (status, error, figures) => ({ status, refused: { error, ...figures } })

/**
 * What Plimsoll is told: the answer of `/api/context`. The seat limit is this account's own; that of projects is the
 * plan's, so it is left out.
 *
 * @param {Workspace} workspace
 * @param {number} now
 */
export function contextOf(workspace, now) {
  const { user, account } = workspace
  const cycle = cycleAt(workspace.anchor, now)
  return {
    user: { id: user.id, name: user.name, role: user.role },
    account: {
      id: account.id,
      name: account.name,
      plan: workspace.plan,
      createdAt: new Date(account.createdAt).toISOString(),
      health: account.health,
      support_escalation: account.escalated,
      cycle: { start: new Date(cycle.start).toISOString(), end: new Date(cycle.end).toISOString() },
    },
    usage: {
      projects: { used: workspace.projects },
      seats: { used: workspace.members, limit: seatLimit(workspace), pending: workspace.invites.length },
    },
  }
}

/**
 * What the app draws.
 *
 * @param {Workspace} workspace
 * @param {number} now
 */
export function viewOf(workspace, now) {
  const plan = planOf(workspace)
  return {
    now: new Date(now).toISOString(),
    context: contextOf(workspace, now),
    persona: workspace.persona,
    canBuy: canBuy(workspace),
    plan,
    plans,
    standing: standing(workspace),
    credit: workspace.credit,
    projects: { used: workspace.projects, limit: plan.projects, list: listProjects(workspace, 12) },
    seats: { used: workspace.members, pending: workspace.invites.length, limit: seatLimit(workspace) },
    members: Array.from({ length: Math.min(workspace.members, 12) }, (_, index) => memberAt(index, workspace.user)),
    invites: workspace.invites.slice(0, 50),
    enabled: workspace.enabled,
    charges: workspace.charges.slice(0, 20),
  }
}

/**
 * @param {Workspace} workspace
 * @param {number} most
 * @param {string} [query]
 */
export function listProjects(workspace, most, query = '') {
  const wanted = fold(query)
  const list = []
  for (const { id, name, at } of workspace.created) {
    if (list.length < most && fold(name).includes(wanted))
      list.push({ id, name, owner: workspace.user.name, status: 'Active', at })
  }
  const archived = new Set(workspace.archived)
  let left = workspace.projects - workspace.created.length
  for (let index = 0; left > 0 && list.length < most; index += 1) {
    const project = projectAt(index)
    if (archived.has(project.id)) continue
    left -= 1
    if (fold(project.name).includes(wanted)) list.push(project)
  }
  return list
}

/** Lower case, without marks. @param {string} text */
export const fold = (text) => text.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase().trim()

/**
 * @param {Workspace} workspace
 * @param {unknown} name
 * @param {number} now
 * @returns {Answer}
 */
export function createProject(workspace, name, now) {
  if (typeof name !== 'string' || !name.trim() || name.length > 80) return refuse(400, 'bad_name')
  const limit = planOf(workspace).projects
  if (limit !== null && workspace.projects >= limit)
    return refuse(409, 'usage_limit', { resource: 'projects', used: workspace.projects, limit })
  const project = { id: `n${now.toString(36)}${workspace.created.length}`, name: name.trim(), at: now }
  return {
    ok: { ...workspace, projects: workspace.projects + 1, created: [project, ...workspace.created] },
    status: 201,
  }
}

/**
 * @param {Workspace} workspace
 * @param {unknown} id
 * @returns {Answer}
 */
export function archiveProject(workspace, id) {
  if (!listProjects(workspace, workspace.projects).some((project) => project.id === id))
    return refuse(404, 'no_project')
  const created = workspace.created.filter((project) => project.id !== id)
  const archived = created.length < workspace.created.length ? workspace.archived : [...workspace.archived, String(id)]
  return { ok: { ...workspace, projects: workspace.projects - 1, created, archived }, status: 200 }
}

/**
 * Invites all or nobody. A draft sent already is not sent again: its answer is the same, its seats are not taken twice.
 *
 * @param {Workspace} workspace
 * @param {unknown} emails
 * @param {unknown} draft
 * @param {number} now
 * @returns {Answer}
 */
export function invite(workspace, emails, draft, now) {
  if (!Array.isArray(emails) || emails.length === 0 || emails.length > 100 || !emails.every(isEmail))
    return refuse(400, 'bad_emails')
  if (typeof draft === 'string' && workspace.drafts.includes(draft))
    return { ok: workspace, status: 200, say: { invited: 0, again: true } }

  const held = new Set(workspace.invites.map(({ email }) => email))
  const fresh = [...new Set(emails.map((email) => email.toLowerCase()))].filter((email) => !held.has(email))
  const used = workspace.members + workspace.invites.length
  const limit = seatLimit(workspace)
  if (used + fresh.length > limit)
    return refuse(409, 'seat_limit', { used, limit, requested: fresh.length, remaining: Math.max(0, limit - used) })
  return {
    ok: {
      ...workspace,
      invites: [...workspace.invites, ...fresh.map((email) => ({ email, at: now }))],
      drafts: typeof draft === 'string' ? [draft.slice(0, 64), ...workspace.drafts].slice(0, 50) : workspace.drafts,
    },
    status: 201,
    say: { invited: fresh.length },
  }
}

/** @param {unknown} text */
const isEmail = (text) => typeof text === 'string' && text.length <= 120 && /^[^\s@]+@[^\s@]+$/.test(text)

/**
 * @param {Workspace} workspace
 * @param {unknown} email
 * @returns {Answer}
 */
export function withdrawInvite(workspace, email) {
  const invites = workspace.invites.filter((invite) => invite.email !== email)
  if (invites.length === workspace.invites.length) return refuse(404, 'no_invite')
  return { ok: { ...workspace, invites }, status: 200 }
}

/**
 * @param {Workspace} workspace
 * @param {unknown} feature
 * @param {unknown} on
 * @returns {Answer}
 */
export function switchFeature(workspace, feature, on) {
  if (!plans.some((plan) => plan.features.includes(String(feature)))) return refuse(404, 'no_feature')
  if (!planOf(workspace).features.includes(String(feature))) return refuse(403, 'feature_locked', { feature })
  const others = workspace.enabled.filter((id) => id !== feature)
  return { ok: { ...workspace, enabled: on ? [...others, String(feature)] : others }, status: 200 }
}

/**
 * Charges what was quoted and raises plan or seats. `due` is what the person was shown: where it is not what is due
 * (midnight passed, another tab bought first), nothing is charged.
 *
 * @param {Workspace} workspace
 * @param {import('./billing.mjs').Change} change
 * @param {unknown} due Cents.
 * @param {number} now
 * @returns {Answer}
 */
export function buy(workspace, change, due, now) {
  if (!canBuy(workspace)) return refuse(403, 'not_a_buyer')
  const answer = quoteChange(workspace, change, now)
  if ('refused' in answer) return refuse(400, answer.refused)
  const { quote } = answer
  if (quote.due !== due) return refuse(409, 'quote_changed', { quote })

  const plan = /** @type {import('./plans.mjs').Plan} */ (planById(quote.after.plan))
  const what = 'plan' in change ? `${plan.name} plan` : `${change.seats} ${change.seats === 1 ? 'seat' : 'seats'}`
  return {
    ok: {
      ...workspace,
      plan: quote.after.plan,
      extraSeats: quote.after.extraSeats,
      credit: quote.creditLeft,
      charges: [
        { at: now, what: `${what}, ${quote.daysLeft} of ${quote.days} days`, cents: quote.due },
        ...workspace.charges,
      ],
    },
    status: 200,
    say: { quote },
  }
}

/**
 * What stands in for time and other people while the demo is tried. Still within what the account pays for.
 *
 * @param {Workspace} workspace
 * @param {{ projects?: unknown, members?: unknown, health?: unknown, escalated?: unknown }} figures
 * @returns {Answer}
 */
export function pretend(workspace, figures) {
  const projectLimit = planOf(workspace).projects ?? 2000
  const projects = whole(figures.projects, workspace.created.length, projectLimit) ?? workspace.projects
  return {
    ok: {
      ...workspace,
      projects,
      members: whole(figures.members, 1, seatLimit(workspace) - workspace.invites.length) ?? workspace.members,
      account: {
        ...workspace.account,
        health: whole(figures.health, 0, 100) ?? workspace.account.health,
        escalated: typeof figures.escalated === 'boolean' ? figures.escalated : workspace.account.escalated,
      },
    },
    status: 200,
  }
}

/** @param {unknown} value @param {number} least @param {number} most */
function whole(value, least, most) {
  return Number.isSafeInteger(value) ? Math.max(least, Math.min(most, Number(value))) : undefined
}

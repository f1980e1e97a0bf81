/** Who one may be while trying the demo: each a person, an account and its figures, given as of now. */

import { DAY } from './proration.mjs'

/**
 * @typedef {object} Persona
 * @property {string} id
 * @property {string} label
 * @property {string} hint What to try as this person.
 * @property {{ id: string, name: string, role: 'owner' | 'admin' | 'member' }} user
 * @property {{ id: string, name: string, ageDays: number, health: number }} account
 * @property {number} projects
 * @property {number} members
 */

/** @type {readonly Persona[]} */
export const personas = [
  {
    id: 'admin',
    label: 'Admin near the limit',
    hint: '82 of 100 projects: the banner. 8 of 10 seats: invite six people on Team.',
    user: { id: 'u_ana', name: 'Ana Ruiz', role: 'admin' },
    account: { id: 'a_harbour', name: 'Harbour & Co', ageDays: 400, health: 84 },
    projects: 82,
    members: 8,
  },
  {
    id: 'solo',
    label: 'Solo founder',
    hint: 'Create one project: the 50th. Then point at Single sign-on in Settings.',
    user: { id: 'u_ines', name: 'Inês Duarte', role: 'owner' },
    account: { id: 'a_duarte', name: 'Duarte Studio', ageDays: 200, health: 91 },
    projects: 49,
    members: 1,
  },
  {
    id: 'member',
    label: 'Member who cannot buy',
    hint: 'Never sold to: the offer becomes "Ask an admin".',
    user: { id: 'u_tom', name: 'Tom Berg', role: 'member' },
    account: { id: 'a_tide', name: 'Tidewater', ageDays: 310, health: 77 },
    projects: 91,
    members: 8,
  },
  {
    id: 'unhealthy',
    label: 'Unhealthy account',
    hint: '96 of 100 projects, but health is 32: nothing shows, except a block.',
    user: { id: 'u_mei', name: 'Mei Lin', role: 'admin' },
    account: { id: 'a_lantern', name: 'Lantern', ageDays: 520, health: 32 },
    projects: 96,
    members: 9,
  },
  {
    id: 'young',
    label: 'Young account',
    hint: 'Six days old: the 10th project and locked features wait until day 30.',
    user: { id: 'u_jonas', name: 'Jonas Falk', role: 'owner' },
    account: { id: 'a_sprout', name: 'Sprout', ageDays: 6, health: 80 },
    projects: 9,
    members: 2,
  },
]

/**
 * A workspace as this persona finds it.
 *
 * @param {Persona} persona
 * @param {number} now
 * @returns {import('./workspace.mjs').Workspace}
 */
export function begin(persona, now) {
  const today = Math.floor(now / DAY) * DAY
  return {
    persona: persona.id,
    user: { ...persona.user },
    account: {
      id: persona.account.id,
      name: persona.account.name,
      createdAt: today - persona.account.ageDays * DAY,
      health: persona.account.health,
      escalated: false,
    },
    plan: 'starter',
    extraSeats: 0,
    credit: 0,
    anchor: today - 15 * DAY,
    projects: persona.projects,
    created: [],
    archived: [],
    members: persona.members,
    invites: [],
    drafts: [],
    enabled: [],
    charges: [],
  }
}

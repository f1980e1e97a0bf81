/** Which page a path shows, and the frame around it. */

import { count, number } from '../format.js'
import { h, patch } from '../h.js'
import { billing, seats, upgrade } from './billing.js'
import { projects } from './projects.js'
import { reports } from './reports.js'
import { settings } from './settings.js'
import { team } from './team.js'

const pages = {
  '/projects': projects,
  '/reports': reports,
  '/team': team,
  '/settings': settings,
  '/billing': billing,
  '/billing/upgrade': upgrade,
  '/billing/seats': seats,
}

const lost = {
  title: 'Not found',
  draw: () => [
    h('div', { class: 'bar' }, h('h1', null, 'Nothing is here')),
    h('p', null, h('a', { href: '/projects' }, 'Back to Projects')),
  ],
}

export const pageFor = (path) => (Object.hasOwn(pages, path) ? pages[path] : lost)

const menu = [
  ['/projects', 'Projects'],
  ['/reports', 'Reports'],
  ['/team', 'Team'],
  ['/settings', 'Settings'],
  ['/billing', 'Billing'],
]

export function frame(state, path) {
  const { name } = state.context.user
  patch(document.querySelector('#nav'), [
    menu.map(([href, label]) => {
      const here = path === href || path.startsWith(`${href}/`)
      return h(
        'li',
        { 'data-key': href },
        h('a', { href, 'aria-current': here && (path === href ? 'page' : 'true') }, label),
      )
    }),
    h(
      'li',
      { class: 'holds', 'data-key': 'holds' },
      h('b', null, state.plan.name),
      h('span', null, usedOf(state.projects.used, state.projects.limit, 'project')),
      h('span', null, usedOf(state.seats.used + state.seats.pending, state.seats.limit, 'seat')),
    ),
  ])
  patch(document.querySelector('#who'), [
    h('span', { class: 'account' }, state.context.account.name),
    h('span', { class: 'avatar', role: 'img', 'aria-label': `${name}, ${state.context.user.role}` }, initials(name)),
  ])
}

const usedOf = (used, limit, one) => (limit === null ? count(used, one) : `${number(used)} of ${count(limit, one)}`)

export const initials = (name) =>
  name
    .split(' ')
    .map((part) => part[0])
    .join('')
    .slice(0, 2)

import { number, since } from '../format.js'
import { h, icons } from '../h.js'
import { notice } from './parts.js'

export const projects = {
  title: 'Projects',

  enter(app, url) {
    if (url.searchParams.has('new') && !app.ui.creating) {
      history.replaceState(null, '', '/projects')
      app.set({ creating: true })
      document.querySelector('#project-name')?.focus()
    }
  },

  draw(state, ui) {
    const rows = ui.found ? ui.found.projects : state.projects.list
    return [
      h(
        'div',
        { class: 'bar', 'data-key': 'bar' },
        h('h1', null, 'Projects'),
        h(
          'form',
          { class: 'search', role: 'search', 'data-act': 'search' },
          icons.search(),
          h('input', {
            id: 'search',
            name: 'q',
            type: 'search',
            'aria-label': 'Search projects and settings',
            placeholder: 'Search',
            autocomplete: 'off',
            'data-input': 'search',
            'data-plimsoll-search': '',
          }),
        ),
        h(
          'button',
          { type: 'button', class: 'button solid', 'data-act': 'openProject', 'aria-expanded': String(!!ui.creating) },
          'New project',
        ),
      ),
      notice(ui),
      ui.creating && create(),
      ui.found && found(ui),
      rows.length > 0 && table(rows),
      !ui.found &&
        state.projects.used > rows.length &&
        h(
          'p',
          { class: 'dim', 'data-key': 'more' },
          `The latest ${rows.length} of ${number(state.projects.used)} projects. Search finds the others.`,
        ),
    ]
  },
}

/** Guarded by markup alone: at the limit Plimsoll stops the submit, and sends it again if it is allowed later. */
function create() {
  return h(
    'form',
    {
      class: 'card row',
      id: 'create',
      'data-act': 'createProject',
      'data-plimsoll-guard': 'use',
      'data-plimsoll-request': '{"resource":"projects","amount":1}',
    },
    h(
      'label',
      { class: 'grow' },
      h('span', null, 'Name of the project'),
      h('input', { id: 'project-name', name: 'name', maxlength: 80, required: true, autocomplete: 'off' }),
    ),
    h(
      'span',
      { class: 'buttons' },
      h('button', { class: 'button solid' }, 'Create'),
      h('button', { type: 'button', class: 'button', 'data-act': 'openProject' }, 'Cancel'),
    ),
  )
}

function found({ found, query }) {
  return h(
    'section',
    { class: 'found', 'data-key': 'found', 'aria-label': 'Results' },
    found.places.length > 0 &&
      h(
        'ul',
        { class: 'places', 'data-key': 'places' },
        found.places.map(({ name, where, path }) =>
          h('li', null, h('a', { href: path }, name), h('span', { class: 'dim' }, where)),
        ),
      ),
    h(
      'div',
      { 'data-key': 'end' },
      found.projects.length === 0 &&
        h('p', { class: 'dim', 'data-key': 'none' }, `No project is called “${query.trim()}”.`),
      h('div', { class: 'slot', 'data-plimsoll-slot': 'search', 'data-key': 'slot' }),
    ),
  )
}

function table(rows) {
  return h(
    'div',
    { class: 'card flush', 'data-key': 'table' },
    h(
      'table',
      null,
      h('caption', { class: 'heard' }, 'Projects'),
      h(
        'thead',
        null,
        h(
          'tr',
          null,
          h('th', { scope: 'col' }, 'Name'),
          h('th', { scope: 'col', class: 'slim' }, 'Owner'),
          h('th', { scope: 'col', class: 'wide' }, 'Status'),
          h('th', { scope: 'col', class: 'wide' }, 'Updated'),
          h('td', null, h('span', { class: 'heard' }, 'Actions')),
        ),
      ),
      h(
        'tbody',
        null,
        rows.map(({ id, name, owner, status, updated, at }) =>
          h(
            'tr',
            { 'data-key': id },
            h('th', { scope: 'row' }, name),
            h('td', { class: 'slim' }, owner),
            h('td', { class: 'wide' }, status),
            h('td', { class: 'wide' }, at ? since(at) : updated),
            h(
              'td',
              { class: 'end' },
              h(
                'button',
                {
                  type: 'button',
                  class: 'plain',
                  'data-act': 'archiveProject',
                  'data-id': id,
                  'data-name': name,
                  'aria-label': `Archive ${name}`,
                },
                'Archive',
              ),
            ),
          ),
        ),
      ),
    ),
  )
}

import { addresses, readDraft } from '../actions.js'
import { count } from '../format.js'
import { h } from '../h.js'
import { initials } from './index.js'
import { meter, notice } from './parts.js'

export const team = {
  title: 'Team',

  enter(app) {
    const field = document.querySelector('#emails')
    field.value = readDraft(app.state).text
    app.set({})
  },

  draw(state, ui) {
    const { used, pending, limit } = state.seats
    return [
      h(
        'div',
        { class: 'bar', 'data-key': 'bar' },
        h('h1', null, 'Team'),
        h(
          'span',
          { class: 'dim seats' },
          meter('Seats taken', used + pending, limit),
          `${used + pending} of ${limit} seats`,
        ),
      ),
      notice(ui),
      h(
        'div',
        { class: 'team', 'data-key': 'team' },
        form(ui),
        h(
          'div',
          { class: 'people', 'data-key': 'people' },
          people(state),
          used > state.members.length &&
            h('p', { class: 'dim', 'data-key': 'more' }, `And ${count(used - state.members.length, 'other member')}.`),
        ),
      ),
    ]
  },
}

function people(state) {
  return h(
    'div',
    { class: 'card flush', 'data-key': 'table' },
    h(
      'table',
      null,
      h('caption', { class: 'heard' }, 'People'),
      h(
        'thead',
        null,
        h(
          'tr',
          null,
          h('th', { scope: 'col' }, 'Name'),
          h('th', { scope: 'col' }, 'Role'),
          h('td', null, h('span', { class: 'heard' }, 'Actions')),
        ),
      ),
      h(
        'tbody',
        null,
        state.invites.map(({ email }) =>
          h(
            'tr',
            { 'data-key': email },
            h(
              'th',
              { scope: 'row' },
              h('span', { class: 'person' }, h('span', { class: 'avatar open', 'aria-hidden': 'true' }, '@'), email),
            ),
            h('td', null, 'Invited'),
            h(
              'td',
              { class: 'end' },
              h(
                'button',
                {
                  type: 'button',
                  class: 'plain',
                  'data-act': 'withdraw',
                  'data-email': email,
                  'aria-label': `Withdraw the invite of ${email}`,
                },
                'Withdraw',
              ),
            ),
          ),
        ),
        state.members.map(({ name, role, you }) =>
          h(
            'tr',
            { 'data-key': name },
            h(
              'th',
              { scope: 'row' },
              h(
                'span',
                { class: 'person' },
                h('span', { class: 'avatar', 'aria-hidden': 'true' }, initials(name)),
                you ? `${name} (you)` : name,
              ),
            ),
            h('td', null, role[0].toUpperCase() + role.slice(1)),
            h('td'),
          ),
        ),
      ),
    ),
  )
}

function form(ui) {
  const typed = addresses(document.querySelector('#emails')?.value ?? '').length
  return h(
    'form',
    { class: 'card invite', id: 'invite', 'data-act': 'invite', novalidate: true },
    h('h2', null, 'Invite people'),
    h(
      'label',
      null,
      h('span', null, 'Email addresses'),
      h('textarea', {
        id: 'emails',
        name: 'emails',
        rows: 3,
        'data-input': 'draft',
        spellcheck: 'false',
        autocomplete: 'off',
        'aria-describedby': 'emails-hint',
      }),
    ),
    h(
      'div',
      { 'data-key': 'end' },
      h(
        'div',
        { class: 'split', 'data-key': 'send' },
        h(
          'span',
          { class: 'dim', id: 'emails-hint' },
          typed ? count(typed, 'person', 'people') : 'With commas or new lines',
        ),
        h(
          'button',
          { class: 'button solid', 'aria-disabled': ui.asking ? 'true' : null },
          typed > 1 ? `Send ${typed} invites` : 'Send invite',
        ),
      ),
      ui.answer && answer(ui.answer),
      h('div', { class: 'slot', 'data-plimsoll-slot': 'team', 'data-key': 'slot' }),
    ),
  )
}

/** What the guard said when it did not let all through. */
function answer({ remaining, requested }) {
  return h(
    'div',
    { class: 'notice', 'data-key': 'answer', role: 'status' },
    h(
      'span',
      null,
      remaining > 0
        ? `${remaining} of these ${requested} invites fit. Nothing is sent; they stay here.`
        : 'No seat is free. Nothing is sent; your invites stay here.',
    ),
    remaining > 0 &&
      h(
        'button',
        { type: 'button', class: 'button', 'data-act': 'inviteSome' },
        remaining === 1 ? 'Send the first' : `Send the first ${remaining}`,
      ),
  )
}

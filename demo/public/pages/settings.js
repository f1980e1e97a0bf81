import { day } from '../format.js'
import { h } from '../h.js'
import { lockedControl, notice } from './parts.js'

const features = [
  {
    id: 'sso',
    section: 'Sign-in',
    title: 'Single sign-on',
    say: 'People sign in with the company account.',
    on: 'Single sign-on is on. People sign in with the company account.',
  },
  {
    id: 'audit_log',
    section: 'Security',
    title: 'Audit log',
    say: 'A record of who changed what, and when.',
    on: 'The audit log is on. It keeps a year of changes.',
  },
]

export const settings = {
  title: 'Settings',

  draw(state, ui) {
    const { account, user } = state.context
    return [
      h('div', { class: 'bar', 'data-key': 'bar' }, h('h1', null, 'Settings')),
      notice(ui),
      h(
        'section',
        { class: 'card', 'aria-labelledby': 'workspace', 'data-key': 'workspace' },
        h('h2', { id: 'workspace' }, 'Workspace'),
        h(
          'dl',
          { class: 'lines' },
          line('Name', account.name),
          line('Since', day(account.createdAt)),
          line('You', `${user.name}, ${user.role}`),
          line('Plan', state.plan.name),
        ),
      ),
      features.map((feature) => section(feature, state)),
    ]
  },
}

const line = (label, value) => h('div', null, h('dt', null, label), h('dd', null, value))

function section({ id, section, title, say, on }, state) {
  const has = state.plan.features.includes(id)
  const isOn = has && state.enabled.includes(id)
  const first = state.plans.find((plan) => plan.features.includes(id))
  return h(
    'section',
    { class: 'card setting', 'aria-labelledby': `about-${id}`, 'data-key': id },
    h(
      'div',
      { class: 'grow' },
      h('h2', { id: `about-${id}` }, section, has ? null : h('span', { class: 'chip' }, first.name)),
      h('p', { class: 'dim' }, isOn ? on : say),
    ),
    has
      ? h(
          'button',
          {
            type: 'button',
            class: 'button',
            id: `switch-${id}`,
            'data-act': 'switchFeature',
            'data-feature': id,
            'aria-pressed': String(isOn),
          },
          isOn ? `Turn ${title.toLowerCase()} off` : `Turn ${title.toLowerCase()} on`,
        )
      : lockedControl(id, title),
  )
}

/** The drawer, drawn: what Plimsoll says, and the controls that play everything around it. */

import { h, icons } from './h.js'

const DAY = 86_400_000
const dayOf = new Intl.DateTimeFormat('en-GB', { weekday: 'short', day: 'numeric', month: 'long', year: 'numeric' })

/** Whole days by which the clock was moved. */
export const clockDays = () => Number(/(?:^|; )acme-days=(-?\d+)/.exec(document.cookie)?.[1] ?? 0)

export function drawer(model) {
  const { state, open } = model
  return h(
    'section',
    { class: 'tryit', 'aria-label': 'Try it', 'data-key': 'drawer' },
    h(
      'div',
      { class: 'tryit-head', 'data-key': 'head' },
      h(
        'button',
        {
          type: 'button',
          id: 'tryit-toggle',
          class: 'tryit-toggle',
          'data-tryit': 'toggle',
          'aria-expanded': String(open),
          'aria-controls': 'tryit-body',
        },
        open ? icons.down() : icons.up(),
        'Try Plimsoll',
      ),
      open &&
        h(
          'span',
          { class: 'tryit-note', 'data-key': 'note' },
          'Not part of Acme: you play the other people, the clock and the growth PM.',
        ),
    ),
    h(
      'div',
      { class: 'tryit-body', id: 'tryit-body', hidden: !open, 'data-key': 'body' },
      open && [who(model), figures(state), why(model), log(model)],
    ),
  )
}

function who({ state, personas }) {
  return h(
    'div',
    { class: 'tryit-stack', 'data-key': 'who' },
    h(
      'fieldset',
      { class: 'tryit-who', 'data-key': 'persona' },
      h('legend', null, 'Who is here'),
      personas.map(({ id, label, hint }) =>
        h(
          'label',
          { 'data-key': id },
          h('input', { type: 'radio', name: 'persona', value: id, id: `persona-${id}`, checked: id === state.persona }),
          h('span', null, h('b', null, label), id === state.persona && h('small', null, hint)),
        ),
      ),
    ),
    h(
      'fieldset',
      { 'data-key': 'clock' },
      h('legend', null, 'The clock'),
      h(
        'p',
        null,
        dayOf.format(new Date()),
        clockDays() ? ` (${clockDays() > 0 ? '+' : ''}${clockDays()} days)` : ' (today)',
      ),
      h(
        'div',
        { class: 'tryit-buttons' },
        [1, 7, 30].map((by) => button('days', `+${by} ${by === 1 ? 'day' : 'days'}`, { 'data-by': by })),
        button('days', 'Back to today', { 'data-by': 0 }),
      ),
    ),
  )
}

function figures(state) {
  const { account } = state.context
  const { projects, seats, standing, plan } = state
  return h(
    'div',
    { class: 'tryit-stack', 'data-key': 'figures' },
    h(
      'fieldset',
      { 'data-key': 'usage' },
      h('legend', null, `What ${account.name} uses`),
      slider('projects', 'Projects', projects.used, 0, projects.limit ?? 2000),
      slider('members', 'Members', seats.used, 1, standing.seats - seats.pending),
      slider('health', 'Health', account.health, 0, 100),
      h(
        'label',
        { class: 'tryit-check' },
        h('input', { type: 'checkbox', name: 'escalated', id: 'tryit-escalated', checked: account.support_escalation }),
        'Support escalation open',
      ),
      h('small', null, `On ${plan.name}. The server lets nobody past the plan: buy to go further.`),
    ),
    h(
      'fieldset',
      { 'data-key': 'file' },
      h('legend', null, 'Ledger and triggers'),
      h(
        'p',
        null,
        'Edit ',
        h('code', null, 'demo/triggers.json'),
        ' in your editor, then read it again. ',
        h('a', { href: '/triggers.json', target: '_blank', rel: 'noopener' }, 'See what is served (opens a tab)'),
        ' ',
        h('a', { href: '/studio/', target: '_blank', rel: 'noopener' }, 'Write your own in the studio (opens a tab)'),
      ),
      h(
        'div',
        { class: 'tryit-buttons' },
        button('reload', 'Read triggers again'),
        button('forget', 'Empty the ledger'),
        button('again', 'Start over'),
      ),
    ),
  )
}

const button = (name, label, more) => h('button', { type: 'button', 'data-tryit': name, ...more }, label)

function slider(name, label, value, least, most) {
  const id = `tryit-${name}`
  return h(
    'div',
    { class: 'tryit-slider', 'data-key': name },
    h('label', { for: id }, label),
    h('input', { type: 'range', id, name, min: least, max: Math.max(least, most), value }),
    h('output', { for: id }, String(value)),
  )
}

function why({ verdicts, answered }) {
  return h(
    'section',
    { class: 'tryit-why', 'data-key': 'why', 'aria-labelledby': 'tryit-why' },
    h('h2', { id: 'tryit-why' }, 'Why does nothing show? ', h('code', null, 'plimsoll.explain()')),
    verdicts?.length
      ? h(
          'div',
          { class: 'tryit-scroll', tabindex: 0, role: 'group', 'aria-label': 'Verdicts', 'data-key': 'table' },
          h(
            'table',
            null,
            h(
              'thead',
              null,
              h(
                'tr',
                null,
                ['Trigger', 'Would show', 'Because', 'Until'].map((label) => h('th', { scope: 'col' }, label)),
              ),
            ),
            h('tbody', null, verdicts.map(verdict)),
          ),
        )
      : h('p', { 'data-key': 'none' }, silence(verdicts, answered)),
  )
}

function silence(verdicts, answered) {
  if (verdicts) return 'No trigger is known: the file is not read yet, or was refused. Events say why.'
  return answered ? 'Asking…' : 'No answer: the script is missing or blocked. Acme works all the same.'
}

function verdict({ triggerId, triggerType, wouldShow, reasons }) {
  return h(
    'tr',
    { 'data-key': triggerId, 'data-shows': wouldShow },
    h(
      'th',
      { scope: 'row' },
      triggerId,
      h('small', null, triggerType),
      button('preview', 'Preview', { 'data-id': triggerId, 'aria-label': `Preview ${triggerId}` }),
    ),
    h('td', null, wouldShow ? 'yes' : 'no', isOnScreen(triggerId) && h('small', null, 'on screen')),
    h('td', null, because(reasons)),
    h('td', null, untilOf(reasons)),
  )
}

/** A host's own tests find widgets so: roots are open, and each says whose prompt it is. */
const isOnScreen = (triggerId) =>
  [...document.querySelectorAll('plimsoll-root')].some(({ shadowRoot }) =>
    shadowRoot?.querySelector(`[data-plimsoll-trigger="${CSS.escape(triggerId)}"]`),
  )

const because = (reasons) =>
  (reasons ?? []).map(({ reason, figures }) =>
    h(
      'span',
      { class: 'tryit-reason', 'data-key': reason },
      h('b', null, reason),
      said(figures) && h('small', null, said(figures)),
    ),
  )

const said = (figures) =>
  Object.entries(figures ?? {})
    .map(([name, value]) => `${name} ${typeof value === 'object' && value ? JSON.stringify(value) : value}`)
    .join(', ')

function untilOf(reasons) {
  const times = (reasons ?? [])
    .map(({ untilAt }) => untilAt)
    .filter(Boolean)
    .map((at) => new Date(at))
  if (!times.length) return '–'
  return when(new Date(Math.max(...times)))
}

function when(date) {
  const days = (date - Date.now()) / DAY
  const time = new Intl.DateTimeFormat('en-GB', { hour: '2-digit', minute: '2-digit' }).format(date)
  if (days < 0.5) return time
  return `${new Intl.DateTimeFormat('en-GB', { day: 'numeric', month: 'short' }).format(date)}, in ${Math.round(days) || 1} ${Math.round(days) > 1 ? 'days' : 'day'}`
}

function log({ events }) {
  return h(
    'section',
    { class: 'tryit-log', 'data-key': 'log', 'aria-labelledby': 'tryit-log' },
    h('h2', { id: 'tryit-log' }, 'Events as they arrive ', events.length > 0 && button('clear', 'Clear')),
    h(
      'div',
      { class: 'tryit-scroll', tabindex: 0, role: 'group', 'aria-label': 'Events', 'data-key': 'list' },
      events.length
        ? h(
            'ol',
            null,
            events.map(({ type, at, detail }, index) =>
              h(
                'li',
                { 'data-key': `${at}-${type}-${events.length - index}`, 'data-type': type },
                h(
                  'time',
                  { datetime: new Date(at).toISOString() },
                  new Intl.DateTimeFormat('en-GB', { timeStyle: 'medium' }).format(at),
                ),
                h(
                  'details',
                  null,
                  h('summary', null, h('b', null, type), ` ${detail?.triggerId ?? ''}`, gist(type, detail)),
                  h('pre', null, JSON.stringify(detail, null, 1)),
                ),
              ),
            ),
          )
        : h('p', null, 'None yet.'),
    ),
  )
}

/** The part of an event that one looks for first. */
function gist(type, detail) {
  const text =
    type === 'withheld'
      ? detail?.reason
      : type === 'error'
        ? (detail?.message ?? detail?.reason)
        : type === 'click'
          ? detail?.action
          : undefined
  return text ? h('small', null, ` ${text}`) : null
}

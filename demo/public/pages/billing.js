import { quoteFor } from '../actions.js'
import { count, day, money, number, price } from '../format.js'
import { h, icons } from '../h.js'
import { meter, notice } from './parts.js'

const planName = (state, id) => state.plans.find((plan) => plan.id === id)?.name ?? id
const line = (label, value, why) =>
  h('div', null, h('dt', null, label, why && h('small', null, why)), h('dd', null, value))

// ── Overview ────────────────────────────────────────────────────────────────

export const billing = {
  title: 'Billing',

  draw(state, ui) {
    const { standing, plan, credit } = state
    const next = Math.max(0, standing.monthly - credit)
    return [
      h('div', { class: 'bar', 'data-key': 'bar' }, h('h1', null, 'Billing')),
      notice(ui),
      h(
        'section',
        { class: 'card', 'aria-labelledby': 'plan', 'data-key': 'plan' },
        h(
          'div',
          { class: 'split' },
          h('h2', { id: 'plan' }, plan.name),
          h('span', null, h('b', { class: 'figure' }, price(standing.monthly)), ' a month'),
        ),
        h(
          'dl',
          { class: 'lines' },
          use('Projects', state.projects.used, state.projects.limit),
          use(
            'Seats',
            state.seats.used + state.seats.pending,
            state.seats.limit,
            standing.extraSeats ? `${standing.extraSeats} added to the plan’s` : null,
          ),
          line(
            'Next bill',
            money(next),
            `${day(state.context.account.cycle.end)}${credit ? `, ${money(Math.min(credit, standing.monthly))} credit taken off` : ''}`,
          ),
        ),
        h('div', { class: 'buttons' }, h('a', { class: 'button', href: '/billing/seats?add=1' }, 'Add seats')),
      ),
      h(
        'section',
        { class: 'plans', 'aria-label': 'Plans', 'data-key': 'plans' },
        state.plans.map((each, index) => {
          const current = each.id === plan.id
          const later = index > state.plans.findIndex(({ id }) => id === plan.id)
          return h(
            'article',
            { class: 'card', 'data-current': current, 'data-key': each.id },
            h('h2', null, each.name, current ? h('span', { class: 'chip' }, 'Your plan') : null),
            h('p', null, h('b', { class: 'figure' }, price(each.price)), ' a month'),
            h(
              'ul',
              { class: 'gains' },
              gain(each.projects === null ? 'Unlimited projects' : count(each.projects, 'project')),
              gain(`${each.seats} seats, then ${price(each.seatPrice)} each`),
              each.features.includes('sso') && gain('Single sign-on'),
              each.features.includes('audit_log') && gain('Audit log'),
            ),
            later && h('a', { class: 'button', href: `/billing/upgrade?plan=${each.id}` }, `Go to ${each.name}`),
          )
        }),
      ),
      charges(state),
      h(
        'p',
        { class: 'dim prose', 'data-key': 'advice' },
        'Limits shown in the browser advise; the server enforces. Acme’s server counts seats and projects itself, and refuses the 11th of 10 seats whatever a page, or a script in it, may say.',
      ),
    ]
  },
}

const use = (label, used, limit, why) =>
  h(
    'div',
    null,
    h('dt', null, label, why && h('small', null, why)),
    h(
      'dd',
      { class: 'seats' },
      limit === null ? number(used) : [meter(`${label} in use`, used, limit), `${number(used)} of ${number(limit)}`],
    ),
  )

const gain = (text) => h('li', null, icons.check(), text)

function charges(state) {
  return h(
    'section',
    { class: 'card', 'aria-labelledby': 'charges', 'data-key': 'charges' },
    h('h2', { id: 'charges' }, 'Charges'),
    state.charges.length
      ? h(
          'dl',
          { class: 'lines' },
          state.charges.map(({ at, what, cents }) => line(what, money(cents), day(at))),
        )
      : h('p', { class: 'dim' }, 'None since you came. The demo charges no real card.'),
  )
}

// ── Upgrade and seats: what it costs is said before it is charged ───────────

const refusals = {
  unknown_plan: 'There is no such plan.',
  not_an_upgrade: 'You have this plan, or a larger one, already.',
  bad_seats: 'Choose how many seats to add.',
  too_many_seats: 'That is more seats than an account can hold. Write to sales@acme.example.',
}

export const upgrade = {
  title: 'Upgrade',
  enter: (app, url) => quoteFor(app, { plan: url.searchParams.get('plan') ?? '' }),
  draw(state, ui, url) {
    const id = url.searchParams.get('plan')
    return checkout(state, ui, `Go to ${planName(state, id) ?? 'another plan'}`, null)
  },
}

export const seats = {
  title: 'Add seats',
  enter(app, url) {
    const add = Number(url.searchParams.get('add'))
    const seats = Number.isSafeInteger(add) && add > 0 && add < 1000 ? add : 1
    const field = document.querySelector('#seats')
    if (field) field.value = String(seats)
    return quoteFor(app, { seats })
  },
  draw(state, ui) {
    const least = (ui.change?.seats ?? 1) <= 1
    return checkout(
      state,
      ui,
      'Add seats',
      h(
        'div',
        { class: 'split', 'data-key': 'stepper' },
        h('label', { for: 'seats' }, 'Seats to add'),
        h(
          'span',
          { class: 'stepper' },
          h(
            'button',
            {
              type: 'button',
              'data-act': 'step',
              'data-by': -1,
              'aria-label': 'Fewer seats',
              'aria-disabled': least ? 'true' : null,
            },
            icons.minus(),
          ),
          h('input', { id: 'seats', inputmode: 'numeric', maxlength: 3, autocomplete: 'off', 'data-input': 'seats' }),
          h('button', { type: 'button', 'data-act': 'step', 'data-by': 1, 'aria-label': 'More seats' }, icons.plus()),
        ),
      ),
    )
  },
}

function checkout(state, ui, title, choose) {
  const bar = h('div', { class: 'bar', 'data-key': 'bar' }, h('h1', null, ui.receipt ? 'Done' : title))
  if (ui.receipt) return [bar, notice(ui), receipt(state, ui.receipt)]
  if (!state.canBuy)
    return [
      bar,
      notice(ui),
      h(
        'section',
        { class: 'card narrow', 'data-key': 'cannot' },
        h('p', null, 'Only an owner or an admin can buy for this workspace. Ask one of them.'),
        h('div', { class: 'buttons' }, back('Back')),
      ),
    ]
  return [
    bar,
    notice(ui),
    h(
      'section',
      { class: 'card narrow', 'aria-label': title, 'data-key': 'checkout' },
      choose,
      ui.quote
        ? quoted(state, ui)
        : h('p', { class: 'dim', 'data-key': 'why' }, refusals[ui.refused] ?? 'Working out the price…'),
      !ui.quote &&
        h(
          'div',
          { class: 'buttons', 'data-key': 'out' },
          h('a', { class: 'button', href: '/billing' }, 'Plan and seats'),
        ),
    ),
  ]
}

const holding = (state, { plan, extraSeats }) =>
  `${planName(state, plan)}${extraSeats ? ` with ${count(extraSeats, 'added seat')}` : ''}`

function quoted(state, { quote, change, paying }) {
  const { before, after, difference, days, daysLeft, prorated, due, creditUsed, creditLeft, renewsAt, seatPrice } =
    quote
  const sign = difference < 0 ? '−' : '+'
  return h(
    'div',
    { class: 'stack', 'data-key': 'quote' },
    h(
      'dl',
      { class: 'lines bill' },
      line('Now', `${money(before.monthly)} a month`, `${holding(state, before)}, ${before.seats} seats`),
      line('Then', `${money(after.monthly)} a month`, `${holding(state, after)}, ${after.seats} seats`),
      change.seats
        ? line('Difference', `${sign}${money(Math.abs(difference))} a month`, `${change.seats} × ${money(seatPrice)}`)
        : line('Difference', `${sign}${money(Math.abs(difference))} a month`),
      line('This month', money(prorated), `${money(Math.abs(difference))} × ${daysLeft} of ${days} days left`),
      creditUsed > 0 && line('Credit', `−${money(creditUsed)}`),
      h('div', { class: 'sum' }, h('dt', null, 'Due now'), h('dd', null, money(due))),
      creditLeft > 0 && line('Off your next bill', money(creditLeft)),
    ),
    h('p', { id: 'terms' }, `${money(due)} now, then ${money(after.monthly)} a month from ${day(renewsAt)}.`),
    h('p', { class: 'dim' }, 'Card ending 4242. This is a demo: no card is charged.'),
    h(
      'div',
      { class: 'buttons' },
      h(
        'button',
        {
          type: 'button',
          class: 'button solid',
          'data-act': 'pay',
          'aria-describedby': 'terms',
          'aria-disabled': paying ? 'true' : null,
        },
        change.seats
          ? `Pay ${money(due)} and add ${count(change.seats, 'seat')}`
          : `Pay ${money(due)} and go to ${planName(state, after.plan)}`,
      ),
      back('Cancel'),
    ),
  )
}

function receipt(state, { after, due, renewsAt }) {
  return h(
    'section',
    { class: 'card narrow', 'data-key': 'receipt' },
    h('h2', { class: 'done' }, icons.check(), `You have ${holding(state, after)}`),
    h(
      'p',
      null,
      `${money(due)} was charged to the demo card. From ${day(renewsAt)} it is ${money(after.monthly)} a month.`,
    ),
    h(
      'dl',
      { class: 'lines' },
      line('Projects', state.projects.limit === null ? 'Unlimited' : number(state.projects.limit)),
      line('Seats', number(after.seats)),
    ),
    h(
      'div',
      { class: 'buttons' },
      back('Back', 'button solid'),
      h('a', { class: 'button', href: '/billing' }, 'Billing'),
    ),
  )
}

const names = { '/projects': 'Projects', '/reports': 'Reports', '/team': 'Team', '/settings': 'Settings' }

function back(word, look = 'button') {
  const last = sessionStorage.getItem('acme-last') ?? '/projects'
  return h('a', { class: look, href: last }, word === 'Back' ? `Back to ${names[last] ?? 'Projects'}` : word)
}

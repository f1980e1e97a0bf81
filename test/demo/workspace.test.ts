import { expect, test } from 'vitest'
import { begin, personas } from '../../demo/server/personas.mjs'
import {
  archiveProject,
  buy,
  contextOf,
  createProject,
  invite,
  listProjects,
  pretend,
  switchFeature,
  type Workspace,
  withdrawInvite,
} from '../../demo/server/workspace.mjs'

const NOW = Date.parse('2026-06-16T09:30Z')
const as = (id: string): Workspace => begin(personas.find((persona) => persona.id === id)!, NOW)
const emails = (count: number) => Array.from({ length: count }, (_, index) => `person${index + 1}@acme.test`)

test('tells Plimsoll who is here, what is used, and the seats this account has', () => {
  expect(contextOf(as('admin'), NOW)).toEqual({
    user: { id: 'u_ana', name: 'Ana Ruiz', role: 'admin' },
    account: {
      id: 'a_harbour',
      name: 'Harbour & Co',
      plan: 'starter',
      createdAt: '2025-05-12T00:00:00.000Z',
      health: 84,
      support_escalation: false,
      cycle: { start: '2026-06-01T00:00:00.000Z', end: '2026-07-01T00:00:00.000Z' },
    },
    usage: { projects: { used: 82 }, seats: { used: 8, limit: 10, pending: 0 } },
  })
})

test('invites while seats are free, and counts an invite as a seat', () => {
  const answer = invite(as('admin'), emails(2), 'draft-1', NOW)
  expect(answer).toMatchObject({ status: 201, say: { invited: 2 } })
  if (!('ok' in answer)) throw new Error('refused')
  expect(contextOf(answer.ok, NOW).usage.seats).toEqual({ used: 8, limit: 10, pending: 2 })
})

test('refuses the 11th seat of 10, and sends none of the invites', () => {
  expect(invite(as('admin'), emails(3), 'draft-1', NOW)).toEqual({
    status: 409,
    refused: { error: 'seat_limit', used: 8, limit: 10, requested: 3, remaining: 2 },
  })
})

test('sends the same draft once', () => {
  const first = invite(as('admin'), emails(2), 'draft-1', NOW)
  if (!('ok' in first)) throw new Error('refused')
  const second = invite(first.ok, emails(2), 'draft-1', NOW)
  expect(second).toEqual({ ok: first.ok, status: 200, say: { invited: 0, again: true } })
})

test('asks no seat for somebody already invited, however the address is written', () => {
  const first = invite(as('admin'), ['kim@acme.test', 'KIM@acme.test'], undefined, NOW)
  if (!('ok' in first)) throw new Error('refused')
  expect(first.say).toEqual({ invited: 1 })
  expect(invite(first.ok, ['Kim@Acme.test', 'lee@acme.test'], undefined, NOW)).toMatchObject({ say: { invited: 1 } })
})

test('frees the seat of a withdrawn invite', () => {
  const sent = invite(as('admin'), emails(2), undefined, NOW)
  if (!('ok' in sent)) throw new Error('refused')
  const withdrawn = withdrawInvite(sent.ok, 'person1@acme.test')
  if (!('ok' in withdrawn)) throw new Error('refused')
  expect(contextOf(withdrawn.ok, NOW).usage.seats.pending).toBe(1)
})

test.each([[[]], ['kim@acme.test'], [['kim']], [['a b@acme.test']], [[42]], [emails(101)]])(
  'refuses to invite %j',
  (given) => {
    expect(invite(as('admin'), given, undefined, NOW)).toEqual({ status: 400, refused: { error: 'bad_emails' } })
  },
)

test('refuses the 101st project of 100', () => {
  const full = { ...as('admin'), projects: 100 }
  expect(createProject(full, 'One more', NOW)).toEqual({
    status: 409,
    refused: { error: 'usage_limit', resource: 'projects', used: 100, limit: 100 },
  })
})

test('creates without end where the plan is unlimited', () => {
  const answer = createProject({ ...as('admin'), plan: 'business', projects: 5000 }, 'One more', NOW)
  expect(answer).toMatchObject({ status: 201, ok: { projects: 5001 } })
})

test('puts a new project first, and takes an archived one away for good', () => {
  const made = createProject(as('young'), '  Tide tables ', NOW)
  if (!('ok' in made)) throw new Error('refused')
  expect(listProjects(made.ok, 2).map(({ name }) => name)).toEqual(['Tide tables', 'Harbour survey'])
  const gone = archiveProject(made.ok, 'p1')
  if (!('ok' in gone)) throw new Error('refused')
  expect(gone.ok.projects).toBe(9)
  expect(listProjects(gone.ok, 2).map(({ name }) => name)).toEqual(['Tide tables', 'Spring catalogue'])
})

test('lists as many different projects as are in use', () => {
  const names = listProjects({ ...as('admin'), projects: 1000 }, 2000).map(({ name }) => name)
  expect(names.length).toBe(1000)
  expect(new Set(names).size).toBe(1000)
})

test('turns on only what the plan has', () => {
  expect(switchFeature(as('admin'), 'sso', true)).toEqual({
    status: 403,
    refused: { error: 'feature_locked', feature: 'sso' },
  })
  expect(switchFeature({ ...as('admin'), plan: 'pro' }, 'sso', true)).toMatchObject({ ok: { enabled: ['sso'] } })
})

test('charges what was quoted, and raises the plan', () => {
  const answer = buy(as('admin'), { plan: 'pro' }, 3500, NOW)
  expect(answer).toMatchObject({
    status: 200,
    ok: { plan: 'pro', charges: [{ at: NOW, what: 'Pro plan, 15 of 30 days', cents: 3500 }] },
  })
})

test('charges nothing where the amount on screen is not what is due', () => {
  expect(buy(as('admin'), { plan: 'pro' }, 3400, NOW)).toMatchObject({
    status: 409,
    refused: { error: 'quote_changed', quote: { due: 3500 } },
  })
})

test('sells nothing to a member', () => {
  expect(buy(as('member'), { plan: 'pro' }, 3500, NOW)).toEqual({ status: 403, refused: { error: 'not_a_buyer' } })
})

test('lets bought seats be taken', () => {
  const bought = buy(as('admin'), { seats: 4 }, 1600, NOW)
  if (!('ok' in bought)) throw new Error('refused')
  expect(invite(bought.ok, emails(6), undefined, NOW)).toMatchObject({ status: 201, say: { invited: 6 } })
  expect(invite(bought.ok, emails(7), undefined, NOW)).toMatchObject({ status: 409 })
})

test('pretends nothing that the account does not pay for', () => {
  expect(pretend(as('admin'), { projects: 5000, members: 5000, health: 5000 })).toMatchObject({
    ok: { projects: 100, members: 10, account: { health: 100 } },
  })
  expect(pretend(as('admin'), { projects: 'all', members: 1.5 })).toMatchObject({ ok: { projects: 82, members: 8 } })
})

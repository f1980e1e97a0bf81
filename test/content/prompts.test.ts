import { describe, expect, test } from 'vitest'
import { writeExplainer, writePlans, writePrompt } from '../../packages/sdk/src/content/index.ts'
import type { Prompt } from '../../packages/sdk/src/core/prompt.ts'
import {
  business,
  config,
  featurePrompt,
  invitePrompt,
  limitPrompt,
  milestonePrompt,
  page,
  pro,
  teamPrompt,
  usePrompt,
} from './fixtures.ts'

const write = (prompt: Prompt, needed?: number) => writePrompt(prompt, page, needed)
const { price: _, ...unpriced } = pro
const unlimited = { ...pro, limits: { projects: null, seats: null } }
const noPlan = ({ plan: _, ...prompt }: Prompt): Prompt => prompt
const links = (more: object) => ({ config: { links: { ...config.links, ...more } } })

describe('a limit', () => {
  test('names no price where there is none', () => {
    expect(write(limitPrompt(82, { plan: unpriced }))?.text).toBe('Pro gives you 1,000 projects.')
    expect(write(limitPrompt(100, { plan: unpriced }))?.text).toBe(
      'New projects need room. Archive one, or go to Pro for 1,000.',
    )
  })

  test('says unlimited where the next plan has no limit', () => {
    expect(write(limitPrompt(82, { plan: unlimited }))?.text).toBe('Pro gives you unlimited projects for $99 a month.')
    expect(write(limitPrompt(100, { plan: unlimited }))?.text).toBe(
      'New projects need room. Archive one, or go to Pro for unlimited projects at $99 a month.',
    )
  })

  test('prices by the year, and with cents where there are some', () => {
    const plan = { ...pro, price: { amount: 989.5, currency: 'EUR', per: 'year' } as const }
    expect(write(limitPrompt(82, { plan }))?.text).toBe('Pro gives you 1,000 projects for €989.50 a year.')
  })

  test('says until when to wait where the figure begins anew', () => {
    expect(write(limitPrompt(100, { figures: { resetsAt: '2026-12-01' } }))?.text).toBe(
      'New projects need room. Wait until December 1, 2026, or go to Pro for 1,000 at $99 a month.',
    )
  })

  test('says the figures, not "all", once more is used than granted', () => {
    expect(write(limitPrompt(105))).toMatchObject({ tone: 'full', title: '105 of 100 projects used' })
  })

  test('speaks of a limit of one in the singular', () => {
    expect(write(limitPrompt(1, { figures: { limit: 1 } }))?.title).toBe('Your one project is in use')
  })

  test('offers who cannot buy an admin rather than a price', () => {
    const { text, primary } = write(limitPrompt(100, { buyer: false }))!
    expect(text).toBe('New projects need room. Archive one, or ask an admin for Pro, which has 1,000.')
    expect(primary).toEqual({ label: 'Ask an admin', action: 'ask' })
  })

  test('follows links.request where it is given, and still has the message', () => {
    const { primary, ask } = write(limitPrompt(91, { buyer: false, ...links({ request: '/request?for={plan.id}' }) }))!
    const href = 'https://app.acme.test/request?for=pro'
    expect(primary).toEqual({ label: 'Ask an admin', action: 'ask', href })
    expect(ask).toMatchObject({
      href,
      message: expect.stringMatching(/^Hi, we have used 91 of 100 projects\. Could you move us to Pro\? https:/),
    })
  })

  test('names no product that the file does not', () => {
    const { product: __, ...file } = config
    const prompt = limitPrompt(91, { buyer: false })
    expect(writePrompt({ ...prompt, config: file }, page)?.ask?.copied.text).toBe('Paste it to an admin.')
  })

  test('is not drawn without figures, or without its link', () => {
    const { used: __, ...figures } = limitPrompt(82).figures
    expect(write(limitPrompt(82, { config: { links: {} } }))).toBeNull()
    expect(write(limitPrompt(82, links({ upgrade: 'https://evil.test/' })))).toBeNull()
    expect(write({ ...limitPrompt(82), figures: { ...figures, limit: null } })).toBeNull()
  })
})

describe('a feature', () => {
  test('that has no benefit written is only told to be part of its plan', () => {
    expect(write(featurePrompt({ config: { features: { sso: { name: 'Single sign-on' } } } }))?.text).toBe(
      'It is part of Pro.',
    )
  })

  test('whose benefit ends in a full stop is given no second one', () => {
    const benefit = 'lets your team sign in with the company account.'
    const features = { sso: { name: 'Single sign-on', benefit } }
    expect(write(featurePrompt({ config: { features } }))?.text).toBe(
      'Lets your team sign in with the company account. It is part of Pro.',
    )
  })

  test('asked for by who cannot buy names the feature, as English writes it within a sentence', () => {
    const ask = (name: string) =>
      write(featurePrompt({ buyer: false, config: { features: { sso: { name } } } }))?.ask?.message
    const link = 'https://app.acme.test/billing/upgrade?plan=pro'
    expect(ask('Single sign-on')).toBe(`Hi, we would like to use single sign-on. Could you move us to Pro? ${link}`)
    expect(ask('API access')).toBe(`Hi, we would like to use API access. Could you move us to Pro? ${link}`)
    expect(ask('GitHub sync')).toBe(`Hi, we would like to use GitHub sync. Could you move us to Pro? ${link}`)
  })

  test('that blocks can be left by Cancel', () => {
    expect(write(featurePrompt({ block: { action: 'feature', reason: 'feature_locked' } }))).toMatchObject({
      title: 'Single sign-on',
      primary: { label: 'Learn more', action: 'explainer' },
      secondary: { label: 'Cancel', action: 'cancel' },
    })
  })

  test('that no later plan has is said to be no part of this one, and may be asked about', () => {
    const block = { block: { action: 'feature', reason: 'feature_locked' } } as const
    const alone = write(noPlan(featurePrompt(block)))!
    expect(alone.text).toBe('Lets your team sign in with the company account. It is not part of Starter.')
    expect(alone.primary).toBeUndefined()
    expect(alone.chip).toBeUndefined()
    const contact = write(noPlan(featurePrompt({ ...block, ...links({ contact: '/contact' }) })))!
    expect(contact.primary).toEqual({
      label: 'Contact us',
      action: 'contact',
      href: 'https://app.acme.test/contact',
    })
  })
})

describe('a team', () => {
  const noCycle = { account: { id: 'a1' } }

  test('is offered seats without a number while their price is unknown', () => {
    const { primary, bill, seats } = write(teamPrompt(noCycle))!
    expect(primary).toEqual({ label: 'Add seats', action: 'seats', href: 'https://app.acme.test/billing/seats?add=1' })
    expect(bill).toBeUndefined()
    expect(seats?.parts.map(({ label }) => label)).toEqual(['8 members', '1 invited', '1 free'])
  })

  test('is offered one seat at first, and speaks of it in the singular', () => {
    const { primary, bill } = write(teamPrompt())!
    expect(primary?.label).toBe('Add 1 seat')
    expect(bill).toMatchObject({ needed: 1, change: '10 now, 11 then' })
  })

  test('keeps the stepper within its bounds, and whole', () => {
    const needed = (asked: number, prompt = teamPrompt()) => write(prompt, asked)?.bill?.needed
    expect([0, -5, 1.9, 999, 1000, Number.NaN, Number.POSITIVE_INFINITY].map((n) => needed(n))).toEqual([
      1, 1, 1, 999, 999, 1, 999,
    ])
    expect([1, 3, 4, 5].map((n) => needed(n, invitePrompt()))).toEqual([4, 4, 4, 5])
  })

  test('leaves out of the legend what is not there', () => {
    const { seats, title, tone } = write(teamPrompt({ ...noCycle, figures: { used: 10, pending: 0 } }))!
    expect([title, tone]).toEqual(['All 10 seats are taken', 'full'])
    expect(seats?.valueText).toBe('10 of 10 seats: 10 members')
    expect(seats?.parts).toEqual([{ is: 'held', count: 10, label: '10 members' }])
  })

  test('over its limit draws no more seats before the mark than there are', () => {
    const { seats, title } = write(teamPrompt({ figures: { used: 12, pending: 1, needed: 2 } }))!
    expect(title).toBe('12 of 10 seats are taken')
    expect(seats?.parts).toEqual([
      { is: 'held', count: 10, label: '11 members' },
      { is: 'pending', count: 0, label: '1 invited' },
      { is: 'over', count: 2, label: '2 to add' },
    ])
  })

  test('has who cannot buy ask for seats', () => {
    const { text, bill, ask } = write(teamPrompt({ buyer: false }))!
    expect(text).toBe('Your team is growing. An admin can add seats.')
    expect(bill).toBeUndefined()
    expect(ask?.message).toBe(
      'Hi, could you add seats to our Acme plan? 9 of 10 are taken. You can do it here: https://app.acme.test/billing/seats?add=1',
    )
  })

  test('is led to the next plan where seats cannot be bought', () => {
    const { primary, bill } = write(teamPrompt({ config: { links: { upgrade: '/up' } } }))!
    expect(primary).toEqual({ label: 'Upgrade now', action: 'upgrade', href: 'https://app.acme.test/up' })
    expect(bill).toBeUndefined()
  })
})

describe('a block', () => {
  test('for one invite speaks of that one', () => {
    const one = { figures: { used: 10, remaining: 0, requested: 1, needed: 1 } }
    expect(write(invitePrompt(one))).toMatchObject({
      tone: 'full',
      title: 'All 10 seats are taken',
      text: 'Starter has 10 seats and 10 are in use. Add 1 to send this invite.',
      primary: { label: 'Add 1 seat' },
    })
    const asked = write(invitePrompt({ ...one, buyer: false }))!
    expect(asked.text).toBe('Starter has 10 seats and 10 are in use. An admin can add the one that is missing.')
    expect(asked.ask?.copied.text).toBe('Paste it to an admin. Your invite stays in the form.')
  })

  test('agrees in number with what fits and what is in use', () => {
    expect(write(invitePrompt({ figures: { used: 9, requested: 3, needed: 2 } }))?.title).toBe(
      '1 of these 3 invites fits',
    )
    expect(write(invitePrompt({ figures: { used: 1, limit: 2, requested: 3, needed: 2 } }))?.text).toBe(
      'Starter has 2 seats and 1 is in use. Add 2 to invite everyone.',
    )
  })

  test('keeps saying how many are needed while the stepper asks for more', () => {
    const { text, primary, seats, bill } = write(invitePrompt(), 6)!
    expect(text).toBe('Starter has 10 seats and 8 are in use. Add 4 to invite everyone.')
    expect(primary).toMatchObject({ label: 'Add 6 seats', href: 'https://app.acme.test/billing/seats?add=6' })
    expect(seats?.parts.at(-1)).toEqual({ is: 'over', count: 6, label: '6 to add' })
    expect(bill).toMatchObject({ min: 4, needed: 6, change: '10 now, 16 then' })
  })

  test('that is short of more than 999 seats still starts with enough', () => {
    expect(write(invitePrompt({ figures: { requested: 1502, needed: 1500 } }))?.bill).toMatchObject({
      min: 1500,
      max: 1500,
      needed: 1500,
    })
  })

  test('for several of a resource says how many fit', () => {
    expect(write(usePrompt(98, { figures: { requested: 5, needed: 3 } }))).toMatchObject({
      title: '2 of these 5 projects fit',
      text: 'Starter has 100 projects and 98 are in use. Archive one, or go to Pro for 1,000 at $99 a month.',
    })
    expect(write(usePrompt(99, { figures: { requested: 5, needed: 4 } }))?.title).toBe('1 of these 5 projects fits')
  })

  test('for what the plan has none of says so, and draws no meter', () => {
    const content = write(usePrompt(0, { figures: { limit: 0 } }))!
    expect(content.title).toBe('Starter has no projects')
    expect(content.text).toBe('Pro gives you 1,000 projects for $99 a month.')
    expect(content.meter).toBeUndefined()
  })

  test('without a next plan offers to be contacted, where there is a way, and else only Cancel', () => {
    const alone = write(noPlan(usePrompt(100)))!
    expect(alone.text).toBe('A new project needs room. Archive one.')
    expect(alone.primary).toBeUndefined()
    expect(alone.secondary).toEqual({ label: 'Cancel', action: 'cancel' })
    expect(write(noPlan(usePrompt(100, links({ contact: 'mailto:sales@acme.test' }))))).toMatchObject({
      text: 'A new project needs room. Archive one, or contact us.',
      primary: { label: 'Contact us', action: 'contact', href: 'mailto:sales@acme.test' },
    })
    expect(write(noPlan(usePrompt(100, { buyer: false })))?.ask?.message).toBe(
      'Hi, we have used 100 of 100 projects. Could you help?',
    )
  })

  test('is drawn without a primary where its link is refused, and in built-in words where its own lack a value', () => {
    expect(write(usePrompt(100, links({ upgrade: 'javascript:alert(1)' })))?.primary).toBeUndefined()
    expect(write(usePrompt(100, { trigger: { copy: { title: 'Hello {user.name}' } } }))?.title).toBe(
      'All 100 projects are in use',
    )
  })

  test('takes the words of its trigger', () => {
    expect(write(usePrompt(100, { trigger: { copy: { title: 'No room beyond {limit} {resource}' } } }))?.title).toBe(
      'No room beyond 100 projects',
    )
  })
})

describe('a milestone', () => {
  test('writes a long figure short in the ring and in full in the title', () => {
    const figure = (n: number) => write(milestonePrompt(n))?.figure
    expect([9999, 10_000, 12_500, 1_000_000].map(figure)).toEqual(['9,999', '10K', '12.5K', '1M'])
    expect(write(milestonePrompt(12_500))?.title).toBe('Your team has created 12,500 projects')
  })

  test('of a counted event without a name of its own is a bare number', () => {
    const { resource: _r, limit: _l, ...figures } = milestonePrompt(50).figures
    const prompt = { ...milestonePrompt(50), figures: { ...figures, metric: 'report_exported' } }
    expect(write(prompt)).toMatchObject({ title: 'Your team has reached 50', text: 'Pro adds single sign-on.' })
    expect(write({ ...prompt, kind: 'toast' })).toMatchObject({ title: '50 reached', text: 'Pro adds single sign-on.' })
  })

  test('of seats is reached, not created', () => {
    const figures = { resource: 'seats', metric: 'seats', limit: 10 }
    expect(write(milestonePrompt(5, { figures }))?.title).toBe('Your team has reached 5 seats')
  })

  test('says unlimited, and at most two features', () => {
    const plan = { ...business, features: ['export', 'sso', 'audit_log', 'api'] }
    expect(write(milestonePrompt(50, { plan }))?.text).toBe(
      'Starter has room for 100. Business has room for unlimited projects and adds single sign-on and audit log.',
    )
  })

  test('adds no feature that the account has as an extra', () => {
    const account = { id: 'a1', features: ['sso'] }
    expect(write(milestonePrompt(50, { account }))?.text).toBe('Starter has room for 100. Pro has room for 1,000.')
  })

  test('speaks of the limit in force, where it is another than the plan’s', () => {
    expect(write(milestonePrompt(50, { figures: { limit: 120 } }))?.text).toMatch(/^Starter has room for 120\. /)
  })

  test('leads to links.compare where it is given', () => {
    expect(write(milestonePrompt(50, links({ compare: '/plans?from={trigger.id}' })))?.primary).toEqual({
      label: 'See what’s next',
      action: 'plans',
      href: 'https://app.acme.test/plans?from=first-100',
    })
  })
})

describe('buttons of the trigger’s own', () => {
  const cta = (primary: object, secondary?: object) => ({ trigger: { cta: { primary, secondary } } })

  test('change the label alone', () => {
    const { primary, secondary } = write(
      limitPrompt(82, cta({ label: 'Go to {plan.name}' }, { label: 'Later, {user.name|friend}' })),
    )!
    expect(primary?.label).toBe('Go to Pro')
    expect(primary?.href).toBe('https://app.acme.test/billing/upgrade?plan=pro')
    expect(secondary).toEqual({ label: 'Later, friend', action: 'snooze' })
  })

  test('change what they do', () => {
    expect(write(limitPrompt(82, cta({ action: 'plans' }, { action: 'dismiss' })))).toMatchObject({
      primary: { label: 'See what’s next', action: 'plans' },
      secondary: { label: 'Dismiss', action: 'dismiss' },
    })
    expect(write(featurePrompt(cta({ action: 'upgrade' })))?.primary).toMatchObject({
      label: 'Upgrade now',
      href: 'https://app.acme.test/billing/upgrade?plan=pro',
    })
    expect(write(limitPrompt(82, cta({ href: '/help?at={return}' })))?.primary).toEqual({
      label: 'Learn more',
      action: 'link',
      href: 'https://app.acme.test/help?at=%2Fprojects%3Fview%3Dall%23top',
    })
  })

  test('lead nowhere that a link may not lead', () => {
    expect(write(limitPrompt(82, cta({ href: '//evil.test' })))).toBeNull()
    expect(write(milestonePrompt(50, cta({ action: 'plans', href: '//evil.test' })))).toBeNull()
  })

  test('give way to "Ask an admin" and to Cancel', () => {
    expect(write(limitPrompt(82, { buyer: false, ...cta({ label: 'Buy' }) }))?.primary?.label).toBe('Ask an admin')
    expect(write(usePrompt(100, cta({}, { label: 'No' })))?.secondary.label).toBe('Cancel')
  })
})

describe('the explainer', () => {
  test('lists limits that rise and other features, six lines at most', () => {
    expect(writeExplainer(featurePrompt({ plan: business }), page)?.gains).toEqual([
      { text: 'Unlimited projects', was: 'now 100' },
      { text: '200 seats', was: 'now 10' },
      { text: 'Audit log' },
    ])
    const features = Array.from({ length: 20 }, (_, i) => `extra_${i}`)
    expect(writeExplainer(featurePrompt({ plan: { ...pro, features } }), page)?.gains).toHaveLength(6)
  })

  test('says nothing of what the plan leaves as it is', () => {
    const plan = { ...pro, limits: { projects: 100, seats: 10 } }
    const explainer = writeExplainer(featurePrompt({ plan }), page)!
    expect(explainer.gains).toEqual([])
    expect(explainer.also).toBeUndefined()
  })

  test('has who cannot buy ask, and names no price', () => {
    const explainer = writeExplainer(featurePrompt({ buyer: false }), page)!
    expect(explainer.primary).toEqual({ label: 'Ask an admin', action: 'ask' })
    expect(explainer.ask?.message).toBe(
      'Hi, we would like to move to Pro. https://app.acme.test/billing/upgrade?plan=pro',
    )
    expect(JSON.stringify(explainer)).not.toContain('$')
  })

  test('is not written for a prompt of no feature', () => {
    expect(writeExplainer(limitPrompt(82), page)).toBeNull()
  })
})

describe('the comparison', () => {
  test('names no price to who cannot buy, and no link to a plan', () => {
    const plans = writePlans(milestonePrompt(50, { buyer: false }), page)!
    expect(plans.columns).toEqual([
      { name: 'Starter', is: 'current', chip: 'Your plan' },
      { name: 'Pro', is: 'offer', chip: 'Next plan' },
      { name: 'Business' },
    ])
    expect(plans.primary?.action).toBe('ask')
  })

  test('ends with the plan offered where there is none after it, and says what was in place of unlimited', () => {
    const plans = writePlans(milestonePrompt(50, { plan: business }), page)!
    expect(plans.columns.map(({ name }) => name)).toEqual(['Starter', 'Business'])
    expect(plans.rows[0]).toEqual({
      label: 'Projects',
      cells: [{ text: '100' }, { text: 'Unlimited', gain: 'now 100' }],
    })
  })

  test('takes the limit in force, and says where one is not stated', () => {
    const plan = { ...pro, limits: { projects: 1000 } }
    const plans = writePlans(milestonePrompt(50, { plan, figures: { limit: 120 } }), page)!
    expect(plans.rows[0]?.cells.slice(0, 2)).toEqual([{ text: '120' }, { text: '1,000', gain: '+880' }])
    expect(plans.rows[1]?.cells.slice(0, 2)).toEqual([{ text: '10' }, { text: '–', hidden: 'Not stated' }])
  })

  test('is not written where no plan is offered', () => {
    expect(writePlans(noPlan(milestonePrompt(50)), page)).toBeNull()
  })
})

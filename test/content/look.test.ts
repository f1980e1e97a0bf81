import { expect, test } from 'vitest'
import { writeExplainer, writePlans, writePrompt } from '../../packages/sdk/src/content/index.ts'
import {
  config,
  featurePrompt,
  invitePrompt,
  limitPrompt,
  milestonePrompt,
  page,
  teamPrompt,
  usePrompt,
} from './fixtures.ts'

// Every text of the pictures, for their figures.

const upgrade = { label: 'Upgrade now', action: 'upgrade', href: 'https://app.acme.test/billing/upgrade?plan=pro' }
const always = { locale: 'en', stop: 'Stop showing these', dismiss: 'Dismiss' }
const snooze = { label: 'Remind me later', action: 'snooze' }
const dismiss = { label: 'Dismiss', action: 'dismiss' }
const cancel = { label: 'Cancel', action: 'cancel' }
const ask = { label: 'Ask an admin', action: 'ask' }
const copied = { title: 'Message copied', again: 'Copy again', close: 'Close' }
const refused = {
  title: 'Copy this message',
  text: 'Your browser did not allow copying. Select the text, copy it and paste it to an admin.',
  done: 'Done',
}

test.each([
  [80, '80%', '80 of 100', '80 of 100 projects used'],
  [82, '82%', '82 of 100', '82 of 100 projects used'],
])(
  'says in a banner at %i of 100 what is used, then what the next plan gives and costs',
  (used, percent, valueText, title) => {
    expect(writePrompt(limitPrompt(used), page)).toEqual({
      ...always,
      title,
      text: 'Pro gives you 1,000 projects for $99 a month.',
      meter: { label: 'Projects used', valueText, used, limit: 100, percent },
      primary: upgrade,
      secondary: snooze,
    })
  },
)

test('says in a banner at the limit that all is in use, and both ways out', () => {
  expect(writePrompt(limitPrompt(100), page)).toEqual({
    ...always,
    tone: 'full',
    title: 'All 100 projects are in use',
    text: 'New projects need room. Archive one, or go to Pro for 1,000 at $99 a month.',
    meter: { label: 'Projects used', valueText: '100 of 100', used: 100, limit: 100, percent: '100%' },
    primary: upgrade,
    secondary: snooze,
  })
})

test('names no price to who cannot buy, and has them ask an admin', () => {
  expect(writePrompt(limitPrompt(91, { buyer: false }), page)).toEqual({
    ...always,
    title: '91 of 100 projects used',
    text: 'Pro gives you 1,000 projects. An admin can change the plan.',
    meter: { label: 'Projects used', valueText: '91 of 100', used: 91, limit: 100, percent: '91%' },
    primary: ask,
    secondary: snooze,
    ask: {
      message:
        'Hi, we have used 91 of 100 projects. Could you move us to Pro? https://app.acme.test/billing/upgrade?plan=pro',
      copied: { ...copied, text: 'Paste it to an admin of Acme.' },
      refused,
    },
  })
})

test('says in a tooltip what the feature is good for, and which plan has it', () => {
  expect(writePrompt(featurePrompt(), page)).toEqual({
    ...always,
    title: 'Single sign-on',
    chip: 'Pro',
    text: 'Lets your team sign in with the company account. It is part of Pro.',
    primary: { label: 'Learn more', action: 'explainer' },
    secondary: dismiss,
  })
})

test('says in a panel who sits on the seats, and what more of them cost', () => {
  expect(writePrompt(teamPrompt(), page, 3)).toEqual({
    ...always,
    title: '9 of 10 seats are taken',
    text: 'Your team is growing. With more seats, the next invites go straight through.',
    seats: {
      label: 'Seats in use',
      valueText: '9 of 10 seats: 8 members, 1 invited',
      used: 9,
      limit: 10,
      parts: [
        { is: 'held', count: 8, label: '8 members' },
        { is: 'pending', count: 1, label: '1 invited' },
        { is: 'free', count: 1, label: '1 free' },
        { is: 'over', count: 3, label: '3 to add' },
      ],
    },
    bill: {
      min: 1,
      max: 999,
      needed: 3,
      label: 'Seats to add',
      fewer: 'One seat fewer',
      more: 'One seat more',
      change: '10 now, 13 then',
      each: { label: 'Each month', why: '$8.00 a seat', amount: '+$24.00' },
      due: { label: 'Due today', why: '12 of 30 days left', amount: '$9.60' },
    },
    primary: { label: 'Add 3 seats', action: 'seats', href: 'https://app.acme.test/billing/seats?add=3' },
    secondary: dismiss,
  })
})

const inviteSeats = {
  label: 'Seats needed',
  valueText: '8 of 10 seats in use, 6 asked for, 2 fit',
  used: 8,
  limit: 10,
  parts: [
    { is: 'held', count: 8, label: '8 in use' },
    { is: 'used', count: 2, label: '2 fit' },
    { is: 'over', count: 4, label: '4 more needed' },
  ],
}

test('says in a block for invites how many fit, and how many seats make room for all', () => {
  expect(writePrompt(invitePrompt(), page)).toEqual({
    ...always,
    title: '2 of these 6 invites fit',
    text: 'Starter has 10 seats and 8 are in use. Add 4 to invite everyone.',
    seats: inviteSeats,
    bill: {
      min: 4,
      max: 999,
      needed: 4,
      label: 'Seats to add',
      fewer: 'One seat fewer',
      more: 'One seat more',
      change: '10 now, 14 then',
      each: { label: 'Each month', why: '$8.00 a seat', amount: '+$32.00' },
      due: { label: 'Due today', why: '12 of 30 days left', amount: '$12.80' },
    },
    primary: { label: 'Add 4 seats', action: 'seats', href: 'https://app.acme.test/billing/seats?add=4' },
    secondary: cancel,
  })
})

test('has who cannot buy ask for the seats that a block is short of', () => {
  expect(writePrompt(invitePrompt({ buyer: false }), page)).toEqual({
    ...always,
    title: '2 of these 6 invites fit',
    text: 'Starter has 10 seats and 8 are in use. An admin can add the 4 that are missing.',
    seats: inviteSeats,
    primary: ask,
    secondary: cancel,
    ask: {
      message:
        'Hi, could you add 4 seats to our Acme plan? We have 10 and need 14. You can do it here: https://app.acme.test/billing/seats?add=4',
      copied: { ...copied, text: 'Paste it to an admin. Your 6 invites stay in the form.' },
      refused,
    },
  })
})

test('says in a block for another resource that one more needs room', () => {
  expect(writePrompt(usePrompt(100), page)).toEqual({
    ...always,
    tone: 'full',
    title: 'All 100 projects are in use',
    text: 'A new project needs room. Archive one, or go to Pro for 1,000 at $99 a month.',
    meter: { label: 'Projects used', valueText: '100 of 100', used: 100, limit: 100, percent: '100%' },
    primary: upgrade,
    secondary: cancel,
  })
})

test('says in a modal what was reached, what room is left, and what the next plan adds', () => {
  expect(writePrompt(milestonePrompt(50), page)).toEqual({
    ...always,
    figure: '50',
    title: 'Your team has created 50 projects',
    text: 'Starter has room for 100. Pro has room for 1,000 and adds single sign-on.',
    primary: { label: 'See what’s next', action: 'plans' },
    secondary: dismiss,
  })
})

test('says the same in a toast, in fewer words', () => {
  const toast = writePrompt(milestonePrompt(50, { kind: 'toast' }), page)
  expect(toast?.title).toBe('50 projects created')
  expect(toast?.text).toBe('Starter has room for 100, Pro for 1,000.')
  expect(toast?.primary).toEqual({ label: 'See what’s next', action: 'plans' })
})

test('explains a feature, and what else its plan gives', () => {
  const benefit =
    'your team signs in with the company account: one password fewer each, and one place to add or remove people'
  const prompt = featurePrompt({ config: { features: { sso: { name: 'Single sign-on', benefit } } } })
  expect(writeExplainer(prompt, page)).toEqual({
    locale: 'en',
    chip: 'Part of Pro',
    title: 'Single sign-on',
    text: 'Your team signs in with the company account: one password fewer each, and one place to add or remove people.',
    also: 'Pro also gives you',
    gains: [
      { text: '1,000 projects', was: 'now 100' },
      { text: '50 seats', was: 'now 10' },
    ],
    primary: { ...upgrade, label: 'Upgrade to Pro, $99 a month' },
    close: 'Close',
  })
})

test('compares the current plan, the next and one more, and marks what the next one adds', () => {
  const has = { has: true, hidden: 'Included' }
  const not = { has: false, hidden: 'Not included' }
  expect(writePlans(milestonePrompt(50), page)).toEqual({
    locale: 'en',
    title: 'What Pro adds to Starter',
    text: 'You are on Starter. What Pro would add is marked.',
    label: 'Plans compared',
    columns: [
      { name: 'Starter', price: '$29 a month', is: 'current', chip: 'Your plan' },
      {
        name: 'Pro',
        price: '$99 a month',
        is: 'offer',
        chip: 'Next plan',
        action: { ...upgrade, label: 'Upgrade to Pro, $99 a month' },
      },
      {
        name: 'Business',
        price: '$249 a month',
        action: {
          label: 'Upgrade to Business, $249 a month',
          action: 'upgrade',
          href: 'https://app.acme.test/billing/upgrade?plan=business',
        },
      },
    ],
    rows: [
      { label: 'Projects', cells: [{ text: '100' }, { text: '1,000', gain: '+900' }, { text: 'Unlimited' }] },
      { label: 'Seats', cells: [{ text: '10' }, { text: '50', gain: '+40' }, { text: '200' }] },
      { label: 'Export', cells: [has, has, has] },
      { label: 'Single sign-on', cells: [not, { ...has, gain: 'New' }, has] },
      { label: 'Audit log', cells: [not, not, has] },
    ],
    primary: { ...upgrade, label: 'Upgrade to Pro, $99 a month' },
    close: 'Close',
  })
})

test('leaves every figure of the pictures free of invisible marks', () => {
  const prompts = [limitPrompt(82), featurePrompt(), teamPrompt(), invitePrompt(), usePrompt(100), milestonePrompt(50)]
  const said = JSON.stringify(prompts.map((prompt) => writePrompt({ ...prompt, config }, page)))
  expect(said).not.toMatch(/[\u200e\u200f\u2066-\u2069]/)
})

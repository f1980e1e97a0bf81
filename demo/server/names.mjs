/** Names that fill the demo's lists, so that 82 projects are 82 different projects. */

const first = [
  ['Harbour survey', 'Ana Ruiz', 'Active', '2 h ago'],
  ['Spring catalogue', 'Tom Berg', 'Active', 'Yesterday'],
  ['Onboarding refresh', 'Mei Lin', 'In review', '2 days ago'],
  ['Pricing study', 'Ana Ruiz', 'Active', '3 days ago'],
  ['Support handbook', 'Jonas Falk', 'Paused', 'Last week'],
  ['Partner portal', 'Mei Lin', 'Active', 'Last week'],
  ['Field research', 'Tom Berg', 'Active', '2 weeks ago'],
  ['Brand refresh', 'Ana Ruiz', 'Done', 'Last month'],
  ['Data migration', 'Jonas Falk', 'Done', 'Last month'],
]

const subjects = [
  'Coastal',
  'Winter',
  'Customer',
  'Supplier',
  'Mobile',
  'Retail',
  'Regional',
  'Annual',
  'Workshop',
  'Launch',
]
const works = [
  'report',
  'campaign',
  'interviews',
  'audit',
  'redesign',
  'forecast',
  'playbook',
  'training',
  'archive',
  'roadmap',
]
const people = [
  'Ana Ruiz',
  'Tom Berg',
  'Mei Lin',
  'Jonas Falk',
  'Inês Duarte',
  'Omar Haddad',
  'Priya Nair',
  'Lena Koch',
  'Samuel Osei',
  'Yuki Tanaka',
]
const family = ['Moreau', 'Silva', 'Novak', 'Larsen', 'Costa', 'Weber', 'Rossi', 'Kim', 'Khan', 'Dubois']

/** @typedef {{ id: string, name: string, owner: string, status: string, updated: string }} Project */

/**
 * @param {number} index From 0.
 * @returns {Project}
 */
export function projectAt(index) {
  const known = first[index]
  const id = `p${index + 1}`
  if (known) return { id, name: known[0] ?? '', owner: known[1] ?? '', status: known[2] ?? '', updated: known[3] ?? '' }
  const n = index - first.length
  const round = Math.floor(n / 100)
  // 10 subjects and 10 works meet once each in a hundred
  const subject = subjects[n % 10] ?? ''
  const work = works[(n + Math.floor(n / 10)) % 10] ?? ''
  return {
    id,
    name: `${subject} ${work}${round ? ` ${round + 1}` : ''}`,
    owner: people[index % 4] ?? '',
    status: ['Done', 'Active', 'Paused'][index % 3] ?? '',
    updated: 'This year',
  }
}

/**
 * @param {number} index From 0.
 * @param {{ name: string, role: string }} self Who looks: always the first.
 */
export function memberAt(index, self) {
  if (index === 0) return { name: self.name, role: self.role, you: true }
  const others = people.filter((name) => name !== self.name)
  const n = index - 1
  const name =
    n < others.length
      ? (others[n] ?? '')
      : `${(people[n % 10] ?? '').split(' ')[0]} ${family[(n + Math.floor(n / 10)) % 10]}`
  // a workspace where this person cannot buy has somebody else who can
  return { name, role: n === 0 && self.role === 'member' ? 'admin' : 'member', you: false }
}

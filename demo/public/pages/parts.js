/** Pieces that several pages share. */

import { h, icons } from '../h.js'

export function notice(ui) {
  if (!ui.notice) return null
  const { text, tone, link } = ui.notice
  return h(
    'p',
    { class: 'notice', 'data-tone': tone, 'data-key': 'notice' },
    tone === 'good' ? icons.check() : tone === 'bad' ? icons.alert() : null,
    h('span', null, text),
    link && h('a', { href: link.href }, link.label),
  )
}

/** A control of a feature that the plan lacks, as Plimsoll finds it: marked, and `aria-disabled` so that it still gets events. */
export function lockedControl(feature, label) {
  return h(
    'button',
    { type: 'button', class: 'button', 'aria-disabled': 'true', 'data-plimsoll-feature': feature },
    icons.lock(),
    label,
  )
}

/** Used of limit, as a bar; the words beside it say the same. */
export function meter(label, used, limit) {
  const share = limit ? Math.min(100, (100 * used) / limit) : 0
  return h(
    'span',
    {
      class: 'meter',
      role: 'meter',
      'aria-label': label,
      'aria-valuemin': 0,
      'aria-valuemax': limit,
      'aria-valuenow': Math.min(used, limit),
      'aria-valuetext': `${used} of ${limit}`,
      vars: { '--used': share },
    },
    h('i'),
  )
}

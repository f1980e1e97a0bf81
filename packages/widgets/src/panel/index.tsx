import { writeTeam } from '@plimsoll/sdk'
import anchored from '../anchor/anchor.css?inline'
import { arrow, dialogAround, standBeside } from '../anchor/standBeside.tsx'
import { actions, dismiss, marks, quote, text, title } from '../frame/parts.tsx'
import type { Widget } from '../frame/view.ts'
import styles from './panel.css?inline'
import seatStyles from './seats.css?inline'
import { bill, seats } from './seats.tsx'

/**
 * A panel in its slot, or beside the control that invites: the team grows.
 *
 * Parts: `panel title text meter legend bill stepper quote actions primary secondary stop dismiss`.
 *
 * Custom properties: `--plimsoll-accent --plimsoll-surface --plimsoll-ink --plimsoll-font --plimsoll-radius
 * --plimsoll-scheme`.
 */
export const widget: Widget = {
  css: [seatStyles, styles, anchored],
  write: writeTeam,
  draw(view) {
    const { content, asked, standing } = view
    const beside = standing === 'anchor'
    return (
      <section {...marks(view, 'panel')} popover={beside ? 'manual' : undefined}>
        {beside && arrow()}
        <div class="stack">
          <div>
            <div class="head">
              {title(view)}
              {dismiss(view)}
            </div>
            {text(view)}
          </div>
          {quote(view)}
          {!asked && content.seats && seats(content.seats)}
          {!asked && content.bill && bill(view, content.bill)}
          {actions(view)}
        </div>
      </section>
    )
  },
  around: dialogAround,
  stand: standBeside,
}

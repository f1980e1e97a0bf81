import { writeFeature } from '@plimsoll/sdk'
import anchored from '../anchor/anchor.css?inline'
import { arrow, dialogAround, standBeside } from '../anchor/standBeside.tsx'
import chip from '../chip.css?inline'
import { actions, dismiss, marks, quote, text, title } from '../frame/parts.tsx'
import type { Widget } from '../frame/view.ts'
import styles from './tooltip.css?inline'

/**
 * A small dialog, not modal, beside the control of a locked feature; inline in a slot where the page has none.
 *
 * Parts: `tooltip title chip text quote actions primary secondary stop dismiss`.
 *
 * Custom properties: `--plimsoll-accent --plimsoll-surface --plimsoll-ink --plimsoll-font --plimsoll-radius
 * --plimsoll-scheme`.
 */
export const widget: Widget = {
  css: [chip, styles, anchored],
  write: writeFeature,
  draw(view) {
    const { content, standing, id } = view
    const beside = standing === 'anchor'
    return (
      <div
        {...marks(view, 'tooltip')}
        role={beside ? 'dialog' : 'region'}
        aria-describedby={`text${id}`}
        popover={beside ? 'manual' : undefined}
      >
        {beside && arrow()}
        <div class="head">
          {title(
            view,
            content.chip && [
              ' ',
              <span class="chip" part="chip">
                {content.chip}
              </span>,
            ],
          )}
          {dismiss(view)}
        </div>
        {text(view)}
        {quote(view)}
        {actions(view)}
      </div>
    )
  },
  around: dialogAround,
  stand: standBeside,
}

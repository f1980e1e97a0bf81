import { writeBlock } from '@plimsoll/sdk'
import chip from '../chip.css?inline'
import styles from '../dialog/dialog.css?inline'
import { dialog } from '../dialog/dialog.tsx'
import { showDialog } from '../dialog/showDialog.ts'
import { meter } from '../frame/parts.tsx'
import type { Widget } from '../frame/view.ts'
import seatStyles from '../panel/seats.css?inline'
import { bill, seats } from '../panel/seats.tsx'

/**
 * A block: the widget of a banner's, a panel's or a tooltip's trigger, drawn as a modal dialog when an action is over
 * the limit. It has no ×, and nothing to stop; Cancel and Escape leave it.
 *
 * Parts: `banner`, `panel` or `tooltip`, then `title chip text meter legend bill stepper quote actions primary
 * secondary`.
 *
 * Custom properties: `--plimsoll-accent --plimsoll-surface --plimsoll-ink --plimsoll-font --plimsoll-radius
 * --plimsoll-scheme`.
 */
export const widget: Widget = {
  css: [styles, chip, seatStyles],
  dialog: true,
  write: writeBlock,
  draw(view) {
    const { content, prompt } = view
    return dialog(view, prompt.kind, {
      style: 'block',
      above: content.chip && (
        <span class="chip" part="chip">
          {content.chip}
        </span>
      ),
      below: [
        content.seats
          ? seats(content.seats)
          : content.meter && <div data-tone={content.tone}>{meter(content.meter)}</div>,
        content.bill && bill(view, content.bill),
      ],
    })
  },
  stand: showDialog,
}

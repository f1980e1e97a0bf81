import { writeExplainer } from '@plimsoll/sdk'
import chip from '../chip.css?inline'
import styles from '../dialog/dialog.css?inline'
import { dialog } from '../dialog/dialog.tsx'
import { showDialog } from '../dialog/showDialog.ts'
import { check } from '../frame/parts.tsx'
import type { Widget } from '../frame/view.ts'
import own from './explainer.css?inline'

/**
 * A dialog that explains a feature: what it does, which plan has it, and what that plan also gives.
 *
 * Parts: `explainer chip title text gains quote actions primary secondary dismiss`.
 *
 * Custom properties: `--plimsoll-accent --plimsoll-surface --plimsoll-ink --plimsoll-font --plimsoll-radius
 * --plimsoll-scheme`.
 */
export const widget: Widget = {
  css: [styles, chip, own],
  dialog: true,
  write(prompt, page) {
    const content = writeExplainer(prompt, page)
    return content && { ...content, dismiss: content.close, secondary: { label: content.close, action: 'dismiss' } }
  },
  draw(view) {
    const { chip, also, gains = [] } = view.content
    return dialog(view, 'explainer', {
      corner: true,
      above: chip && (
        <span class="chip" part="chip">
          {chip}
        </span>
      ),
      below: gains[0] && (
        <div class="also">
          <p class="caption">{also}</p>
          <ul class="gains" part="gains">
            {gains.map(({ text, was }) => (
              <li>
                {check()}
                <span>{text}</span>
                {was && <span class="was">{was}</span>}
              </li>
            ))}
          </ul>
        </div>
      ),
    })
  },
  stand: showDialog,
}

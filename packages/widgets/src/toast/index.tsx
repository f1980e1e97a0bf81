import { writeMilestone } from '@plimsoll/sdk'
import { actions, dismiss, marks, quote, text, title } from '../frame/parts.tsx'
import type { Widget } from '../frame/view.ts'
import styles from './toast.css?inline'

/**
 * A toast, at the bottom end of the screen: a milestone, quietly. It waits for an answer and never leaves by itself.
 *
 * Parts: `toast mark title text quote actions primary secondary stop dismiss`.
 *
 * Custom properties: `--plimsoll-accent --plimsoll-surface --plimsoll-ink --plimsoll-font --plimsoll-radius
 * --plimsoll-scheme`, and `--plimsoll-inset`, its distance from the screen's foot.
 */
export const widget: Widget = {
  css: [styles],
  write: writeMilestone,
  draw: (view) => (
    <section {...marks(view, 'toast')} popover="manual">
      <span class="badge" part="mark">
        <svg viewBox="0 0 16 16" aria-hidden="true">
          <circle cx="8" cy="8" r="4.25" />
          <path d="M1 8h14" />
        </svg>
      </span>
      <div>
        {title(view)}
        {text(view)}
        {quote(view)}
        {/* × is its refusal; a second one is drawn where the file asks for it. */}
        {actions(view, !view.prompt.trigger.cta?.secondary)}
      </div>
      {dismiss(view)}
    </section>
  ),
  stand({ element }) {
    element.showPopover()
    return undefined
  },
}

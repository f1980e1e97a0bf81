import { writeLimit } from '@plimsoll/sdk'
import { actions, dismiss, marks, meter, quote, text, title } from '../frame/parts.tsx'
import type { Widget } from '../frame/view.ts'
import styles from './banner.css?inline'
import { standAsBanner } from './standAsBanner.ts'

/**
 * A banner: at the page's top, over it, or in a slot. A limit comes near.
 *
 * Parts: `banner gauge meter title text quote actions primary secondary stop dismiss`.
 *
 * Custom properties: `--plimsoll-accent --plimsoll-surface --plimsoll-ink --plimsoll-font --plimsoll-radius
 * --plimsoll-scheme`, and `--plimsoll-inset`, its distance from the screen's edge.
 */
export const widget: Widget = {
  css: [styles],
  write: writeLimit,
  draw(view) {
    const { content, asked } = view
    return (
      <section
        {...marks(view, 'banner')}
        data-tone={content.tone}
        popover={view.standing === 'float' ? 'manual' : undefined}
      >
        <div class="row">
          {!asked && content.meter && (
            <div class="gauge" part="gauge">
              {meter(content.meter)}
              <span class="percent" aria-hidden="true">
                {content.meter.percent}
              </span>
            </div>
          )}
          <div class="say">
            {title(view)}
            {text(view)}
            {quote(view)}
          </div>
          {actions(view)}
          {dismiss(view)}
        </div>
      </section>
    )
  },
  stand: standAsBanner,
}

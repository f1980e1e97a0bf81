// biome-ignore-all lint/a11y/useSemanticElements: a grid loses the roles of `<table>`, so they are written out
// biome-ignore-all lint/a11y/useFocusableInteractive: its rows and headers are read, not worked

import { writePlans } from '@plimsoll/sdk'
import type { ComponentChildren } from 'preact'
import chip from '../chip.css?inline'
import styles from '../dialog/dialog.css?inline'
import { dialog } from '../dialog/dialog.tsx'
import { showDialog } from '../dialog/showDialog.ts'
import { check, primary } from '../frame/parts.tsx'
import type { Content, Widget } from '../frame/view.ts'
import own from './plans.css?inline'

type Column = NonNullable<Content['columns']>[number]
type Cell = NonNullable<Content['rows']>[number]['cells'][number]

const offered = ({ is }: Column): '' | undefined => (is === 'offer' ? '' : undefined)

function cell({ text, has, hidden }: Cell): ComponentChildren {
  if (!hidden) return text
  return [
    has ? (
      check()
    ) : (
      <span class="none" aria-hidden="true">
        {text ?? '–'}
      </span>
    ),
    <span class="hidden">{hidden}</span>,
  ]
}

/**
 * A dialog that compares plans: the current one, the next, and at most one more. What would be gained is marked, in
 * weight and in words.
 *
 * Parts: `plans title text table chip quote actions primary secondary dismiss`.
 *
 * Custom properties: `--plimsoll-accent --plimsoll-surface --plimsoll-ink --plimsoll-font --plimsoll-radius
 * --plimsoll-scheme`.
 */
export const widget: Widget = {
  css: [styles, chip, own],
  dialog: true,
  write(prompt, page) {
    const content = writePlans(prompt, page)
    return content && { ...content, dismiss: content.close, secondary: { label: content.close, action: 'dismiss' } }
  },
  draw(view) {
    const { label, columns = [], rows = [], primary: first } = view.content
    return dialog(view, 'plans', {
      corner: true,
      below: (
        <div class="table" part="table" role="table" aria-label={label} style={{ '--plans': columns.length }}>
          <div role="rowgroup">
            <div role="row">
              <span class="blank" role="cell" />
              {columns.map((column) => (
                <div role="columnheader" data-offer={offered(column)}>
                  {/* The offered plan's link is the primary below. */}
                  <b>
                    {column.action && column.action.href !== first?.href
                      ? primary(view, column.action, 'more', column.name, column.action.label)
                      : column.name}
                  </b>
                  {column.price && <span class="caption">{column.price}</span>}
                  {column.chip && (
                    <span class="chip" part="chip" data-tone={column.is === 'offer' ? 'accent' : undefined}>
                      {column.chip}
                    </span>
                  )}
                </div>
              ))}
            </div>
          </div>
          <div role="rowgroup">
            {rows.map(({ label: name, cells }) => (
              <div role="row">
                <span role="rowheader">{name}</span>
                {cells.map((entry, index) => (
                  <span role="cell" data-offer={columns[index] && offered(columns[index])} data-gain={entry.gain && ''}>
                    {cell(entry)}
                    {entry.gain && <small> {entry.gain}</small>}
                  </span>
                ))}
              </div>
            ))}
          </div>
        </div>
      ),
    })
  },
  stand: showDialog,
}

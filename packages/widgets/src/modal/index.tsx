import { writeMilestone } from '@plimsoll/sdk'
import styles from '../dialog/dialog.css?inline'
import { dialog } from '../dialog/dialog.tsx'
import { showDialog } from '../dialog/showDialog.ts'
import type { Widget } from '../frame/view.ts'
import { mark } from './mark.tsx'
import own from './modal.css?inline'

/**
 * A modal dialog that celebrates: a milestone.
 *
 * Parts: `modal mark title text quote actions primary secondary stop dismiss`.
 *
 * Custom properties: `--plimsoll-accent --plimsoll-surface --plimsoll-ink --plimsoll-font --plimsoll-radius
 * --plimsoll-scheme`.
 */
export const widget: Widget = {
  css: [styles, own],
  dialog: true,
  write: writeMilestone,
  draw: (view) => dialog(view, 'modal', { art: mark(view.content.figure ?? ''), corner: true }),
  stand: showDialog,
}

import type { ComponentChildren, VNode } from 'preact'
import { actions, dismiss, marks, quote, text, title } from '../frame/parts.tsx'
import type { View } from '../frame/view.ts'

interface Parts {
  /** Before the title. */
  readonly above?: ComponentChildren
  /** Between the text and the actions; gone once the message was asked for. */
  readonly below?: ComponentChildren
  /** At the dialog's head, over all. */
  readonly art?: ComponentChildren
  /** Styled as this rather than as its kind. */
  readonly style?: string
  /** Whether × stands in its corner. */
  readonly corner?: boolean
}

/** A dialog's layout, which a block, the milestone, the explainer and the comparison share. */
export function dialog(view: View, kind: string, { above, below, art, corner, style = kind }: Parts): VNode {
  const { asked, id } = view
  return (
    <dialog {...marks(view, kind)} class={`widget ${style}`} tabIndex={-1} aria-describedby={`text${id}`}>
      {corner && dismiss(view, 'dismiss corner')}
      <div class="stack">
        {!asked && art}
        <div class="intro" aria-live="polite">
          {!asked && above}
          {title(view, undefined, 'h2')}
          {text(view)}
        </div>
        {asked ? quote(view) : below}
        {actions(view)}
      </div>
    </dialog>
  )
}

// biome-ignore-all lint/a11y/useSemanticElements: a `<meter>` has no parts to lay out

import { type ActionContent, isRightToLeft, type MeterContent } from '@plimsoll/sdk'
import type { ComponentChildren, VNode } from 'preact'
import type { View } from './view.ts'

/** What every widget's root element bears. */
export const marks = ({ prompt, content, said, standing, asked, id }: View, kind: string) => ({
  class: `widget ${kind}`,
  part: kind,
  lang: content.locale,
  'data-plimsoll-widget': kind,
  'data-plimsoll-trigger': prompt.triggerId,
  'data-plimsoll-block': prompt.block && '',
  'data-place': standing,
  // Words that have no other letters read from the left on a page that reads from the right, too.
  'data-ltr': isRightToLeft(said.title + said.text) ? undefined : '',
  'data-state': asked && 'asked',
  'aria-labelledby': `title${id}`,
})

export const icon = (d: string): VNode => (
  <svg viewBox="0 0 16 16" aria-hidden="true">
    <path d={d} />
  </svg>
)

export const check = (): VNode => icon('m3.5 8.5 3 3 6-7')

export const title = ({ asked, said, id }: View, chip?: ComponentChildren, Tag: 'p' | 'h2' = 'p'): VNode => (
  <Tag class="title" part="title" id={`title${id}`}>
    {asked === 'copied' && check()}
    {said.title}
    {!asked && chip}
  </Tag>
)

export const text = ({ said, id }: View): VNode => (
  <p class="text" part="text" id={`text${id}`}>
    {said.text}
  </p>
)

/** The message itself, once it was asked for. */
export const quote = ({ content, asked }: View): ComponentChildren =>
  asked && (
    <blockquote class="quote" part="quote">
      {content.ask?.message}
    </blockquote>
  )

interface Control {
  readonly part: 'primary' | 'secondary' | 'stop' | 'dismiss'
  readonly action?: string
  readonly style?: string
  /** What screen readers call it, where its label is not enough. */
  readonly name?: string | undefined
  readonly href?: string | undefined
  readonly onClick: (event: MouseEvent) => void
}

/** A link where there is somewhere to go, else a button. */
function control(label: ComponentChildren, { part, action = part, style = part, name, href, onClick }: Control): VNode {
  const shared = { class: style, part, 'aria-label': name, 'data-plimsoll-action': action, onClick }
  return href ? (
    <a {...shared} href={href} onAuxClick={onClick}>
      {label}
    </a>
  ) : (
    <button {...shared} type="button">
      {label}
    </button>
  )
}

export const primary = (
  view: View,
  action: ActionContent,
  style = 'button primary',
  label = action.label,
  name?: string,
): VNode =>
  control(label, { part: 'primary', style, name, href: action.href, onClick: (event) => view.follow(event, action) })

const secondary = ({ answer }: View, label: string, action: 'dismiss' | 'snooze' | 'cancel'): VNode =>
  control(label, { part: 'secondary', action, style: 'button secondary', onClick: () => answer(action) })

/** The row of actions: primary, secondary, and at its end "Stop showing these". */
export function actions(view: View, only?: boolean): VNode {
  const { content, asked, prompt, standing } = view
  const { ask } = content
  const away = prompt.block ? 'cancel' : 'dismiss'
  return (
    <div class="actions" part="actions">
      <div class="options">
        {asked === 'copied' && ask && content.primary
          ? [
              primary(view, content.primary, 'button secondary', ask.copied.again),
              standing === 'dialog' && secondary(view, ask.copied.close, away),
            ]
          : asked
            ? ask && secondary(view, ask.refused.done, away)
            : [
                content.primary && primary(view, content.primary),
                !only && secondary(view, content.secondary.label, content.secondary.action as 'dismiss'),
              ]}
      </div>
      {content.stop && !prompt.block && control(content.stop, { part: 'stop', onClick: () => view.answer('stop') })}
    </div>
  )
}

/** × */
export const dismiss = ({ content, answer }: View, style = 'dismiss'): VNode =>
  control(icon('m4 4 8 8M12 4l-8 8'), {
    part: 'dismiss',
    style,
    name: content.dismiss,
    onClick: () => answer('dismiss', 'close'),
  })

/** Used of limit, and the mark where the limit stands. */
export function meter({ label, valueText, used, limit }: MeterContent): VNode {
  const now = Math.min(used, limit)
  return (
    <span
      class="meter"
      part="meter"
      role="meter"
      aria-label={label}
      aria-valuemin={0}
      aria-valuemax={limit}
      aria-valuenow={now}
      aria-valuetext={valueText}
    >
      <i data-is="used" style={{ '--n': now }} />
      {now < limit && <i style={{ '--n': limit - now }} />}
      <b />
    </span>
  )
}

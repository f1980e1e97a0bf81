// biome-ignore-all lint/a11y/useSemanticElements: a `<meter>` has no parts to lay out

import type { ActionContent, MeterContent } from '@plimsoll/sdk'
import type { ComponentChildren, VNode } from 'preact'
import type { View } from './view.ts'

/** What every widget's root element bears. */
export const marks = ({ prompt, content, standing, asked, id }: View, kind: string) => ({
  class: `widget ${kind}`,
  part: kind,
  lang: content.locale,
  'data-plimsoll-widget': kind,
  'data-plimsoll-trigger': prompt.triggerId,
  'data-plimsoll-block': prompt.block && '',
  'data-place': standing,
  'data-state': asked && 'asked',
  'aria-labelledby': `title${id}`,
})

export const icon = (d: string): VNode => (
  <svg viewBox="0 0 16 16" aria-hidden="true">
    <path d={d} />
  </svg>
)

export const check = (): VNode => icon('m3.5 8.5 3 3 6-7')

export function title({ content, asked, id }: View, chip?: ComponentChildren, Tag: 'p' | 'h2' = 'p'): VNode {
  return (
    <Tag class="title" part="title" id={`title${id}`}>
      {asked === 'copied' && check()}
      {asked ? content.ask?.[asked].title : content.title}
      {!asked && chip}
    </Tag>
  )
}

/** The text; under it the message itself, once it was asked for. */
export function text({ content, asked, id }: View): VNode {
  return (
    <p class="text" part="text" id={`text${id}`}>
      {asked ? content.ask?.[asked].text : content.text}
    </p>
  )
}

export const quote = ({ content, asked }: View): ComponentChildren =>
  asked && (
    <blockquote class="quote" part="quote">
      {content.ask?.message}
    </blockquote>
  )

/** A link where there is somewhere to go, else a button. */
export function primary(
  view: View,
  action: ActionContent,
  style = 'button primary',
  label = action.label,
  name?: string,
): VNode {
  const { ask } = view.content
  const href = action.href ?? (action.action === 'ask' ? ask?.href : undefined)
  const onClick = (event: MouseEvent): void => view.follow(event, action)
  const shared = { class: style, 'aria-label': name, part: 'primary', 'data-plimsoll-action': 'primary', onClick }
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

function secondary({ answer }: View, label: string, action: 'dismiss' | 'snooze' | 'cancel'): VNode {
  return (
    <button
      class="button secondary"
      part="secondary"
      type="button"
      data-plimsoll-action={action}
      onClick={() => answer(action)}
    >
      {label}
    </button>
  )
}

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
      {content.stop && !prompt.block && (
        <button class="stop" part="stop" type="button" data-plimsoll-action="stop" onClick={() => view.answer('stop')}>
          {content.stop}
        </button>
      )}
    </div>
  )
}

/** × */
export function dismiss({ content, answer }: View, style = 'dismiss'): VNode {
  return (
    <button
      class={style}
      part="dismiss"
      type="button"
      data-plimsoll-action="dismiss"
      aria-label={content.dismiss}
      onClick={() => answer('dismiss', 'close')}
    >
      {icon('m4 4 8 8M12 4l-8 8')}
    </button>
  )
}

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

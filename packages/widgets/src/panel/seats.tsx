// biome-ignore-all lint/a11y/useSemanticElements: neither `<meter>` nor `<fieldset>` has parts to lay out

import type { VNode } from 'preact'
import { icon } from '../frame/parts.tsx'
import type { Content, View } from '../frame/view.ts'

type Part = NonNullable<Content['seats']>['parts'][number]

/** Up to this many seats each has a pip of its own. */
const PIPS = 24

const tone = ({ is }: Part): string | undefined => (is === 'free' ? undefined : is)

/** Seats in use, invited, free and asked for, with the mark where the limit stands, and a legend in words. */
export function seats({ label, valueText, used, limit, parts }: NonNullable<Content['seats']>): VNode {
  const drawn = parts.filter(({ count }) => count > 0)
  const pips = drawn.reduce((sum, { count }) => sum + count, 0) <= PIPS
  const stretch = (part: Part): VNode[] =>
    pips
      ? Array.from({ length: part.count }, () => <i data-is={tone(part)} />)
      : [<i data-is={tone(part)} style={{ '--n': part.count }} />]
  return (
    <div class="seats">
      <div
        class="meter"
        part="meter"
        role="meter"
        aria-label={label}
        aria-valuemin={0}
        aria-valuemax={limit}
        aria-valuenow={Math.min(used, limit)}
        aria-valuetext={valueText}
      >
        {drawn.filter(({ is }) => is !== 'over').flatMap(stretch)}
        <b />
        {drawn.filter(({ is }) => is === 'over').flatMap(stretch)}
      </div>
      <ul class="legend" part="legend">
        {drawn.map((part) => (
          <li>
            <i data-is={tone(part)} />
            {part.label}
          </li>
        ))}
      </ul>
    </div>
  )
}

const sum = ({ label, why, amount }: NonNullable<Content['bill']>['each']): VNode => (
  <div>
    <dt>
      {label}
      <small>{why}</small>
    </dt>
    <dd>
      <output>{amount}</output>
    </dd>
  </div>
)

/** Seats to add, with a stepper; what they cost each month, and today. The primary's link follows the stepper. */
export function bill({ step }: View, content: NonNullable<Content['bill']>): VNode {
  const { min, max, needed, label, fewer, more, change, each, due } = content
  const button = (name: string, path: string, by: number, stuck: boolean): VNode => (
    <button
      class="step"
      type="button"
      aria-label={name}
      aria-disabled={stuck || undefined}
      onClick={() => stuck || step(needed + by)}
    >
      {icon(path)}
    </button>
  )
  return (
    <dl class="bill" part="bill">
      <div>
        <dt>
          {label}
          <small>{change}</small>
        </dt>
        <dd>
          <span class="stepper" part="stepper" role="group" aria-label={label}>
            {button(fewer, 'M3.5 8h9', -1, needed <= min)}
            <input
              type="number"
              inputMode="numeric"
              min={min}
              max={max}
              value={needed}
              aria-label={label}
              // A number half typed may be under the least: it is waited for.
              onInput={({ currentTarget: { valueAsNumber: typed } }) =>
                typed >= min && typed <= max && step(Math.floor(typed))
              }
              onChange={({ currentTarget: input }) => {
                const typed = Math.min(max, Math.max(min, Math.floor(input.valueAsNumber) || min))
                input.value = `${typed}`
                step(typed)
              }}
            />
            {button(more, 'M8 3.5v9M3.5 8h9', 1, needed >= max)}
          </span>
        </dd>
      </div>
      {sum(each)}
      {sum(due)}
    </dl>
  )
}

import type { VNode } from 'preact'

/** Where the load line, lying down, is the horizon: the ring's centre. */
const X = 200
const Y = 112

/** A row of rays on an arc over the ring: how many, how far from its centre, to what angle, how wide and high. */
const arc = (count: number, radius: number, angle: number, width: number, height: number, tones: string[]): VNode[] =>
  Array.from({ length: count }, (_, index) => (
    <rect
      class={tones[index % tones.length] ?? ''}
      x={X - width / 2}
      y={Y - radius - height / 2}
      width={width}
      height={height}
      rx={width / 2}
      transform={`rotate(${angle * ((2 * index) / (count - 1) - 1)} ${X} ${Y})`}
    />
  ))

/** The milestone's drawing: a ring on the line, its figure inside, rays above. Hidden from screen readers. */
export const mark = (figure: string): VNode => (
  <div class="mark" part="mark" aria-hidden="true">
    <svg viewBox="0 0 400 156" aria-hidden="true">
      <g class="rays">
        {arc(11, 54, 78, 3, 11, ['', 'pale'])}
        {arc(10, 73, 70, 4, 4, ['glow', 'pale', ''])}
        {arc(7, 92, 63, 3, 8, ['pale', 'glow', ''])}
      </g>
      <circle class="ring" cx={X} cy={Y} r="36" />
    </svg>
    <span class="number" data-long={figure.length > 4 ? '' : undefined}>
      {figure}
    </span>
  </div>
)

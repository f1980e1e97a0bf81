import * as Plot from '@observablehq/plot'
import { useEffect, useRef, useState } from 'preact/hooks'

/** Colours of parts that stand side by side, told apart without colour by order, legend and table. */
export const COLOURS = [
  'var(--part-1)',
  'var(--part-2)',
  'var(--part-3)',
  'var(--part-4)',
  'var(--part-5)',
  'var(--part-6)',
]

/** A picture with less room than this is drawn so wide all the same, and shrunk: its names leave none for its bars. */
const LEAST = 320

/**
 * A picture, drawn anew when its data or its width change. What it says is in the table under it too, so screen readers
 * hear its name only.
 *
 * @param plot Makes the picture for a width in pixels.
 */
export function Chart(props: { readonly label: string; readonly plot: (width: number) => Plot.PlotOptions }) {
  const { label, plot } = props
  const host = useRef<HTMLDivElement>(null)
  const [width, setWidth] = useState(0)
  useEffect(() => {
    const observer = new ResizeObserver(([entry]) => setWidth(Math.floor(entry?.contentRect.width ?? 0)))
    observer.observe(host.current as Element)
    return () => observer.disconnect()
  }, [])
  useEffect(() => {
    if (!width) return
    const drawn = Math.max(LEAST, width)
    // The class has a fixed name, for the page's policy lets one style sheet pass: that one.
    const picture = Plot.plot({ className: 'plot', width: drawn, style: 'overflow: visible', ...plot(drawn) })
    picture.setAttribute('role', 'img')
    picture.setAttribute('aria-label', label)
    // A part without a role may have no name.
    for (const part of picture.querySelectorAll('g[aria-label]')) part.setAttribute('role', 'group')
    host.current?.replaceChildren(picture)
  }, [plot, label, width])
  return <div class="chart" ref={host} />
}

/** What the colours of a picture mean. */
export function Legend(props: { readonly parts: readonly string[]; readonly fills?: readonly string[] }) {
  const { parts, fills = COLOURS } = props
  return (
    <ul class="legend">
      {parts.map((part, i) => (
        <li key={part}>
          <i class="part" style={{ background: fills[i % fills.length] }} aria-hidden="true" />
          {part}
        </li>
      ))}
    </ul>
  )
}

/** The figures of a picture. */
export function Table(props: {
  readonly label: string
  readonly header: readonly string[]
  readonly rows: readonly (readonly (string | number)[])[]
}) {
  const { label, header, rows } = props
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached by keyboard.
    <section class="table" aria-label={label} tabIndex={0}>
      <table>
        <thead>
          <tr>
            {header.map((name) => (
              <th key={name} scope="col">
                {name}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map(([name, ...cells]) => (
            <tr key={name}>
              <th scope="row">{name}</th>
              {cells.map((cell, i) => (
                <td key={header[i + 1]}>{cell}</td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  )
}

/** The frame's page: it stands for the host's, and draws the real widgets in it. */

import type { Outcome, Prompt, ShownPrompt } from '@plimsoll/sdk'
import { widgets } from '@plimsoll/widgets'
import { render } from 'preact'
import { HostPage } from './hostPage.tsx'
import type { Showing, Told } from './messages.ts'

const renderer = widgets()
const tell = (told: Told): void => parent.postMessage(told, location.origin)

let shown: ShownPrompt | undefined
/** How often something was drawn anew: of what another has taken the place of, nothing is told. */
let draws = 0
/** What may only be changed by drawing it anew. */
let drawnAs = ''

const shapeOf = ({ prompt, scheme, dir, again }: Showing): string =>
  JSON.stringify(
    prompt && [
      prompt.triggerId,
      prompt.kind,
      prompt.block,
      prompt.slot,
      prompt.trigger.type === 'limit_approaching' && prompt.trigger.push,
      prompt.figures.feature,
      prompt.config.theme,
      prompt.locale,
      prompt.buyer,
      scheme,
      dir,
      again,
    ],
  )

/** The element that has the focus, in shadow roots too. */
function focused(of: Document): HTMLElement | null {
  let element = of.activeElement
  while (element?.shadowRoot?.activeElement) element = element.shadowRoot.activeElement
  return element as HTMLElement | null
}

async function draw(prompt: Prompt): Promise<void> {
  const turn = ++draws
  // A dialog takes the focus; whoever is writing in the studio keeps it, and whoever has gone elsewhere meanwhile stays.
  const writing = document.hasFocus() ? null : focused(parent.document)
  const anchor = document.querySelector('[data-plimsoll-feature],[data-plimsoll-guard]')
  const mine = renderer.show(prompt, {
    ...(anchor && prompt.kind !== 'explainer' && { anchor }),
    onOutcome(outcome: Outcome) {
      tell({ type: 'outcome', outcome })
      // As in the engine's own previews: what opens in its place stays, everything else closes it.
      const opens = outcome.type === 'clicked' && outcome.href === undefined
      if (outcome.type !== 'shown' && outcome.type !== 'requested' && !opens) {
        shown?.close()
        shown = undefined
      }
      return outcome.type !== 'clicked' || opens
    },
  })
  shown = mine
  const drawn = await mine.drawn
  if (parent.document.activeElement === frameElement) writing?.focus({ preventScroll: true })
  if (turn === draws) tell({ type: 'drawn', drawn })
}

addEventListener('message', ({ source, origin, data }: MessageEvent<Showing>) => {
  if (source !== parent || origin !== location.origin || data?.type !== 'show') return
  const { prompt, scheme, dir, locale } = data
  const root = document.documentElement
  root.dataset.scheme = scheme
  root.dir = dir
  root.lang = locale
  const shape = shapeOf(data)
  if (shape !== drawnAs) {
    shown?.close()
    shown = undefined
  }
  render(<HostPage prompt={prompt} />, document.body)
  if (prompt && shape !== drawnAs) void draw(prompt)
  else if (prompt && shown) {
    shown.update(prompt)
    tell({ type: 'drawn', drawn: true })
  }
  drawnAs = shape
})
tell({ type: 'ready' })

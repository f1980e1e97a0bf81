import type { Prompt, Renderer, ShownPrompt, ShowOptions, WidgetKind } from '@plimsoll/sdk'
import type { Hold } from './frame/hold.ts'
import { findPlace } from './places.ts'

/** Each kind is fetched when it is first needed; the frame, which all share, beside it. */
const chunks = {
  frame: () => import('./frame/index.tsx'),
  banner: () => import('./banner/index.tsx'),
  tooltip: () => import('./tooltip/index.tsx'),
  panel: () => import('./panel/index.tsx'),
  modal: () => import('./modal/index.tsx'),
  toast: () => import('./toast/index.tsx'),
  explainer: () => import('./explainer/index.tsx'),
  plans: () => import('./plans/index.tsx'),
  block: () => import('./block/index.tsx'),
}

type Chunks = { [name in keyof typeof chunks]: Awaited<ReturnType<(typeof chunks)[name]>> }

const come = new Map<keyof Chunks, unknown>()

/** Keeps what has come: browsers take tasks of their own to import it once more. What failed is asked for again. */
const load = async <N extends keyof Chunks>(name: N): Promise<Chunks[N]> => {
  if (!come.has(name)) come.set(name, await chunks[name]())
  return come.get(name) as Chunks[N]
}

/**
 * The widgets of Plimsoll, as a renderer for `createPlimsoll`.
 *
 * They live in `<plimsoll-root>` elements with open shadow roots, one under `<html>` and one in each slot in use. Code
 * is fetched when a prompt is first drawn; where it cannot be had, `drawn` is false and the prompt is given back.
 * On a server, making it does nothing.
 */
export function widgets(): Renderer {
  const held = new Set<ShownPrompt>()
  let isDestroyed = false
  return {
    show(prompt: Prompt, options: ShowOptions): ShownPrompt {
      const { kind, figures, block } = prompt
      const hold: Hold = {
        prompt,
        options,
        seek: () => (block ? true : findPlace(kind, hold.prompt.slot, figures.feature, options.anchor)),
        load: async (name) => (await load(name)).widget,
      }
      const shown: ShownPrompt = {
        drawn: Promise.all([load('frame'), hold.load(block ? 'block' : kind)]).then(
          ([{ open }, widget]) => open(hold, widget),
          () => false,
        ),
        update(next) {
          hold.prompt = next
          hold.redraw?.()
        },
        close() {
          hold.closed = true
          hold.leave?.()
          held.delete(shown)
        },
      }
      held.add(shown)
      return shown
    },
    hasPlace: (kind: WidgetKind, slot, feature) => !!findPlace(kind, slot, feature),
    async warm(kind: WidgetKind, prompt?: Prompt) {
      const [{ rehearse }, { widget }] = await Promise.all([load('frame'), load(prompt?.block ? 'block' : kind)])
      if (prompt) await rehearse(prompt, widget, () => isDestroyed)
    },
    destroy() {
      isDestroyed = true
      for (const shown of held) shown.close()
    },
  }
}

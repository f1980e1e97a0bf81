import { findMarked, pathOf } from './elements.ts'
import { listen } from './listen.ts'

const REST_MS = 400

/**
 * Watches search fields marked `data-plimsoll-search` (the field or an element around it): reads 400 ms after the last
 * change or at Enter, never in the middle of composing a word with an input method.
 *
 * @returns What stops it.
 */
export function watchSearches(onSearch: (query: string) => void): () => void {
  let timer: ReturnType<typeof setTimeout> | undefined

  const read = (event: Event, afterMs: number) => {
    const path = pathOf(event)
    const marked = findMarked(path, 'search')
    if (!marked) return
    const field = ([path[0], marked[0]] as HTMLInputElement[]).find(({ value }) => typeof value === 'string')
    // A custom element may have no type; a box or a password beside the field is no search.
    if (!field || !/^(text|search|textarea|undefined)$/.test(field.type)) return
    clearTimeout(timer)
    timer = setTimeout(() => {
      const query = field.value.trim()
      if (query) onSearch(query)
    }, afterMs)
  }

  const stop = listen({
    'input compositionend'(event: InputEvent) {
      if (!event.isComposing) read(event, REST_MS)
    },
    keydown(event: KeyboardEvent) {
      if (event.key === 'Enter' && !event.isComposing) read(event, 0)
    },
  })
  return () => {
    clearTimeout(timer)
    stop()
  }
}

/** Says something to screen readers, politely. */
export interface Status {
  say(text: string): void
  stop(): void
}

/**
 * Puts the one live region into the page: empty, in the light tree, and filled a moment later, for readers drop what
 * is born full or stands in a shadow tree.
 */
export function startStatus(root: HTMLElement): Status {
  const shadow = root.shadowRoot as ShadowRoot
  const slot = document.createElement('slot')
  const region = document.createElement('div')
  region.setAttribute('role', 'status')
  shadow.append(slot)
  root.append(region)
  let timer: ReturnType<typeof setTimeout> | undefined
  return {
    say(text) {
      clearTimeout(timer)
      timer = setTimeout(() => {
        region.textContent = text
      }, 150)
    },
    stop() {
      clearTimeout(timer)
      region.remove()
      slot.remove()
    },
  }
}

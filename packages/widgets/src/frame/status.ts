/** Says something to screen readers, politely. */
export interface Status {
  say(text: string): void
  stop(): void
}

/**
 * Puts the one live region into the page: empty, in the light tree, and filled a moment later, for readers drop what
 * is born full or stands in a shadow tree. It is empty again once it was heard, or whoever reads on to the page's end
 * would meet the same words twice; 7 seconds are what React Aria gives a reader that is still saying something else.
 */
export function startStatus(root: HTMLElement): Status {
  const shadow = root.shadowRoot as ShadowRoot
  const slot = document.createElement('slot')
  const region = document.createElement('div')
  region.setAttribute('role', 'status')
  shadow.append(slot)
  root.append(region)
  let timer: ReturnType<typeof setTimeout> | undefined
  const write = (text: string, after: number): void => {
    clearTimeout(timer)
    timer = setTimeout(() => {
      region.textContent = text
      if (text) write('', 7000)
    }, after)
  }
  return {
    say(text) {
      write(text, 150)
    },
    stop() {
      clearTimeout(timer)
      region.remove()
      slot.remove()
    },
  }
}

import { $checked } from './document.ts'
import { useStore } from './useStore.ts'

/** Said over what is drawn of the file as it last could be read. */
export const STALE = 'The text cannot be read just now: this is how it was before.'

export function Stale() {
  const { config } = useStore($checked)
  return (
    <p class="stale" role="status">
      {!config && STALE}
    </p>
  )
}

import { atom } from 'nanostores'
import type { Checked } from '../check.ts'
import { $checked } from '../document.ts'
import { ask } from './jobs.ts'

/** Whether the holdouts of the file as it stands are still being weighed: until then, not all advice is there. */
export const $weighing = atom(false)

/** A file is weighed once nobody has changed it for so long. */
const PAUSE_MS = 400

/** Weighs the file's holdouts whenever it has changed: by a simulation, which takes a second or two, away from the page. */
export function weighHoldouts(): () => void {
  let stop = (): void => {}
  let weighed: Checked | undefined
  const end = $checked.subscribe((checked) => {
    if (checked === weighed) return
    stop()
    const { text, config } = checked
    const held = config?.triggers.some(({ holdout }) => holdout > 0 && holdout < 1) === true
    $weighing.set(held)
    if (!held) return
    const pause = setTimeout(() => {
      stop = ask(
        { type: 'weigh', text, now: Date.now() },
        (answer) => {
          if (answer.type !== 'weighed') return
          $weighing.set(false)
          weighed = { ...checked, findings: answer.findings }
          $checked.set(weighed)
        },
        () => $weighing.set(false),
      )
    }, PAUSE_MS)
    stop = () => clearTimeout(pause)
  })
  return () => {
    end()
    stop()
  }
}

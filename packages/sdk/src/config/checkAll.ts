import { type Checked, checkConfig } from './checkConfig.ts'
import { checkLabels } from './checkLabels.ts'

/** Checks a whole file at once: its faults are not yet in words (`describe`). Never throws. */
export function checkAll(json: unknown): Checked {
  const steps = checkConfig(json)
  let step = steps.next()
  while (!step.done) step = steps.next()
  return checkLabels(step.value)
}

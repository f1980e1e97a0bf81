import { type Checked, checkConfig } from './checkConfig.ts'
import { checkLabels } from './checkLabels.ts'
import { inOne } from './inOne.ts'

/** Checks a whole file at once: its faults are not yet in words (`describe`). Never throws. */
export const checkAll = (json: unknown): Checked => checkLabels(inOne(checkConfig(json)))

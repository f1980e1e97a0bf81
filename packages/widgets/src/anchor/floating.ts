/** What browsers without anchor positioning need of it, and no more. */
export { computePosition, flip, offset, shift } from '@floating-ui/dom'

/** A value that may be written in several ways: which of them it is, and how it becomes another. */

import { isObject, keysOf, listOf } from '../../../../packages/sdk/src/config/loose.ts'
import type { Shape } from './schema.ts'

/** Whether a value is written in a way: as an object, if it has a key of its own. */
export function fits(shape: Shape, value: unknown): boolean {
  switch (shape.kind) {
    case 'nothing':
      return value === null
    case 'list':
      return Array.isArray(value)
    case 'object':
      return isObject(value) && shape.keys.some(([key]) => key in value)
    case 'map':
      return isObject(value)
    case 'value':
      return value !== null && typeof value !== 'object'
    case 'either':
      return shape.of.some((one) => fits(one, value))
  }
  return shape satisfies never
}

/** The first text in a value. */
function textIn(value: unknown): string | undefined {
  if (typeof value === 'string') return value
  if (!isObject(value)) return undefined
  return (
    textIn(value.other) ??
    keysOf(value)
      .map((key) => textIn(value[key]))
      .find((text) => text !== undefined)
  )
}

/**
 * What of a value can be kept when it is written in another way.
 *
 * @returns `undefined`: nothing.
 */
export function adopt(shape: Shape, value: unknown): unknown {
  const text = textIn(value)
  switch (shape.kind) {
    case 'nothing':
      return null
    case 'value':
      return text
    case 'list':
      return isObject(value) ? [value] : undefined
    case 'map':
      return text === undefined ? undefined : { en: value }
    case 'object': {
      const [first] = listOf(value)
      if (fits(shape, first)) return first
      return text !== undefined && shape.keys.some(([key]) => key === 'other') ? { other: text } : undefined
    }
    case 'either':
      return undefined
  }
  return shape satisfies never
}

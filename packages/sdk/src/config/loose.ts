import type { Path } from './faults.ts'

/** Whether a value is an object in JSON's sense: neither `null` nor a list. */
export const isObject = (value: unknown): value is { readonly [key: string]: unknown } =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

/** What stands at a path below a value of any shape; own properties only. */
export const get = (from: unknown, ...path: Path): unknown =>
  path.reduce<unknown>((value, key) => (Object.hasOwn(Object(value), key) ? (value as never)[key] : undefined), from)

/** An object's keys; none of anything else. */
export const keysOf = (value: unknown): readonly string[] => (isObject(value) ? Object.keys(value) : [])

/** A list; an empty one for anything else. */
export const listOf = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : [])

/** Whether a name would reach into an object's prototype. */
export const isReserved = (name: string): boolean => /^(__proto__|constructor|prototype)$/.test(name)

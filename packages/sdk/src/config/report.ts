import { nearest } from './nearest.ts'
import type { ConfigError } from './types.ts'

/** Where something stands in the file, from the top. */
export type Path = readonly PropertyKey[]

/**
 * Notes one fault.
 *
 * @param found What stands there; `undefined` where nothing does.
 * @param expected What should; where it ends in "one of", the names follow.
 * @param names Valid names, of which the nearest is told.
 */
export type Report = (path: Path, found: unknown, expected: string, names?: readonly string[]) => void

const cut = (text: string): string => (text.length > 60 ? `${text.slice(0, 59)}…` : text)

/** Says what was found, in at most 60 characters; text stands as it is. */
export function show(found: unknown): string {
  if (found === undefined) return 'nothing'
  if (typeof found === 'string') return found ? cut(found) : '""'
  return cut(typeof found === 'object' ? JSON.stringify(found) : String(found))
}

/** Writes a path as a person would: `triggers[1].audience["user.role"]`. */
export function showPath(path: Path): string {
  return path
    .map((key, index) => {
      if (typeof key === 'number') return `[${key}]`
      const name = cut(String(key))
      return /^[\w$-]+$/.test(name) ? (index ? '.' : '') + name : `[${JSON.stringify(name)}]`
    })
    .join('')
}

/** Makes a fault of a report. */
export function toError(path: Path, found: unknown, expected: string, names?: readonly string[]): ConfigError {
  const near = names && typeof found === 'string' ? nearest(found, names) : undefined
  return {
    path: showPath(path),
    found: show(found),
    expected: /of$/.test(expected) ? `${expected} ${names!.slice(0, 30).join(', ')}` : expected,
    ...(near !== undefined && { nearest: near }),
  }
}

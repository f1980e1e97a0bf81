/** Where something stands in the file, from the top. */
export type Path = readonly PropertyKey[]

/** A fault as checking finds it: where, what stands there, which kind of thing was expected, which names are valid. */
export type Fault = readonly [
  path: Path,
  found: unknown,
  kind: string,
  names?: readonly string[] | undefined,
  triggerId?: string | undefined,
]

/**
 * Notes one fault. Its words are put together elsewhere (`describe`), so that a file without fault never loads them.
 *
 * @param found What stands there; `undefined` where nothing does.
 * @param kind What should: a key of `EXPECTED`, or a range (`number 0 1`, `whole 0 3`, `list 3 5`).
 * @param names Valid names, of which the nearest is told.
 */
export type Report = (path: Path, found: unknown, kind: string, names?: readonly string[]) => void

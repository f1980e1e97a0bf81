/** Carries a configuration in a link's fragment, which browsers send to nobody. */

/** What a fragment begins with, so that another form can be told apart. */
const MARK = '#file='
/** A file larger than this is none: the engine refuses it too. */
const MAX_LENGTH = 1_000_000

async function through(
  bytes: Uint8Array<ArrayBuffer>,
  step: GenericTransformStream,
  most: number,
): Promise<Uint8Array<ArrayBuffer>> {
  const reader = (new Blob([bytes]).stream().pipeThrough(step) as ReadableStream<Uint8Array<ArrayBuffer>>).getReader()
  const parts: Uint8Array<ArrayBuffer>[] = []
  let size = 0
  for (let next = await reader.read(); !next.done; next = await reader.read()) {
    size += next.value.length
    if (size > most) throw new RangeError('too long')
    parts.push(next.value)
  }
  return new Uint8Array(await new Blob(parts).arrayBuffer())
}

/** Writes a text into a fragment. */
export async function toFragment(text: string): Promise<string> {
  const packed = await through(
    new TextEncoder().encode(text),
    new CompressionStream('deflate-raw'),
    Number.POSITIVE_INFINITY,
  )
  let binary = ''
  for (const byte of packed) binary += String.fromCharCode(byte)
  return MARK + btoa(binary).replaceAll('+', '-').replaceAll('/', '_').replace(/=+$/, '')
}

/** Reads a text out of a fragment; `undefined`: it carries none, or it was cut short on the way. */
export async function fromFragment(fragment: string): Promise<string | undefined> {
  if (!fragment.startsWith(MARK)) return
  try {
    const binary = atob(fragment.slice(MARK.length).replaceAll('-', '+').replaceAll('_', '/'))
    const packed = Uint8Array.from(binary, (char) => char.charCodeAt(0))
    const text = await through(packed, new DecompressionStream('deflate-raw'), 4 * MAX_LENGTH)
    return new TextDecoder('utf-8', { fatal: true }).decode(text)
  } catch {
    return
  }
}

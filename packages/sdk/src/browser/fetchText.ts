export interface FetchTextOptions {
  /** @default 5000 */
  readonly deadlineMs?: number
  /** @default 1,000,000 */
  readonly maxBytes?: number
  /** Whether an answer may come from another origin than was asked, by redirects. @default false */
  readonly anyOrigin?: boolean
  readonly cache?: RequestCache
}

/**
 * Fetches JSON as text, with a deadline over all of it, and cut off where it grows too long. Cookies go to the page's
 * own origin only.
 *
 * Rejects with one sentence that says what went wrong: the status, a page of HTML instead of JSON, another origin, the
 * size, the time, offline, or the browser's own words.
 *
 * @param url Relative to the page.
 */
export async function fetchText(
  url: string | URL,
  { deadlineMs = 5000, maxBytes = 1_000_000, anyOrigin, cache }: FetchTextOptions = {},
): Promise<string> {
  let size = 0
  try {
    // What is refused below is cut off by the same deadline, at the latest. `same-origin` is `fetch`'s own default.
    const init: RequestInit = { signal: AbortSignal.timeout(deadlineMs) }
    if (cache) init.cache = cache
    const response = await fetch(url, init)
    const { redirected, headers } = response
    if (
      redirected &&
      !anyOrigin &&
      new URL(response.url).origin !== new URL(url, globalThis.document?.baseURI).origin
    ) {
      throw new Error('redirected to another origin')
    }
    if (!response.ok) throw new Error(`status ${response.status}`)
    if (/html/.test(headers.get('content-type') ?? '')) throw new Error('HTML, not JSON')

    const reader = response.body?.getReader()
    const decoder = new TextDecoder()
    let text = ''
    for (let chunk = await reader?.read(); chunk?.value; chunk = await reader?.read()) {
      size += chunk.value.length
      if (size > maxBytes) {
        // Where the stream has failed meanwhile this fails too, and is caught below.
        await reader?.cancel()
        throw new Error()
      }
      text += decoder.decode(chunk.value, { stream: true })
    }
    return text + decoder.decode()
  } catch (error) {
    // Chromium says of a stream that was cut off only that it failed to fetch.
    const long = size > maxBytes && `over ${maxBytes} bytes`
    throw new Error(
      `${url}: ${long || (globalThis.navigator?.onLine === false ? 'offline' : (error as Error).message)}`,
    )
  }
}

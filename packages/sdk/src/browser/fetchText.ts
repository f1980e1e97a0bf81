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
 * size, the time, or that nothing was reached.
 *
 * @param url Relative to the page.
 */
export async function fetchText(url: string | URL, options: FetchTextOptions = {}): Promise<string> {
  const { deadlineMs = 5000, maxBytes = 1_000_000, anyOrigin = false, cache = 'default' } = options
  const controller = new AbortController()
  let late = false
  const timer = setTimeout(() => {
    late = true
    controller.abort()
  }, deadlineMs)
  const fail = (why: string): never => {
    throw new Error(`${url} ${why}`)
  }

  try {
    const response = await fetch(url, { credentials: 'same-origin', cache, signal: controller.signal }).catch(() =>
      fail(
        globalThis.navigator?.onLine === false ? 'is out of reach: offline' : 'is out of reach: network, CORS or CSP',
      ),
    )
    const originOf = (of: string | URL) => new URL(of, globalThis.document?.baseURI).origin
    const from = originOf(response.url || url)
    if (!anyOrigin && from !== originOf(url)) fail(`was redirected to ${from}`)
    if (!response.ok) fail(`answered ${response.status}`)
    if (/html/.test(response.headers.get('content-type') ?? '')) fail('answered HTML, not JSON')

    const decoder = new TextDecoder()
    const reader = response.body?.getReader()
    let text = ''
    let size = 0
    for (;;) {
      const { done, value } = (await reader?.read()) ?? { done: true }
      if (done) return text + decoder.decode()
      size += value.length
      if (size > maxBytes) fail(`is over ${maxBytes} bytes`)
      text += decoder.decode(value, { stream: true })
    }
  } catch (error) {
    if (late) fail(`took over ${deadlineMs} ms`)
    throw error
  } finally {
    clearTimeout(timer)
    // Frees what was not read.
    controller.abort()
  }
}

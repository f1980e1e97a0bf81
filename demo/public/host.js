/** Everything that Acme says to Plimsoll, and to its own server. */

/**
 * Calls Plimsoll. Where its script is blocked or missing, an answer comes all the same: the product never waits for it.
 */
export function plimsoll(method, ...given) {
  if (typeof window.plimsoll === 'function') return window.plimsoll(method, ...given)
  return Promise.resolve(method === 'guard' ? { allowed: true, reason: 'unavailable' } : undefined)
}

/** Waits for a call no longer than this: without its engine, a queued call but `guard` is never answered. */
export const within = (ms, promise) => Promise.race([promise, new Promise((resolve) => setTimeout(resolve, ms))])

/** Tells who is here and what is used: after each change that the server has made. */
export function report({ user, account, usage }) {
  plimsoll('identify', { user, account })
  plimsoll('usage', usage)
}

export async function get(path) {
  const response = await fetch(path, { headers: { accept: 'application/json' } })
  return { ok: response.ok, status: response.status, body: await response.json() }
}

export async function post(path, body) {
  const response = await fetch(path, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  })
  return { ok: response.ok, status: response.status, body: await response.json() }
}

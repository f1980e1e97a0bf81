// Moves this page's clock by whole days, so that thirty quiet days take one click. Runs before everything else.
// The cookie tells the server too: page and server agree on what day it is.
;(() => {
  const days = Number(/(?:^|; )acme-days=(-?\d+)/.exec(document.cookie)?.[1] ?? 0)
  if (!days) return

  const Real = Date
  const now = () => Real.now() + days * 86_400_000
  globalThis.Date = new Proxy(Real, {
    construct: (target, given, newTarget) =>
      Reflect.construct(target, given.length ? given : [now()], newTarget === globalThis.Date ? target : newTarget),
    apply: () => new Real(now()).toString(),
    get: (target, key) => (key === 'now' ? now : Reflect.get(target, key)),
  })
  Real.prototype.constructor = globalThis.Date
})()

// Somebody who pays is not interrupted: while a checkout is open, Plimsoll holds every prompt. It runs before the app, so
// that this holds from the first moment; the app calls it again with each route.
globalThis.acmeCheckout = () => {
  const isOpen = location.pathname.startsWith('/billing/')
  if (typeof plimsoll === 'function') plimsoll(isOpen ? 'pause' : 'resume', 'checkout')
}
if (location.pathname.startsWith('/billing/')) acmeCheckout()

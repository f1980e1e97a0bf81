// Listens from the first moment, so that nothing Plimsoll says while the app loads is lost.
;(() => {
  const types = 'ready impression click dismiss snooze block unblocked request conversion holdout withheld error'.split(
    ' ',
  )
  const most = 100
  const read = () => {
    try {
      return JSON.parse(sessionStorage.getItem('acme-events')) ?? []
    } catch {
      return []
    }
  }
  const record = { events: read(), unblocked: undefined }
  globalThis.acmeRecord = record
  for (const type of types)
    addEventListener(`plimsoll:${type}`, ({ detail }) => {
      record.events = [{ type, at: Date.now(), detail }, ...record.events].slice(0, most)
      try {
        sessionStorage.setItem('acme-events', JSON.stringify(record.events))
      } catch {
        // kept for this page only
      }
      if (type === 'unblocked') record.unblocked = detail
      dispatchEvent(new CustomEvent('acme:recorded', { detail: record.events[0] }))
    })
})()

import { afterEach, expect, test } from 'vitest'
import { watchElements } from '../../packages/sdk/src/browser/watchElements.ts'

const page = document.body.appendChild(document.createElement('main'))
let stop: (() => void) | undefined
afterEach(() => stop?.())

test('counts an attempt on a locked control whose click its guard stops, and a search beside it', async () => {
  page.innerHTML = `
    <button data-plimsoll-feature="sso" data-plimsoll-guard="feature" data-plimsoll-request='{"feature":"sso"}'>SSO</button>
    <input data-plimsoll-search value="saml">`
  const heard: unknown[] = []
  stop = watchElements({
    onNear: () => {},
    onAway: () => {},
    onAttempt: (feature) => heard.push(['attempt', feature]),
    onSearch: (query) => heard.push(['search', query]),
    onGuard: (action, request) => {
      heard.push(['guard', action, request])
      return Promise.resolve(false)
    },
    onError: (message) => heard.push(['error', message]),
  })
  const act = () => {
    page.querySelector('button')?.click()
    page.querySelector('input')?.dispatchEvent(new KeyboardEvent('keydown', { key: 'Enter', bubbles: true }))
  }
  act()
  await new Promise((resolve) => setTimeout(resolve, 5))
  expect(heard).toEqual([
    ['attempt', 'sso'],
    ['guard', 'feature', { feature: 'sso' }],
    ['search', 'saml'],
  ])
  stop()
  act()
  await new Promise((resolve) => setTimeout(resolve, 5))
  expect(heard).toHaveLength(3)
  page.remove()
})

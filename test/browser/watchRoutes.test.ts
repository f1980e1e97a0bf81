import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { type Routes, watchRoutes } from '../../packages/sdk/src/browser/watchRoutes.ts'

const start = location.href
const onRoute = vi.fn<(path: string) => void>()
let routes: Routes | undefined
const paths = () => onRoute.mock.calls.map(([path]) => path)
const turn = (ms = 0) => new Promise((resolve) => setTimeout(resolve, ms))

/** The page without a Navigation API, as in WebKit. */
function withoutNavigation(): void {
  vi.stubGlobal('navigation', undefined)
}

beforeEach(() => {
  history.replaceState(null, '', '/start')
  onRoute.mockReset()
})
afterEach(() => {
  routes?.stop()
  vi.unstubAllGlobals()
  history.replaceState(null, '', start)
})

test('answers with the path it stands on, and does not report it', () => {
  routes = watchRoutes(onRoute)
  expect(routes.check()).toBe('/start')
  expect(paths()).toEqual([])
})

test('sees the host push and replace, once each, through the Navigation API', () => {
  routes = watchRoutes(onRoute)
  history.pushState(null, '', '/a')
  history.replaceState(null, '', '/b?x=1#y')
  expect(paths()).toEqual(['/a', '/b'])
})

test('leaves the history of the host as it is', () => {
  const { pushState, replaceState } = history
  routes = watchRoutes(onRoute)
  expect(history.pushState).toBe(pushState)
  expect(history.replaceState).toBe(replaceState)
  expect(Object.keys(history)).toEqual([])
})

test('sees a step back', async () => {
  withoutNavigation()
  history.pushState(null, '', '/deeper')
  routes = watchRoutes(onRoute)
  history.back()
  await vi.waitFor(() => expect(paths()).toEqual(['/start']), 10_000)
})

test('sees what a click changed, in the handlers that come after it', async () => {
  withoutNavigation()
  routes = watchRoutes(onRoute)
  const link = document.body.appendChild(document.createElement('a'))
  link.addEventListener('click', (event) => {
    event.stopImmediatePropagation()
    queueMicrotask(() => history.pushState(null, '', '/clicked'))
  })
  link.click()
  await turn(5)
  link.remove()
  expect(paths()).toEqual(['/clicked'])
})

test('sees at the next check what nothing else betrayed', () => {
  withoutNavigation()
  routes = watchRoutes(onRoute)
  history.pushState(null, '', '/quiet')
  expect(paths()).toEqual([])
  expect(routes.check()).toBe('/quiet')
  expect(routes.check()).toBe('/quiet')
  expect(paths()).toEqual(['/quiet'])
})

test('reports no change of query or hash alone', async () => {
  routes = watchRoutes(onRoute)
  history.pushState(null, '', '/start?tab=2')
  location.hash = 'deep'
  await turn(20)
  expect(paths()).toEqual([])
})

test('reports nothing once stopped', async () => {
  routes = watchRoutes(onRoute)
  document.body.click()
  routes.stop()
  history.pushState(null, '', '/late')
  document.body.click()
  window.dispatchEvent(new PopStateEvent('popstate'))
  await turn(5)
  expect(paths()).toEqual([])
})

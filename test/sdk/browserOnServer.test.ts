import { expect, test, vi } from 'vitest'
import { browserClock } from '../../packages/sdk/src/browser/clock.ts'
import { isHostDialogOpen, watchHostDialogs } from '../../packages/sdk/src/browser/hostDialog.ts'
import { indexedDbStore } from '../../packages/sdk/src/browser/indexedDbStore.ts'
import { journal } from '../../packages/sdk/src/browser/journal.ts'
import { isPageVisible, watchPageLife } from '../../packages/sdk/src/browser/pageLife.ts'
import { openTabs } from '../../packages/sdk/src/browser/tabs.ts'
import { watchActivity } from '../../packages/sdk/src/browser/watchActivity.ts'
import { watchElements } from '../../packages/sdk/src/browser/watchElements.ts'
import { watchRoutes } from '../../packages/sdk/src/browser/watchRoutes.ts'

const never = vi.fn()

test('starts and stops on a server without doing anything', async () => {
  expect(globalThis.window).toBeUndefined()
  const tabs = openTabs('plimsoll', never)
  expect(tabs.supported).toBe(false)
  tabs.post({ type: 'x' })
  tabs.close()
  const routes = watchRoutes(never)
  expect(routes.check()).toBe('')
  routes.stop()
  watchActivity(never, Date.now).stop()
  watchElements({ onNear: never, onAway: never, onAttempt: never, onSearch: never, onGuard: never, onError: never })()
  watchHostDialogs(never)()
  watchPageLife(never)()
  expect([isHostDialogOpen(), isPageVisible()]).toEqual([false, false])
  const notes = journal()
  notes.add('u1', 'a', 1)
  expect(notes.entries()).toEqual([])
  await expect(indexedDbStore().read(['a'])).rejects.toThrow()
  expect(never).not.toHaveBeenCalled()
})

test('keeps time on a server', async () => {
  const clock = browserClock()
  const from = clock.now()
  await new Promise<void>((resolve) => clock.at(from + 20, resolve))
  expect(clock.now()).toBeGreaterThanOrEqual(from + 20)
  clock.at(from + 20, never)()
})

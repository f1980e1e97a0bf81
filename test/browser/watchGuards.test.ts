import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { userEvent } from 'vitest/browser'
import { watchGuards } from '../../packages/sdk/src/browser/watchGuards.ts'

type OnGuard = Parameters<typeof watchGuards>[0]['onGuard']

const onGuard = vi.fn<OnGuard>()
const onError = vi.fn<(message: string, element: HTMLElement) => void>()
/** What the host's own handlers saw. */
const host = vi.fn<(event: Event) => void>()
let stop: () => void
let page: HTMLElement
const find = <T extends HTMLElement>(selector: string): T => page.querySelector(selector) as T
const turn = () => new Promise((resolve) => setTimeout(resolve, 5))
function asked(): { answer: (allowed: boolean) => void; fail: (error: unknown) => void } {
  let answer = (_: boolean) => {}
  let fail = (_: unknown) => {}
  onGuard.mockReturnValueOnce(
    new Promise((resolve, reject) => {
      answer = resolve
      fail = reject
    }),
  )
  return { answer: (allowed) => answer(allowed), fail: (error) => fail(error) }
}

beforeEach(() => {
  for (const each of [onGuard, onError, host]) each.mockReset()
  page = document.body.appendChild(document.createElement('main'))
  page.innerHTML = `
    <form data-plimsoll-guard="invite" data-plimsoll-request='{"seats":2}'>
      <input name="email" value="a@b.example"><button id="send" name="how" value="mail">Send</button><button id="copy" name="how" value="link">Copy</button>
    </form>
    <button id="new" data-plimsoll-guard="use" data-plimsoll-request='{"resource":"projects"}'>New <i>project</i></button>
    <a id="link" href="#there" data-plimsoll-guard="feature" data-plimsoll-request='{"feature":"sso"}'>SSO</a>
    <button id="bare" data-plimsoll-guard="invite">Invite</button>`
  // The host listens as early as it can without being there first, and keeps the test's page where it is.
  for (const type of ['click', 'submit']) document.addEventListener(type, see, true)
  stop = watchGuards({ onGuard, onError })
})
function see(event: Event): void {
  if ((event.target as Element).closest('[data-plimsoll-guard]')) host(event)
  if (event.type === 'submit') event.preventDefault()
}
afterEach(() => {
  stop()
  for (const type of ['click', 'submit']) document.removeEventListener(type, see, true)
  page.remove()
  if (location.hash) history.replaceState(null, '', location.pathname + location.search)
})
const seen = () => host.mock.calls.map(([event]) => [event.type, (event.target as Element).id])

describe('a button', () => {
  test('goes on untouched where the answer is true at once', () => {
    onGuard.mockReturnValue(true)
    find('#new').click()
    expect(onGuard.mock.calls).toEqual([['use', { resource: 'projects' }, find('#new')]])
    expect(seen()).toEqual([['click', 'new']])
  })

  test('is stopped before the host sees it, and clicked again once where it is allowed later', async () => {
    const { answer } = asked()
    find('#new').click()
    await turn()
    expect(seen()).toEqual([])
    answer(true)
    await turn()
    expect(seen()).toEqual([['click', 'new']])
    expect(onGuard).toHaveBeenCalledTimes(1)
  })

  test('stays stopped where it is not allowed, and asks anew at the next click', async () => {
    asked().answer(false)
    find('#new').click()
    await turn()
    expect(seen()).toEqual([])
    onGuard.mockReturnValue(true)
    find('#new').click()
    expect(seen()).toEqual([['click', 'new']])
  })

  test('is sent again once, however often it is clicked while the user is asked', async () => {
    const answers = [asked(), asked(), asked()]
    for (let i = 0; i < 3; i++) find('#new').click()
    // Each asks anew, for what was asked before may have been left behind: only the last answer counts.
    expect(onGuard).toHaveBeenCalledTimes(3)
    for (const { answer } of answers.slice(0, 2)) answer(true)
    await turn()
    expect(seen()).toEqual([])
    answers[2]?.answer(true)
    await vi.waitFor(() => expect(seen()).toEqual([['click', 'new']]))
  })

  test('asks of a click on what is inside it', async () => {
    asked().answer(true)
    find('#new i').click()
    await turn()
    expect(seen()).toEqual([['click', 'new']])
  })

  test('goes on where the answer fails', async () => {
    const { fail } = asked()
    find('#new').click()
    fail(undefined)
    await turn()
    expect(seen()).toEqual([['click', 'new']])
  })

  test('asks with an empty request where none is given', () => {
    onGuard.mockReturnValue(true)
    find('#bare').click()
    expect(onGuard.mock.calls).toEqual([['invite', {}, find('#bare')]])
  })

  test('is asked by a key as by a click', async () => {
    asked().answer(false)
    find('#new').focus()
    await userEvent.keyboard('{Enter}')
    expect(onGuard).toHaveBeenCalledTimes(1)
    expect(seen()).toEqual([])
  })

  test('is left alone where another script has prevented its click already', () => {
    const prevent = (event: Event) => event.preventDefault()
    stop()
    window.addEventListener('click', prevent, true)
    stop = watchGuards({ onGuard, onError })
    find('#new').click()
    window.removeEventListener('click', prevent, true)
    expect(onGuard).not.toHaveBeenCalled()
  })
})

test('follows a link only once it is allowed', async () => {
  const { answer } = asked()
  find('#link').click()
  await turn()
  expect(location.hash).toBe('')
  answer(true)
  await turn()
  expect(location.hash).toBe('#there')
})

describe('a form', () => {
  test('is submitted again with its submitter and its figures', async () => {
    const { answer } = asked()
    await userEvent.click(find('#copy'))
    expect(onGuard.mock.calls).toEqual([['invite', { seats: 2 }, find('form')]])
    expect(seen()).toEqual([['click', 'copy']])
    answer(true)
    await turn()
    const event = host.mock.calls[1]?.[0] as SubmitEvent
    expect(event.type).toBe('submit')
    expect(event.submitter).toBe(find('#copy'))
    expect(Object.fromEntries(new FormData(find<HTMLFormElement>('form'), event.submitter))).toEqual({
      email: 'a@b.example',
      how: 'link',
    })
    expect(onGuard).toHaveBeenCalledTimes(1)
  })

  test('goes on untouched where the answer is true at once', async () => {
    onGuard.mockReturnValue(true)
    await userEvent.click(find('#send'))
    expect(seen()).toEqual([
      ['click', 'send'],
      ['submit', ''],
    ])
  })

  test('is asked when Enter submits it', async () => {
    asked().answer(false)
    find('input').focus()
    await userEvent.keyboard('{Enter}')
    expect(onGuard).toHaveBeenCalledTimes(1)
    expect(seen().filter(([type]) => type === 'submit')).toEqual([])
  })

  test('is submitted again though its submitter has gone', async () => {
    const { answer } = asked()
    find('#send').click()
    find('#send').remove()
    answer(true)
    await turn()
    expect(seen().filter(([type]) => type === 'submit')).toHaveLength(1)
  })

  test.each([
    ['a click', (root: ShadowRoot) => userEvent.click(root.querySelector('button') as Element)],
    [
      'Enter',
      async (root: ShadowRoot) => {
        root.querySelector('button')?.remove()
        root.querySelector('input')?.focus()
        await userEvent.keyboard('{Enter}')
      },
    ],
  ])('is asked inside an open shadow root, by %s', async (_, submit) => {
    const root = page.appendChild(document.createElement('x-app')).attachShadow({ mode: 'open' })
    root.innerHTML = `<form data-plimsoll-guard="invite"><input><button>Send</button></form>`
    const submitted = vi.fn((event: Event) => event.preventDefault())
    root.firstElementChild?.addEventListener('submit', submitted)
    const { answer } = asked()
    await submit(root)
    expect(onGuard.mock.calls).toEqual([['invite', {}, root.firstElementChild]])
    expect(submitted).not.toHaveBeenCalled()
    answer(true)
    await turn()
    expect(submitted).toHaveBeenCalledTimes(1)
  })
})

describe('a mark that cannot be read', () => {
  test.each(['{seats:2}', '', '{"seats":2'])('leaves the event untouched and says so: %s', (request) => {
    find('#new').setAttribute('data-plimsoll-request', request)
    find('#new').click()
    expect(onGuard).not.toHaveBeenCalled()
    expect(seen()).toEqual([['click', 'new']])
    expect(onError).toHaveBeenCalledTimes(1)
    expect(onError.mock.calls[0]?.[0]).toMatch(/^data-plimsoll-request: /)
  })

  test('leaves the event untouched where no action is named', () => {
    find('#new').setAttribute('data-plimsoll-guard', '')
    find('#new').click()
    expect(onGuard).not.toHaveBeenCalled()
    expect(seen()).toEqual([['click', 'new']])
  })

  test('leaves the event untouched where asking throws', () => {
    onGuard.mockImplementation(() => {
      throw new Error('mine')
    })
    find('#new').click()
    expect(seen()).toEqual([['click', 'new']])
    expect(onError).toHaveBeenCalledTimes(1)
  })
})

test('guards nothing once stopped, in shadow roots neither', async () => {
  const root = page.appendChild(document.createElement('x-app')).attachShadow({ mode: 'open' })
  root.innerHTML = '<form data-plimsoll-guard="invite"><button>Send</button></form>'
  root.addEventListener('submit', (event) => event.preventDefault())
  onGuard.mockReturnValue(true)
  root.querySelector('button')?.click()
  expect(onGuard).toHaveBeenCalledTimes(1)
  stop()
  root.querySelector('button')?.click()
  find('#new').click()
  find('#send').click()
  expect(onGuard).toHaveBeenCalledTimes(1)
})

test('lets go on, once it is allowed, what was stopped before the guards were', async () => {
  const { answer } = asked()
  find('#new').click()
  stop()
  answer(true)
  await turn()
  expect(seen()).toEqual([['click', 'new']])
})

import { afterEach, expect, test } from 'vitest'
import { createTalk, type Talk } from '../../packages/sdk/src/state/talk.ts'

const talks: Talk[] = []

/** A tab of Ana's; the channel reaches others of the same page too. */
function tab(name: string): Talk {
  const talk = createTalk(
    name,
    () => 'ana',
    () => {},
  )
  talk.open()
  talks.push(talk)
  return talk
}
afterEach(() => {
  for (const talk of talks.splice(0)) talk.close()
})

const here = { isAlive: true, isVisible: true }
const gone = { isAlive: false, isVisible: false }

test('every question after the same tab is answered, however many ask at once', async () => {
  const asking = tab('a')
  tab('b')
  expect(await Promise.all([asking.ask('b'), asking.ask('b'), asking.ask('b')])).toEqual([here, here, here])
})

test('a tab that does not answer is gone, and may be asked after again', async () => {
  const asking = tab('a')
  expect(await Promise.all([asking.ask('b'), asking.ask('b')])).toEqual([gone, gone])
  tab('b')
  expect(await asking.ask('b')).toEqual(here)
})

test('a tab that is too busy to answer at once is there', async () => {
  const asking = tab('a')
  setTimeout(() => tab('b'), 700)
  expect(await asking.ask('b')).toEqual(here)
})

test('where tabs cannot talk, another is taken to be there', async () => {
  const silent = createTalk(
    'a',
    () => 'ana',
    () => {},
  )
  expect(await silent.ask('b')).toEqual(here)
})

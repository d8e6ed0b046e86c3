import { expect, test } from 'vitest'
import * as Y from 'yjs'
import { ARRAY_NAME, YjsRoom, type YjsAuthor } from './yjsAuthor.ts'

const alice = (): YjsAuthor => ({ client: 4_000_000_001, clock: 0 })
const bob = (): YjsAuthor => ({ client: 17, clock: 0 })

test('an update is the one that yjs itself would make', () => {
  const author = alice()
  const room = new YjsRoom()
  const real = new Y.Doc()
  real.clientID = author.client
  const updates: Uint8Array[] = []
  real.on('update', (update: Uint8Array) => updates.push(update))

  for (const text of ['one', 'two']) {
    real.getArray(ARRAY_NAME).push([{ text, at: 5 }])
    const made = room.push(author, { text, at: 5 })
    expect(made).toEqual(updates.at(-1))
    room.receive(made)
  }
})

test('authors who take turns push after one another, whatever their client ids', () => {
  const [a, b] = [alice(), bob()]
  const room = new YjsRoom()
  const server = new Y.Doc()
  for (const [author, text] of [[a, '1'], [b, '2'], [a, '3'], [a, '4'], [b, '5']] as const) {
    const update = room.push(author, { text })
    Y.applyUpdate(server, update)
    room.receive(update)
  }
  expect(server.getArray(ARRAY_NAME).toJSON()).toEqual(['1', '2', '3', '4', '5'].map((text) => ({ text })))
})

test('an author who does not wait for the echo keeps its own order', () => {
  const a = alice()
  const room = new YjsRoom()
  const server = new Y.Doc()
  for (const text of ['1', '2', '3']) Y.applyUpdate(server, room.push(a, { text }))
  expect(server.getArray(ARRAY_NAME).toJSON()).toEqual(['1', '2', '3'].map((text) => ({ text })))
})

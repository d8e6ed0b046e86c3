import { expect, it } from 'vitest'
import { ConversationId, Seq } from '../../../shared/ids.ts'
import { neighbour } from './neighbour.ts'

const id = (index: number) => ConversationId.parse(`01932d3e-0000-7000-8000-00000000000${index}`)
const rows = [0, 2, 0, 5, 1].map((unread, index) => ({ conversation: id(index), unread, muted: index === 3, threads: [] }))

it('goes up and down the list and around its ends', () => {
  expect(neighbour(rows, id(1), 1, 'any')).toBe(id(2))
  expect(neighbour(rows, id(0), -1, 'any')).toBe(id(4))
  expect(neighbour(rows, id(4), 1, 'any')).toBe(id(0))
})

it('passes by what is read and what is muted', () => {
  expect(neighbour(rows, id(1), 1, 'unread')).toBe(id(4))
  expect(neighbour(rows, id(4), 1, 'unread')).toBe(id(1))
  expect(neighbour(rows, id(2), -1, 'unread')).toBe(id(1))
})

it('stops where a followed thread has something new', () => {
  const replied = rows.map((row, index) => (index === 2 ? { ...row, threads: [{ root: Seq.parse(1), last: Seq.parse(2) }] } : row))
  expect(neighbour(replied, id(1), 1, 'unread')).toBe(id(2))
})

it('begins at an end where nothing is open, and stays where there is nowhere to go', () => {
  expect(neighbour(rows, null, 1, 'any')).toBe(id(0))
  expect(neighbour(rows, null, -1, 'any')).toBe(id(4))
  expect(neighbour([], null, 1, 'any')).toBeNull()
  expect(neighbour(rows.slice(1, 2), id(1), 1, 'unread')).toBeNull()
})

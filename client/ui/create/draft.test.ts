import { expect, test } from 'vitest'
import { UserId } from '../../../shared/ids.ts'
import { NAME_MAX_CHARS, TOPIC_MAX_CHARS } from '../../../shared/limits.ts'
import { EMPTY_DRAFT, formOf, mistakesOf, suggestedName, wouldBeLost } from './draft.ts'

const person = (number: number, name: string) => ({ id: UserId.parse(`01900000-0000-7000-8000-00000000000${number}`), handle: name.toLowerCase(), name, placeholder: false })
const [bob, carol] = [person(1, 'Bob'), person(2, 'Carol')]
const list = (names: readonly string[]) => names.join(', ')

test('a name is needed and has a form; a topic is not needed', () => {
  expect(mistakesOf({ ...EMPTY_DRAFT, name: '  ' })).toEqual({ name: 'missing', topic: null })
  expect(mistakesOf({ ...EMPTY_DRAFT, name: 'x'.repeat(NAME_MAX_CHARS + 1) }).name).toBe('form')
  expect(mistakesOf({ ...EMPTY_DRAFT, name: 'Lunch', topic: 'x'.repeat(TOPIC_MAX_CHARS + 1) })).toEqual({ name: null, topic: 'form' })
})

test('one chosen person is no loss; several, a text or a picture are', () => {
  expect(wouldBeLost({ ...EMPTY_DRAFT, people: [bob] })).toBe(false)
  expect(wouldBeLost({ ...EMPTY_DRAFT, people: [bob, carol] })).toBe(true)
  expect(wouldBeLost({ ...EMPTY_DRAFT, topic: 'Tuesdays' })).toBe(true)
  expect(wouldBeLost({ ...EMPTY_DRAFT, picture: new Blob() })).toBe(true)
})

test('the suggested name has as many people as a name has room for', () => {
  expect(suggestedName([bob, carol], list)).toBe('Bob, Carol')
  expect(suggestedName([bob, carol, person(3, 'x'.repeat(NAME_MAX_CHARS))], list)).toBe('Bob, Carol')
  expect(suggestedName([], list)).toBe('')
})

test('only a channel says who writes, and only when it is not everybody', () => {
  const draft = { ...EMPTY_DRAFT, name: ' Lunch ', people: [bob], writers: 'admin' } as const
  expect(formOf(draft)).toEqual({ kind: 'group', name: 'Lunch', members: [bob.id] })
  expect(formOf({ ...draft, kind: 'channel' })).toMatchObject({ kind: 'channel', permissions: { write: 'admin', invite: 'member' } })
  expect(formOf({ ...draft, kind: 'channel', writers: 'member' })).not.toHaveProperty('permissions')
})

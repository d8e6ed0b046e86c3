import { expect, test } from 'vitest'
import type { Entry } from '../../../shared/conversation/entry.ts'
import { DeviceId, EntryId, Seq, UserId } from '../../../shared/ids.ts'
import { messagesOf } from './messagesOf.ts'

const id = (number: number) => EntryId.parse(`01900000-0000-7000-8000-${String(number).padStart(12, '0')}`)
const author = UserId.parse('01900000-0000-7000-8000-0000000000a1')
const head = (seq: number) => ({ id: id(seq), seq: Seq.parse(seq), author, device: DeviceId.parse('01900000-0000-7000-8000-0000000000d1'), at: seq })
const target = Seq.parse(1)

const said: Entry = { ...head(1), kind: 'message', body: { text: 'helo' } }
const edited: Entry = { ...head(2), kind: 'edit', body: { of: id(1), target, text: 'hello' } }
const erased: Entry = { ...head(3), kind: 'erase', body: { of: id(1), target } }
const joined: Entry = { ...head(4), kind: 'event', body: { type: 'joined' } }

test('a message reads as it was last edited, and what is no message is left out', () => {
  expect(messagesOf([said, edited, joined]).map(({ text }) => text)).toEqual(['hello'])
})

test('what was deleted for everyone is left out, and an edit of what lies further back is no message', () => {
  expect(messagesOf([said, edited, erased])).toEqual([])
  expect(messagesOf([edited])).toEqual([])
})

import { v7 as uuid } from 'uuid'
import { expect, test } from 'vitest'
import type { Entry, Message } from '../../shared/conversation/entry.ts'
import { ConversationId, DeviceId, EntryId, Seq, UserId } from '../../shared/ids.ts'
import type { Found } from './ledger.ts'
import { Ledger } from './ledger.ts'

const room = ConversationId.parse(uuid())
const alice = UserId.parse(uuid())
const device = DeviceId.parse(uuid())
const ids = [uuid(), uuid()].map((id) => EntryId.parse(id))

function setup(): { ledger: Ledger; found: Found; entries: Message[] } {
  const ledger = new Ledger()
  const entries = ids.map((id, index): Message => ({ id, seq: Seq.parse(index + 1), author: alice, device, at: 1, kind: 'message', body: { text: `words ${index}` } }))
  for (const { id, seq, body } of entries) {
    ledger.submitted({ conversation: room, author: alice, id, text: body.text })
    ledger.acknowledged(id, seq)
  }
  const receipt = { user: alice, delivered: Seq.parse(2), read: Seq.parse(2) }
  ledger.relayed(room, receipt)
  ledger.saved(alice, 'theme', 1)
  const found = { logs: [{ conversation: room, entries }], receipts: [{ conversation: room, ...receipt }], personal: new Map([[alice, new Map([['theme', 1]])]]) }
  return { ledger, found, entries }
}

/** The entries as a bad server gives them back. */
function holding(spoil: (entries: Entry[]) => Entry[]): string[] {
  const { ledger, found, entries } = setup()
  return ledger.broken({ ...found, logs: [{ conversation: room, entries: spoil(entries) }] })
}

test('a server that kept every promise has broken none', () => {
  const { ledger, found } = setup()
  expect(ledger.broken(found)).toEqual([])
})

test('[A1] an acknowledged entry that is missing or moved is a broken promise', () => {
  expect(holding((entries) => entries.slice(0, 1))).toHaveLength(1)
  expect(holding(([first, second]) => [second, first].map((entry, index) => ({ ...(entry as Entry), seq: Seq.parse(index + 1) })))).toHaveLength(2)
})

test('[A2] a doubled entry is a broken promise', () => {
  expect(holding((entries) => [...entries, { ...(entries[0] as Entry), seq: Seq.parse(3) }]).join()).toMatch('twice')
})

test('[A4] a gap is a broken promise', () => {
  expect(holding((entries) => entries.map((entry) => (entry.seq === 2 ? { ...entry, seq: Seq.parse(3) } : entry))).join()).toMatch('seq 3 in place 2')
})

test('[A6] invented and altered entries are broken promises', () => {
  const invented = { id: EntryId.parse(uuid()), seq: Seq.parse(3) }
  expect(holding((entries) => [...entries, { ...(entries[0] as Entry), ...invented }]).join()).toMatch('by nobody')
  expect(holding((entries) => entries.map((entry) => (entry.kind === 'message' ? { ...entry, body: { text: 'other words' } } : entry))).join()).toMatch('not what was written')
})

test('[A2] two answers that differ are a broken promise', () => {
  const { ledger, found } = setup()
  ledger.acknowledged(ids[0] as EntryId, Seq.parse(2))
  expect(ledger.broken(found).join()).toMatch('as seq 1, then as 2')
})

test('[R1] a receipt that others saw and that went back is a broken promise', () => {
  const { ledger, found } = setup()
  expect(ledger.broken({ ...found, receipts: found.receipts.map((held) => ({ ...held, read: Seq.parse(1) })) })).toHaveLength(1)
  expect(ledger.broken({ ...found, receipts: [] })).toHaveLength(1)
  ledger.relayed(room, { user: alice, delivered: Seq.parse(2), read: Seq.parse(1) })
  expect(ledger.broken(found).join()).toMatch('went back')
})

test('[R7] a lost setting is a broken promise', () => {
  const { ledger, found } = setup()
  expect(ledger.broken({ ...found, personal: new Map() })).toEqual([`the setting theme of ${alice} is lost`])
})

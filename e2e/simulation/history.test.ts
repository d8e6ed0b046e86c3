import { describe, expect, test } from 'vitest'
import type { Happening, History, Replica, Rest, Shown } from './history.ts'
import { judge } from './history.ts'

// Alice writes "hello" (m1) and Bob answers it (m2). Everything went well; each test below spoils one thing, so that each
// rule is seen to fail.

const hello = { id: 'm1', author: 'alice', text: 'hello', replyTo: null }
const answer = { id: 'm2', author: 'bob', text: 'hello yourself', replyTo: 'm1' }

function item(entry: typeof hello | typeof answer, index: number, over: Partial<Shown> = {}): Shown {
  return { ...entry, index, seq: index + 1, mark: 'stored', ...over }
}

const good = [
  { type: 'membership', conversation: 'room', user: 'alice', member: true, head: 0 },
  { type: 'membership', conversation: 'room', user: 'bob', member: true, head: 0 },
  { type: 'typed', device: 'alice/phone', user: 'alice', conversation: 'room', text: 'hello', replyTo: null },
  { type: 'submitted', device: 'alice/phone', user: 'alice', conversation: 'room', id: 'm1', text: 'hello', replyTo: null },
  { type: 'shown', device: 'alice/phone', user: 'alice', conversation: 'room', items: [item(hello, 0, { seq: null, mark: 'pending' })] },
  { type: 'committed', conversation: 'room', id: 'm1', seq: 1, author: 'alice', text: 'hello' },
  { type: 'acknowledged', device: 'alice/phone', conversation: 'room', id: 'm1', seq: 1 },
  { type: 'carried', device: 'bob/laptop', user: 'bob', ids: ['m1'] },
  { type: 'shown', device: 'bob/laptop', user: 'bob', conversation: 'room', items: [item(hello, 0)] },
  { type: 'meant', device: 'bob/laptop', user: 'bob', conversation: 'room', read: 1 },
  { type: 'asserted', device: 'bob/laptop', user: 'bob', conversation: 'room', read: 1 },
  { type: 'register', device: 'alice/phone', conversation: 'room', user: 'bob', delivered: 1, read: 1 },
  { type: 'shown', device: 'alice/phone', user: 'alice', conversation: 'room', items: [item(hello, 0, { mark: 'read' })] },
  { type: 'typed', device: 'bob/laptop', user: 'bob', conversation: 'room', text: 'hello yourself', replyTo: 'm1' },
  { type: 'submitted', device: 'bob/laptop', user: 'bob', conversation: 'room', id: 'm2', text: 'hello yourself', replyTo: 'm1' },
  { type: 'committed', conversation: 'room', id: 'm2', seq: 2, author: 'bob', text: 'hello yourself' },
  { type: 'acknowledged', device: 'bob/laptop', conversation: 'room', id: 'm2', seq: 2 },
  { type: 'meant', device: 'alice/phone', user: 'alice', conversation: 'room', read: 2 },
  { type: 'asserted', device: 'alice/phone', user: 'alice', conversation: 'room', read: 2 },
  { type: 'meant', device: 'bob/laptop', user: 'bob', conversation: 'room', read: 2 },
  { type: 'asserted', device: 'bob/laptop', user: 'bob', conversation: 'room', read: 2 },
] as const satisfies Happening[]

const registers = [
  { user: 'alice', delivered: 2, read: 2 },
  { user: 'bob', delivered: 2, read: 2 },
]

function replica(device: string, over: Partial<Replica> = {}): Replica {
  const [user = ''] = device.split('/')
  const items = [item(hello, 0, { mark: 'read' }), item(answer, 1, { mark: 'read' })]
  return { device, user, conversation: 'room', items, receipts: registers, listed: 2, unread: 0, badge: 0, reasons: {}, draft: '', ...over }
}

const logged = [
  { seq: 1, ...hello },
  { seq: 2, ...answer },
]

const goodRest: Rest = {
  logs: [{ conversation: 'room', members: ['alice', 'bob'], entries: logged, receipts: registers }],
  replicas: [replica('alice/phone'), replica('bob/laptop')],
  outboxes: [
    { device: 'alice/phone', pending: 0, refused: 0 },
    { device: 'bob/laptop', pending: 0, refused: 0 },
  ],
  leftovers: [],
}

/** The good history with something more just before the first event of that type, about that entry. */
function at(type: Happening['type'], id: string | null, more: Happening): Happening[] {
  const events: readonly Happening[] = good
  return events.flatMap((event) => (event === events.find((found) => found.type === type && (id === null || ('id' in found && found.id === id))) ? [more, event] : [event]))
}

/** Alice's phone shows "hello" once more. */
function shown(mark: Shown['mark']): Happening {
  return { type: 'shown', device: 'alice/phone', user: 'alice', conversation: 'room', items: [item(hello, 0, mark === 'pending' ? { mark, seq: null } : { mark })] }
}

function rulesBroken(events: readonly Happening[], rest: Partial<Rest> = {}): string[] {
  const history: History = { events, rest: { ...goodRest, ...rest } }
  return [...new Set(judge(history).map(({ rule }) => rule))].toSorted()
}

function withLog(over: Partial<Rest['logs'][number]>): Partial<Rest> {
  return { logs: goodRest.logs.map((log) => ({ ...log, ...over })) }
}

function withReplica(device: string, over: Partial<Replica>): Partial<Rest> {
  return { replicas: goodRest.replicas.map((held) => (held.device === device ? { ...held, ...over } : held)) }
}

test('a history in which all went well breaks no rule', () => {
  expect(judge({ events: good, rest: goodRest })).toEqual([])
})

describe('exactly once', () => {
  test('[A1] an acknowledged entry that the log does not hold is lost', () => {
    const answerGone = [item(hello, 0, { mark: 'read' })]
    expect(rulesBroken(good, { ...withLog({ entries: logged.slice(0, 1) }), replicas: ['alice/phone', 'bob/laptop'].map((device) => replica(device, { items: answerGone })) })).toContain('A1')
  })

  test('[A1] an answer before the commit is a lie, also if the commit follows', () => {
    const early: Happening = { type: 'acknowledged', device: 'alice/phone', conversation: 'room', id: 'm1', seq: 1 }
    expect(rulesBroken(at('committed', 'm1', early))).toEqual(['A1'])
  })

  test('[A1] an answer that names another seq than the log is a lie', () => {
    const wrong: Happening = { type: 'acknowledged', device: 'alice/tablet', conversation: 'room', id: 'm1', seq: 2 }
    expect(rulesBroken([...good, wrong])).toEqual(['A1', 'L1'])
  })

  test('[A2] an entry twice in the log is doubled', () => {
    expect(rulesBroken(good, withLog({ entries: [...logged, { ...answer, seq: 3 }] }))).toContain('A2')
  })

  test('[A6] an entry nobody wrote is invented', () => {
    const forged = { id: 'm3', seq: 3, author: 'alice', text: 'I owe Bob 100', replyTo: null }
    expect(rulesBroken(good, withLog({ entries: [...logged, forged] }))).toContain('A6')
  })

  test('[A6] words changed on the way are not what was written', () => {
    const altered: Happening = { type: 'shown', device: 'bob/laptop', user: 'bob', conversation: 'room', items: [item(hello, 0, { text: 'goodbye' })] }
    expect(rulesBroken([...good, altered])).toEqual(['A6'])
  })

  test('[A6] an entry under another author is forged', () => {
    const altered: Happening = { type: 'shown', device: 'bob/laptop', user: 'bob', conversation: 'room', items: [item(hello, 0, { author: 'carol' })] }
    expect(rulesBroken([...good, altered])).toEqual(['A6'])
  })

  test('[E2] nothing is shown as stored before the server holds it', () => {
    const hasty: Happening = { type: 'shown', device: 'alice/phone', user: 'alice', conversation: 'room', items: [item(hello, 0)] }
    expect(rulesBroken(at('committed', 'm1', hasty))).toEqual(['E2'])
  })

  test('[E2] a mark never falls from read to stored', () => {
    const fallen: Happening = { type: 'shown', device: 'alice/phone', user: 'alice', conversation: 'room', items: [item(hello, 0, { mark: 'stored' })] }
    expect(rulesBroken([...good, fallen])).toEqual(['E2'])
  })

  test('[E2] a change of members takes marks back once, not twice and not to pending', () => {
    const joined: Happening = { type: 'membership', conversation: 'room', user: 'carol', member: true, head: 2 }
    const alone = withLog({ members: ['alice', 'bob', 'carol'] })
    expect(rulesBroken([...good, joined, shown('stored')], alone)).toEqual([])
    expect(rulesBroken([...good, joined, shown('stored'), shown('read'), shown('stored')], alone)).toEqual(['E2'])
    expect(rulesBroken([...good, joined, shown('pending')], alone)).toEqual(['E2'])
  })

  test('[E3] an entry is never shown as pending and as stored at the same time', () => {
    const both: Happening = { type: 'shown', device: 'alice/tablet', user: 'alice', conversation: 'room', items: [item(hello, 1, { seq: null, mark: 'pending' }), item(hello, 0)] }
    expect(rulesBroken([...good, both])).toEqual(['E3'])
  })

  test('[A2] an entry sent again under a new id is doubled', () => {
    expect(rulesBroken(good, withLog({ entries: [...logged, { ...answer, id: 'm3', seq: 3 }] }))).toContain('A2')
  })

  test('[A2] what was stored is not refused when it is sent again', () => {
    const refused: Happening = { type: 'refused', device: 'alice/phone', conversation: 'room', id: 'm1', code: 'not-member', retry: false }
    expect(rulesBroken([...good, refused])).toEqual(['A2'])
    expect(rulesBroken([...good, { ...refused, retry: true }])).toEqual([])
    expect(rulesBroken(at('committed', 'm1', refused))).toEqual([])
  })

  const third: Happening = { type: 'submitted', device: 'alice/phone', user: 'alice', conversation: 'room', id: 'm3', text: 'anyone?', replyTo: null }

  test('[E4] what a device promised to keep is not forgotten', () => {
    expect(rulesBroken([...good, third])).toEqual(['E4'])
  })

  test('[E4] what was thrown away by its author, or lost with the store, is not missed', () => {
    expect(rulesBroken([...good, third, { type: 'discarded', device: 'alice/phone', id: 'm3' }])).toEqual([])
    expect(rulesBroken([...good, third, { type: 'forgot', device: 'alice/phone' }])).toEqual([])
    expect(rulesBroken([...good, { type: 'forgot', device: 'alice/phone' }, third])).toEqual(['E4'])
    expect(rulesBroken([...good, third, { type: 'lost power', device: 'alice/phone' }])).toEqual(['E4'])
  })
})

describe('one order', () => {
  test('[A4] a gap in the log is a gap', () => {
    expect(rulesBroken(good, withLog({ entries: [{ seq: 1, ...hello }, { seq: 3, ...answer }] }))).toContain('A4')
  })

  test('[L1] what stood at a place stands there for everyone', () => {
    const flipped: Happening = { type: 'shown', device: 'carol/phone', user: 'carol', conversation: 'room', items: [item(answer, 0)] }
    expect(rulesBroken([...good, flipped])).toContain('L1')
  })

  test('[L1] an entry stands in the place its seq names', () => {
    const moved: Happening = { type: 'shown', device: 'bob/laptop', user: 'bob', conversation: 'room', items: [item(hello, 3, { seq: 1 })] }
    expect(rulesBroken([...good, moved])).toEqual(['L1'])
  })

  test('[L1] what waits in the outbox stands after the log', () => {
    const draft = { id: 'm3', author: 'bob', text: 'wait', replyTo: null, index: 0, seq: null, mark: 'pending' } as const
    const events: Happening[] = [
      ...good,
      { type: 'typed', device: 'bob/laptop', user: 'bob', conversation: 'room', text: 'wait', replyTo: null },
      { type: 'submitted', device: 'bob/laptop', user: 'bob', conversation: 'room', id: 'm3', text: 'wait', replyTo: null },
      { type: 'shown', device: 'bob/laptop', user: 'bob', conversation: 'room', items: [draft, item(answer, 1)] },
      { type: 'discarded', device: 'bob/laptop', id: 'm3' },
    ]
    expect(rulesBroken(events)).toEqual(['L1'])
  })

  test('[A7] a reply before its parent, or without it, is out of order', () => {
    expect(rulesBroken(good, withLog({ entries: [{ ...answer, seq: 1 }, { ...hello, seq: 2 }] }))).toContain('A7')
    expect(rulesBroken(good, withLog({ entries: [{ ...answer, seq: 1 }] }))).toContain('A7')
  })
})

describe('read marks', () => {
  const register: Happening = { type: 'register', device: 'alice/phone', conversation: 'room', user: 'bob', delivered: 2, read: 2 }

  test('[R1] a read mark never goes back', () => {
    expect(rulesBroken([...good, register, { ...register, read: 1 }])).toEqual(['R1'])
    expect(rulesBroken([...good, register, { ...register, delivered: 1, read: 1 }])).toEqual(['R1'])
    expect(rulesBroken([...good, register, { type: 'forgot', device: 'alice/phone' }, { ...register, read: 1 }])).toEqual([])
    expect(rulesBroken([...good, register, { type: 'lost power', device: 'alice/phone' }, { ...register, read: 1 }])).toEqual([])
  })

  test('[R1] a read mark that a device kept reaches the database', () => {
    const lower = registers.map((held) => ({ ...held, read: 1 }))
    expect(rulesBroken(good, { ...withLog({ receipts: lower }), replicas: goodRest.replicas.map((held) => ({ ...held, receipts: lower })) })).toEqual(['R1'])
  })

  test('[R2] nobody is shown to have read further than they did', () => {
    expect(rulesBroken(at('meant', null, register))).toContain('R2')
    expect(rulesBroken([...good, { ...register, delivered: 1 }])).toContain('R2')
  })

  test('[R2] a register past the head is nonsense', () => {
    const beyond = registers.map((held) => ({ ...held, delivered: 9 }))
    expect(rulesBroken(good, withLog({ receipts: beyond }))).toContain('R2')
  })

  test('[R5] a badge that is not zero after reading everything is wrong', () => {
    expect(rulesBroken(good, withReplica('bob/laptop', { unread: 1 }))).toEqual(['R5'])
    expect(rulesBroken(good, withReplica('bob/laptop', { badge: 1 }))).toEqual(['R5'])
  })
})

describe('secrecy', () => {
  const removed: Happening = { type: 'membership', conversation: 'room', user: 'bob', member: false, head: 1 }

  test('[A5] what somebody writes after being removed is not committed', () => {
    expect(rulesBroken(at('committed', 'm2', removed))).toContain('A5')
  })

  test('[A6] a forged entry is not committed', () => {
    expect(rulesBroken([{ type: 'forged', user: 'mallory', conversation: 'room', id: 'm1', why: 'under a foreign name' }, ...good])).toContain('A6')
  })

  test('[A13] a refused entry is seen by nobody else, not even on the wire', () => {
    const refused = { id: 'm3', author: 'alice', text: 'too much', replyTo: null, index: 2, seq: null, mark: 'refused' } as const
    const events: Happening[] = [
      ...good,
      { type: 'typed', device: 'alice/phone', user: 'alice', conversation: 'room', text: 'too much', replyTo: null },
      { type: 'submitted', device: 'alice/phone', user: 'alice', conversation: 'room', id: 'm3', text: 'too much', replyTo: null },
      { type: 'refused', device: 'alice/phone', conversation: 'room', id: 'm3', code: 'too-large', retry: false },
      { type: 'carried', device: 'alice/phone', user: 'alice', ids: ['m3'] },
      { type: 'discarded', device: 'alice/phone', id: 'm3' },
    ]
    expect(rulesBroken(events)).toEqual([])
    expect(rulesBroken([...events, { type: 'carried', device: 'bob/laptop', user: 'bob', ids: ['m3'] }])).toEqual(['A13'])
    expect(rulesBroken([...events, { type: 'shown', device: 'bob/laptop', user: 'bob', conversation: 'room', items: [refused] }])).toEqual(['A13'])
  })

  test('[L8] a removed member gets nothing that was written later', () => {
    const late: Happening = { type: 'carried', device: 'bob/laptop', user: 'bob', ids: ['m2'] }
    const alone = withLog({ members: ['alice'] })
    const replicas = [replica('alice/phone')]
    expect(rulesBroken([...good, removed, { ...late, ids: ['m1'] }], { ...alone, replicas })).toEqual([])
    expect(rulesBroken([...good, removed, late], { ...alone, replicas })).toEqual(['L8'])
  })
})

describe('annotations', () => {
  const reacted = { texts: ['hello', 'hello!'], reactions: ['👍 bob'], pinned: false, replies: ['hi'] }
  const annotatedLog = withLog({ entries: [{ seq: 1, ...hello, annotated: reacted }, { seq: 2, ...answer }] })
  const shows = (annotated: typeof reacted) => ({ ...annotatedLog, replicas: [replica('alice/phone', { annotated: { m1: reacted } }), replica('bob/laptop', { annotated: { m1: annotated } })] })

  test('[N3] every device shows the same text, versions, reactions, pin and thread', () => {
    expect(rulesBroken(good, shows(reacted))).toEqual([])
    for (const other of [{ ...reacted, texts: ['hello'] }, { ...reacted, reactions: [] }, { ...reacted, pinned: true }, { ...reacted, replies: [] }]) expect(rulesBroken(good, shows(other))).toEqual(['N3'])
  })

  test('[N6] of what was erased nothing is found anywhere', () => {
    expect(rulesBroken(good, { remains: [{ where: 'bob/laptop', text: 'hello' }] })).toEqual(['N6'])
  })

  test('[T4] no thread has anything new after everything was read', () => {
    expect(rulesBroken(good, withReplica('bob/laptop', { threads: 1 }))).toEqual(['T4'])
  })

  test('[R7] what somebody deleted for themselves is gone from all their devices', () => {
    const replicas = [...goodRest.replicas, replica('bob/phone', { hidden: ['m1'] })]
    expect(rulesBroken(good, { replicas })).toEqual(['R7'])
  })
})

describe('at rest', () => {
  test('[L1] a replica that lacks an entry differs', () => {
    expect(rulesBroken(good, withReplica('bob/laptop', { items: [item(hello, 0)] }))).toEqual(['L1'])
  })

  test('[L1] a replica in another order differs', () => {
    expect(rulesBroken(good, withReplica('bob/laptop', { items: [item(answer, 0), item(hello, 1)] }))).toEqual(['L1'])
  })

  test('[R1] receipts are the same everywhere', () => {
    expect(rulesBroken(good, withReplica('alice/phone', { receipts: registers.map((held) => ({ ...held, read: 1 })) }))).toEqual(['R1'])
  })

  test('[R7] the devices of a person agree on drafts', () => {
    const replicas = [...goodRest.replicas, replica('bob/phone', { draft: 'I was about to' })]
    expect(rulesBroken(good, { replicas })).toEqual(['R7'])
  })

  test('[E4] no outbox waits', () => {
    expect(rulesBroken(good, { outboxes: [{ device: 'alice/phone', pending: 1, refused: 0 }] })).toEqual(['E4'])
  })

  test('[E8] every device of a member has the conversation', () => {
    expect(rulesBroken(good, { replicas: [replica('alice/phone')] })).toEqual(['E8'])
  })

  test('[E8] every device of a member lists it with all that was said', () => {
    expect(rulesBroken(good, withReplica('bob/laptop', { listed: null }))).toEqual(['E8'])
    expect(rulesBroken(good, withReplica('bob/laptop', { listed: 1 }))).toEqual(['E8'])
  })

  test('[E9] a removed member keeps nothing but unsent entries, each with its reason', () => {
    const removed: Happening = { type: 'membership', conversation: 'room', user: 'bob', member: false, head: 2 }
    const unsent: Happening = { type: 'submitted', device: 'bob/laptop', user: 'bob', conversation: 'room', id: 'm3', text: 'wait', replyTo: null }
    const refused = { id: 'm3', author: 'bob', text: 'wait', replyTo: null, index: 0, seq: null, mark: 'refused' } as const
    const left = { device: 'bob/laptop', user: 'bob', conversation: 'room', items: [refused], reasons: { m3: 'You are no member.' } }
    const rest = { ...withLog({ members: ['alice'] }), replicas: [replica('alice/phone')] }
    const events = [...good, removed, unsent]
    expect(rulesBroken(events, { ...rest, leftovers: [left] })).toEqual([])
    expect(rulesBroken(events, { ...rest, leftovers: [{ ...left, reasons: {} }] })).toEqual(['E9'])
    expect(rulesBroken(events, { ...rest, leftovers: [{ ...left, items: [refused, item(hello, 1)] }] })).toEqual(['E9'])
    expect(rulesBroken(events, { ...rest, replicas: goodRest.replicas, leftovers: [left] })).toEqual(['E9'])
  })
})

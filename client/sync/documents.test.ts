import { expect, test } from 'vitest'
import * as encoding from 'lib0/encoding'
import { decodeDocumentFrame } from './documentFrames.ts'
import type { DocumentPeer } from './documents.ts'
import { Documents } from './documents.ts'

const NAME = 'log/lunch/0'

function setup() {
  let up = true
  const sent: string[] = []
  const documents = new Documents({ isUp: () => up, sendFrame: (bytes) => sent.push(decodeDocumentFrame(bytes).type) })
  const seen: string[] = []
  const peer: DocumentPeer = {
    stateVector: () => new Uint8Array([0]),
    update: (update, type) => seen.push(`${type} ${update.join()}`),
    ended: (reason) => seen.push(`ended: ${reason}`),
  }
  return { documents, sent, seen, peer, connection: (state: boolean) => (up = state) }
}

/** As the server writes them. */
const fromServer = {
  update: (...bytes: number[]) => frame((encoder) => [0, 2].forEach((part) => encoding.writeVarUint(encoder, part)) ?? encoding.writeVarUint8Array(encoder, new Uint8Array(bytes))),
  close: (reason: string) => frame((encoder) => encoding.writeVarUint(encoder, 7) ?? encoding.writeVarString(encoder, reason)),
  denied: (reason: string) => frame((encoder) => [2, 1].forEach((part) => encoding.writeVarUint(encoder, part)) ?? encoding.writeVarString(encoder, reason)),
}

function frame(write: (encoder: encoding.Encoder) => void): Uint8Array<ArrayBuffer> {
  return encoding.encode((encoder) => {
    encoding.writeVarString(encoder, NAME)
    write(encoder)
  })
}

test('a document authenticates, says what it has, and gets updates', () => {
  const { documents, sent, seen, peer } = setup()
  documents.attach(NAME, peer)
  expect(sent).toEqual(['auth', 'step1'])
  documents.receive(fromServer.update(1, 2, 3))
  expect(seen).toEqual(['update 1,2,3'])
})

test('after a connection was lost every attached document resumes', () => {
  const { documents, sent, peer, connection } = setup()
  documents.attach(NAME, peer)
  connection(false)
  documents.down()
  documents.attach('log/lunch/1', peer)
  connection(true)
  documents.up()
  expect(sent).toEqual(['auth', 'step1', 'auth', 'step1', 'auth', 'step1'])
})

test('a document wanted again before its close was confirmed waits for that', () => {
  const { documents, sent, seen, peer } = setup()
  documents.attach(NAME, peer).detach()
  documents.attach(NAME, peer)
  documents.receive(fromServer.update(1))
  expect(sent).toEqual(['auth', 'step1', 'close'])
  expect(seen).toEqual([])
  documents.receive(fromServer.close('closed'))
  expect(sent).toEqual(['auth', 'step1', 'close', 'auth', 'step1'])
  documents.receive(fromServer.update(2))
  expect(seen).toEqual(['update 2'])
})

test.each(['close', 'denied'] as const)('a %s by the server ends the attachment, with its reason', (how) => {
  const { documents, seen, peer } = setup()
  documents.attach(NAME, peer)
  documents.receive(fromServer[how]('not a member'))
  documents.receive(fromServer.update(1))
  expect(seen).toEqual(['ended: not a member'])
})

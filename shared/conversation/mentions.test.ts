import { expect, test } from 'vitest'
import { Seq, UserId } from '../ids.ts'
import type { Calling } from './entry.ts'
import { calledAt } from './mentions.ts'

const [alice, bob] = [UserId.parse('01932d3e-0000-7000-8000-00000000000a'), UserId.parse('01932d3e-0000-7000-8000-00000000000b')]
const nobody: Calling = {}
const all: Calling = { mentionsAll: true }
const him: Calling = { mentions: [bob] }
const said = (...bodies: Calling[]) => bodies.map((body, index) => ({ seq: Seq.parse(index + 1), body }))

test.each<[string, Calling[], number]>([
  ['by name', [him], 1],
  ['with everyone', [all], 1],
  ['by an edit', [nobody, him], 2],
  ['once, however often it is edited', [him, nobody, him], 1],
  ['once, by name or with everyone', [all, him], 1],
  ['once, with everyone or by name', [him, nobody, all], 1],
  ['no more when an edit takes it away', [him, nobody], 0],
  ['not at all', [nobody], 0],
])('[R9] a message calls %s', (_words, bodies, at) => {
  expect(calledAt(said(...bodies), alice, bob)).toBe(at)
})

test('[R9] one calls nobody to oneself', () => {
  expect(calledAt(said(all), bob, bob)).toBe(0)
  expect(calledAt([], alice, bob)).toBe(0)
})

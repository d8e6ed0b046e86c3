import { globSync, readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { expect, test } from 'vitest'
import { REFUSAL_REASONS, refusedBecause } from '../shared/protocol/refusalReasons.ts'

const SERVER = resolve(import.meta.dirname)

/** What a person does not meet, or what the words of its code say in every language. Everything else has a reason (refusalReasons.ts). */
const BY_CODE_ALONE: ReadonlySet<string> = new Set(['malformed', 'unavailable', 'storage-full', 'draining', 'signed-out', 'not-member', 'id-conflict', 'reply-unknown', 'erased', 'credentials', 'version'])
const BY_PROGRAMS_ALONE: ReadonlySet<string> = new Set([
  'There is nothing at this address.',
  'This segment is not full yet: it is on the sync socket.',
  'This is more than one request may carry.',
  'Too many messages at once. They are sent in a moment.',
])

const SAID_OF_A_REQUEST: ReadonlySet<string> = new Set(['Send 1 to ${APPEND_MAX_ENTRIES} entries at a time.', 'An entry has no valid id.'])

test('[W4] whatever is refused is told in the words of its code, or has a reason with words of its own', () => {
  const bare: string[] = []
  for (const file of globSync('**/*.ts', { cwd: SERVER, exclude: (name) => name.endsWith('.test.ts') })) {
    const source = readFileSync(join(SERVER, file), 'utf8')
    for (const [, code = '', words = ''] of source.matchAll(/\b(?:RefusedError|refusal)\('([a-z-]+)', (['"`].*?['"`]|\w+)[,)]/g)) {
      if (!BY_CODE_ALONE.has(code) && !BY_PROGRAMS_ALONE.has(words.slice(1, -1))) bare.push(`${file}: ${code}: ${words}`)
    }
  }
  expect(bare).toEqual([])
})

test('[W4] whatever an entry is refused for stays under it, so it has a reason that says what to do', () => {
  // Sent again by itself, or said to a program alone.
  const passing = new Set(['rate-limited', 'draining', 'unavailable', 'storage-full'])
  const bare: string[] = []
  for (const file of globSync('append/*.ts', { cwd: SERVER, exclude: (name) => name.endsWith('.test.ts') })) {
    for (const [, code = '', words = ''] of readFileSync(join(SERVER, file), 'utf8').matchAll(/\b(?:RefusedError|refusal)\('([a-z-]+)', (['"`].*?['"`]|\w+)[,)]/g)) {
      if (!passing.has(code) && !SAID_OF_A_REQUEST.has(words.slice(1, -1))) bare.push(`${file}: ${code}: ${words}`)
    }
  }
  expect(bare).toEqual([])
})

test('[W4] a reason goes with its code and its words, which leave no gap', () => {
  for (const reason of Object.keys(REFUSAL_REASONS)) {
    // Its very keys.
    const { refusal } = refusedBecause(reason as keyof typeof REFUSAL_REASONS)
    expect(refusal.reason).toBe(reason)
    expect(refusal.words).not.toMatch(/[{}]|undefined|NaN/)
  }
  expect(refusedBecause('group-full').refusal.words).toBe('There is room for 5,000 members, and it is taken.')
})

import { describe, expect, it } from 'vitest'
import { currentLanguage } from '../language/language.ts'
import { connectionWords } from './connection.ts'

const english = currentLanguage()
const nothing = { pending: 0, refused: 0 }
const offline = { state: 'offline', since: 0, retryAt: 12_000, words: 'No connection.' } as const

describe('the connection in words', () => {
  it('says nothing while all is well, also while messages are on their way', () => {
    expect(connectionWords({ state: 'online' }, { pending: 3, refused: 0 }, 0, english)).toBeNull()
  })

  it('says what waits and when it is tried again', () => {
    expect(connectionWords(offline, { pending: 1, refused: 0 }, 0, english)).toMatchObject({
      title: 'No connection.',
      more: '1 message waits on this device. Trying again in 12 seconds.',
    })
    expect(connectionWords(offline, nothing, 11_900, english)?.more).toBe('Trying again now.')
    expect(connectionWords({ ...offline, retryAt: null }, nothing, 0, english)?.more).toBeNull()
  })

  it('points at refused messages', () => {
    expect(connectionWords({ state: 'online' }, { pending: 0, refused: 2 }, 0, english)).toMatchObject({ tone: 'danger' })
  })
})

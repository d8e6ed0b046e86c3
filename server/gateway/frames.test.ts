import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { readFrame } from './frames.ts'

describe('a binary frame', () => {
  it('of any bytes is read or refused, and never throws', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 400 }), (bytes) => {
        readFrame(bytes)
      }),
      { numRuns: 2_000 },
    )
  })

  it('whose name is right is read or refused, whatever follows', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 200 }), fc.constantFrom(0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11), (rest, type) => {
        const frame = readFrame(Uint8Array.of(1, 0x78, type, ...rest))
        if (frame !== null) expect(frame.name).toBe('x')
      }),
      { numRuns: 2_000 },
    )
  })

  it('is named by what stands before the session of a session-aware provider', () => {
    expect(readFrame(Uint8Array.of(3, 0x78, 0, 0x31, 7))).toEqual({ key: 'x\u00001', name: 'x', type: 'close' })
  })

  it('that only a server may send is refused', () => {
    expect(readFrame(Uint8Array.of(1, 0x78, 6, 1, 0x78))).toBeNull()
  })
})

import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { readFrame } from './frames.ts'

describe('a binary frame', () => {
  it('of any bytes is read or refused, and never throws', () => {
    const bytes = fc.uint8Array({ maxLength: 400 })
    expect(() => fc.assert(fc.property(bytes, (frame) => void readFrame(frame)), { numRuns: 2_000 })).not.toThrow()
  })

  it('whose name is right is read or refused, whatever follows', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 200 }), fc.nat(11), (rest, type) => {
        const frame = readFrame(Uint8Array.of(1, 0x78, type, ...rest))
        expect([undefined, 'x']).toContain(frame?.name)
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

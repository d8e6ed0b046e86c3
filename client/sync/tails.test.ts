import { expect, test } from 'vitest'
import { SEGMENT_ENTRIES, attachNextAt } from '../../shared/conversation/segment.ts'
import { Seq } from '../../shared/ids.ts'
import { segmentsToFollow } from './tails.ts'

test('the segment being written is followed, near its end the next one too, and a full one no more', () => {
  expect(at(0)).toEqual([0])
  expect(at(NEXT_AT - 1)).toEqual([0])
  expect(at(NEXT_AT)).toEqual([0, 1])
  expect(at(SEGMENT_ENTRIES - 1)).toEqual([0, 1])
  expect(at(SEGMENT_ENTRIES)).toEqual([1])
  expect(at(SEGMENT_ENTRIES + 1)).toEqual([1])
  expect(at(1_000_000)).toEqual([1953])
})

const NEXT_AT = attachNextAt(0.5)

function at(head: number): number[] {
  return segmentsToFollow(Seq.parse(head), NEXT_AT)
}

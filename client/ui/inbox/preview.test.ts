import { describe, expect, it } from 'vitest'
import { EntryId, UserId } from '../../../shared/ids.ts'
import { filterRows, previewOf } from './preview.ts'

const alice = UserId.parse('01932d3e-0000-7000-8000-00000000000a')
const bob = UserId.parse('01932d3e-0000-7000-8000-00000000000b')
const last = { id: EntryId.parse('01932d3e-0000-7000-8000-000000000001'), author: bob, at: 5, preview: 'two\n lines' }
const row = { kind: 'group', draft: '', pending: null, last } as const

describe('the line under a conversation', () => {
  it('names who spoke in a group, and nobody in a direct conversation', () => {
    expect(previewOf(row, alice, false)).toEqual({ type: 'last', text: 'two lines', at: 5, author: bob })
    expect(previewOf(row, bob, false)).toMatchObject({ author: 'self' })
    expect(previewOf({ ...row, kind: 'direct' }, alice, false)).toMatchObject({ author: null })
  })

  it('shows a draft first, but not while it is being written', () => {
    expect(previewOf({ ...row, draft: 'half' }, alice, false)).toEqual({ type: 'draft', text: 'half' })
    expect(previewOf({ ...row, draft: 'half' }, alice, true)).toMatchObject({ type: 'last' })
    expect(previewOf({ ...row, draft: ' \n' }, alice, false)).toMatchObject({ type: 'last' })
  })

  it('shows words without their marks', () => {
    expect(previewOf({ ...row, last: { ...last, preview: '# Plan\n- **tea** at `six`' } }, alice, false)).toMatchObject({ text: 'Plan • tea at six' })
  })

  it('shows what waits on this device', () => {
    expect(previewOf({ ...row, pending: { body: { text: 'soon' }, at: 9 } }, alice, false)).toEqual({ type: 'pending', text: 'soon', at: 9 })
  })
})

describe('the filter', () => {
  const rows = ['Ana Lucía', 'Łódź trip', 'İstanbul 2026', 'Müller & Söhne'].map((title) => ({ title }))
  it('finds each word anywhere, without marks and case', () => {
    expect(filterRows(rows, 'lucia an')).toEqual([rows[0]])
    expect(filterRows(rows, 'SOHNE')).toEqual([rows[3]])
    expect(filterRows(rows, 'istanbul')).toEqual([rows[2]])
    expect(filterRows(rows, 'nobody')).toEqual([])
    expect(filterRows(rows, '  ')).toBe(rows)
  })
})

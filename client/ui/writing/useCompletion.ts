// What is being completed in a text field, and the keys that choose. What can be completed, the sources say.

import type { ChangeEvent, KeyboardEvent, RefObject } from 'react'
import { useId, useRef, useState } from 'react'
import { applyEdit } from './applyEdit.ts'
import type { Candidate, CompletionSource } from './completionSource.ts'

export type OpenCompletion = {
  id: string
  label: CompletionSource['label']
  candidates: readonly Candidate[]
  active: number
  choose: (candidate: Candidate) => void
}

export type Completion = {
  open: OpenCompletion | null
  /** The field keeps the focus; these say which candidate it speaks of. */
  aria: { 'aria-autocomplete': 'list'; 'aria-controls'?: string; 'aria-activedescendant'?: string }
  onChange: (event: ChangeEvent<HTMLTextAreaElement>) => void
  onSelect: () => void
  onBlur: () => void
  /** True: the key was for the list. */
  onKeyDown: (event: KeyboardEvent<HTMLTextAreaElement>) => boolean
}

export function useCompletion(field: RefObject<HTMLTextAreaElement | null>, sources: readonly CompletionSource[]): Completion {
  const id = useId()
  const [found, setFound] = useState<Found | null>(null)
  /** Each question takes a number: an answer to an earlier one is late. */
  const asked = useRef(0)
  /** Where Esc was pressed: the same word does not open the list again. */
  const dismissed = useRef<number | null>(null)

  async function look() {
    asked.current += 1
    const turn = asked.current
    const before = textBefore(field.current)
    const next = before === null ? null : await ask(before, sources, dismissed)
    if (turn === asked.current) setFound(next)
  }

  async function finish() {
    const before = textBefore(field.current)
    if (before === null) return
    for (const source of sources) {
      const done = (await source.finish?.(before)) ?? null
      const area = field.current
      // While the source was asked, more may have been typed behind it.
      if (done !== null && area?.value.startsWith(before) === true && area.selectionStart >= before.length) finishAt(area, before.length, done)
    }
  }

  function close() {
    asked.current += 1
    setFound(null)
  }

  function choose(candidate: Candidate) {
    if (field.current !== null && found !== null) replace(field.current, found.from, candidate.insert)
    close()
  }

  return {
    open: found === null ? null : { id, label: found.source.label, candidates: found.candidates, active: found.active, choose },
    aria: found === null ? { 'aria-autocomplete': 'list' } : { 'aria-autocomplete': 'list', 'aria-controls': id, 'aria-activedescendant': optionId(id, found.active) },
    onChange({ nativeEvent }) {
      void look()
      // What undo brings back must stay.
      if (nativeEvent instanceof InputEvent && nativeEvent.inputType.startsWith('insert') && nativeEvent.data?.endsWith(':') === true) void finish()
    },
    onSelect: () => void look(),
    onBlur: close,
    onKeyDown(event) {
      if (found === null || event.nativeEvent.isComposing) return false
      const act = actOf(event, found)
      if (act === null) return false
      event.preventDefault()
      event.stopPropagation()
      if (act.type === 'move') setFound({ ...found, active: act.to })
      else if (act.type === 'choose') choose(act.candidate)
      else {
        dismissed.current = found.from
        close()
      }
      return true
    },
  }
}

export function optionId(list: string, index: number): string {
  return `${list}-${index}`
}

async function ask(before: string, sources: readonly CompletionSource[], dismissed: { current: number | null }): Promise<Found | null> {
  for (const source of sources) {
    const typing = source.find(before)
    if (typing === null) continue
    if (typing.from === dismissed.current) return null
    const candidates = await source.candidates(typing.query)
    if (candidates.length > 0) return { source, from: typing.from, candidates, active: 0 }
  }
  dismissed.current = null
  return null
}

function actOf({ key, shiftKey, ctrlKey, metaKey, altKey }: KeyboardEvent, { candidates, active }: Found): Act | null {
  if (shiftKey || ctrlKey || metaKey || altKey) return null
  const candidate = candidates[active]
  switch (key) {
    case 'ArrowDown':
      return { type: 'move', to: (active + 1) % candidates.length }
    case 'ArrowUp':
      return { type: 'move', to: (active - 1 + candidates.length) % candidates.length }
    case 'Enter':
    case 'Tab':
      return candidate === undefined ? null : { type: 'choose', candidate }
    case 'Escape':
      return { type: 'dismiss' }
    default:
      return null
  }
}

/** Null where nothing is being typed: there is a selection, or no field. */
function textBefore(area: HTMLTextAreaElement | null): string | null {
  return area === null || area.selectionStart !== area.selectionEnd ? null : area.value.slice(0, area.selectionStart)
}

function replace(area: HTMLTextAreaElement, from: number, insert: string): void {
  const at = from + insert.length
  applyEdit(area, { from, to: area.selectionStart, insert, select: { start: at, end: at } })
}

/** What stands before `end`; whoever types on behind it stays where they are. */
function finishAt(area: HTMLTextAreaElement, end: number, { from, insert }: { from: number; insert: string }): void {
  const shift = from + insert.length - end
  applyEdit(area, { from, to: end, insert, select: { start: area.selectionStart + shift, end: area.selectionEnd + shift } })
}

type Found = { source: CompletionSource; from: number; candidates: readonly Candidate[]; active: number }
type Act = { type: 'move'; to: number } | { type: 'choose'; candidate: Candidate } | { type: 'dismiss' }

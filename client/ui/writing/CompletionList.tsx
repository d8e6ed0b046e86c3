import type { RefObject } from 'react'
import { useEffect, useRef } from 'react'
import { createPortal } from 'react-dom'
import { useLanguage } from '../language/useLanguage.ts'
import { place } from '../parts/place.ts'
import type { OpenCompletion } from './useCompletion.ts'
import { optionId } from './useCompletion.ts'
import './CompletionList.css'

type CompletionListProps = { open: OpenCompletion | null; field: RefObject<HTMLTextAreaElement | null> }

/** Candidates above the field, in the top layer. The field keeps the focus and its keys choose. */
export function CompletionList({ open, field }: CompletionListProps) {
  const { t } = useLanguage()
  return (
    <>
      {open === null ? null : createPortal(<List open={open} field={field} />, document.body)}
      <span className="unseen" role="status">
        {open === null ? '' : t('writing.found', { count: open.candidates.length })}
      </span>
    </>
  )
}

function List({ open, field }: { open: OpenCompletion; field: CompletionListProps['field'] }) {
  const { t } = useLanguage()
  const { id, label, candidates, active, choose } = open
  const list = useRef<HTMLDivElement>(null)
  useEffect(() => {
    list.current?.showPopover()
  }, [])
  // As many candidates, so high is the list: after each drawing it may be another number.
  useEffect(() => {
    if (list.current !== null && field.current !== null) place(list.current, field.current)
  })
  return (
    <div ref={list} id={id} role="listbox" aria-label={t(`writing.${label}`)} popover="manual" className="completion">
      {candidates.map((candidate, index) => (
        // Keys reach it through the field.
        <div
          key={candidate.id}
          id={optionId(id, index)}
          role="option"
          aria-selected={index === active}
          className="completion__option"
          onPointerDown={(event) => {
            // The field would lose the focus, and the list with it.
            event.preventDefault()
          }}
          onMouseDown={(event) => {
            event.preventDefault()
          }}
          onClick={() => {
            choose(candidate)
          }}
        >
          <span className="completion__icon" aria-hidden="true">
            {candidate.icon}
          </span>
          <bdi>{candidate.label}</bdi>
        </div>
      ))}
    </div>
  )
}

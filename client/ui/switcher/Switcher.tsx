import type { KeyboardEvent } from 'react'
import { useEffect, useId, useRef, useState } from 'react'
import '../language/englishLater.ts'
import { useLanguage } from '../language/useLanguage.ts'
import { Dialog } from '../parts/Dialog.tsx'
import { writeTo } from '../people/writeTo.ts'
import { useEngine } from '../useEngine.ts'
import { navigate, useRoute } from '../useRoute.ts'
import { OptionRow } from './OptionRow.tsx'
import type { Group, Option } from './useOptions.ts'
import { useOptions } from './useOptions.ts'
import './Switcher.css'

/** Goes anywhere by a few letters: focus stays in the field, the arrows move through what it found. */
export function Switcher({ onClose }: { onClose: () => void }) {
  const { t } = useLanguage()
  const [query, setQuery] = useState('')
  const [active, setActive] = useState(0)
  const listId = useId()
  const asked = query.trim()
  const groups = useOptions(asked)
  const options = groups.flatMap((group) => group.options)
  // What is found may have become less than where the arrow stood.
  const at = Math.min(active, options.length - 1)
  const choose = useChoose(onClose)
  return (
    <Dialog title={t('switcher.title')} onClose={onClose}>
      <input
        type="text"
        className="input"
        role="combobox"
        dir="auto"
        data-autofocus
        autoComplete="off"
        spellCheck={false}
        aria-label={t('switcher.field')}
        aria-expanded={options.length > 0}
        aria-controls={listId}
        aria-autocomplete="list"
        aria-activedescendant={options.length === 0 ? undefined : optionId(listId, at)}
        placeholder={t('switcher.field')}
        value={query}
        onChange={(event) => {
          setQuery(event.target.value)
          setActive(0)
        }}
        onKeyDown={(event) => {
          const chosen = options[at]
          if (event.key === 'Enter' && !event.nativeEvent.isComposing && chosen !== undefined) choose(chosen)
          else move(event, at, options.length, setActive)
        }}
      />
      <OptionList id={listId} groups={groups} active={at} onChosen={choose} />
      <p className="switcher__nothing" role="status">
        {options.length === 0 ? t('switcher.nothing', { query: asked }) : ''}
      </p>
    </Dialog>
  )
}

type OptionListProps = { id: string; groups: readonly Group[]; active: number; onChosen: (option: Option) => void }

function OptionList({ id, groups, active, onChosen }: OptionListProps) {
  const { t } = useLanguage()
  const list = useRef<HTMLDivElement>(null)
  // After each render: the arrow moved, or what is found changed under it.
  useEffect(() => {
    list.current?.querySelector('[aria-selected=true]')?.scrollIntoView({ block: 'nearest' })
  })
  return (
    <div ref={list} id={id} role="listbox" aria-label={t('switcher.results')} className="switcher__list">
      {groups.map(({ name, options }, place) => {
        const first = groups.slice(0, place).reduce((sum, above) => sum + above.options.length, 0)
        return (
          <div key={name} role="group" aria-label={name}>
            <div className="switcher__group" aria-hidden="true">
              {name}
            </div>
            {options.map((option, index) => (
              <OptionRow
                key={keyOf(option)}
                id={optionId(id, first + index)}
                option={option}
                active={first + index === active}
                onChosen={() => {
                  onChosen(option)
                }}
              />
            ))}
          </div>
        )
      })}
    </div>
  )
}

function useChoose(onClose: () => void): (option: Option) => void {
  const engine = useEngine()
  const route = useRoute()
  return (option) => {
    switch (option.type) {
      case 'conversation':
        navigate({ conversation: option.row.conversation, panel: null }, 'replace')
        break
      case 'person':
        void writeTo(engine, option.person.id, 'replace')
        break
      case 'command':
        // What it opens takes the place of the switcher; what opens nothing leaves it closed.
        onClose()
        option.command.run({ engine, route })
        break
      default:
        option satisfies never
    }
  }
}

function move(event: KeyboardEvent, at: number, length: number, onActive: (index: number) => void): void {
  const to = { ArrowDown: at + 1, ArrowUp: at - 1 + length }[event.key]
  if (to === undefined || length === 0 || event.altKey) return
  event.preventDefault()
  onActive(to % length)
}

function keyOf(option: Option): string {
  if (option.type === 'conversation') return option.row.conversation
  return option.type === 'person' ? option.person.id : option.command.name
}

function optionId(list: string, index: number): string {
  return `${list}-${index}`
}

import type { KeyboardEvent, ReactNode } from 'react'
import { useEffect, useId, useRef, useState } from 'react'
import { createPortal } from 'react-dom'
import { IconButton } from './IconButton.tsx'
import { place } from './place.ts'
import './Menu.css'

export type MenuItem = { label: string; icon?: ReactNode; danger?: boolean; run: () => void }

type MenuProps = { label: string; icon: ReactNode; items: () => readonly MenuItem[]; className?: string }

/** A button that opens a menu in the top layer, so that no scroller cuts it. Esc and a press elsewhere close it. */
export function Menu({ label, icon, items, className = '' }: MenuProps) {
  const [open, setOpen] = useState(false)
  const button = useRef<HTMLButtonElement>(null)
  const id = useId()
  return (
    <>
      <IconButton
        ref={button}
        label={label}
        icon={icon}
        className={className}
        aria-haspopup="menu"
        aria-expanded={open}
        aria-controls={open ? id : undefined}
        onClick={(event) => {
          event.preventDefault()
          event.stopPropagation()
          setOpen(!open)
        }}
      />
      {open
        ? // At the end of the page: where the button stands may be hidden the moment it loses focus.
        createPortal(
          <MenuList
            id={id}
            label={label}
            anchor={() => button.current}
            items={items()}
            onClose={() => {
              setOpen(false)
            }}
          />,
          document.querySelector('dialog[open]') ?? document.body,
        )
        : null}
    </>
  )
}

type MenuListProps = { id: string; label: string; anchor: () => HTMLElement | null; items: readonly MenuItem[]; onClose: () => void }

function MenuList({ id, label, anchor, items, onClose }: MenuListProps) {
  const list = useRef<HTMLDivElement>(null)
  useEffect(() => {
    const menu = list.current
    const from = anchor()
    if (menu === null || from === null) return
    menu.showPopover()
    place(menu, from)
    focusItem(menu, 0)
    // oxlint-disable-next-line react/exhaustive-deps -- Placed once, where it was opened.
  }, [])
  return (
    <div
      ref={list}
      id={id}
      role="menu"
      tabIndex={-1}
      aria-label={label}
      popover="auto"
      className="menu"
      onToggle={(event) => {
        if (event.newState === 'closed') onClose()
      }}
      onKeyDown={(event) => {
        moveFocus(event)
      }}
      onClick={(event) => {
        event.stopPropagation()
      }}
    >
      {items.map((item) => (
        <button
          key={item.label}
          type="button"
          role="menuitem"
          tabIndex={-1}
          className={item.danger === true ? 'menu__item menu__item--danger' : 'menu__item'}
          onClick={() => {
            anchor()?.focus()
            list.current?.hidePopover()
            item.run()
          }}
        >
          {item.icon}
          <span>{item.label}</span>
        </button>
      ))}
    </div>
  )
}

function moveFocus(event: KeyboardEvent<HTMLElement>): void {
  const items = [...event.currentTarget.querySelectorAll<HTMLElement>('[role=menuitem]')]
  const index = items.findIndex((item) => item === document.activeElement)
  const to = { ArrowDown: index + 1, ArrowUp: index - 1 + items.length, Home: 0, End: items.length - 1 }[event.key]
  event.stopPropagation()
  if (event.key === 'Tab') event.currentTarget.hidePopover()
  if (to === undefined) return
  event.preventDefault()
  items[to % items.length]?.focus()
}

function focusItem(menu: HTMLElement, index: number): void {
  menu.querySelectorAll<HTMLElement>('[role=menuitem]')[index]?.focus()
}

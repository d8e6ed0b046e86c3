import type { ComponentProps, ReactNode } from 'react'

type IconButtonProps = Omit<ComponentProps<'button'>, 'children' | 'title'> & { label: string; icon: ReactNode }

/** A button known by its icon; the label is its accessible name and its tooltip. */
export function IconButton({ label, icon, className, ...rest }: IconButtonProps) {
  return (
    <button type="button" aria-label={label} title={label} {...rest} className={`icon-button ${className ?? ''}`}>
      {icon}
    </button>
  )
}

import type { ReactNode } from 'react'
import { disguised } from './links.ts'

type LinkProps = { href: string; label: string; children: ReactNode; dir: 'auto' | 'ltr' }

/** Leaves the app without a word of where it comes from, and says where it leads if its words say otherwise. */
export function Link({ href, label, children, dir }: LinkProps) {
  const place = disguised(label, href)
  return (
    <a href={href} target="_blank" rel="noopener noreferrer nofollow" referrerPolicy="no-referrer" dir={dir} title={href}>
      {children}
      {place === null ? null : <bdi className="text__place">{` (${place})`}</bdi>}
    </a>
  )
}

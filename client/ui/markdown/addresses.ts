// The addresses of pages and mailboxes in plain words, as people type them: with a scheme or without.

import { tokenize } from 'linkifyjs'
import { safeHref } from './links.ts'

export type Part = { type: 'text'; text: string } | { type: 'link'; text: string; href: string }

export function partsOf(text: string): Part[] {
  const parts: Part[] = []
  for (const token of tokenize(text)) {
    const value = token.toString()
    const href = token.isLink ? safeHref(token.toHref('https')) : null
    const last = parts.at(-1)
    if (href !== null) parts.push({ type: 'link', text: value, href })
    else if (last?.type === 'text') last.text += value
    else parts.push({ type: 'text', text: value })
  }
  return parts
}

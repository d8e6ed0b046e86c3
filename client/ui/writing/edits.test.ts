import { describe, expect, it } from 'vitest'
import type { Edit, Selection } from './edits.ts'
import { linkSelection, toggleMark } from './edits.ts'

/** `[` and `]` are the ends of the selection, `^` is the cursor. */
function at(marked: string): { text: string; selection: Selection } {
  if (marked.includes('^')) return { text: marked.replace('^', ''), selection: { start: marked.indexOf('^'), end: marked.indexOf('^') } }
  return { text: marked.replace(/[[\]]/g, ''), selection: { start: marked.indexOf('['), end: marked.indexOf(']') - 1 } }
}

function shown(text: string, { from, to, insert, select: { start, end } }: Edit): string {
  const next = text.slice(0, from) + insert + text.slice(to)
  return start === end ? `${next.slice(0, start)}^${next.slice(start)}` : `${next.slice(0, start)}[${next.slice(start, end)}]${next.slice(end)}`
}

function linked(marked: string, pasted: string): string | null {
  const { text, selection } = at(marked)
  const edit = linkSelection(text, selection, pasted)
  return edit === null ? null : shown(text, edit)
}

describe('a mark', () => {
  it.each([
    ['say [hello] now', '**', 'say **[hello]** now'],
    ['say **[hello]** now', '**', 'say [hello] now'],
    ['say [**hello**] now', '**', 'say [hello] now'],
    ['say[ hello ]now', '`', 'say `[hello]` now'],
    ['say ^', '_', 'say _^_'],
    ['say _^_', '_', 'say ^'],
    ['[a]', '~~', '~~[a]~~'],
  ])('on %s with %s gives %s', (before, mark, after) => {
    const { text, selection } = at(before)
    expect(shown(text, toggleMark(text, selection, mark))).toBe(after)
  })

  it('set and taken away leaves the text as it was', () => {
    const { text, selection } = at('one [two] three')
    const edit = toggleMark(text, selection, '**')
    const marked = text.slice(0, edit.from) + edit.insert + text.slice(edit.to)
    expect(shown(marked, toggleMark(marked, edit.select, '**'))).toBe('one [two] three')
  })
})

describe('an address pasted over words', () => {
  it('makes them a link', () => {
    expect(linked('see [the plan] now', ' https://example.org/a_(b) ')).toBe('see [the plan](https://example.org/a_%28b%29)^ now')
  })

  it('is an ordinary paste over nothing, over an address, and when it is no address', () => {
    expect(linked('see ^', 'https://example.org')).toBeNull()
    expect(linked('see [https://example.com] now', 'https://example.org')).toBeNull()
    expect(linked('see [the plan] now', 'two words')).toBeNull()
    expect(linked('see [the plan] now', 'javascript:alert(1)')).toBeNull()
  })
})

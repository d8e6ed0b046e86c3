// What Markdown turns into before it is drawn. It holds nothing that could do harm: no markup, no address that is not a web
// page or a mailbox, no picture, and no depth that was not bounded. Whoever draws it need not think of any of that.

export type Block =
  | { type: 'paragraph'; children: readonly Inline[] }
  | { type: 'heading'; level: number; children: readonly Inline[] }
  | { type: 'quote'; children: readonly Block[] }
  /** `start`: null for a list of bullets. */
  | { type: 'list'; start: number | null; items: readonly Item[] }
  | { type: 'code'; language: string | null; text: string }
  | { type: 'table'; head: readonly Cell[]; rows: readonly (readonly Cell[])[] }
  | { type: 'rule' }

export type Inline =
  | { type: 'text'; text: string }
  | { type: 'code'; text: string }
  | { type: 'link'; href: string; children: readonly Inline[] }
  | { type: 'strong' | 'emphasis' | 'strike' | 'spoiler'; children: readonly Inline[] }

/** `done`: null where it is no task. */
export type Item = { done: boolean | null; children: readonly Block[] }
export type Cell = { align: 'left' | 'center' | 'right' | null; children: readonly Inline[] }

/** The words alone. */
export function wordsOf(inlines: readonly Inline[]): string {
  return inlines.map((inline) => ('children' in inline ? wordsOf(inline.children) : inline.text)).join('')
}

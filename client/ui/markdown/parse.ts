// A message text into the tree that is drawn. The grammar is CommonMark with tables, task lists, strikes and bare addresses,
// less what surprises in a chat:
//
//   HTML and character references     what looks like them is what somebody wrote
//   reference definitions, and lines  "[note]: hello" would draw nothing, "shopping" above "-" a heading
//   under headings
//   indented code                     people indent for many reasons; code stands between fences
//
// Whatever the tree cannot hold is drawn as it was written, so nothing anybody says is lost.

import type { Nodes, PhrasingContent, RootContent, Table } from 'mdast'
import type { Extension } from 'mdast-util-from-markdown'
import { fromMarkdown } from 'mdast-util-from-markdown'
import { gfmStrikethroughFromMarkdown } from 'mdast-util-gfm-strikethrough'
import { gfmTableFromMarkdown } from 'mdast-util-gfm-table'
import { gfmTaskListItemFromMarkdown } from 'mdast-util-gfm-task-list-item'
import { gfmAutolinkLiteral } from 'micromark-extension-gfm-autolink-literal'
import { gfmStrikethrough } from 'micromark-extension-gfm-strikethrough'
import { gfmTable } from 'micromark-extension-gfm-table'
import { gfmTaskListItem } from 'micromark-extension-gfm-task-list-item'
import { partsOf } from './addresses.ts'
import { typedHref } from './links.ts'
import { isTooDeep } from './mayBeMarkdown.ts'
import { joined, withSpoilers } from './spoilers.ts'
import type { Block, Cell, Inline } from './tree.ts'

export function parse(text: string): Block[] {
  const place: Place = { source: text, depth: 0, inLink: false }
  if (isTooDeep(text)) return [paragraph(text, place)]
  const { children } = fromMarkdown(text, {
    extensions: [gfmTable(), gfmStrikethrough({ singleTilde: false }), gfmTaskListItem(), gfmAutolinkLiteral(), WITHOUT],
    mdastExtensions: [gfmTableFromMarkdown(), gfmStrikethroughFromMarkdown(), gfmTaskListItemFromMarkdown(), addressesAsText],
  })
  return blocksOf(children, place)
}

function blocksOf(nodes: readonly RootContent[], place: Place): Block[] {
  return nodes.map((node) => {
    const block = place.depth < DEPTH_MAX ? blockOf(node, { ...place, depth: place.depth + 1 }) : null
    return block ?? paragraph(sourceOf(node, place), place)
  })
}

/** Null for what is drawn as it was written: what is not of our grammar, and what would show nothing. */
function blockOf(node: RootContent, place: Place): Block | null {
  // oxlint-disable-next-line typescript/switch-exhaustiveness-check -- What else the parser's types name is not of our grammar.
  switch (node.type) {
    case 'paragraph':
      return { type: 'paragraph', children: inlinesOf(node.children, place) }
    case 'heading':
      return node.children.length === 0 ? null : { type: 'heading', level: node.depth, children: inlinesOf(node.children, place) }
    case 'blockquote':
      return node.children.length === 0 ? null : { type: 'quote', children: blocksOf(node.children, place) }
    case 'list': {
      if (node.children.every(({ children }) => children.length === 0)) return null
      const items = node.children.map(({ checked, children }) => ({ done: checked ?? null, children: blocksOf(children, place) }))
      return { type: 'list', start: node.ordered === true ? (node.start ?? 1) : null, items }
    }
    case 'code':
      return { type: 'code', language: languageOf(node.lang), text: node.value }
    case 'table':
      return tableOf(node, place)
    case 'thematicBreak':
      return { type: 'rule' }
    default:
      return null
  }
}

function tableOf({ align, children: [head, ...rows] }: Table, place: Place): Block | null {
  if (head === undefined) return null
  const cellsOf = ({ children }: Table['children'][number]): Cell[] =>
    children.map((cell, column) => ({ align: align?.[column] ?? null, children: inlinesOf(cell.children, place) }))
  return { type: 'table', head: cellsOf(head), rows: rows.map(cellsOf) }
}

function inlinesOf(nodes: readonly PhrasingContent[], place: Place): Inline[] {
  const inlines = joined(nodes.flatMap((node) => (place.depth < DEPTH_MAX ? inlineOf(node, { ...place, depth: place.depth + 1 }) : asWritten(node, place))))
  return withSpoilers(place.inLink ? inlines : inlines.flatMap(withAddresses))
}

function inlineOf(node: PhrasingContent, place: Place): Inline[] {
  // oxlint-disable-next-line typescript/switch-exhaustiveness-check -- What else the parser's types name is not of our grammar.
  switch (node.type) {
    case 'text':
      return [{ type: 'text', text: node.value }]
    case 'break':
      return [{ type: 'text', text: '\n' }]
    case 'inlineCode':
      return [{ type: 'code', text: node.value }]
    case 'strong':
    case 'emphasis':
      return [{ type: node.type, children: inlinesOf(node.children, place) }]
    case 'delete':
      return [{ type: 'strike', children: inlinesOf(node.children, place) }]
    case 'link':
      return linkOf(node.url, node.children, node, place)
    case 'image':
      // Loading it would tell a foreign server who reads this, and when.
      return linkOf(node.url, [{ type: 'text', value: node.alt === null || node.alt === undefined || node.alt === '' ? node.url : node.alt }], node, place)
    default:
      return asWritten(node, place)
  }
}

function linkOf(url: string, label: readonly PhrasingContent[], node: Nodes, place: Place): Inline[] {
  if (place.inLink) return inlinesOf(label, place)
  const href = typedHref(url)
  if (href === null || label.length === 0) return asWritten(node, place)
  return [{ type: 'link', href, children: inlinesOf(label, { ...place, inLink: true }) }]
}

/** Bare addresses become links by the same rule as in plain messages. */
function withAddresses(inline: Inline): Inline[] {
  if (inline.type !== 'text') return [inline]
  return partsOf(inline.text).map((part) => (part.type === 'text' ? part : { type: 'link', href: part.href, children: [{ type: 'text', text: part.text }] }))
}

function asWritten(node: Nodes, place: Place): Inline[] {
  return [{ type: 'text', text: sourceOf(node, place) }]
}

function paragraph(text: string, place: Place): Block {
  const written: Inline = { type: 'text', text }
  return { type: 'paragraph', children: place.inLink ? [written] : withAddresses(written) }
}

function sourceOf({ position }: Nodes, { source }: Place): string {
  if (position === undefined) throw new Error('the parser says where each node stands')
  return source.slice(position.start.offset, position.end.offset)
}

/** The first word after the fence, if it can be the name of a language. */
function languageOf(info: string | null | undefined): string | null {
  return info !== null && info !== undefined && /^[\p{L}\p{N}+#._-]{1,24}$/u.test(info) ? info : null
}

/** Where a node stands in the text and in the tree. */
type Place = { source: string; depth: number; inLink: boolean }

const WITHOUT = { disable: { null: ['htmlFlow', 'htmlText', 'characterReference', 'definition', 'setextUnderline', 'codeIndented'] } }

/** The grammar finds bare addresses so that no mark is seen inside them; what is a link, `partsOf` decides. */
const addressesAsText: Extension = {
  enter: {
    literalAutolink(token) {
      this.enter({ type: 'text', value: this.sliceSerialize(token) }, token)
    },
  },
  exit: {
    literalAutolink(token) {
      this.exit(token)
    },
  },
}

/** Blocks in blocks and marks in marks together: deeper than anybody reads. */
const DEPTH_MAX = 12

import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { mayBeMarkdown } from './mayBeMarkdown.ts'
import { parse } from './parse.ts'
import type { Block, Inline } from './tree.ts'
import { wordsOf } from './tree.ts'

const text = (value: string): Inline => ({ type: 'text', text: value })
const paragraph = (...children: Inline[]): Block => ({ type: 'paragraph', children })

describe('the grammar', () => {
  it('has emphasis, strikes, code and links', () => {
    expect(parse('**a** _b_ ~~c~~ `d*` [e](https://example.org)')).toEqual([
      paragraph(
        { type: 'strong', children: [text('a')] },
        text(' '),
        { type: 'emphasis', children: [text('b')] },
        text(' '),
        { type: 'strike', children: [text('c')] },
        text(' '),
        { type: 'code', text: 'd*' },
        text(' '),
        { type: 'link', href: 'https://example.org', children: [text('e')] },
      ),
    ])
  })

  it('has headings, quotes, lines, lists, tasks and code', () => {
    expect(parse('# a\n\n> b\n\n---\n\n3. c\n\n- [x] d\n- [ ] e\n\n```ts\nf *g*\n```')).toEqual([
      { type: 'heading', level: 1, children: [text('a')] },
      { type: 'quote', children: [paragraph(text('b'))] },
      { type: 'rule' },
      { type: 'list', start: 3, items: [{ done: null, children: [paragraph(text('c'))] }] },
      { type: 'list', start: null, items: [{ done: true, children: [paragraph(text('d'))] }, { done: false, children: [paragraph(text('e'))] }] },
      { type: 'code', language: 'ts', text: 'f *g*' },
    ])
  })

  it('has tables, and keeps a cell too many', () => {
    expect(parse('|a|b|\n|-|-:|\n|1|2|3|')).toEqual([
      {
        type: 'table',
        head: [{ align: null, children: [text('a')] }, { align: 'right', children: [text('b')] }],
        rows: [[{ align: null, children: [text('1')] }, { align: 'right', children: [text('2')] }, { align: null, children: [text('3')] }]],
      },
    ])
  })

  it('keeps single lines', () => {
    expect(parse('*a*\nb\nc')).toEqual([paragraph({ type: 'emphasis', children: [text('a')] }, text('\nb\nc'))])
  })

  it('hides what stands between ||, whatever it is, and leaves a choice alone', () => {
    expect(parse('it was ||the **butler**||')).toEqual([paragraph(text('it was '), { type: 'spoiler', children: [text('the '), { type: 'strong', children: [text('butler')] }] })])
    expect(parse('a || b || c')).toEqual([paragraph(text('a || b || c'))])
    expect(parse('`||a||` ||b')).toEqual([paragraph({ type: 'code', text: '||a||' }, text(' ||b'))])
  })

  it('reads bare addresses as plain messages do, and no marks in them', () => {
    expect(parse('*see* https://example.org/a_b_c*d*.')).toEqual([
      paragraph({ type: 'emphasis', children: [text('see')] }, text(' '), { type: 'link', href: 'https://example.org/a_b_c*d*', children: [text('https://example.org/a_b_c*d*')] }, text('.')),
    ])
    expect(parse('`a` or bob@example.org')).toMatchObject([{ children: [{}, {}, { type: 'link', href: 'mailto:bob@example.org' }] }])
  })
})

describe('what is no Markdown here', () => {
  it.each([
    ['<b onclick="alert(1)">*a*</b>', '<b onclick="alert(1)">a</b>'],
    ['<script>alert(1)</script>', '<script>alert(1)</script>'],
    ['&lt;b&gt; `x`', '&lt;b&gt; x'],
    ['`x` &copy; &#65;', 'x &copy; &#65;'],
    ['[&copy;](https://example.org)', '&copy;'],
    ['[note]: hello', '[note]: hello'],
    ['shopping\n-', 'shopping\n-'],
    ['title\n===', 'title\n==='],
    ['#', '#'],
    ['>', '>'],
    ['- ', '- '],
    ['[x][y] [z]', '[x][y] [z]'],
    ['[^1]', '[^1]'],
  ])('%j is drawn as it was written', (source, drawn) => {
    expect(parse(source).map((block) => wordsOf(inlinesIn(block))).join('\n')).toBe(drawn)
  })

  it.each(['javascript:alert(1)', 'JaVaScRiPt:alert(1)', 'java&#115;cript:alert(1)', 'data:text/html,x', 'vbscript:x', 'file:///etc/passwd', 'blob:x', '/settings', '#/settings', 'x-app:open'])(
    'a link to %s is no link',
    (address) => {
      for (const source of [`[press](${address})`, `<${address}>`, `![press](${address})`, `[press](<${address}>)`]) {
        expect(linksIn(parse(source))).toEqual([])
      }
    },
  )

  it('a picture is a link: nobody is told who looks', () => {
    expect(parse('![a cat](https://example.org/cat.png)')).toEqual([paragraph({ type: 'link', href: 'https://example.org/cat.png', children: [text('a cat')] })])
    expect(linksIn(parse('[![a cat](https://example.org/cat.png)](https://example.org)'))).toEqual(['https://example.org'])
  })
})

describe('whatever is written', () => {
  const token = fc.oneof(
    fc.constantFrom('*', '**', '_', '~~', '`', '```', '\n', '\n\n', ' ', '- ', '1. ', '> ', '# ', '|', '||', '|-|', '[', '](', ')', '!', '<', '>', '\\', '&amp;', 'https://example.org', 'javascript:', '[x](javascript:1)', ':-', '    ', '\t'),
    fc.string({ unit: 'grapheme', maxLength: 4 }),
  )
  const source = fc.array(token, { maxLength: 60 }).map((tokens) => tokens.join(''))

  it('leads nowhere but to pages and mailboxes, is never deep, and is no larger than what was typed', () => {
    fc.assert(
      fc.property(source, (typed) => {
        const blocks = parse(typed)
        for (const href of linksIn(blocks)) expect(['http:', 'https:', 'mailto:']).toContain(new URL(href).protocol)
        expect(sizeOf(blocks)).toBeLessThanOrEqual(3 * typed.length + 1)
        expect(depthOf(blocks)).toBeLessThanOrEqual(DEPTH_MAX)
      }),
      { numRuns: 400 },
    )
  })

  it('loses no letter', () => {
    fc.assert(
      // An address of a link, a number of a list and the language of code are no words.
      fc.property(source.filter((typed) => !/\]\(|\d[.)]|```|~~~|\[[ x]\]/iu.test(typed)), (typed) => {
        expect(lettersOf(allWords(parse(typed)))).toEqual(lettersOf(typed))
      }),
      { numRuns: 400 },
    )
  })

  it('is left alone where it holds no mark', () => {
    fc.assert(
      fc.property(source.filter((typed) => !mayBeMarkdown(typed)), (typed) => {
        for (const block of parse(typed)) expect(block).toMatchObject({ type: 'paragraph' })
        for (const inline of inlinesOf(parse(typed))) expect(['text', 'link']).toContain(inline.type)
      }),
      { numRuns: 300 },
    )
  })
})

describe('8,000 characters meant to hurt', () => {
  it.each([
    ['brackets', fill('[')],
    ['brackets that close', `${'['.repeat(4_000)}${']'.repeat(4_000)}`],
    ['links in links', fill('[a](')],
    ['pictures in pictures', fill('![')],
    ['quotes', fill('>')],
    ['quotes line by line', fill(`${'> '.repeat(60)}a\n`)],
    ['lists', fill('- ')],
    ['numbered lists', fill('1. ')],
    ['lists and quotes', fill('- > ')],
    ['lists by their indent', Array.from({ length: 125 }, (_, depth) => `${' '.repeat(depth * 2)}- a`).join('\n').slice(0, 8_000)],
    ['asterisks', fill('*')],
    ['emphasis that never ends', fill('*a ')],
    ['emphasis in emphasis', `${'*a **a '.repeat(570)}${'a** a* '.repeat(570)}`.slice(0, 8_000)],
    ['two kinds of emphasis', fill('*a_ ')],
    ['backticks', Array.from({ length: 125 }, (_, length) => '`'.repeat(length)).join(' ')],
    ['a wide table', `${fill('|a').slice(0, 3_990)}\n${fill('|-').slice(0, 3_990)}`],
    ['a long table', `|a|b|\n|-|-|\n${fill('|\n')}`.slice(0, 8_000)],
    ['addresses', fill('http://a.b ')],
    ['spoilers', fill('||a')],
    ['nothing', fill('\0')],
  ])('%s are drawn in bounded size and depth', (_, typed) => {
    const blocks = parse(typed)
    expect(sizeOf(blocks)).toBeLessThanOrEqual(8_001)
    expect(depthOf(blocks)).toBeLessThanOrEqual(DEPTH_MAX)
  })
})

/** Twelve levels, and the words in them. */
const DEPTH_MAX = 14

function fill(part: string): string {
  return part.repeat(Math.ceil(8_000 / part.length)).slice(0, 8_000)
}

function lettersOf(value: string): string[] {
  return [...value.matchAll(/[\p{L}\p{N}]/gu)].map(String)
}

type Node = Block | Inline

function childrenOf(node: Node): readonly Node[] {
  if ('children' in node) return node.children
  if (node.type === 'list') return node.items.flatMap(({ children }) => children)
  if (node.type === 'table') return [node.head, ...node.rows].flat().flatMap(({ children }) => children)
  return []
}

function nodesIn(nodes: readonly Node[]): Node[] {
  return nodes.flatMap((node) => [node, ...nodesIn(childrenOf(node))])
}

function inlinesOf(blocks: readonly Block[]): Node[] {
  return nodesIn(blocks).filter((node) => !blocks.some((block) => block === node))
}

function inlinesIn(block: Block): Inline[] {
  return nodesIn([block]).filter((node): node is Inline => node.type === 'text' || (node.type === 'code' && !('language' in node)))
}

function linksIn(blocks: readonly Block[]): string[] {
  return nodesIn(blocks).flatMap((node) => (node.type === 'link' ? [node.href] : []))
}

function allWords(blocks: readonly Block[]): string {
  return nodesIn(blocks).map((node) => ('text' in node ? node.text : '')).join(' ')
}

function sizeOf(blocks: readonly Block[]): number {
  return nodesIn(blocks).length
}

function depthOf(nodes: readonly Node[]): number {
  return nodes.length === 0 ? 0 : 1 + Math.max(...nodes.map((node) => depthOf(childrenOf(node))))
}

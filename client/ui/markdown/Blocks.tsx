// Every block takes its direction from its own first letter. The outermost first one takes it from the bubble, which has it
// from there: so the time stands on the right side of it.
// oxlint-disable react/no-array-index-key -- The parts of a text never change places.

import { createElement } from 'react'
import { useLanguage } from '../language/useLanguage.ts'
import { CodeBlock } from './CodeBlock.tsx'
import { Inlines } from './Inlines.tsx'
import type { Block, Cell, Item } from './tree.ts'

export function Blocks({ of, inherits = true }: { of: readonly Block[]; inherits?: boolean }) {
  return of.map((block, index) => <OneBlock key={index} block={block} dir={inherits && index === 0 ? undefined : 'auto'} />)
}

type Dir = 'auto' | undefined

function OneBlock({ block, dir }: { block: Block; dir: Dir }) {
  switch (block.type) {
    case 'paragraph':
      return (
        <p dir={dir}>
          <Inlines of={block.children} />
        </p>
      )
    case 'heading':
      // Below those of the app itself.
      return createElement(`h${Math.min(6, block.level + 3)}`, { dir, className: `heading heading--${block.level}` }, <Inlines of={block.children} />)
    case 'quote':
      return (
        <blockquote dir={dir}>
          <Blocks of={block.children} inherits />
        </blockquote>
      )
    case 'list':
      return <List start={block.start} items={block.items} dir={dir} />
    case 'code':
      return <CodeBlock language={block.language} text={block.text} />
    case 'table':
      return <Table head={block.head} rows={block.rows} dir={dir} />
    case 'rule':
      return <hr />
    default:
      return block satisfies never
  }
}

function List({ start, items, dir }: { start: number | null; items: readonly Item[]; dir: Dir }) {
  const drawn = items.map((item, index) => <ListItem key={index} item={item} />)
  return start === null ? (
    <ul dir={dir}>{drawn}</ul>
  ) : (
    <ol dir={dir} start={start}>
      {drawn}
    </ol>
  )
}

function ListItem({ item: { done, children } }: { item: Item }) {
  const { t } = useLanguage()
  if (done === null) {
    return (
      <li>
        <Blocks of={children} />
      </li>
    )
  }
  return (
    <li className="task">
      <input type="checkbox" checked={done} readOnly disabled aria-label={done ? t('markdown.done') : t('markdown.notDone')} />
      <div>
        <Blocks of={children} />
      </div>
    </li>
  )
}

function Table({ head, rows, dir }: { head: readonly Cell[]; rows: readonly (readonly Cell[])[]; dir: Dir }) {
  const { t } = useLanguage()
  return (
    // What scrolls can be scrolled by keys.
    <div className="table" role="region" aria-label={t('markdown.table')} tabIndex={0} dir={dir}>
      <table>
        <thead>
          <tr>
            {head.map(({ align, children }, column) => (
              <th key={column} scope="col" className={classOf(align)}>
                <Inlines of={children} />
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((cells, row) => (
            <tr key={row}>
              {cells.map(({ align, children }, column) => (
                <td key={column} className={classOf(align)}>
                  <Inlines of={children} />
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}

function classOf(align: Cell['align']): string | undefined {
  return align === null ? undefined : `align-${align}`
}

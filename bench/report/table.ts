import type { Row } from '../measures/measure.ts'
import { oursOverThis } from './quotient.ts'

/** One line a row; a figure that a measure does not have stays blank. */
export const formatTable = (rows: readonly Row[]): string => {
  const figures = [...new Set(rows.flatMap((row) => Object.keys(row.figures)))]
  const head = ['measure', 'case', 'target', ...figures, 'ours ÷ this', '']
  const body = rows.map((row) => [
    row.measure,
    row.case,
    row.target,
    ...figures.map((figure) => formatNumber(row.figures[figure])),
    formatNumber(oursOverThis(row, rows)),
    row.marks.join(', '),
  ])
  return align([head, ...body])
}

const align = (lines: readonly string[][]): string => {
  const widths = (lines[0] ?? []).map((_, column) => Math.max(...lines.map((line) => line[column]?.length ?? 0)))
  return lines
    .map((line) => line.map((cell, column) => pad(cell, widths[column] ?? 0, column, line.length)).join('  ').trimEnd())
    .join('\n')
}

/** Words to the left, numbers to the right. */
const pad = (cell: string, width: number, column: number, columns: number): string =>
  column < WORD_COLUMNS || column === columns - 1 ? cell.padEnd(width) : cell.padStart(width)

const formatNumber = (value: number | undefined): string => {
  if (value === undefined) return ''
  if (!Number.isFinite(value)) return 'never'
  if (value >= 1000) return Math.round(value).toLocaleString('en')
  return value.toFixed(value >= 100 ? 0 : value >= 10 ? 1 : 2)
}

const WORD_COLUMNS = 3

import type { Row } from '../measures/measure.ts'

/** How our own server compares with a yardstick in the same run: the quotient of the headline figure. */
export const oursOverThis = (row: Row, rows: readonly Row[]): number | undefined => {
  if (row.target === 'ours') return undefined
  const ours = rows.find((each) => each.target === 'ours' && each.measure === row.measure && each.case === row.case)
  const [mine, theirs] = [ours?.figures[row.headline.figure], row.figures[row.headline.figure]]
  return mine === undefined || theirs === undefined ? undefined : mine / theirs
}

import { median } from '../measures/median.ts'
import type { Row } from '../measures/measure.ts'

/** What we promise a person who waits: the figure that half of the tries stay under. */
export type Goal = { readonly below: number; readonly unit: 'ms' | 'KB' }

export function judged(measure: string, title: string, goal: Goal, values: readonly number[]): Row {
  const figure = `median ${goal.unit}`
  const middle = median(values)
  return {
    measure,
    case: title,
    target: 'ours',
    headline: { figure, better: 'less' },
    figures: { [figure]: middle, [`95 % ${goal.unit}`]: values.toSorted((a, b) => a - b)[Math.floor(values.length * 0.95)] ?? middle },
    marks: [`goal: below ${goal.below} ${goal.unit}, ${middle < goal.below ? 'met' : 'NOT MET'}`],
  }
}

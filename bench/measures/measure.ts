import type { Target, TargetName } from '../targets/target.ts'

/** One thing measured on one target at a time; a measure may have several cases, each a row. */
export type Measure = {
  readonly name: MeasureName
  /** What only our server can do is measured on our server only. */
  readonly targets: readonly TargetName[]
  cases(sizes: Sizes): Case[]
}

export type Case = {
  readonly title: string
  /** Whose quotient compares two targets, and which way is better. */
  readonly headline: { figure: string; better: 'less' | 'more' }
  run(target: Target): Promise<Reading>
}

/** Figures by column title. A mark says what the reader must know before believing them. */
export type Reading = { readonly figures: Record<string, number>; readonly marks: readonly string[] }

export type Row = Reading & {
  readonly measure: string
  readonly case: string
  readonly headline: Case['headline']
  readonly target: TargetName
}

export const measureNames = ['fanout', 'saturation', 'memory', 'open', 'startup', 'flush', 'import', 'presence'] as const
export type MeasureName = (typeof measureNames)[number]

export type Sizes = {
  readonly fanOut: { members: readonly number[]; rates: readonly number[]; warmUpMs: number; windows: number }
  readonly windowMs: number
  readonly saturation: { firstRate: number; refinements: number; attempts: number; warmUpMs: number; windowMs: number }
  readonly memory: { connections: number; settleMs: number; repeats: number }
  readonly open: { histories: readonly number[]; repeats: number }
  readonly startUp: { conversations: readonly number[]; repeats: number }
  readonly flush: { entries: number; repeats: number }
  readonly import: { entries: number }
  readonly presence: { members: readonly number[] }
}

export const fullSizes: Sizes = {
  fanOut: { members: [50, 200, 500], rates: [50, 200], warmUpMs: 12_000, windows: 3 },
  windowMs: 5000,
  saturation: { firstRate: 1000, refinements: 3, attempts: 3, warmUpMs: 1000, windowMs: 5000 },
  memory: { connections: 2000, settleMs: 2000, repeats: 3 },
  open: { histories: [1_000, 100_000, 1_000_000], repeats: 200 },
  startUp: { conversations: [10, 5_000], repeats: 50 },
  flush: { entries: 1_000, repeats: 5 },
  import: { entries: 100_000 },
  presence: { members: [500, 5_000] },
}

/** For a look while working: the figures wobble. */
export const quickSizes: Sizes = {
  fanOut: { members: [200], rates: [200], warmUpMs: 2_000, windows: 1 },
  windowMs: 2000,
  saturation: { firstRate: 1000, refinements: 1, attempts: 2, warmUpMs: 500, windowMs: 1000 },
  memory: { connections: 500, settleMs: 1000, repeats: 1 },
  open: { histories: [1_000, 100_000], repeats: 50 },
  startUp: { conversations: [10, 1_000], repeats: 10 },
  flush: { entries: 1_000, repeats: 2 },
  import: { entries: 20_000 },
  presence: { members: [250, 1_000] },
}

import type { TimelineItem } from '../../sync/engine.ts'

export function Erased({ item }: { item: TimelineItem }) {
  return <p className="entry__notice">{item.kind}</p>
}

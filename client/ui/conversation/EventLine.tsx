import type { EventBody } from '../../../shared/conversation/event.ts'
import type { TimelineItem } from '../../sync/engine.ts'

/** What happened to the conversation itself, in one line. */
export function EventLine({ event }: { item: TimelineItem; event: EventBody }) {
  return <p className="entry__notice">{event.type}</p>
}

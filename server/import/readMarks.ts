// Imported history is old news: nobody who is in it is shown ten thousand unread messages. Marks only ever rise, and only
// up to what the import brought, so messages that came later stay unread.

import type { UserId } from '../../shared/ids.ts'
import type { ReceiptStore } from '../../storage/database.ts'
import type { Place } from './entryQueue.ts'

export async function raiseReadMarks(
  receipts: Pick<ReceiptStore, 'join'>,
  rooms: readonly { place: Place; members: ReadonlySet<UserId> }[],
  now: number,
): Promise<void> {
  const marks = rooms.flatMap(({ place, members }) =>
    place.lastSeq === 0
      ? []
      : [...members].map((user) => ({ conversation: place.id, user, receipt: { delivered: place.lastSeq, read: place.lastSeq } })),
  )
  for (let start = 0; start < marks.length; start += MARKS_AT_ONCE) await receipts.join(marks.slice(start, start + MARKS_AT_ONCE), now)
}

const MARKS_AT_ONCE = 5_000

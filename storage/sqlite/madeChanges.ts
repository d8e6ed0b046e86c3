// Which changes of their person's settings the devices have made.

import { CHANGES_KNOWN } from '../../shared/limits.ts'
import type { MadeOnce } from '../madeOnce.ts'
import type { Connection } from './connection.ts'
import { createDeviceKeys } from './deviceKeys.ts'
import { toBlob } from './uuid.ts'

/** Inside the transaction of the change: is it made already, and that it is made now. Without an id it is always new. */
export function createMadeChanges(connection: Connection): MadeChanges {
  const sql = prepareStatements(connection)
  const deviceKey = createDeviceKeys(connection)
  return {
    has: (once) => once !== undefined && sql.has.get(toBlob(once.user), toBlob(once.device), toBlob(once.change)) !== undefined,
    add(once) {
      if (once === undefined) return
      const device = deviceKey(once.device)
      const { lastInsertRowid } = sql.add.run(device, toBlob(once.change), toBlob(once.user))
      sql.forget.run(device, device, CHANGES_KNOWN, lastInsertRowid)
    },
  }
}

export type MadeChanges = {
  has(once: MadeOnce | undefined): boolean
  add(once: MadeOnce | undefined): void
}

function prepareStatements(connection: Connection) {
  return {
    has: connection.prepare<[Buffer, Buffer, Buffer], number>(`
      SELECT 1 FROM made_changes
      WHERE user_key = (SELECT key FROM users WHERE id = ?) AND device_key = (SELECT key FROM devices WHERE id = ?) AND change = ?`),
    add: connection.prepare<[number, Buffer, Buffer]>('INSERT INTO made_changes (user_key, device_key, change) SELECT key, ?, ? FROM users WHERE id = ?'),
    // A device is mostly one person's; of those who share it the latest are known.
    forget: connection.prepare<[number, number, number, number | bigint]>(`
      DELETE FROM made_changes WHERE device_key = ?
      AND number <= (SELECT number FROM made_changes WHERE device_key = ? ORDER BY number DESC LIMIT 1 OFFSET ?) AND number < ?`),
  }
}

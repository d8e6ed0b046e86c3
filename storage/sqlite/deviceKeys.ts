// Device ids ⇄ the small integers that stand for them in an entry's row.

import type { DeviceId } from '../../shared/ids.ts'
import type { Connection } from './connection.ts'
import { toBlob } from './uuid.ts'

/** Inside a transaction: a device that was never seen gets its key. */
export function createDeviceKeys(connection: Connection): (device: DeviceId) => number {
  const known = connection.prepare<[Buffer], number>('SELECT key FROM devices WHERE id = ?').pluck()
  const insert = connection.prepare<[Buffer]>('INSERT INTO devices (id) VALUES (?)')
  return (device) => {
    const id = toBlob(device)
    // SQLite's keys are far below 2^53.
    return known.get(id) ?? Number(insert.run(id).lastInsertRowid)
  }
}

// A person as others see them, as columns of `users` and back.

import { DoNotDisturb, Status } from '../../shared/people/profile.ts'
import { PictureId } from '../../shared/ids.ts'
import type { Person } from '../../shared/protocol/messages.ts'
import { fromBlob } from './uuid.ts'

export type PersonRow = {
  key: number
  id: Buffer
  handle: string
  name: string
  placeholder: number
  picture: Buffer | null
  status: string | null
  dnd: string | null
}

export const PERSON_COLUMNS = `users.key, users.id, handle, name, password_hash IS NULL AS placeholder, status, dnd,
  (SELECT picture FROM picture_owners WHERE owner = users.id) AS picture`

export function personOf(row: PersonRow): Person {
  return {
    id: fromBlob(row.id),
    handle: row.handle,
    name: row.name,
    placeholder: row.placeholder === 1,
    ...(row.picture === null ? {} : { picture: PictureId.parse(row.picture.toString('hex')) }),
    ...(row.status === null ? {} : { status: Status.parse(JSON.parse(row.status)) }),
    ...(row.dnd === null ? {} : { dnd: DoNotDisturb.parse(JSON.parse(row.dnd)) }),
  }
}

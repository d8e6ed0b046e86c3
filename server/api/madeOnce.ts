// A request that changes what a person set may say which change it is, so that sent again it is made once.

import { z } from '@hono/zod-openapi'
import { ChangeId } from '../../shared/ids.ts'
import { CHANGE_ID_HEADER } from '../../shared/protocol/changeId.ts'
import type { MadeOnce } from '../../storage/madeOnce.ts'
import type { Session } from '../auth/auth.ts'

export const ChangeHeaders = z.object({ [CHANGE_ID_HEADER]: ChangeId.optional() })

export function madeOnce({ user, device }: Session, headers: z.output<typeof ChangeHeaders>): MadeOnce | undefined {
  const change = headers[CHANGE_ID_HEADER]
  return change === undefined ? undefined : { user, device, change }
}

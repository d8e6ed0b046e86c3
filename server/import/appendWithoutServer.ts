// The one append, without sockets to tell: for commands that hold the database alone.

import type { LogStore } from '../../storage/database.ts'
import { Append } from '../append/append.ts'
import { GroupCommit } from '../append/groupCommit.ts'
import type { Logger } from '../logger.ts'
import type { AppendTrusted } from './entryQueue.ts'

export function appendWithoutServer(log: Pick<LogStore, 'commit'>, clock: () => number, logger: Logger): AppendTrusted {
  const append = new Append(new GroupCommit(log, () => {}, logger), clock)
  return (requests) => append.appendTrusted(requests)
}

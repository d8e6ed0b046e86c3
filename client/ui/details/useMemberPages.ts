import { useEffect, useState } from 'react'
import type { Member } from '../../../shared/conversation/membership.ts'
import type { ConversationId, UserId } from '../../../shared/ids.ts'
import type { Refusal } from '../../../shared/protocol/refusal.ts'
import type { Engine, Outcome } from '../../sync/engine.ts'
import { useEngine, useIsOnline } from '../useEngine.ts'

export type MemberPages = {
  members: readonly Member[]
  /** `more`: the server has some that are not shown; `loading`: it is being asked. */
  state: 'loading' | 'more' | 'complete'
  /** Why the last question had no answer. */
  refused: Refusal | null
  showMore: () => void
  reload: () => void
}

/** The members of a large group from the server; all that are shown are asked for again when `count` changed or the connection is back. */
export function useMemberPages(id: ConversationId, count: number): MemberPages {
  const engine = useEngine()
  const online = useIsOnline()
  const [shown, setShown] = useState<Shown>(NOTHING)
  const [question, setQuestion] = useState<Question>({ upTo: 1, count, online })
  const reload = () => {
    setQuestion({ upTo: Math.max(1, shown.pages), count, online })
  }
  if (question.count !== count || question.online !== online) reload()
  useEffect(() => {
    let outdated = false
    async function ask() {
      const read = await readPages(engine, id, question)
      if (outdated) return
      // What was shown stays when there is no answer.
      setShown((before) => (read.ok ? { ...read.value, question, refused: null } : { ...before, question, refused: read.refusal }))
    }
    void ask()
    return () => {
      outdated = true
    }
  }, [engine, id, question])

  const loading = shown.question !== question
  return {
    members: shown.members,
    state: loading ? 'loading' : shown.after === null && shown.refused === null ? 'complete' : 'more',
    refused: loading ? null : shown.refused,
    showMore: () => {
      setQuestion(shown.refused === null ? { ...question, upTo: shown.pages + 1, from: shown } : { ...question })
    },
    reload,
  }
}

type Read = { members: readonly Member[]; pages: number; after: UserId | null }
type Shown = Read & { question: Question | null; refused: Refusal | null }
/** So many pages, going on from those that are here; the rest is why it is asked again. */
type Question = { upTo: number; from?: Read; count: number; online: boolean }

const NOTHING: Shown = { members: [], pages: 0, after: null, question: null, refused: null }

async function readPages(engine: Engine, id: ConversationId, { upTo, from = NOTHING }: Question): Promise<Outcome<Read>> {
  const members = [...from.members]
  let { pages, after } = from
  while (pages < upTo && (pages === 0 || after !== null)) {
    const page: Outcome<{ members: Member[]; after: UserId | null }> = await engine.membersPage(id, after)
    if (!page.ok) return page
    members.push(...page.value.members)
    after = page.value.after
    pages += 1
  }
  return { ok: true, value: { members, pages, after } }
}

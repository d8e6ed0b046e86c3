import { useEffect } from 'react'
import { currentProfile } from '../../../shared/people/profile.ts'
import type { UserId } from '../../../shared/ids.ts'
import type { Engine } from '../../sync/engine.ts'
import type { ReadMessage } from '../../sync/readMessage.ts'
import { currentLanguage } from '../language/language.ts'
import { useEngine, useSelf } from '../useEngine.ts'
import type { Route } from '../route.ts'
import { navigate } from '../useRoute.ts'
import type { Arrival, Elsewhere } from './arrivals.ts'
import { arrivals, heardIn, newsElsewhere } from './arrivals.ts'
import type { Place } from './looking.ts'
import { lookedAt } from './looking.ts'
import type { Notice } from './notice.ts'
import { noticeOf, noticeOfMessage, noticeOfSeveral, noticeOfThread } from './notice.ts'
import { isQuiet, previewChoice, quietHours, shownChoice, soundChoice } from './preferences.ts'
import { playTone } from './tone.ts'

/** Tells the person what others write while they look elsewhere. Of several tabs the leader does. */
export function useNotifications(): void {
  const engine = useEngine()
  const self = useSelf()
  useEffect(() => {
    let before = engine.inbox.get()
    let heard = heardIn(before)
    return engine.inbox.subscribe(() => {
      const after = engine.inbox.get()
      if (after === before) return
      const news = arrivals(before, after, self.id).filter(({ last }) => !isBlocked(engine, last.author))
      const elsewhere = newsElsewhere(before, after, heard)
      before = after
      heard = elsewhere.heard
      if (news.length + elsewhere.news.length > 0 && engine.leader.get()) void tell(engine, news, elsewhere.news)
    })
  }, [engine, self.id])
}

async function tell(engine: Engine, news: readonly Arrival[], elsewhere: readonly Elsewhere[]): Promise<void> {
  const own = engine.profile.get()
  if (isQuiet(quietHours.read(localStorage), new Date()) || currentProfile(own?.person ?? {}, Date.now()).dnd) return
  const isLookedAt = await lookedAt()
  const missed = news.filter(({ row: { conversation } }) => !isLookedAt({ conversation, thread: null }))
  const found = await Promise.all(elsewhere.map((one) => foundIn(engine, one)))
  const missedElsewhere = found.filter((one) => one !== null).filter((one) => !isSeen(one, isLookedAt))
  const count = missed.length + missedElsewhere.length
  if (count === 0) return
  if (soundChoice.read(localStorage) === 'on') playTone()
  if (shownChoice.read(localStorage) === 'off' || !('Notification' in window) || Notification.permission !== 'granted') return
  const { t } = currentLanguage()
  if (count > SINGLY_MAX) return show(noticeOfSeveral(count, t), 'parley', { conversation: null, panel: null })
  for (const arrival of missed) showArrival(engine, arrival)
  for (const one of missedElsewhere) showElsewhere(engine, one)
}

/**
 * Who looks at the conversation sees at the message and in the head that its thread has something new. A call by name is told
 * all the same: what it says stands in the thread, which is not open.
 */
function isSeen({ row: { conversation }, thread, calls, read }: Found, isLookedAt: (place: Place) => boolean): boolean {
  const inThread = read?.thread ?? null
  if (inThread !== null && isLookedAt({ conversation, thread: inThread })) return true
  return isLookedAt({ conversation, thread: null }) && !(thread !== null && calls)
}

type Found = Elsewhere & { read: ReadMessage | null }

/** What it says; null: nothing that is to be told. */
async function foundIn(engine: Engine, news: Elsewhere): Promise<Found | null> {
  const read = await engine.messageAt(news.row.conversation, news.at)
  if (read === null) return news.thread === null ? null : { ...news, read }
  // A new message that calls is an arrival like any other.
  if (read.erased || isBlocked(engine, read.author) || (news.thread === null && !read.edited)) return null
  return { ...news, read }
}

function isBlocked(engine: Engine, author: UserId): boolean {
  return engine.profile.get()?.blocked.includes(author) === true
}

function showArrival(engine: Engine, arrival: Arrival): void {
  const { conversation } = arrival.row
  show(noticeOf(arrival, nameOf(engine, arrival.last.author), previewChoice.read(localStorage) === 'shown', currentLanguage().t), conversation, { conversation, panel: null })
}

function showElsewhere(engine: Engine, { row, thread, read }: Found): void {
  const { conversation } = row
  const { t } = currentLanguage()
  const tag = `${conversation} ${thread ?? 'edited'}`
  if (read === null) return show(noticeOfThread(row, t), tag, { conversation, panel: 'threads' })
  const notice = noticeOfMessage({ row, read }, nameOf(engine, read.author), previewChoice.read(localStorage) === 'shown', t)
  show(notice, tag, { conversation, panel: null, entry: read.id, ...(read.thread === null ? {} : { thread: read.thread }) })
}

function nameOf(engine: Engine, author: UserId): string | null {
  return engine.person(author).get()?.name ?? null
}

/** A newer one of the same conversation takes its place instead of standing under it. */
function show({ title, body }: Notice, tag: string, route: Route): void {
  const notification = create(title, { body, tag, icon: '/icon-192.png', silent: true })
  if (notification === null) return
  notification.addEventListener('click', () => {
    window.focus()
    navigate(route)
    notification.close()
  })
}

/** null on Android, where a page may not show one itself: only a service worker that was woken by push. */
function create(title: string, options: NotificationOptions): Notification | null {
  try {
    return new Notification(title, options)
  } catch (error) {
    if (error instanceof TypeError) return null
    throw error
  }
}

/** As many as a person reads one by one when they come back. */
const SINGLY_MAX = 3

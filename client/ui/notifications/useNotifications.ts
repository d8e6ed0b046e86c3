import { useEffect } from 'react'
import { currentProfile } from '../../../shared/people/profile.ts'
import type { Engine, InboxItem } from '../../sync/engine.ts'
import { currentLanguage } from '../language/language.ts'
import { useEngine, useSelf } from '../useEngine.ts'
import type { Route } from '../route.ts'
import { navigate } from '../useRoute.ts'
import type { Arrival } from './arrivals.ts'
import { arrivals, threadArrivals } from './arrivals.ts'
import { isLookedAt } from './looking.ts'
import type { Notice } from './notice.ts'
import { noticeOf, noticeOfSeveral, noticeOfThread } from './notice.ts'
import { isQuiet, previewChoice, quietHours, shownChoice, soundChoice } from './preferences.ts'
import { playTone } from './tone.ts'

/** Tells the person what others write while they look elsewhere. Of several tabs the leader does. */
export function useNotifications(): void {
  const engine = useEngine()
  const self = useSelf()
  useEffect(() => {
    let before = engine.inbox.get()
    return engine.inbox.subscribe(() => {
      const after = engine.inbox.get()
      if (after === before) return
      const blocked = engine.profile.get()?.blocked ?? []
      const news = arrivals(before, after, self.id).filter(({ last }) => !blocked.includes(last.author))
      const threads = threadArrivals(before, after).filter(({ conversation }) => news.every(({ row }) => row.conversation !== conversation))
      before = after
      if (news.length + threads.length > 0 && engine.leader.get()) void tell(engine, news, threads)
    })
  }, [engine, self.id])
}

async function tell(engine: Engine, news: readonly Arrival[], threads: readonly InboxItem[]): Promise<void> {
  const own = engine.profile.get()
  if (isQuiet(quietHours.read(localStorage), new Date()) || currentProfile(own?.person ?? {}, Date.now()).dnd) return
  const missed = await notLookedAt(news, ({ row }) => row)
  const missedThreads = await notLookedAt(threads, (row) => row)
  const count = missed.length + missedThreads.length
  if (count === 0) return
  if (soundChoice.read(localStorage) === 'on') playTone()
  if (shownChoice.read(localStorage) === 'off' || !('Notification' in window) || Notification.permission !== 'granted') return
  const { t } = currentLanguage()
  if (count > SINGLY_MAX) return show(noticeOfSeveral(count, t), 'parley', { conversation: null, panel: null })
  for (const arrival of missed) showArrival(engine, arrival)
  for (const row of missedThreads) show(noticeOfThread(row, t), `${row.conversation} threads`, { conversation: row.conversation, panel: 'threads' })
}

async function notLookedAt<News>(news: readonly News[], rowOf: (one: News) => InboxItem): Promise<News[]> {
  const looked = await Promise.all(news.map((one) => isLookedAt(rowOf(one).conversation)))
  return news.filter((_, index) => looked[index] === false)
}

function showArrival(engine: Engine, arrival: Arrival): void {
  const { conversation } = arrival.row
  const author = engine.person(arrival.last.author).get()?.name ?? null
  show(noticeOf(arrival, author, previewChoice.read(localStorage) === 'shown', currentLanguage().t), conversation, { conversation, panel: null })
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

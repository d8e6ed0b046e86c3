// What can be done with one message or several, whoever asks: the menu of a message, or the bar over chosen ones.

import { may } from '../../../shared/conversation/membership.ts'
import type { EntryId } from '../../../shared/ids.ts'
import type { Conversation, TimelineItem } from '../../sync/engine.ts'
import { currentLanguage } from '../language/language.ts'
import { copyText } from '../parts/copyText.ts'
import { toasts } from '../parts/ToastStack.tsx'
import { formatRoute } from '../route.ts'

/** What a message of several lines would be copied as: with names, in their order. */
export async function copyTexts(items: readonly TimelineItem[], nameOf: (item: TimelineItem) => string): Promise<void> {
  const { t, times } = currentLanguage()
  const [only] = items
  const text = items.length === 1 && only !== undefined ? only.body.text : items.map((item) => `[${times.clock(item.at)}] ${nameOf(item)}: ${item.body.text}`).join('\n')
  await copyText(text, { copied: t('conversation.copied'), failed: t('leftovers.cannotCopy') })
}

/** An address that opens the conversation at this message, or its thread at this reply, for those who are in it. */
export async function copyLink(conversation: Conversation, id: EntryId, thread: EntryId | null): Promise<void> {
  const { t } = currentLanguage()
  const address = new URL(window.location.href)
  address.hash = formatRoute({ conversation: conversation.id, panel: null, entry: id, ...(thread === null ? {} : { thread }) })
  await copyText(address.href, { copied: t('messages.linkCopied'), failed: t('links.cannotCopy') })
}

export function save(conversation: Conversation, items: readonly TimelineItem[], saved: boolean): void {
  const { t } = currentLanguage()
  const ids = items.map(({ id }) => id)
  void conversation.setSaved(ids, saved)
  toasts.show(saved ? t('messages.kept') : t('messages.letGo'), { action: { label: t('conversation.undo'), run: () => void conversation.setSaved(ids, !saved) } })
}

export function pin(conversation: Conversation, { id, pinned }: TimelineItem): void {
  const { t } = currentLanguage()
  void conversation.pin(id, !pinned)
  toasts.show(pinned ? t('messages.unpinned') : t('messages.pinned'), { action: { label: t('conversation.undo'), run: () => void conversation.pin(id, pinned) } })
}

export function hide(conversation: Conversation, items: readonly TimelineItem[]): void {
  const { t } = currentLanguage()
  const ids = items.map(({ id }) => id)
  void conversation.setHidden(ids, true)
  toasts.show(t('messages.hidden', { count: ids.length }), { action: { label: t('conversation.undo'), run: () => void conversation.setHidden(ids, false) } })
}

/** For everyone; decided by the same `may` as on the server. */
export function canErase(conversation: Conversation, item: TimelineItem): boolean {
  const state = conversation.state.get()
  return state.state === 'ready' && item.kind === 'message' && item.mark.state !== 'refused' && may(state, state.role, { type: 'erase', own: item.own })
}

export function canPin(conversation: Conversation, item: TimelineItem): boolean {
  const state = conversation.state.get()
  return state.state === 'ready' && item.kind === 'message' && 'seq' in item.mark && may(state, state.role, { type: 'pin' })
}

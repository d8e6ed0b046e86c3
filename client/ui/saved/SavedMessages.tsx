import { useEffect, useState } from 'react'
import type { SavedMessage } from '../../sync/engine.ts'
import type { ReadMessage } from '../../sync/readMessage.ts'
import { useLanguage } from '../language/useLanguage.ts'
import { withoutMarks } from '../markdown/withoutMarks.ts'
import { Dialog } from '../parts/Dialog.tsx'
import { LetGoIcon } from '../parts/Icon.tsx'
import { IconButton } from '../parts/IconButton.tsx'
import { useNow } from '../time/useNow.ts'
import { useEngine, useIsOnline, usePerson, useRow } from '../useEngine.ts'
import { useReadable } from '../useReadable.ts'
import { navigate } from '../useRoute.ts'
import '../conversation/PinnedBar.css'
import './SavedMessages.css'

/** What was kept for later, the newest first; a press shows it in its conversation. */
export function SavedMessages({ onClose }: { onClose: () => void }) {
  const { t } = useLanguage()
  const saved = useReadable(useEngine().saved)
  const [shown, setShown] = useState(PAGE)
  return (
    <Dialog title={t('messages.savedTitle')} onClose={onClose}>
      {saved.length === 0 ? (
        <div className="empty empty--small">
          <p>{t('messages.savedNone')}</p>
        </div>
      ) : null}
      <ul className="message-list">
        {saved.slice(0, shown).map((message) => (
          <li key={`${message.conversation}/${message.id}`} className="saved">
            <Saved message={message} />
          </li>
        ))}
      </ul>
      {saved.length > shown ? (
        <button
          type="button"
          className="button button--wide"
          onClick={() => {
            setShown(shown + PAGE)
          }}
        >
          {t('messages.savedMore')}
        </button>
      ) : null}
    </Dialog>
  )
}

function Saved({ message }: { message: SavedMessage }) {
  const { t } = useLanguage()
  const engine = useEngine()
  const { conversation, id } = message
  const read = useMessage(message)
  const row = useRow(conversation)
  const letGo = () => {
    const open = engine.open(conversation)
    void open.setSaved([id], false)
    open.close()
  }
  return (
    <>
      <button
        type="button"
        className="message-list__one"
        disabled={row === undefined}
        onClick={() => {
          const thread = read === null || read === 'reading' ? null : read.thread
          navigate({ conversation, panel: null, entry: id, ...(thread === null ? {} : { thread }) }, 'replace')
        }}
      >
        <span className="message-list__top">
          <bdi className="message-list__name">{row?.title ?? t('messages.notYours')}</bdi>
          {read === null || read === 'reading' ? null : <At at={read.at} />}
        </span>
        <span className="message-list__text" dir="auto">
          {read === 'reading' ? '…' : read === null ? t('messages.notHere') : read.erased ? t('messages.erased') : <Said read={read} />}
        </span>
      </button>
      <IconButton label={t('messages.unsave')} icon={<LetGoIcon />} onClick={letGo} />
    </>
  )
}

function Said({ read }: { read: ReadMessage }) {
  const author = usePerson(read.author)
  return (
    <>
      {author === null ? null : <bdi className="saved__author">{author.name}: </bdi>}
      {withoutMarks(read.text)}
    </>
  )
}

function At({ at }: { at: number }) {
  const { times } = useLanguage()
  const now = useNow()
  return <time dateTime={new Date(at).toISOString()}>{times.stamp(at, now)}</time>
}

function useMessage({ conversation, id }: SavedMessage): ReadMessage | null | 'reading' {
  const engine = useEngine()
  // What is not on this device may be had when there is a connection again.
  const online = useIsOnline()
  const [read, setRead] = useState<ReadMessage | null | 'reading'>('reading')
  useEffect(() => {
    let outdated = false
    void engine.message(conversation, id).then((message) => (outdated ? undefined : setRead(message)))
    return () => {
      outdated = true
    }
    // oxlint-disable-next-line react/exhaustive-effect-dependencies -- Asked again when the connection is back.
  }, [engine, conversation, id, online])
  return read
}

/** Each is looked up in its conversation. */
const PAGE = 30

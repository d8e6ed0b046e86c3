import type { Conversation, TimelineItem } from '../../sync/engine.ts'
import { useLanguage } from '../language/useLanguage.ts'
import { Dialog } from '../parts/Dialog.tsx'
import { canErase, hide } from './messageActs.tsx'

type DeleteProps = { conversation: Conversation; items: readonly TimelineItem[]; onDone: () => void; onClose: () => void }

/** For oneself, which can be undone; or for everyone, which cannot. */
export function DeleteDialog({ conversation, items, onDone, onClose }: DeleteProps) {
  const { t } = useLanguage()
  const erasable = items.every((item) => canErase(conversation, item))
  const end = (act: () => void) => {
    act()
    onDone()
    onClose()
  }
  return (
    <Dialog
      title={t('messages.delete', { count: items.length })}
      size="small"
      onClose={onClose}
      footer={
        <>
          <button type="button" className="button" onClick={onClose}>
            {t('parts.cancel')}
          </button>
          <button
            type="button"
            className="button"
            data-autofocus
            onClick={() => {
              end(() => {
                hide(conversation, items)
              })
            }}
          >
            {t('messages.deleteForMe')}
          </button>
          {erasable ? (
            <button
              type="button"
              className="button button--danger"
              onClick={() => {
                end(() => {
                  for (const { id } of items) void conversation.erase(id)
                })
              }}
            >
              {t('messages.deleteForAll')}
            </button>
          ) : null}
        </>
      }
    >
      <p className="prose">{erasable ? t('messages.deleteWords') : t('messages.deleteMineWords')}</p>
    </Dialog>
  )
}

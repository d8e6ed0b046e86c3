import type { Engine, InboxItem } from '../../sync/engine.ts'
import { currentLanguage } from '../language/language.ts'
import { ArchiveIcon, UnarchiveIcon } from '../parts/Icon.tsx'
import type { MenuItem } from '../parts/Menu.tsx'
import { toasts } from '../parts/ToastStack.tsx'

type Row = Pick<InboxItem, 'conversation' | 'title' | 'archived'>

/** Out of the list, or back into it; either can be undone at once. */
export function archiveItem(engine: Engine, row: Row): MenuItem {
  const { t } = currentLanguage()
  return {
    label: row.archived ? t('archive.unarchive') : t('archive.archive'),
    icon: row.archived ? <UnarchiveIcon /> : <ArchiveIcon />,
    run: () => {
      archive(engine, row)
    },
  }
}

export function archive(engine: Engine, { conversation, title, archived }: Row): void {
  const { t } = currentLanguage()
  void engine.setArchived(conversation, !archived)
  toasts.show(archived ? t('archive.unarchived', { title }) : t('archive.archived', { title }), {
    action: { label: t('inbox.undo'), run: () => void engine.setArchived(conversation, archived) },
  })
}

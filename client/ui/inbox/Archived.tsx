import { useLanguage } from '../language/useLanguage.ts'
import { ArchiveIcon, BackIcon } from '../parts/Icon.tsx'
import { IconButton } from '../parts/IconButton.tsx'
import './Archived.css'

/** Last in the list: leads to what was put away. */
export function ArchivedRow({ count, onOpen }: { count: number; onOpen: () => void }) {
  const { t, number } = useLanguage()
  return (
    <button type="button" className="archived__row" onClick={onOpen}>
      <ArchiveIcon />
      <span className="archived__name">{t('archive.title')}</span>
      <span className="archived__count">{number(count)}</span>
    </button>
  )
}

/** Above what was put away: where one is, and the way back. */
export function ArchivedHead({ empty, onBack }: { empty: boolean; onBack: () => void }) {
  const { t } = useLanguage()
  return (
    <>
      <div className="archived__head">
        <IconButton label={t('archive.back')} icon={<BackIcon className="flips" />} autoFocus onClick={onBack} />
        <h2>{t('archive.title')}</h2>
      </div>
      <p className="archived__note">{empty ? t('archive.none') : t('archive.hint')}</p>
    </>
  )
}

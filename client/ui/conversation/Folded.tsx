import { useLanguage } from '../language/useLanguage.ts'

/** What somebody who is blocked wrote in a common group: there, and not in the way. */
export function Folded({ onShow }: { onShow: () => void }) {
  const { t } = useLanguage()
  return (
    <p className="entry__notice entry__folded">
      {t('person.folded')}{' '}
      <button type="button" className="text-button" onClick={onShow}>
        {t('person.show')}
      </button>
    </p>
  )
}

import { useLanguage } from '../language/useLanguage.ts'
import { copyText } from '../parts/copyText.ts'
import { formatRoute } from '../route.ts'
import './JoinLinks.css'

/** The only moment at which it can be copied. */
export function MadeLink({ code }: { code: string }) {
  const { t } = useLanguage()
  const address = new URL(formatRoute({ conversation: null, panel: 'join', code }), window.location.href).href
  return (
    <div className="links__made" role="status">
      <output aria-label={t('links.made')} dir="ltr">
        {address}
      </output>
      <p className="details__note">{t('links.madeHint')}</p>
      <button type="button" className="button button--primary button--wide" onClick={() => void copyText(address, { copied: t('links.copied'), failed: t('links.cannotCopy') })}>
        {t('links.copy')}
      </button>
    </div>
  )
}

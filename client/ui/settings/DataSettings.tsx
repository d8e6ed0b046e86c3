import { useEffect, useState } from 'react'
import { useLanguage } from '../language/useLanguage.ts'
import { SignOut } from './SignOut.tsx'

/** What this device keeps, how safe it is there, and how to be rid of it. */
export function DataSettings() {
  const { t } = useLanguage()
  const { kept, keep } = useKept()
  return (
    <>
      <section aria-labelledby="kept">
        <h4 id="kept">{t('data.kept')}</h4>
        <p>{kept === null ? t('settings.loading') : t('data.usage', { size: kept.size, room: kept.room })}</p>
        <p className="settings__hint">{kept?.persisted === true ? t('data.persisted') : t('data.notPersisted')}</p>
        {kept?.persisted === false ? (
          <button type="button" className="button button--small" onClick={() => void keep()}>
            {t('data.persist')}
          </button>
        ) : null}
        {kept?.refused === true ? (
          <p className="notice" role="status">
            {t('data.persistRefused')}
          </p>
        ) : null}
      </section>
      <section aria-labelledby="export">
        <h4 id="export">{t('data.export')}</h4>
        <p className="settings__hint">{t('data.exportHint')}</p>
      </section>
      <SignOut action={t('data.forget')} hint={t('data.forgetHint')} />
    </>
  )
}

type Kept = { size: string; room: string; persisted: boolean; refused: boolean }

function useKept() {
  const { locale } = useLanguage()
  const [kept, setKept] = useState<Kept | null>(null)
  useEffect(() => {
    async function look() {
      const [{ usage = 0, quota = 0 }, persisted] = await Promise.all([navigator.storage.estimate(), navigator.storage.persisted()])
      setKept({ size: megabytes(usage, locale), room: megabytes(quota, locale), persisted, refused: false })
    }
    void look()
  }, [locale])
  const keep = async () => {
    const persisted = await navigator.storage.persist()
    setKept((before) => (before === null ? null : { ...before, persisted, refused: !persisted }))
  }
  return { kept, keep }
}

function megabytes(bytes: number, locale: string): string {
  const large = bytes >= GIGABYTE
  const amount = bytes / (large ? GIGABYTE : MEGABYTE)
  return new Intl.NumberFormat(locale, { style: 'unit', unit: large ? 'gigabyte' : 'megabyte', maximumFractionDigits: amount < 10 ? 1 : 0 }).format(amount)
}

const MEGABYTE = 1e6
const GIGABYTE = 1e9

import { useEffect, useState } from 'react'
import { useLanguage } from '../language/useLanguage.ts'
import { AdminIcon } from '../parts/Icon.tsx'
import { useEngine, useIsOnline } from '../useEngine.ts'
import { navigate, useRoute } from '../useRoute.ts'

/** Only administrators see it; until the server said so, nobody. */
export function AdministrationLink() {
  const { t } = useLanguage()
  const { administration } = useEngine()
  const online = useIsOnline()
  const { conversation } = useRoute()
  const [shown, setShown] = useState(false)
  useEffect(() => {
    if (!online) return
    async function ask() {
      const answer = await administration.isAdministrator()
      setShown(answer.ok && answer.value)
    }
    void ask()
  }, [administration, online])
  if (!shown) return null
  return (
    <button
      type="button"
      className="settings__section"
      onClick={() => {
        navigate({ conversation, panel: 'admin' }, 'replace')
      }}
    >
      <AdminIcon />
      <span>{t('settings.administration')}</span>
    </button>
  )
}

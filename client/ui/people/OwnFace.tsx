import { useState } from 'react'
import { Millis } from '../../../shared/ids.ts'
import type { Availability } from '../../../shared/people/profile.ts'
import { currentProfile } from '../../../shared/people/profile.ts'
import type { Engine } from '../../sync/engine.ts'
import '../language/englishLater.ts'
import type { Language } from '../language/language.ts'
import { useLanguage } from '../language/useLanguage.ts'
import type { MenuItem } from '../parts/Menu.tsx'
import { Menu } from '../parts/Menu.tsx'
import { told } from '../parts/ToastStack.tsx'
import { Dialog } from '../parts/Dialog.tsx'
import type { DoNotDisturbExpiry } from '../settings/expiry.ts'
import { DND_EXPIRIES, endOf } from '../settings/expiry.ts'
import { StatusForm } from '../settings/StatusForm.tsx'
import { useNow } from '../time/useNow.ts'
import { useEngine, useIsOnline, usePresence, useProfile, useSelf } from '../useEngine.ts'
import { Avatar } from './Avatar.tsx'

/** The own face as others see it, and what one changes about it most often. */
export function OwnFace() {
  const { t } = useLanguage()
  const self = useSelf()
  const engine = useEngine()
  const [settingStatus, setSettingStatus] = useState(false)
  const { availability, words, dnd, hasStatus } = useOwnPresence()
  const items = (): MenuItem[] => [
    ...(dnd ? [{ label: t('profile.dndEndItem'), run: () => void told(engine.changeProfile({ dnd: null }), t('profile.dndEnded')) }] : DND_EXPIRIES.map((expiry) => ({ label: t(`profile.dndItems.${expiry}`), run: () => void disturbNot(engine, expiry, t('profile.dndBegun')) }))),
    {
      label: hasStatus ? t('profile.statusChangeItem') : t('profile.statusSetItem'),
      run: () => {
        setSettingStatus(true)
      },
    },
    ...(hasStatus ? [{ label: t('profile.clearStatus'), run: () => void told(engine.changeProfile({ status: null }), t('profile.statusCleared')) }] : []),
  ]
  return (
    <>
      <Menu className="own-face" label={t('profile.self', { state: words })} icon={<Avatar id={self.id} name={self.name} picture={self.picture} size="small" availability={availability} />} items={items} />
      {settingStatus ? (
        <Dialog
          title={t('profile.setStatus')}
          size="small"
          onClose={() => {
            setSettingStatus(false)
          }}
        >
          <StatusForm />
        </Dialog>
      ) : null}
    </>
  )
}

async function disturbNot(engine: Engine, expiry: DoNotDisturbExpiry, done: string): Promise<void> {
  const until = endOf(expiry, Date.now())
  await told(engine.changeProfile({ dnd: until === null ? {} : { until: Millis.parse(until) } }), done)
}

type OwnPresence = { availability: Availability; words: string; dnd: boolean; hasStatus: boolean }

/** As the server tells others, so that all devices count. Do not disturb is shown to oneself without a connection too: it goes on. */
function useOwnPresence(): OwnPresence {
  const language = useLanguage()
  const profile = useProfile()
  const online = useIsOnline()
  const away = usePresence(useSelf().id)?.away === true
  const now = useNow()
  const { dnd, status } = currentProfile(profile?.person ?? {}, now)
  const hidden = profile?.privacy.presence === 'nobody'
  const availability = dnd ? 'do-not-disturb' : !online || hidden ? 'offline' : away ? 'away' : 'online'
  return { availability, words: wordsOf({ availability, online, until: profile?.person.dnd?.until, now }, language), dnd, hasStatus: status !== null }
}

function wordsOf({ availability, online, until, now }: { availability: Availability; online: boolean; until: number | undefined; now: number }, { t, times }: Language): string {
  if (availability === 'do-not-disturb') return until === undefined ? t('person.availability.do-not-disturb') : t('profile.selfDndUntil', { moment: times.moment(until, now) })
  if (availability !== 'offline') return t(`person.availability.${availability}`)
  return online ? t('profile.selfHidden') : t('profile.selfOffline')
}

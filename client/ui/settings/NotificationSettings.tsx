import { useState } from 'react'
import { useLanguage } from '../language/useLanguage.ts'
import { previewChoice, quietHours, shownChoice, soundChoice } from '../notifications/preferences.ts'
import { playTone } from '../notifications/tone.ts'
import { Switch } from '../parts/Switch.tsx'

/** What calls the person on this device, and when not. The browser is asked for permission only by the press here. */
export function NotificationSettings() {
  const { t } = useLanguage()
  const [previews, setPreviews] = useState(() => previewChoice.read(localStorage) === 'shown')
  const [sounds, setSounds] = useState(() => soundChoice.read(localStorage) === 'on')
  return (
    <section aria-label={t('settings.notifications')}>
      <p className="settings__hint">{t('settings.notifyHint')}</p>
      <Permission />
      <Switch
        label={t('settings.previews')}
        on={previews}
        onChange={(next) => {
          setPreviews(next)
          previewChoice.keep(localStorage, next ? 'shown' : 'hidden')
        }}
      />
      <Switch
        label={t('settings.sounds')}
        on={sounds}
        onChange={(next) => {
          setSounds(next)
          soundChoice.keep(localStorage, next ? 'on' : 'off')
          // To hear what was chosen; a browser also lets a page sound only after a press.
          if (next) playTone()
        }}
      />
      <QuietHours />
    </section>
  )
}

function Permission() {
  const { t } = useLanguage()
  const [on, setOn] = useState(() => shownChoice.read(localStorage) === 'on' && permission() === 'granted')
  const [refused, setRefused] = useState(false)
  if (permission() === 'missing') return <p className="settings__hint">{t('settings.notifyMissing')}</p>
  const change = async (next: boolean) => {
    const allowed = !next || (await Notification.requestPermission()) === 'granted'
    setRefused(!allowed)
    setOn(next && allowed)
    shownChoice.keep(localStorage, next && allowed ? 'on' : 'off')
  }
  return (
    <>
      <Switch label={t('settings.notify')} on={on} onChange={(next) => void change(next)} />
      {refused ? (
        <p className="notice" role="alert">
          {t('settings.notifyBlocked')}
        </p>
      ) : null}
    </>
  )
}

function QuietHours() {
  const { t } = useLanguage()
  const [hours, setHours] = useState(() => quietHours.read(localStorage))
  const change = (next: typeof hours) => {
    setHours(next)
    quietHours.keep(localStorage, next)
  }
  return (
    <>
      <Switch
        label={t('settings.quiet')}
        on={hours !== null}
        onChange={(on) => {
          change(on ? NIGHT : null)
        }}
      />
      {hours === null ? null : (
        <div className="settings__quiet" role="group" aria-label={t('settings.quiet')}>
          {(['from', 'to'] as const).map((end) => (
            <label key={end}>
              {end === 'from' ? t('settings.quietFrom') : t('settings.quietTo')}
              <input
                type="time"
                className="input"
                value={hours[end]}
                onChange={(event) => {
                  // Empty while it is being typed.
                  if (event.target.value !== '') change({ ...hours, [end]: event.target.value })
                }}
              />
            </label>
          ))}
          <p className="settings__hint">{t('settings.quietHint')}</p>
        </div>
      )}
    </>
  )
}

function permission(): NotificationPermission | 'missing' {
  return 'Notification' in window ? Notification.permission : 'missing'
}

const NIGHT = { from: '22:00', to: '07:00' } as const

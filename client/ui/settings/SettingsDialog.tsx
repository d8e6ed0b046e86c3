import { LanguageSelect } from '../language/LanguageSelect.tsx'
import '../language/englishLater.ts'
import { useLanguage } from '../language/useLanguage.ts'
import { Avatar } from '../people/Avatar.tsx'
import { Dialog } from '../parts/Dialog.tsx'
import { KeyboardIcon } from '../parts/Icon.tsx'
import { useSelf } from '../useEngine.ts'
import { navigate, useRoute } from '../useRoute.ts'
import { AdministrationLink } from './AdministrationLink.tsx'
import { ChangePassword } from './ChangePassword.tsx'
import { DeviceList } from './DeviceList.tsx'
import { LookSettings } from './LookSettings.tsx'
import { NotificationSettings } from './NotificationSettings.tsx'
import { SignOut } from './SignOut.tsx'
import './SettingsDialog.css'

export function SettingsDialog({ onClose }: { onClose: () => void }) {
  const { t } = useLanguage()
  return (
    <Dialog title={t('settings.title')} onClose={onClose}>
      <div className="settings">
        <Account />
        <AdministrationLink />
        <LanguageSelect />
        <LookSettings />
        <NotificationSettings />
        <Keyboard />
        <ChangePassword />
        <DeviceList />
        <SignOut />
      </div>
    </Dialog>
  )
}

function Account() {
  const { t } = useLanguage()
  const self = useSelf()
  return (
    <section className="settings__account" aria-label={t('settings.account')}>
      <Avatar id={self.id} name={self.name} size="large" />
      <div>
        <h3 dir="auto">{self.name}</h3>
        <p>
          <bdi>@{self.handle}</bdi>
        </p>
      </div>
    </section>
  )
}

function Keyboard() {
  const { t } = useLanguage()
  const { conversation } = useRoute()
  return (
    <section aria-labelledby="keyboard">
      <h3 id="keyboard">{t('settings.keyboard')}</h3>
      <button
        type="button"
        className="button"
        onClick={() => {
          navigate({ conversation, panel: 'shortcuts' }, 'replace')
        }}
      >
        <KeyboardIcon />
        {t('settings.shortcuts')}
      </button>
    </section>
  )
}

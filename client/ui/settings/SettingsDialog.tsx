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
import { words } from './words.ts'
import './SettingsDialog.css'

export function SettingsDialog({ onClose }: { onClose: () => void }) {
  return (
    <Dialog title={words.title} onClose={onClose}>
      <div className="settings">
        <Account />
        <AdministrationLink />
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
  const self = useSelf()
  return (
    <section className="settings__account" aria-label={words.account}>
      <Avatar id={self.id} name={self.name} size="large" />
      <div>
        <h3 dir="auto">{self.name}</h3>
        <p>@{self.handle}</p>
      </div>
    </section>
  )
}

function Keyboard() {
  const { conversation } = useRoute()
  return (
    <section aria-labelledby="keyboard">
      <h3 id="keyboard">{words.keyboard}</h3>
      <button
        type="button"
        className="button"
        onClick={() => {
          navigate({ conversation, panel: 'shortcuts' }, 'replace')
        }}
      >
        <KeyboardIcon />
        {words.shortcuts}
      </button>
    </section>
  )
}

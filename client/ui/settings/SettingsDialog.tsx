import '../language/englishLater.ts'
import type { ComponentType, ReactNode } from 'react'
import { useLanguage } from '../language/useLanguage.ts'
import { LanguageSelect } from '../language/LanguageSelect.tsx'
import { Dialog } from '../parts/Dialog.tsx'
import { AccountIcon, AppearanceIcon, BackIcon, DataIcon, DevicesIcon, ForwardIcon, KeyboardIcon, LanguageIcon, PrivacyIcon, UnmuteIcon } from '../parts/Icon.tsx'
import { IconButton } from '../parts/IconButton.tsx'
import { PersonAvatar } from '../people/Avatar.tsx'
import { useSelf } from '../useEngine.ts'
import { ONE_PANE, useMedia } from '../useMedia.ts'
import { navigate, useRoute } from '../useRoute.ts'
import { AccountSettings } from './AccountSettings.tsx'
import { AdministrationLink } from './AdministrationLink.tsx'
import { DataSettings } from './DataSettings.tsx'
import { DeviceList } from './DeviceList.tsx'
import { LookSettings } from './LookSettings.tsx'
import { NotificationSettings } from './NotificationSettings.tsx'
import { PrivacySettings } from './PrivacySettings.tsx'
import type { Section } from './sections.ts'
import { SECTIONS } from './sections.ts'
import './SettingsDialog.css'

/** The list of sections and one of them beside it; on a phone one after the other, and Back and Esc lead to the list. */
export function SettingsDialog({ section, onClose }: { section: Section | null; onClose: () => void }) {
  const { t } = useLanguage()
  const { conversation } = useRoute()
  const onePane = useMedia(ONE_PANE)
  const shown = section ?? (onePane ? null : 'account')
  const goTo = (next: Section | null) => {
    // On a phone a section is a page of its own; beside the list it is no step that Back should take again.
    navigate({ conversation, panel: 'settings', ...(next === null ? {} : { section: next }) }, onePane && next !== null ? 'push' : 'replace')
  }
  const back = () => {
    if (onePane && section !== null) goTo(null)
    else onClose()
  }
  return (
    <Dialog title={t('settings.title')} size="large" onClose={onClose} onEscape={back}>
      <div className="settings">
        {onePane && shown !== null ? null : <Sections shown={shown} onChosen={goTo} />}
        {shown === null ? null : (
          <div className="settings__content" key={shown}>
            <header className="settings__head">
              {onePane ? <IconButton label={t('sections.back')} icon={<BackIcon className="flips" />} onClick={back} /> : null}
              <h3>{t(`sections.${shown}`)}</h3>
            </header>
            {CONTENTS[shown]}
          </div>
        )}
      </div>
    </Dialog>
  )
}

function Sections({ shown, onChosen }: { shown: Section | null; onChosen: (section: Section) => void }) {
  const { t } = useLanguage()
  return (
    <div className="settings__list">
      <Self />
      <nav aria-label={t('sections.list')}>
        {SECTIONS.map((section) => {
          const Icon = ICONS[section]
          return (
            <button
              key={section}
              type="button"
              className="settings__section"
              aria-current={section === shown ? 'page' : undefined}
              onClick={() => {
                onChosen(section)
              }}
            >
              <Icon />
              <span>{t(`sections.${section}`)}</span>
              <ForwardIcon className="settings__forward flips" />
            </button>
          )
        })}
      </nav>
      <div className="settings__elsewhere">
        <AdministrationLink />
        <Keyboard />
      </div>
    </div>
  )
}

function Self() {
  const self = useSelf()
  return (
    <div className="settings__self">
      <PersonAvatar id={self.id} name={self.name} />
      <div>
        <strong dir="auto">{self.name}</strong>
        <p className="settings__hint">
          <bdi>@{self.handle}</bdi>
        </p>
      </div>
    </div>
  )
}

function Keyboard() {
  const { t } = useLanguage()
  const { conversation } = useRoute()
  return (
    <button
      type="button"
      className="settings__section"
      onClick={() => {
        navigate({ conversation, panel: 'shortcuts' }, 'replace')
      }}
    >
      <KeyboardIcon />
      <span>{t('settings.shortcuts')}</span>
    </button>
  )
}

const ICONS: Record<Section, ComponentType> = {
  account: AccountIcon,
  privacy: PrivacyIcon,
  notifications: UnmuteIcon,
  appearance: AppearanceIcon,
  language: LanguageIcon,
  devices: DevicesIcon,
  data: DataIcon,
}

const CONTENTS: Record<Section, ReactNode> = {
  account: <AccountSettings />,
  privacy: <PrivacySettings />,
  notifications: <NotificationSettings />,
  appearance: <LookSettings />,
  language: <LanguageSelect />,
  devices: <DeviceList />,
  data: <DataSettings />,
}

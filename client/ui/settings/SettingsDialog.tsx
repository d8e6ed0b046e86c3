import { useState } from 'react'
import { Avatar } from '../people/Avatar.tsx'
import { Dialog } from '../parts/Dialog.tsx'
import { DarkIcon, LightIcon, SystemIcon } from '../parts/Icon.tsx'
import { useSelf } from '../useEngine.ts'
import { AdministrationLink } from './AdministrationLink.tsx'
import type { Appearance } from './appearance.ts'
import { APPEARANCES, applyAppearance, keepAppearance, readAppearance } from './appearance.ts'
import { ChangePassword } from './ChangePassword.tsx'
import { DeviceList } from './DeviceList.tsx'
import { SignOut } from './SignOut.tsx'
import { appearances, words } from './words.ts'
import './SettingsDialog.css'

export function SettingsDialog({ onClose }: { onClose: () => void }) {
  return (
    <Dialog title={words.title} onClose={onClose}>
      <div className="settings">
        <Account />
        <AdministrationLink />
        <AppearanceChoice />
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

const ICONS: Record<Appearance, typeof DarkIcon> = { system: SystemIcon, light: LightIcon, dark: DarkIcon }

function AppearanceChoice() {
  const [chosen, setChosen] = useState(() => readAppearance(localStorage))
  return (
    <fieldset className="settings__appearance">
      <legend>{words.appearance}</legend>
      <div className="segments">
        {APPEARANCES.map((appearance) => {
          const Icon = ICONS[appearance]
          return (
            <label key={appearance} className="segment">
              <input
                type="radio"
                name="appearance"
                checked={chosen === appearance}
                onChange={() => {
                  setChosen(appearance)
                  keepAppearance(localStorage, appearance)
                  applyAppearance(document.documentElement, appearance)
                }}
              />
              <Icon />
              {appearances[appearance]}
            </label>
          )
        })}
      </div>
    </fieldset>
  )
}

import { useState } from 'react'
import { DarkIcon, LightIcon, SystemIcon } from '../parts/Icon.tsx'
import { Switch } from '../parts/Switch.tsx'
import type { Appearance } from './appearance.ts'
import { APPEARANCES, appearanceChoice, applyAppearance } from './appearance.ts'
import { applyContrast, contrastChoice, isHighContrast } from './contrast.ts'
import { applyDensity, DENSITIES, densityChoice } from './density.ts'
import { Segments } from './Segments.tsx'
import { appearances, densities, words } from './words.ts'

const ICONS: Record<Appearance, typeof DarkIcon> = { system: SystemIcon, light: LightIcon, dark: DarkIcon }

/** How this device looks; shown at once and kept here. */
export function LookSettings() {
  const [appearance, setAppearance] = useState(() => appearanceChoice.read(localStorage))
  const [density, setDensity] = useState(() => densityChoice.read(localStorage))
  const [high, setHigh] = useState(() => isHighContrast(localStorage))
  return (
    <div className="settings__look">
      <Segments
        legend={words.appearance}
        name="appearance"
        values={APPEARANCES}
        labels={appearances}
        icons={ICONS}
        chosen={appearance}
        onChosen={(next) => {
          setAppearance(next)
          appearanceChoice.keep(localStorage, next)
          applyAppearance(document.documentElement, next)
        }}
      />
      <Segments
        legend={words.density}
        name="density"
        values={DENSITIES}
        labels={densities}
        chosen={density}
        onChosen={(next) => {
          setDensity(next)
          densityChoice.keep(localStorage, next)
          applyDensity(document.documentElement, next)
        }}
      />
      <Switch
        label={words.contrast}
        on={high}
        onChange={(next) => {
          setHigh(next)
          contrastChoice.keep(localStorage, next ? 'high' : 'normal')
          applyContrast(document.documentElement, next)
        }}
      />
    </div>
  )
}

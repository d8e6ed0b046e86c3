import { useState } from 'react'
import { useLanguage } from '../language/useLanguage.ts'
import { DarkIcon, LightIcon, SystemIcon } from '../parts/Icon.tsx'
import { Switch } from '../parts/Switch.tsx'
import type { Appearance } from './appearance.ts'
import { APPEARANCES, appearanceChoice, applyAppearance } from './appearance.ts'
import { applyContrast, contrastChoice, isHighContrast } from './contrast.ts'
import { applyDensity, DENSITIES, densityChoice } from './density.ts'
import { Segments } from './Segments.tsx'

const ICONS: Record<Appearance, typeof DarkIcon> = { system: SystemIcon, light: LightIcon, dark: DarkIcon }

/** How this device looks; shown at once and kept here. */
export function LookSettings() {
  const { t } = useLanguage()
  const [appearance, setAppearance] = useState(() => appearanceChoice.read(localStorage))
  const [density, setDensity] = useState(() => densityChoice.read(localStorage))
  const [high, setHigh] = useState(() => isHighContrast(localStorage))
  return (
    <div className="settings__look">
      <Segments
        legend={t('settings.appearance')}
        name="appearance"
        values={APPEARANCES}
        label={(value) => t(`settings.appearances.${value}`)}
        icons={ICONS}
        chosen={appearance}
        onChosen={(next) => {
          setAppearance(next)
          appearanceChoice.keep(localStorage, next)
          applyAppearance(document.documentElement, next)
        }}
      />
      <Segments
        legend={t('settings.density')}
        name="density"
        values={DENSITIES}
        label={(value) => t(`settings.densities.${value}`)}
        chosen={density}
        onChosen={(next) => {
          setDensity(next)
          densityChoice.keep(localStorage, next)
          applyDensity(document.documentElement, next)
        }}
      />
      <Switch
        label={t('settings.contrast')}
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

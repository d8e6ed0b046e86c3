import { useLanguage } from '../language/useLanguage.ts'
import { Avatar } from '../people/Avatar.tsx'
import { useEngine, useProfile, useSelf } from '../useEngine.ts'
import { PictureChoice } from './PictureChoice.tsx'

export function PictureSetting() {
  const { t } = useLanguage()
  const engine = useEngine()
  const self = useSelf()
  const picture = useProfile()?.person.picture
  return (
    <section className="settings__account" aria-label={t('profile.picture')}>
      <Avatar id={self.id} name={self.name} picture={picture} size="huge" />
      <PictureChoice has={picture !== undefined} onPicture={(chosen) => engine.setPicture(chosen)} />
    </section>
  )
}

import { useLanguage } from '../language/useLanguage.ts'
import { Avatar } from '../people/Avatar.tsx'
import { sentLater } from '../unsent/kept.ts'
import { Unsent } from '../unsent/Unsent.tsx'
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
      <div>
        <PictureChoice has={picture !== undefined} said={(done) => sentLater(engine, done)} onPicture={(chosen) => engine.setPicture(chosen)} />
        <Unsent is={({ type }) => type === 'picture'} />
      </div>
    </section>
  )
}

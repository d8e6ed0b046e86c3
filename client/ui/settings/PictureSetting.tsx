import { useRef, useState } from 'react'
import { useLanguage } from '../language/useLanguage.ts'
import { PictureIcon } from '../parts/Icon.tsx'
import { toasts, told } from '../parts/ToastStack.tsx'
import { Avatar } from '../people/Avatar.tsx'
import { useEngine, useProfile, useSelf } from '../useEngine.ts'
import { CropPicture } from './CropPicture.tsx'

export function PictureSetting() {
  const { t } = useLanguage()
  const engine = useEngine()
  const self = useSelf()
  const picture = useProfile()?.person.picture
  const [source, setSource] = useState<ImageBitmap | null>(null)
  const file = useRef<HTMLInputElement>(null)
  const choose = async (chosen: File) => {
    const bitmap = await opened(chosen)
    if (bitmap === null) toasts.show(t('profile.notAPicture'), { tone: 'danger' })
    else setSource(bitmap)
  }
  const close = () => {
    source?.close()
    setSource(null)
  }
  return (
    <section className="settings__account" aria-label={t('profile.picture')}>
      <Avatar id={self.id} name={self.name} picture={picture} size="huge" />
      <div className="settings__choices">
        <input
          ref={file}
          type="file"
          accept="image/*"
          hidden
          data-testid="picture-file"
          onChange={(event) => {
            const [chosen] = event.target.files ?? []
            if (chosen !== undefined) void choose(chosen)
            // The same file can be chosen again.
            event.target.value = ''
          }}
        />
        <button type="button" className="button" onClick={() => file.current?.click()}>
          <PictureIcon />
          {picture === undefined ? t('profile.choosePicture') : t('profile.changePicture')}
        </button>
        {picture === undefined ? null : (
          <button type="button" className="button button--danger-quiet" onClick={() => void told(engine.setPicture(null), t('profile.pictureRemoved'))}>
            {t('profile.removePicture')}
          </button>
        )}
      </div>
      {source === null ? null : <CropPicture source={source} onClose={close} />}
    </section>
  )
}

/** Null for what is no picture. A photograph is turned as its camera was held. */
async function opened(file: File): Promise<ImageBitmap | null> {
  try {
    return await createImageBitmap(file, { imageOrientation: 'from-image' })
  } catch (error) {
    if (error instanceof DOMException && error.name === 'InvalidStateError') return null
    throw error
  }
}

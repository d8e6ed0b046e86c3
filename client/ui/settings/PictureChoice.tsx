import { useRef, useState } from 'react'
import type { Outcome } from '../../sync/engine.ts'
import { useLanguage } from '../language/useLanguage.ts'
import { PictureIcon } from '../parts/Icon.tsx'
import { toasts, told } from '../parts/ToastStack.tsx'
import { CropPicture } from './CropPicture.tsx'
import './CropPicture.css'

/**
 * `has`: there is one already. `said`: how it is told that it is done; undefined where it is seen at once, and nothing is done
 * with it yet.
 */
type PictureChoiceProps = { has: boolean; disabled?: boolean; said?: (done: string) => string | undefined; onPicture: (picture: Blob | null) => Promise<Outcome<void>> }

/** A file, of it the square to show, or no picture any more: of a person as of a group. */
export function PictureChoice({ has, disabled = false, said = asItIs, onPicture }: PictureChoiceProps) {
  const { t } = useLanguage()
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
    <div className="picture-choice">
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
      <button type="button" className="button" disabled={disabled} onClick={() => file.current?.click()}>
        <PictureIcon />
        {has ? t('profile.changePicture') : t('profile.choosePicture')}
      </button>
      {has ? (
        <button type="button" className="button button--danger-quiet" disabled={disabled} onClick={() => void told(onPicture(null), said(t('profile.pictureRemoved')))}>
          {t('profile.removePicture')}
        </button>
      ) : null}
      {source === null ? null : <CropPicture source={source} said={said} onPicture={onPicture} onClose={close} />}
    </div>
  )
}

function asItIs(done: string): string {
  return done
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

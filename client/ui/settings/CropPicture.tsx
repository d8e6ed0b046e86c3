import type { KeyboardEvent, PointerEvent, RefObject } from 'react'
import { useEffect, useRef, useState } from 'react'
import { PICTURE_MAX_SIDE } from '../../../shared/limits.ts'
import { useLanguage } from '../language/useLanguage.ts'
import type { Outcome } from '../../sync/engine.ts'
import { Dialog } from '../parts/Dialog.tsx'
import { toasts, told } from '../parts/ToastStack.tsx'
import type { View } from './crop.ts'
import { moved, squareOf, wholeView, ZOOM_MAX, zoomed } from './crop.ts'
import { encodePicture } from './encodePicture.ts'

type CropPictureProps = { source: ImageBitmap; said: (done: string) => string | undefined; onPicture: (picture: Blob) => Promise<Outcome<void>>; onClose: () => void }

/** Dragged or moved by arrow keys, and zoomed, until the square shows what it should. What is seen is what is sent. */
export function CropPicture({ source, said, onPicture, onClose }: CropPictureProps) {
  const { t } = useLanguage()
  const [view, setView] = useState(() => wholeView(source))
  const [busy, setBusy] = useState(false)
  const canvas = useDrawn(source, view)

  async function save() {
    const drawn = canvas.current
    if (drawn === null) return
    setBusy(true)
    const picture = await encodePicture(drawn)
    if (picture === null) toasts.show(t('profile.pictureTooLarge'), { tone: 'danger' })
    else if (await told(onPicture(picture), said(t('profile.pictureSet')))) onClose()
    setBusy(false)
  }

  return (
    <Dialog
      title={t('profile.crop')}
      size="small"
      onClose={onClose}
      footer={
        <>
          <button type="button" className="button" onClick={onClose}>
            {t('settings.cancel')}
          </button>
          <button type="button" className="button button--primary" disabled={busy} onClick={() => void save()}>
            {t('profile.usePicture')}
          </button>
        </>
      }
    >
      <div className="crop">
        <Square canvas={canvas} source={source} onView={setView} />
        <p className="crop__hint">{t('profile.cropHint')}</p>
        <label className="crop__zoom">
          {t('profile.zoom')}
          <input
            type="range"
            min={1}
            max={ZOOM_MAX}
            step={0.05}
            value={view.zoom}
            onChange={(event) => {
              setView(zoomed(source, view, event.target.valueAsNumber))
            }}
          />
        </label>
      </div>
    </Dialog>
  )
}

type SquareProps = { canvas: RefObject<HTMLCanvasElement | null>; source: ImageBitmap; onView: (change: (before: View) => View) => void }

function Square({ canvas, source, onView }: SquareProps) {
  const { t } = useLanguage()
  const side = Math.min(PICTURE_MAX_SIDE, source.width, source.height)
  return (
    <canvas
      ref={canvas}
      className="crop__canvas"
      width={side}
      height={side}
      role="img"
      aria-label={t('profile.cropHint')}
      tabIndex={0}
      data-autofocus
      onPointerDown={(event) => {
        event.currentTarget.setPointerCapture(event.pointerId)
      }}
      onPointerMove={(event) => {
        const by = dragOf(event)
        if (by !== null) onView((before) => moved(source, before, by.across, by.down))
      }}
      onWheel={(event) => {
        const factor = event.deltaY < 0 ? ZOOM_STEP : 1 / ZOOM_STEP
        onView((before) => zoomed(source, before, before.zoom * factor))
      }}
      onKeyDown={(event) => {
        const step = stepOf(event)
        if (step === null) return
        event.preventDefault()
        onView((before) => moved(source, before, ...step))
      }}
    />
  )
}

function useDrawn(source: ImageBitmap, view: View) {
  const canvas = useRef<HTMLCanvasElement>(null)
  useEffect(() => {
    const context = canvas.current?.getContext('2d')
    if (context === null || context === undefined) return
    const { left, top, side } = squareOf(source, view)
    const { width } = context.canvas
    context.imageSmoothingQuality = 'high'
    // JPEG has no transparency: what is clear would become black.
    context.fillStyle = '#ffffff'
    context.fillRect(0, 0, width, width)
    context.drawImage(source, left, top, side, side, 0, 0, width, width)
  }, [source, view])
  return canvas
}

/** The picture follows the finger, so the square goes the other way. */
function dragOf(event: PointerEvent<HTMLCanvasElement>): { across: number; down: number } | null {
  if (!event.currentTarget.hasPointerCapture(event.pointerId)) return null
  const { clientWidth } = event.currentTarget
  return { across: -event.movementX / clientWidth, down: -event.movementY / clientWidth }
}

function stepOf({ key }: KeyboardEvent): readonly [number, number] | null {
  const steps = { ArrowLeft: [-KEY_STEP, 0], ArrowRight: [KEY_STEP, 0], ArrowUp: [0, -KEY_STEP], ArrowDown: [0, KEY_STEP] } as const
  return Object.entries(steps).find(([name]) => name === key)?.[1] ?? null
}

const ZOOM_STEP = 1.1
/** A part of the square, per press. */
const KEY_STEP = 0.05

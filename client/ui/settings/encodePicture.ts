// A canvas as the server takes it: nothing of the file it came from is left but what is seen.

import { PICTURE_MAX_BYTES } from '../../../shared/limits.ts'

/** Null when the browser can make nothing of it that is small enough. */
export async function encodePicture(canvas: HTMLCanvasElement): Promise<Blob | null> {
  for (const quality of QUALITIES) {
    // A browser that cannot write WebP answers with PNG.
    const webp = await encoded(canvas, 'image/webp', quality)
    const blob = webp?.type === 'image/webp' ? webp : await encoded(canvas, 'image/jpeg', quality)
    if (blob !== null && blob.size <= PICTURE_MAX_BYTES) return blob
  }
  return null
}

function encoded(canvas: HTMLCanvasElement, type: string, quality: number): Promise<Blob | null> {
  return new Promise((resolve) => {
    canvas.toBlob(resolve, type, quality)
  })
}

/** The first is enough for a photograph; noise takes more room. */
const QUALITIES = [0.85, 0.7, 0.5, 0.3] as const

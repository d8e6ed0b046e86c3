// What bytes are, whatever they are said to be: a square picture in a format that every browser draws, or refused. The
// only importer of image-size.

import { createHash } from 'node:crypto'
import { imageSize } from 'image-size'
import { PictureId } from '../../shared/ids.ts'
import { PICTURE_MAX_BYTES, PICTURE_MAX_SIDE } from '../../shared/limits.ts'
import { refusedBecause } from '../../shared/protocol/refusalReasons.ts'
import type { Picture, PictureType } from '../../storage/people.ts'

/** Its id is the hash of its bytes. */
export function parsePicture(bytes: Uint8Array): Picture & { id: PictureId } {
  if (bytes.byteLength > PICTURE_MAX_BYTES) throw refusedBecause('picture-too-large')
  const { type, width, height } = measured(bytes)
  if (width !== height || width > PICTURE_MAX_SIDE || width === 0) {
    throw refusedBecause('picture-shape')
  }
  if (HAS_METADATA[type](Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength))) {
    throw refusedBecause('picture-metadata')
  }
  return { id: PictureId.parse(createHash('sha256').update(bytes).digest('hex')), type, bytes }
}

function measured(bytes: Uint8Array): { type: PictureType; width: number; height: number } {
  let size
  try {
    size = imageSize(bytes)
  } catch (error) {
    // It throws for whatever it cannot read: a TypeError for the unknown, a RangeError where a header lies about lengths.
    if (error instanceof Error) throw refusedBecause('picture-unknown')
    throw error
  }
  const { width, height, type } = size
  const known = TYPES.get(type ?? '')
  if (known === undefined) throw refusedBecause('picture-unknown')
  return { type: known, width, height }
}

const TYPES: ReadonlyMap<string, PictureType> = new Map([
  ['webp', 'image/webp'],
  ['png', 'image/png'],
  ['jpg', 'image/jpeg'],
])

/** A camera writes where a picture was taken; our own client draws on a canvas, and nothing of it is left. */
const HAS_METADATA = {
  'image/jpeg': (bytes) => bytes.includes('Exif\0\0', 0, 'latin1') || bytes.includes('http://ns.adobe.com/xap/', 0, 'latin1'),
  // In the header of the extended format: 8 for Exif, 4 for XMP.
  'image/webp': (bytes) => bytes.toString('latin1', 12, 16) === 'VP8X' && ((bytes[20] ?? 0) & 0b1100) !== 0,
  'image/png': (bytes) => pngChunks(bytes).some((type) => type === 'eXIf' || type === 'iTXt' || type === 'tEXt' || type === 'zTXt'),
} as const satisfies Record<PictureType, (bytes: Buffer) => boolean>

/** Signature, then chunks of length, type, content and checksum. */
function pngChunks(bytes: Buffer): string[] {
  const types: string[] = []
  for (let at = 8; at + 8 <= bytes.length; at += 12 + bytes.readUInt32BE(at)) types.push(bytes.toString('latin1', at + 4, at + 8))
  return types
}

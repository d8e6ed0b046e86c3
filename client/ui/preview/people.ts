// Who lives in the preview. Names as they come: long, in several scripts, with marks.

import { DeviceId, PictureId, UserId } from '../../../shared/ids.ts'
import type { Person } from '../../../shared/protocol/messages.ts'

const CAST = {
  mira: 'Mira Lindqvist',
  tomas: 'Tomás Okafor',
  priya: 'Priya Raghunathan',
  yusuf: 'Yusuf Demir',
  zoe: 'Zoë van den Heuvel-Oudejans',
  jun: '渡辺 潤',
  leila: 'ليلى حداد',
  noa: 'נועה בן־דוד',
  ben: 'Ben Achterberg',
  ingrid: 'Ingrid Sørlie',
  kwame: 'Kwame Mensah',
  archive: 'Dock-Office Archive',
} as const

export type Handle = keyof typeof CAST

const HANDLES = Object.keys(CAST) as Handle[] // The keys of a constant.

export function userId(handle: Handle): UserId {
  return UserId.parse(`01900000-0000-7000-8000-${(HANDLES.indexOf(handle) + 1).toString(16).padStart(12, '0')}`)
}

/** Those who say something about themselves. */
const PROFILES: Partial<Record<Handle, Pick<Person, 'picture' | 'status' | 'dnd'>>> = {
  mira: { picture: picture(1) },
  tomas: { picture: picture(2), status: { text: 'Setting up the stalls', emoji: '⛺' } },
  priya: { status: { text: 'On the ferry until Thursday, back with new photographs and very little sleep', emoji: '⛴️' } },
  leila: { picture: picture(3), status: { text: 'في الطريق', emoji: '🚆' } },
  noa: { dnd: {} },
}

export const people: ReadonlyMap<UserId, Person> = new Map(
  HANDLES.map((handle) => [userId(handle), { id: userId(handle), handle, name: CAST[handle], placeholder: handle === 'archive', ...PROFILES[handle] }]),
)

export function picture(number: number): PictureId {
  return PictureId.parse(number.toString(16).repeat(64))
}

export const SELF = userId('mira')
export const DEVICE = DeviceId.parse('01900000-0000-7000-8000-00000000d001')

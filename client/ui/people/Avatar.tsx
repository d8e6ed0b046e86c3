import type { PictureId, UserId } from '../../../shared/ids.ts'
import type { Availability } from '../../../shared/people/profile.ts'
import { useEngine, usePerson } from '../useEngine.ts'
import { colourOf, initialsOf } from './avatar.ts'
import { useAvailability } from './useAvailability.ts'
import './Avatar.css'

type Size = 'small' | 'medium' | 'large' | 'huge'
type AvatarProps = { id: string; name: string; size?: Size; picture?: PictureId | undefined; availability?: Availability; group?: boolean }

/** Decoration: the name always stands beside it in words. So its letters are no text, which a label would have to repeat. */
export function Avatar({ id, name, size = 'medium', picture, availability = 'offline', group = false }: AvatarProps) {
  return (
    <span className={`avatar avatar--${size} colour-${colourOf(id)} ${group ? 'avatar--group' : ''}`} aria-hidden="true" data-initials={initialsOf(name)}>
      {picture === undefined ? null : <Picture key={picture} id={picture} />}
      {availability === 'offline' ? null : <span className={`avatar__dot avatar__dot--${availability}`} />}
    </span>
  )
}

/** The letters stand behind it until it is here, and stay where it cannot come. */
function Picture({ id }: { id: PictureId }) {
  return <img className="avatar__picture" src={useEngine().pictureAddress(id)} alt="" loading="lazy" decoding="async" draggable={false} />
}

/** Of somebody known by id alone. */
export function PersonAvatar({ id, ...rest }: Omit<AvatarProps, 'id' | 'group' | 'picture'> & { id: UserId }) {
  return <Avatar id={id} picture={usePerson(id)?.picture} {...rest} />
}

/** With a dot for how reachable they are. Only for what is on screen: each one is watched. */
export function PresentAvatar({ id, ...rest }: { id: UserId; name: string; size?: Size }) {
  return <PersonAvatar id={id} availability={useAvailability(id)} {...rest} />
}

import { colourOf, initialsOf } from './avatar.ts'
import './Avatar.css'

type AvatarProps = { id: string; name: string; size?: 'small' | 'medium' | 'large' | 'huge'; online?: boolean; group?: boolean }

/** Decoration: the name always stands beside it in words. */
export function Avatar({ id, name, size = 'medium', online = false, group = false }: AvatarProps) {
  return (
    <span className={`avatar avatar--${size} colour-${colourOf(id)} ${group ? 'avatar--group' : ''}`} aria-hidden="true">
      {initialsOf(name)}
      {online ? <span className="avatar__online" /> : null}
    </span>
  )
}

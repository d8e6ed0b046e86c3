// What an event says. The one who did it is "you" or has a name; so have those it was done to.

import type { EventBody } from '../../../shared/conversation/event.ts'
import type { Language } from '../language/language.ts'

export type Named = { self: true } | { self: false; name: string }

/** `users`: the first of those it names; `more`: how many others there are. */
export function eventWords(event: EventBody, by: Named, users: readonly Named[], more: number, { t, list }: Language): string {
  const who = by.self ? 'own' : 'other'
  const actor = by.self ? '' : by.name
  const named = users.map((user) => (user.self ? t('events.toYou') : user.name))
  const names = list(more === 0 ? named : [...named, t('conversation.others', { count: more })])
  switch (event.type) {
    case 'added':
      return t(`events.added.${who}`, { actor, names })
    case 'joined':
      return t(`events.joined.${who}`, { actor })
    case 'removed':
      return t(`events.removed.${who}`, { actor, names })
    case 'banned':
      return t(`events.banned.${who}`, { actor, names })
    case 'unbanned':
      return t(`events.unbanned.${who}`, { actor, names })
    case 'left': {
      const left = t(`events.left.${who}`, { actor })
      return event.successor === undefined ? left : `${left} ${users[0]?.self === true ? t('events.nextOwnerYou') : t('events.nextOwner', { names })}`
    }
    case 'role':
      return t(`events.${event.role}.${who}`, { actor, names })
    case 'renamed':
      return t(`events.renamed.${who}`, { actor, name: event.name })
    case 'topic':
      return event.topic === '' ? t(`events.topicless.${who}`, { actor }) : t(`events.topic.${who}`, { actor, topic: event.topic })
    case 'picture':
      return event.picture === null ? t(`events.pictureless.${who}`, { actor }) : t(`events.picture.${who}`, { actor })
    case 'permissions':
      return t(`events.permissions.${who}`, { actor })
    default:
      return event satisfies never
  }
}

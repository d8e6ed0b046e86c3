import type { ReactionView } from '../../sync/engine.ts'
import { useLanguage } from '../language/useLanguage.ts'
import { useEngine } from '../useEngine.ts'
import type { EntryProps } from './Entry.tsx'
import { reactionWords } from './words.ts'
import './Reactions.css'

/** Under a message: each emoji with how many chose it. A press sets the own one, or takes it back. */
export function Reactions({ item, conversation }: Pick<EntryProps, 'item' | 'conversation'>) {
  if (item.reactions.length === 0) return null
  return (
    <div className="reactions">
      {item.reactions.map((reaction) => (
        <Reaction
          key={reaction.emoji}
          reaction={reaction}
          onPress={() => {
            void conversation.react(item.id, reaction.emoji, !reaction.own)
          }}
        />
      ))}
    </div>
  )
}

function Reaction({ reaction, onPress }: { reaction: ReactionView; onPress: () => void }) {
  const engine = useEngine()
  const language = useLanguage()
  const { emoji, users, own } = reaction
  // Names as this device knows them at the moment somebody looks.
  const others = users.slice(0, NAMED).map((user) => engine.person(user).get()?.name ?? '')
  const label = reactionWords(emoji, others.filter((name) => name !== ''), users.length, language)
  return (
    <button type="button" className={own ? 'reaction reaction--own' : 'reaction'} aria-pressed={own} title={label} onClick={onPress}>
      <span className="unseen">{label}</span>
      <span className="reaction__emoji" aria-hidden="true">
        {emoji}
      </span>
      {users.length === 1 ? null : <span aria-hidden="true">{language.number(users.length)}</span>}
    </button>
  )
}

/** Nobody reads more names in a tooltip. */
const NAMED = 12

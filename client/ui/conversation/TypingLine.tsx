import type { UserId } from '../../../shared/ids.ts'
import type { Conversation, Engine } from '../../sync/engine.ts'
import type { Language } from '../language/language.ts'
import { useLanguage } from '../language/useLanguage.ts'
import { useEngine } from '../useEngine.ts'
import { useReadable } from '../useReadable.ts'
import { typingWords } from './words.ts'

/** Always as high as one line, so that nothing moves when somebody types. */
export function TypingLine({ place }: { place: Pick<Conversation, 'typing'> }) {
  const typing = useReadable(place.typing)
  const engine = useEngine()
  const language = useLanguage()
  return (
    <div className="typing" data-testid="typing">
      {typing.length === 0 ? null : (
        <>
          <span className="typing__dots" aria-hidden="true">
            <i />
            <i />
            <i />
          </span>
          <span dir="auto">{typingWords(typing.map((id) => nameOf(engine, id, language)), language)}</span>
        </>
      )}
    </div>
  )
}

/** Whoever types is a member whose name this device has; it is drawn again with the next notice if not. */
function nameOf(engine: Engine, id: UserId, { t }: Language): string {
  return engine.person(id).get()?.name ?? t('conversation.someone')
}

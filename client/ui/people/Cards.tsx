import { MessageReach } from '../conversation/MessageReach.tsx'
import { ReportForm } from '../reports/ReportForm.tsx'
import { useReadable } from '../useReadable.ts'
import { closeCard, openCard } from './cards.ts'
import '../language/englishLater.ts'
import { PersonCard } from './PersonCard.tsx'

export function Cards() {
  const card = useReadable(openCard)
  switch (card?.type) {
    case undefined:
      return null
    case 'person':
      return <PersonCard key={card.id} id={card.id} onClose={closeCard} />
    case 'report':
      return <ReportForm about={card.about} from={card.from} onClose={closeCard} />
    case 'reach':
      return <MessageReach conversation={card.conversation} item={card.item} onClose={closeCard} />
    default:
      return card satisfies never
  }
}

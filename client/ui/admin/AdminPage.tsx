import { useState } from 'react'
import '../language/englishLater.ts'
import { useLanguage } from '../language/useLanguage.ts'
import { BackIcon } from '../parts/Icon.tsx'
import { IconButton } from '../parts/IconButton.tsx'
import { useIsOnline } from '../useEngine.ts'
import { navigate, useRoute } from '../useRoute.ts'
import { AuditPart } from './AuditPart.tsx'
import { ConversationsPart } from './ConversationsPart.tsx'
import { PeoplePart } from './PeoplePart.tsx'
import { RegistrationPart } from './RegistrationPart.tsx'
import { ReportsPart } from './ReportsPart.tsx'
import { StoragePart } from './StoragePart.tsx'
import './AdminPage.css'

type Part = 'people' | 'reports' | 'registration' | 'conversations' | 'storage' | 'audit'

const PARTS: Record<Part, () => React.ReactNode> = {
  people: PeoplePart,
  reports: ReportsPart,
  registration: RegistrationPart,
  conversations: ConversationsPart,
  storage: StoragePart,
  audit: AuditPart,
}
const NAMES = Object.keys(PARTS) as Part[] // The keys of a constant.

/** Instead of everything else. Whoever is no administrator gets the server's refusal where a list would be. */
export function AdminPage() {
  const { t } = useLanguage()
  const { conversation } = useRoute()
  const online = useIsOnline()
  const [part, setPart] = useState<Part>('people')
  const Shown = PARTS[part]
  return (
    <main className="admin">
      <header className="admin__head">
        <IconButton
          label={t('admin.back')}
          icon={<BackIcon className="flips" />}
          onClick={() => {
            navigate({ conversation, panel: null }, 'replace')
          }}
        />
        <h1>{t('admin.title')}</h1>
      </header>
      <nav className="admin__parts" aria-label={t('admin.parts')}>
        {NAMES.map((name) => (
          <button
            key={name}
            type="button"
            className="admin__part"
            aria-current={name === part ? 'page' : undefined}
            onClick={() => {
              setPart(name)
            }}
          >
            {t(`admin.${name}`)}
          </button>
        ))}
      </nav>
      <div className="admin__body" key={part}>
        <div className="admin__sheet">
          {online ? null : <p className="notice">{t('admin.offline')}</p>}
          <Shown />
        </div>
      </div>
    </main>
  )
}

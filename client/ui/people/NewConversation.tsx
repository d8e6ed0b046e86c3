import { useState } from 'react'
import { DisplayName } from '../../../shared/displayName.ts'
import { NAME_MAX_CHARS } from '../../../shared/limits.ts'
import type { Person } from '../../../shared/protocol/messages.ts'
import type { Refusal } from '../../../shared/protocol/refusal.ts'
import { Field } from '../account/Field.tsx'
import { refusalWords } from '../language/refusalWords.ts'
import '../language/englishLater.ts'
import { useLanguage } from '../language/useLanguage.ts'
import { Dialog } from '../parts/Dialog.tsx'
import { Segments } from '../settings/Segments.tsx'
import { useEngine, useSelf } from '../useEngine.ts'
import { navigate } from '../useRoute.ts'
import { PeoplePicker } from './PeoplePicker.tsx'

type Start = 'people' | 'channel'

/** One person: a direct conversation. Several: a group, which needs a name. A channel needs a name alone. */
export function NewConversation({ channel = false, onClose }: { channel?: boolean; onClose: () => void }) {
  const language = useLanguage()
  const { t } = language
  const self = useSelf()
  const [chosen, setChosen] = useState<readonly Person[]>([])
  const [kind, setKind] = useState<Start>(channel ? 'channel' : 'people')
  const isGroup = kind === 'people' && chosen.length > 1
  const { name, setName, mistake, busy, refused, start } = useStart(kind, chosen)
  return (
    <Dialog
      title={t('people.title')}
      onClose={onClose}
      footer={
        <button type="submit" form="new-conversation" className="button button--primary button--wide" disabled={(kind === 'people' && chosen.length === 0) || busy}>
          {kind === 'channel' ? t('channels.create') : isGroup ? t('people.create', { count: chosen.length + 1 }) : t('people.start')}
        </button>
      }
    >
      <form
        id="new-conversation"
        className="form"
        noValidate
        onSubmit={(event) => {
          event.preventDefault()
          void start()
        }}
      >
        {refused === null ? null : (
          <p className="notice notice--danger" role="alert">
            {refusalWords(refused, language)}
          </p>
        )}
        <Segments legend={t('channels.kind')} name="kind" values={KINDS} label={(value) => t(`channels.kinds.${value}`)} chosen={kind} onChosen={setKind} />
        {kind === 'channel' ? (
          <Field
            label={t('channels.name')}
            hint={t('channels.createHint')}
            mistake={mistake ?? undefined}
            dir="auto"
            autoComplete="off"
            data-autofocus
            maxLength={NAME_MAX_CHARS}
            value={name}
            onValue={setName}
          />
        ) : isGroup ? (
          <Field label={t('people.groupName')} mistake={mistake ?? undefined} dir="auto" maxLength={NAME_MAX_CHARS} value={name} onValue={setName} />
        ) : null}
        <PeoplePicker hint={kind === 'channel' ? t('channels.invite') : undefined} chosen={chosen} without={new Set([self.id])} onChosen={setChosen} />
      </form>
    </Dialog>
  )
}

const KINDS: readonly Start[] = ['people', 'channel']

function useStart(kind: Start, chosen: readonly Person[]) {
  const { t } = useLanguage()
  const engine = useEngine()
  const [name, setName] = useState('')
  const [mistake, setMistake] = useState<string | null>(null)
  const [refused, setRefused] = useState<Refusal | null>(null)
  const [busy, setBusy] = useState(false)

  async function start() {
    const [first, ...others] = chosen
    const isChannel = kind === 'channel'
    if (first === undefined && !isChannel) return
    const isDirect = first !== undefined && others.length === 0 && !isChannel
    if (!isDirect && !DisplayName.safeParse(name).success) {
      const missing = isChannel ? t('channels.nameMissing') : t('people.groupNameMissing')
      setMistake(name.trim() === '' ? missing : t('people.groupNameForm'))
      return
    }
    setBusy(true)
    const outcome = isDirect
      ? await engine.startDirect(first.id)
      : await engine.createGroup({ kind: isChannel ? 'channel' : 'group', name: name.trim(), members: chosen.map((person) => person.id) })
    setBusy(false)
    if (outcome.ok) navigate({ conversation: outcome.value, panel: null }, 'replace')
    else setRefused(outcome.refusal)
  }

  return {
    name,
    setName: (next: string) => {
      setName(next)
      setMistake(null)
    },
    mistake,
    busy,
    refused,
    start,
  }
}

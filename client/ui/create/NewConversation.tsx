import { useEffect, useRef, useState } from 'react'
import { refusalWords } from '../language/refusalWords.ts'
import '../language/englishLater.ts'
import type { Language } from '../language/language.ts'
import { useLanguage } from '../language/useLanguage.ts'
import { Confirm } from '../parts/Confirm.tsx'
import { Dialog } from '../parts/Dialog.tsx'
import { useIsOnline, useSelf } from '../useEngine.ts'
import { PeoplePicker } from '../people/PeoplePicker.tsx'
import { Segments } from '../settings/Segments.tsx'
import { DescribeStep } from './DescribeStep.tsx'
import type { Draft, Kind, Mistakes, Step } from './draft.ts'
import { EMPTY_DRAFT, mistakesOf, STEPS, wouldBeLost } from './draft.ts'
import type { Creation } from './useCreation.ts'
import { useCreation } from './useCreation.ts'
import './NewConversation.css'

/** One person: a direct conversation. Several, or one if so wished: a group, described in a second step. A channel is described first. */
export function NewConversation({ channel = false, onClose }: { channel?: boolean; onClose: () => void }) {
  const language = useLanguage()
  const { t } = language
  const { draft, place, mistakes, change, creation, form, go, back } = useSteps(channel)
  const [leaving, setLeaving] = useState(false)
  const step = STEPS[draft.kind][place]
  const close = () => {
    if (creation.busy) return
    if (wouldBeLost(draft)) setLeaving(true)
    else onClose()
  }
  return (
    <Dialog title={t('people.title')} onClose={close} footer={<Footer draft={draft} place={place} creation={creation} onBack={back} onGroup={() => void go('on')} />}>
      <form
        ref={form}
        id="new-conversation"
        className="form create"
        noValidate
        aria-busy={creation.busy}
        onSubmit={(event) => {
          event.preventDefault()
          if (draft.kind === 'channel' || draft.people.length > 0) void go(isDirect(draft, place) ? 'direct' : 'on')
        }}
      >
        <p className="create__step" role="status">
          {isDirect(draft, place) ? '' : t('create.step', { step: place + 1, of: 2, title: titleOf(draft.kind, step, language) })}
        </p>
        {creation.refused === null ? null : (
          <p className="notice notice--danger" role="alert">
            {refusalWords(creation.refused, language)}
          </p>
        )}
        {place === 0 ? <Segments legend={t('channels.kind')} name="kind" values={KINDS} label={(value) => t(`channels.kinds.${value}`)} chosen={draft.kind} onChosen={(kind) => change({ kind })} /> : null}
        {step === 'people' ? <People draft={draft} onChange={change} /> : <DescribeStep draft={draft} mistakes={mistakes} onChange={change} />}
      </form>
      {leaving ? (
        <Confirm
          title={t('create.discardTitle')}
          words={t('create.discardWords')}
          action={t('create.discard')}
          onConfirm={onClose}
          onClose={() => {
            setLeaving(false)
          }}
        />
      ) : null}
    </Dialog>
  )
}

/** The draft, and the way from one step to the next: what was entered stays whichever step is shown. */
function useSteps(channel: boolean) {
  const [draft, setDraft] = useState<Draft>({ ...EMPTY_DRAFT, kind: channel ? 'channel' : 'people' })
  const [place, setPlace] = useState<0 | 1>(0)
  const [mistakes, setMistakes] = useState<Mistakes>(NO_MISTAKES)
  const creation = useCreation(draft)
  const step = STEPS[draft.kind][place]
  const form = useFirstField(step)

  /** Whether the description can stay as it is; if not, the first field that cannot is where one goes on. */
  function isDescribed(): boolean {
    const found = mistakesOf(draft)
    setMistakes(found)
    if (found.name === null && found.topic === null) return true
    form.current?.querySelector<HTMLElement>(found.name === null ? 'input[name=topic]' : 'input[name=name]')?.focus()
    return false
  }

  return {
    draft,
    place,
    mistakes,
    creation,
    form,
    change: (changed: Partial<Draft>) => {
      setDraft((before) => ({ ...before, ...changed }))
      setMistakes({ name: changed.name === undefined ? mistakes.name : null, topic: changed.topic === undefined ? mistakes.topic : null })
      creation.forgive()
    },
    go: async (wanted: 'on' | 'direct') => {
      if (creation.busy || (step === 'describe' && !isDescribed())) return
      if (wanted === 'direct') await creation.writeTo()
      else if (place === 0) setPlace(1)
      else if ((await creation.create()) === 'people') setPlace(draft.kind === 'people' ? 0 : 1)
    },
    back: () => {
      setPlace(0)
    },
  }
}

function People({ draft, onChange }: { draft: Draft; onChange: (changed: Partial<Draft>) => void }) {
  const { t } = useLanguage()
  const self = useSelf()
  return <PeoplePicker hint={draft.kind === 'channel' ? t('channels.invite') : undefined} chosen={draft.people} without={new Set([self.id])} onChosen={(people) => onChange({ people })} />
}

type FooterProps = { draft: Draft; place: 0 | 1; creation: Creation; onBack: () => void; onGroup: () => void }

function Footer({ draft, place, creation: { busy }, onBack, onGroup }: FooterProps) {
  const { t } = useLanguage()
  const online = useIsOnline()
  const direct = isDirect(draft, place)
  const asksServer = place === 1 || direct
  const nobody = draft.kind === 'people' && draft.people.length === 0
  return (
    <>
      {place === 1 ? (
        <button type="button" className="button" disabled={busy} onClick={onBack}>
          {t('create.back')}
        </button>
      ) : null}
      {direct && draft.people.length === 1 ? (
        <button type="button" className="button" onClick={onGroup}>
          {t('create.groupOfTwo')}
        </button>
      ) : null}
      <button type="submit" form="new-conversation" className="button button--primary create__go" disabled={nobody || busy || (asksServer && !online)}>
        {busy ? t('create.creating') : direct ? t('create.start') : place === 0 ? t('create.next') : draft.kind === 'channel' ? t('channels.create') : t('create.group')}
      </button>
    </>
  )
}

/** Before anybody else is chosen nobody knows yet whether it becomes a group. */
function isDirect({ kind, people }: Draft, place: 0 | 1): boolean {
  return kind === 'people' && place === 0 && people.length < 2
}

function titleOf(kind: Kind, step: Step, { t }: Language): string {
  if (step === 'people') return kind === 'channel' ? t('create.bring') : t('create.choose')
  return kind === 'channel' ? t('create.nameChannel') : t('create.nameGroup')
}

/** Another step begins at its first field; the dialog sees to the first. */
function useFirstField(step: Step) {
  const form = useRef<HTMLFormElement>(null)
  const shown = useRef(step)
  useEffect(() => {
    if (shown.current === step) return
    shown.current = step
    if (!(document.activeElement?.matches('input[type=radio]') ?? false)) form.current?.querySelector<HTMLElement>('[data-autofocus]')?.focus()
  }, [step])
  return form
}

const KINDS: readonly Kind[] = ['people', 'channel']
const NO_MISTAKES: Mistakes = { name: null, topic: null }

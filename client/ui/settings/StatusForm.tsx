import { useId, useState } from 'react'
import { StatusText } from '../../../shared/displayName.ts'
import { STATUS_MAX_CHARS } from '../../../shared/limits.ts'
import type { Status } from '../../../shared/people/profile.ts'
import { currentProfile } from '../../../shared/people/profile.ts'
import { Millis } from '../../../shared/ids.ts'
import { Field } from '../account/Field.tsx'
import { EmojiPopover } from '../conversation/EmojiPopover.tsx'
import { useLanguage } from '../language/useLanguage.ts'
import { CloseIcon, EmojiIcon } from '../parts/Icon.tsx'
import { IconButton } from '../parts/IconButton.tsx'
import { useNow } from '../time/useNow.ts'
import { changeName } from '../unsent/changeName.ts'
import { kept } from '../unsent/kept.ts'
import { Unsent } from '../unsent/Unsent.tsx'
import { useEngine, useProfile } from '../useEngine.ts'
import type { StatusExpiry } from './expiry.ts'
import { endOf, STATUS_EXPIRIES } from './expiry.ts'

/** A line that stands under the name, and for how long. */
export function StatusForm() {
  const { t } = useLanguage()
  const { status } = currentProfile(useProfile()?.person ?? {}, useNow())
  return (
    <section aria-labelledby="status">
      <h4 id="status">{t('profile.status')}</h4>
      <Form key={JSON.stringify(status)} status={status} />
      <Unsent is={(change) => changeName(change) === 'status'} />
    </section>
  )
}

function Form({ status }: { status: Status | null }) {
  const { t } = useLanguage()
  const { text, setText, emoji, setEmoji, expiry, setExpiry, mistake, save, clear } = useStatus(status)
  return (
    <form
      className="form"
      noValidate
      onSubmit={(event) => {
        event.preventDefault()
        void save()
      }}
    >
      {status === null ? null : <Now status={status} onClear={() => void clear()} />}
      <div className="settings__status">
        <EmojiPopover label={emoji === null ? t('profile.emoji') : t('profile.emojiChosen', { emoji })} icon={emoji === null ? <EmojiIcon /> : <span className="settings__emoji">{emoji}</span>} quick={QUICK} onEmoji={setEmoji} />
        <Field label={t('profile.statusText')} mistake={mistake} dir="auto" autoComplete="off" maxLength={STATUS_MAX_CHARS} value={text} onValue={setText} />
      </div>
      <Expiry expiry={expiry} onChosen={setExpiry} />
      <div className="form__row">
        <button type="submit" className="button button--primary" disabled={text.trim() === ''}>
          {t('profile.setStatus')}
        </button>
      </div>
    </form>
  )
}

function Now({ status: { text, emoji, until }, onClear }: { status: Status; onClear: () => void }) {
  const { t, times } = useLanguage()
  const now = useNow()
  return (
    <div className="settings__now">
      <div>
        <strong>
          {emoji} <bdi>{text}</bdi>
        </strong>
        {until === undefined ? null : <span className="settings__hint">{t('profile.until', { moment: times.moment(until, now) })}</span>}
      </div>
      <IconButton label={t('profile.clearStatus')} icon={<CloseIcon />} onClick={onClear} />
    </div>
  )
}

function Expiry({ expiry, onChosen }: { expiry: StatusExpiry; onChosen: (expiry: StatusExpiry) => void }) {
  const { t } = useLanguage()
  const id = useId()
  return (
    <div className="field">
      <label htmlFor={id}>{t('profile.clearAfter')}</label>
      <select id={id} className="input" value={expiry} onChange={(event) => onChosen(STATUS_EXPIRIES.find((known) => known === event.target.value) ?? 'never')}>
        {STATUS_EXPIRIES.map((known) => (
          <option key={known} value={known}>
            {t(`profile.expiries.${known}`)}
          </option>
        ))}
      </select>
    </div>
  )
}

function useStatus(status: Status | null) {
  const { t } = useLanguage()
  const engine = useEngine()
  const [text, setText] = useState(status?.text ?? '')
  const [emoji, setEmoji] = useState<string | null>(status?.emoji ?? null)
  const [expiry, setExpiry] = useState<StatusExpiry>('never')
  const [mistake, setMistake] = useState<string | undefined>()

  async function save() {
    const said = StatusText.safeParse(text)
    setMistake(said.success ? undefined : t('profile.statusForm'))
    if (!said.success) return
    const until = endOf(expiry, Date.now())
    const wanted = { text: said.data, ...(emoji === null ? {} : { emoji }), ...(until === null ? {} : { until: Millis.parse(until) }) }
    await kept(engine, engine.changeProfile({ status: wanted }), t('profile.statusSet'))
  }
  const clear = () => kept(engine, engine.changeProfile({ status: null }), t('profile.statusCleared'))
  return { text, setText, emoji, setEmoji, expiry, setExpiry, mistake, save, clear }
}

/** What people say about themselves most. */
const QUICK = ['🌴', '🤒', '🏡', '🚆', '🍽️', '🎧'] as const

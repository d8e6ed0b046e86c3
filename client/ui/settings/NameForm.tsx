import { useState } from 'react'
import { DisplayName } from '../../../shared/displayName.ts'
import { NAME_MAX_CHARS } from '../../../shared/limits.ts'
import { Field } from '../account/Field.tsx'
import { useLanguage } from '../language/useLanguage.ts'
import { changeName } from '../unsent/changeName.ts'
import { kept } from '../unsent/kept.ts'
import { Unsent } from '../unsent/Unsent.tsx'
import { useEngine, useSelf } from '../useEngine.ts'

export function NameForm() {
  const self = useSelf()
  // A name that was changed on another device takes the place of what stands here.
  return <Form key={self.name} name={self.name} handle={self.handle} />
}

function Form({ name, handle }: { name: string; handle: string }) {
  const { t } = useLanguage()
  const engine = useEngine()
  const [text, setText] = useState(name)
  const [mistake, setMistake] = useState<string | undefined>()
  const save = async () => {
    const wanted = DisplayName.safeParse(text)
    if (wanted.success) await kept(engine, engine.changeProfile({ name: wanted.data }), t('profile.nameSaved'))
    else setMistake(t(`account.mistakes.${text.trim() === '' ? 'name-missing' : 'name-form'}`))
  }
  return (
    <form
      className="form"
      noValidate
      onSubmit={(event) => {
        event.preventDefault()
        void save()
      }}
    >
      <Field
        label={t('account.name')}
        mistake={mistake}
        dir="auto"
        autoComplete="name"
        maxLength={NAME_MAX_CHARS}
        value={text}
        onValue={(next) => {
          setText(next)
          setMistake(undefined)
        }}
      />
      {text === name ? null : (
        <div className="form__row">
          <button
            type="button"
            className="button"
            onClick={() => {
              setText(name)
              setMistake(undefined)
            }}
          >
            {t('settings.cancel')}
          </button>
          <button type="submit" className="button button--primary">
            {t('profile.saveName')}
          </button>
        </div>
      )}
      <Unsent is={(change) => changeName(change) === 'name'} />
      <p className="settings__hint">
        {t('account.handle')}: <bdi>@{handle}</bdi>. {t('profile.handleStays')}
      </p>
    </form>
  )
}

import type { ComponentProps, ReactNode } from 'react'
import { useId, useState } from 'react'
import { useLanguage } from '../language/useLanguage.ts'
import { HideIcon, ShowIcon } from '../parts/Icon.tsx'
import { IconButton } from '../parts/IconButton.tsx'
import './Field.css'

type FieldProps = Omit<ComponentProps<'input'>, 'onChange'> & {
  label: string
  hint?: string | undefined
  mistake?: string | undefined
  trailing?: ReactNode
  onValue: (value: string) => void
}

export function Field({ label, hint, mistake, trailing, onValue, ...input }: FieldProps) {
  const id = useId()
  const below = mistake ?? hint
  return (
    <div className={mistake === undefined ? 'field' : 'field field--mistaken'}>
      <label htmlFor={id}>{label}</label>
      <div className="field__box">
        <input
          // An empty one has a direction only where something stands in it (base.css).
          placeholder={input.dir === 'auto' ? ' ' : undefined}
          {...input}
          id={id}
          aria-invalid={mistake !== undefined}
          aria-describedby={below === undefined ? undefined : `${id}-below`}
          onChange={(event) => {
            onValue(event.target.value)
          }}
        />
        {trailing}
      </div>
      {below === undefined ? null : (
        <p id={`${id}-below`} className="field__below">
          {below}
        </p>
      )}
    </div>
  )
}

export function PasswordField(props: FieldProps) {
  const { t } = useLanguage()
  const [shown, setShown] = useState(false)
  return (
    <Field
      {...props}
      type={shown ? 'text' : 'password'}
      autoCapitalize="none"
      spellCheck={false}
      trailing={
        <IconButton
          label={shown ? t('account.hidePassword') : t('account.showPassword')}
          icon={shown ? <HideIcon /> : <ShowIcon />}
          aria-pressed={shown}
          onClick={() => {
            setShown(!shown)
          }}
        />
      }
    />
  )
}

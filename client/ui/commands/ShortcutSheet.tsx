import { useLanguage } from '../language/useLanguage.ts'
import { Dialog } from '../parts/Dialog.tsx'
import { FORMATS } from '../writing/formats.ts'
import { COMMANDS } from './commands.tsx'
import type { Keys } from './keys.ts'
import { KeysShown } from './KeysShown.tsx'
import './ShortcutSheet.css'

/** All keys of the shell, as the keyboard itself reads them. */
export function ShortcutSheet({ onClose }: { onClose: () => void }) {
  const { t } = useLanguage()
  return (
    <Dialog title={t('commands.sheet')} onClose={onClose}>
      {/* It has nothing to press, and is higher than some screens: what scrolls can be scrolled by keys. */}
      <div className="shortcuts__all" role="group" aria-label={t('commands.sheet')} tabIndex={0}>
        <p className="prose">{t('shortcuts.hint')}</p>
        <dl className="shortcuts">
          {COMMANDS.map(({ name, keys }) => (keys === null ? null : <Shortcut key={name} name={t(`commands.${name}`)} keys={keys} />))}
        </dl>
        <h3 className="shortcuts__part">{t('writing.title')}</h3>
        <dl className="shortcuts">
          {FORMATS.map(({ name, keys }) => (
            <Shortcut key={name} name={t(`writing.${name}`)} keys={keys} />
          ))}
        </dl>
      </div>
    </Dialog>
  )
}

function Shortcut({ name, keys }: { name: string; keys: Keys }) {
  return (
    <div>
      <dt>{name}</dt>
      <dd>
        <KeysShown keys={keys} />
      </dd>
    </div>
  )
}

import { useLanguage } from '../language/useLanguage.ts'
import { Dialog } from '../parts/Dialog.tsx'
import { COMMANDS } from './commands.tsx'
import { KeysShown } from './KeysShown.tsx'
import './ShortcutSheet.css'

/** All keys of the shell, as the keyboard itself reads them. */
export function ShortcutSheet({ onClose }: { onClose: () => void }) {
  const { t } = useLanguage()
  return (
    <Dialog title={t('commands.sheet')} onClose={onClose}>
      <p className="prose">{t('shortcuts.hint')}</p>
      <dl className="shortcuts">
        {COMMANDS.map(({ name, keys }) =>
          keys === null ? null : (
            <div key={name}>
              <dt>{t(`commands.${name}`)}</dt>
              <dd>
                <KeysShown keys={keys} />
              </dd>
            </div>
          ),
        )}
      </dl>
    </Dialog>
  )
}

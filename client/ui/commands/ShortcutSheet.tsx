import { Dialog } from '../parts/Dialog.tsx'
import { COMMANDS } from './commands.tsx'
import { KeysShown } from './KeysShown.tsx'
import { words } from './words.ts'
import './ShortcutSheet.css'

/** All keys of the shell, as the keyboard itself reads them. */
export function ShortcutSheet({ onClose }: { onClose: () => void }) {
  return (
    <Dialog title={words.sheet} onClose={onClose}>
      <p className="prose">{words.sheetHint}</p>
      <dl className="shortcuts">
        {COMMANDS.map(({ name, keys }) =>
          keys === null ? null : (
            <div key={name}>
              <dt>{name}</dt>
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

import { Dialog } from '../parts/Dialog.tsx'
import { words as writing } from '../markdown/words.ts'
import { FORMATS } from '../writing/formats.ts'
import { COMMANDS } from './commands.tsx'
import type { Keys } from './keys.ts'
import { KeysShown } from './KeysShown.tsx'
import { words } from './words.ts'
import './ShortcutSheet.css'

/** All keys of the shell, as the keyboard itself reads them. */
export function ShortcutSheet({ onClose }: { onClose: () => void }) {
  return (
    <Dialog title={words.sheet} onClose={onClose}>
      {/* It has nothing to press, and is higher than some screens: what scrolls can be scrolled by keys. */}
      <div className="shortcuts__all" role="group" aria-label={words.sheet} tabIndex={0}>
        <p className="prose">{words.sheetHint}</p>
        <dl className="shortcuts">
          {COMMANDS.map(({ name, keys }) => (keys === null ? null : <Shortcut key={name} name={name} keys={keys} />))}
        </dl>
        <h3 className="shortcuts__part">{writing.writing}</h3>
        <dl className="shortcuts">
          {FORMATS.map(({ name, keys }) => (
            <Shortcut key={name} name={name} keys={keys} />
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

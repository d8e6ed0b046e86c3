import { languageChoice } from './chosenLanguage.ts'
import { speak, tellDocument } from './language.ts'

/** What was chosen on this device, before anything is drawn. English, which is always here, when it cannot be had now. */
export async function startLanguage(root: HTMLElement, storage: Storage): Promise<void> {
  tellDocument(root)
  try {
    await speak(languageChoice.read(storage))
  } catch (error) {
    // What a browser says of a file that it cannot fetch. The rest of the program may well be on the device.
    if (!(error instanceof TypeError)) throw error
    await speak('en')
  }
}

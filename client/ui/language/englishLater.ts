// Imported for what it does. Of the other languages everything is one file.

import { enLater } from './enLater.ts'
import { addEnglish } from './language.ts'

addEnglish(enLater)

import { databaseContract } from '../contract/database.ts'
import { temporaryPlace } from './temporaryPlace.ts'

databaseContract('SQLite', temporaryPlace)

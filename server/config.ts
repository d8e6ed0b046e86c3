// The only reader of the environment. Every setting has a default, so a fresh machine needs none; a setting we cannot
// read stops the start with one sentence, because a server that runs with a setting its owner did not mean is worse
// than one that does not run.
//
// A mistyped name is caught, too, as far as a name can tell:
//   – in the file `.env` every name must be ours;
//   – in the environment a name that begins with PARLEY_ is refused (our names have no prefix), and so is one that is
//     ours but for case and underscores (DATADIR, logLevel), or, from eight letters on, ours but for two letters.

import { existsSync, readFileSync } from 'node:fs'
import { parseEnv } from 'node:util'
import leven from 'leven'
import { z } from 'zod'
import { LOG_LEVELS } from './logger.ts'

const ENV_FILE = '.env'

export function readConfig(): Config {
  return parseConfig(process.env, existsSync(ENV_FILE) ? readFileSync(ENV_FILE, 'utf8') : '')
}

/** The environment wins over the file. An empty value is no value: that is how compose files spell "not set". */
export function parseConfig(environment: Record<string, string | undefined>, envFile: string): Config {
  const file = parseEnv(envFile)
  refuseUnknown(environment, file)

  const given = Object.entries({ ...file, ...environment }).filter(([name, value]) => name in Settings.shape && value !== '')
  const parsed = Settings.safeParse(Object.fromEntries(given))
  if (!parsed.success) {
    const [issue] = parsed.error.issues
    throw new ConfigError(`The setting ${issue?.path.join('.') ?? ''} ${issue?.message ?? 'is not valid'}.`)
  }
  const settings = parsed.data
  return {
    port: settings.PORT,
    host: settings.HOST,
    dataDir: settings.DATA_DIR,
    logLevel: settings.LOG_LEVEL,
    publicOrigins: settings.PUBLIC_ORIGIN,
    trustedProxies: settings.TRUST_PROXY,
    sessionDays: settings.SESSION_DAYS,
    signUpsPerHour: settings.SIGN_UPS_PER_HOUR,
  }
}

export type Config = {
  port: number
  host: string
  dataDir: string
  logLevel: (typeof LOG_LEVELS)[number]
  /** Empty: the addresses this machine answers on. */
  publicOrigins: readonly string[]
  /** How many proxies of ours stand in front; that many entries of X-Forwarded-For are believed. */
  trustedProxies: number
  sessionDays: number
  signUpsPerHour: number
}

/** What the owner of the server reads, in one sentence. */
export class ConfigError extends Error {
  constructor(words: string) {
    super(words)
    this.name = 'ConfigError'
  }
}

function whole(min: number, max: number, words: string) {
  return z
    .string()
    .regex(/^\d{1,9}$/, words)
    .transform(Number)
    .refine((value) => value >= min && value <= max, words)
}

function isOrigin(value: string): boolean {
  return /^https?:$/.test(URL.parse(value)?.protocol ?? '') && URL.parse(value)?.origin === value
}

const Settings = z.object({
  PORT: whole(0, 65_535, 'must be a port number from 0 to 65535').default(3000),
  HOST: z
    .string()
    .regex(/^[\w.:-]+$/, 'must be a host name or an address, like 127.0.0.1 or 0.0.0.0')
    .default('127.0.0.1'),
  DATA_DIR: z.string().default('./data'),
  LOG_LEVEL: z.enum(LOG_LEVELS, `must be one of ${LOG_LEVELS.join(', ')}`).default('info'),
  PUBLIC_ORIGIN: z
    .string()
    .transform((value) => value.split(',').map((origin) => origin.trim()))
    .refine((origins) => origins.every(isOrigin), 'must be an address like https://chat.example.org, without a path; several are separated by commas')
    .default([]),
  TRUST_PROXY: whole(0, 10, 'must be the number of proxies in front of this server, from 0 to 10').default(0),
  SESSION_DAYS: whole(1, 400, 'must be a number of days from 1 to 400').default(30),
  SIGN_UPS_PER_HOUR: whole(1, 1_000_000, 'must be a number from 1 to 1000000').default(60),
})

export const SETTING_NAMES = Object.keys(Settings.shape)

function refuseUnknown(environment: Record<string, string | undefined>, file: Record<string, string | undefined>): void {
  for (const name of Object.keys(file)) {
    if (!SETTING_NAMES.includes(name)) throw unknown(name, ` in ${ENV_FILE}`)
  }
  for (const name of Object.keys(environment)) {
    if (SETTING_NAMES.includes(name)) continue
    if (/^parley_/i.test(name) || meant(name) !== undefined) throw unknown(name, '')
  }
}

function unknown(name: string, where: string): ConfigError {
  const suggestion = meant(name) ?? meant(name.replace(/^parley_/i, ''))
  const words = suggestion === undefined ? `the settings are ${SETTING_NAMES.join(', ')}.` : `did you mean ${suggestion}?`
  return new ConfigError(`There is no setting ${name}${where}: ${words}`)
}

/** Which of our settings a name that is not ours was probably meant to be. */
function meant(name: string): string | undefined {
  const letters = lettersOf(name)
  return SETTING_NAMES.find(
    (ours) => lettersOf(ours) === letters || (ours.length >= 8 && leven(name.toUpperCase(), ours, { maxDistance: 3 }) <= 2),
  )
}

function lettersOf(name: string): string {
  return name.toLowerCase().replaceAll(/[^a-z0-9]/g, '')
}

import { readFileSync } from 'node:fs'
import { parseEnv } from 'node:util'
import { assert, constantFrom, property, string } from 'fast-check'
import { describe, expect, test } from 'vitest'
import { ConfigError, parseConfig, SETTING_NAMES } from './config.ts'

describe('settings', () => {
  test('none is needed', () => {
    expect(parseConfig({}, '')).toEqual({
      port: 3000,
      host: '127.0.0.1',
      dataDir: './data',
      logLevel: 'info',
      publicOrigins: [],
      trustedProxies: 0,
      sessionDays: 30,
      signUpsPerHour: 60,
    })
  })

  test('the environment wins over the file, and an empty value is no value', () => {
    expect(parseConfig({ PORT: '4000', HOST: '' }, 'PORT=5000\nDATA_DIR=/srv/parley')).toMatchObject({ port: 4000, host: '127.0.0.1', dataDir: '/srv/parley' })
  })

  test('several public addresses are separated by commas', () => {
    expect(parseConfig({ PUBLIC_ORIGIN: 'https://chat.example.org, http://localhost:5173' }, '').publicOrigins).toEqual([
      'https://chat.example.org',
      'http://localhost:5173',
    ])
  })

  test.each([
    [{ PORT: 'eighty' }, 'The setting PORT must be a port number from 0 to 65535.'],
    [{ PORT: '70000' }, 'The setting PORT must be a port number from 0 to 65535.'],
    [{ PORT: '-1' }, 'The setting PORT must be a port number from 0 to 65535.'],
    [{ HOST: 'http://localhost' }, 'The setting HOST must be a host name or an address, like 127.0.0.1 or 0.0.0.0.'],
    [{ LOG_LEVEL: 'loud' }, 'The setting LOG_LEVEL must be one of trace, debug, info, warn, error, fatal, silent.'],
    [{ TRUST_PROXY: 'true' }, 'The setting TRUST_PROXY must be the number of proxies in front of this server, from 0 to 10.'],
    [{ SESSION_DAYS: '0' }, 'The setting SESSION_DAYS must be a number of days from 1 to 400.'],
    [{ SIGN_UPS_PER_HOUR: '0' }, 'The setting SIGN_UPS_PER_HOUR must be a number from 1 to 1000000.'],
  ])('%o is refused with one sentence', (environment, sentence) => {
    expect(() => parseConfig(environment, '')).toThrow(new ConfigError(sentence))
  })

  test.each(['chat.example.org', 'https://chat.example.org/', 'https://chat.example.org/chat', 'ftp://chat.example.org', 'https://a.example, nonsense', '*'])(
    'the public address %s is refused',
    (origin) => {
      expect(() => parseConfig({ PUBLIC_ORIGIN: origin }, '')).toThrow(/^The setting PUBLIC_ORIGIN must be an address like/)
    },
  )

  test.each([
    ['DATADIR', 'DATA_DIR'],
    ['data_dir', 'DATA_DIR'],
    ['DATA_DRI', 'DATA_DIR'],
    ['PUBLIC_ORIGINS', 'PUBLIC_ORIGIN'],
    ['LOGLEVEL', 'LOG_LEVEL'],
    ['PARLEY_PORT', 'PORT'],
  ])('%s is refused and %s suggested', (typo, ours) => {
    expect(() => parseConfig({ [typo]: '1' }, '')).toThrow(new ConfigError(`There is no setting ${typo}: did you mean ${ours}?`))
  })

  test('a name with our prefix is refused, and any name in the file that is not ours', () => {
    expect(() => parseConfig({ PARLEY_COLOUR: 'red' }, '')).toThrow(/^There is no setting PARLEY_COLOUR: the settings are PORT, HOST/)
    expect(() => parseConfig({}, 'PROT=3000')).toThrow(/^There is no setting PROT in \.env: /)
  })

  test('what else stands in an environment is none of our business', () => {
    const strangers = ['PATH', 'HOME', 'HOSTNAME', 'HOSTTYPE', 'PWD', 'NODE_ENV', 'npm_config_port', 'EDITOR', 'LOGNAME', 'LC_ALL', 'XDG_DATA_DIRS', 'SESSION_MANAGER', 'TERM']
    expect(parseConfig(Object.fromEntries(strangers.map((name) => [name, 'x'])), '')).toEqual(parseConfig({}, ''))
  })

  test('[P2] any text in any setting either stands or is refused in words', () => {
    assert(
      property(constantFrom(...SETTING_NAMES), string({ unit: 'binary' }), (name, value) => {
        expect(outcome(() => parseConfig({ [name]: value }, ''))).toMatch(/^(stands|ConfigError: The setting [A-Z_]+ must be .*\.)$/)
      }),
    )
  })
})

function outcome(read: () => unknown): string {
  try {
    read()
    return 'stands'
  } catch (error) {
    return String(error)
  }
}

test('.env.example names every setting once, with its default', () => {
  const text = readFileSync(new URL('../.env.example', import.meta.url), 'utf8')
  const uncommented = text.replaceAll(/^# (?=[A-Z_]+=)/gm, '')
  expect(uncommented.match(/^[A-Z_]+(?==)/gm)).toEqual(SETTING_NAMES)
  expect(parseConfig({}, uncommented)).toEqual(parseConfig({}, ''))
  expect(parseEnv(text)).toEqual({})
})

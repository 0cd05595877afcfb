import assert from 'node:assert/strict'
import { resolve } from 'node:path'
import { test } from 'node:test'
import {
  ConfigurationError,
  envExample,
  otherProviderOf,
  readConfig,
  SETTINGS,
  type Config,
} from './config.ts'

const KEY = 'k'.repeat(32)

test('without any setting the service runs on this machine, to try it out', () => {
  const config = readConfig({})
  assert.deepEqual(
    [
      config.port,
      config.host,
      config.dataDir,
      config.databaseUrl,
      config.demo,
      config.secretKey,
      config.smtpUrl,
    ],
    [3000, '127.0.0.1', resolve('data'), null, null, null, null],
  )
  assert.ok(Object.isFrozen(config))
})

test('an empty setting counts as unset', () => {
  const empty = Object.fromEntries(Object.values(SETTINGS).map(({ env }) => [env, '']))
  assert.deepEqual(readConfig(empty), readConfig({}))
})

/** A setting, its text, and what it is read as. */
const GOOD: [env: string, text: string, setting: keyof Config, value: unknown][] = [
  ['PORT', '0', 'port', 0],
  ['PORT', '65535', 'port', 65535],
  ['HOST', '::1', 'host', '::1'],
  ['PUBLIC_URL', 'https://cts.example', 'publicUrl', 'https://cts.example'],
  ['TRUSTED_PROXIES', '10.0.0.1, 192.0.2.0/24', 'trustedProxies', ['10.0.0.1', '192.0.2.0/24']],
  ['DATA_DIR', '/srv/cts', 'dataDir', '/srv/cts'],
  [
    'DATABASE_URL',
    'postgresql://cts@localhost/cts?host=/run/postgresql',
    'databaseUrl',
    'postgresql://cts@localhost/cts?host=/run/postgresql',
  ],
  ['DEMO', '0', 'demo', false],
  ['DEMO', '1', 'demo', true],
  ['SECRET_KEY', `${KEY}, ${KEY}x`, 'secretKey', [KEY, `${KEY}x`]],
  ['SMTP_URL', 'smtps://mail.example', 'smtpUrl', 'smtps://mail.example'],
  ['OPERATOR_TOKEN', 'token', 'operatorToken', 'token'],
  ['CTF_MAX_MIB', '20', 'ctfMaxMib', 20],
  ['PERSONAL_MAIL_DOMAINS', ' Hotmail, me.com', 'personalMailDomains', ['hotmail', 'me.com']],
  ['GENERIC_MAILBOXES', 'no-reply', 'genericMailboxes', ['no-reply']],
]
for (const [env, text, setting, value] of GOOD) {
  test(`${env}=${text} is taken`, () => assert.deepEqual(readConfig({ [env]: text })[setting], value))
}

/** A setting, and a text that stops the start with one line that names it. */
const BAD: [env: string, text: string, why: RegExp][] = [
  ['PORT', '65536', /^PORT must be a whole number from 0 to 65535$/],
  ['PORT', '80a', /^PORT must be a whole number/],
  ['PORT', '-1', /^PORT must be a whole number/],
  ['PORT', '1e3', /^PORT must be a whole number/],
  ['PUBLIC_URL', 'cts.example', /^PUBLIC_URL must be an address that begins with http:\/\/ or https:\/\/$/],
  ['PUBLIC_URL', 'ftp://cts.example', /^PUBLIC_URL must be/],
  [
    'DATABASE_URL',
    'mysql://localhost/cts',
    /^DATABASE_URL must be an address that begins with postgres:\/\//,
  ],
  ['DEMO', 'yes', /^DEMO must be 0 or 1$/],
  ['SECRET_KEY', 'short', /^SECRET_KEY needs at least 32 characters in each key$/],
  ['SECRET_KEY', `${KEY},short`, /^SECRET_KEY needs at least 32 characters/],
  ['SECRET_KEY', `${KEY},`, /^SECRET_KEY needs at least 32 characters/],
  ['SMTP_URL', 'mail.example:25', /^SMTP_URL must be/],
  ['CLAMD_URL', 'tcp://localhost:3310', /^CLAMD_URL is set, but scanning is not built yet/],
  ['CTF_MAX_MIB', '0', /^CTF_MAX_MIB must be a whole number from 1 to 200$/],
  ['PERSONAL_MAIL_DOMAINS', 'hotmail,,yahoo', /^PERSONAL_MAIL_DOMAINS must be words/],
  ['GENERIC_MAILBOXES', 'head@', /^GENERIC_MAILBOXES must be words .*"head@" is none$/],
]
for (const [env, text, why] of BAD) {
  test(`${env}=${text} stops the start with one line that says why`, () => {
    assert.throws(
      () => readConfig({ [env]: text }),
      (error) =>
        error instanceof ConfigurationError && why.test(error.message) && !error.message.includes('\n'),
    )
  })
}

test('a key that is wrong is never in the line that says so', () => {
  assert.throws(
    () => readConfig({ SECRET_KEY: 'hunter2' }),
    (error) => !String(error).includes('hunter2'),
  )
})

const ELSEWHERE = { OIDC_CLIENT_ID: 'here', OIDC_CLIENT_SECRET: 'secret' }

/** Issuers of another provider, and whether one may be spoken to. */
const ISSUERS: [issuer: string, taken: boolean][] = [
  ['https://sign-in.example/oidc', true],
  ['http://127.0.0.1:4000', true],
  ['http://localhost:4000/oidc', true],
  ['http://[::1]:4000', true],
  ['http://sign-in.example', false],
  ['http://127.0.0.1.example', false],
  ['http://localhost.example', false],
]
for (const [issuer, taken] of ISSUERS) {
  test(`another provider at ${issuer} is ${taken ? 'taken' : 'refused: what it says could be anybody’s'}`, () => {
    const read = (): Config => readConfig({ ...ELSEWHERE, OIDC_ISSUER: issuer })
    if (taken) assert.deepEqual(otherProviderOf(read()), { issuer, clientId: 'here', secret: 'secret' })
    else assert.throws(read, /^Error: OIDC_ISSUER must begin with https/)
  })
}

test('another provider needs all of its three settings, and none is the built-in one', () => {
  const all = { ...ELSEWHERE, OIDC_ISSUER: 'https://sign-in.example' }
  for (const env of Object.keys(all))
    assert.throws(
      () => readConfig({ ...all, [env]: undefined }),
      (error) => error instanceof ConfigurationError && error.message.endsWith('set all three or none'),
    )
  assert.equal(otherProviderOf(readConfig({})), null)
})

test('.env.example names every setting, and its values are those without it', () => {
  const shown = Object.fromEntries(
    [...envExample().matchAll(/^# ([A-Z_]+)=(.*)$/gm)].map(([, env, text]) => [env, text]),
  )
  assert.deepEqual(
    Object.keys(shown),
    Object.values(SETTINGS).map(({ env }) => env),
  )
  assert.deepEqual(readConfig(shown), readConfig({}))
})

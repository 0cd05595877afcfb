import { isIP } from 'node:net'
import { resolve } from 'node:path'

/** A setting: the environment's name for it, what it is for, its value when unset, and how its text is read. */
interface Setting<T> {
  env: string
  doc: string
  /** What stands in .env.example; the real default is what `read` gives for undefined. */
  shown: string
  read(text: string | undefined): T
}

/** A setting that is missing or malformed: stops the start with one line that says which and why. */
export class ConfigurationError extends Error {}

function setting<T>(
  env: string,
  shown: string,
  doc: string,
  read: (text: string | undefined) => T,
): Setting<T> {
  return { env, doc, shown, read }
}

function whole(env: string, fallback: number, min: number, max: number, doc: string): Setting<number> {
  return setting(env, String(fallback), doc, (text) => {
    return text === undefined ? fallback : readWhole(text, min, max)
  })
}

function readWhole(text: string, min: number, max: number): number {
  const value = Number(text)
  if (!/^\d+$/.test(text) || value < min || value > max) {
    throw new Error(`must be a whole number from ${min} to ${max}`)
  }
  return value
}

function url(env: string, protocols: string[], doc: string): Setting<string | null> {
  return setting(env, '', doc, (text) => {
    if (text === undefined) return null
    const parsed = URL.canParse(text) ? new URL(text) : null
    if (!parsed || !protocols.includes(parsed.protocol)) {
      throw new Error(`must be an address that begins with ${protocols.map((p) => `${p}//`).join(' or ')}`)
    }
    return text
  })
}

function readKeys(text: string | undefined): string[] | null {
  if (text === undefined) return null
  const keys = text.split(',').map((key) => key.trim())
  if (keys.some((key) => key.length < 32)) throw new Error('needs at least 32 characters in each key')
  return keys
}

function readNetworks(text: string | undefined): string[] {
  const networks = text?.split(',').map((network) => network.trim()) ?? []
  for (const network of networks) {
    const [address = '', bits = '0'] = network.split('/')
    const most = isIP(address) === 6 ? 128 : 32
    if (!isIP(address) || !/^\d{1,3}$/.test(bits) || Number(bits) > most) {
      throw new Error(`must be addresses or networks such as 10.0.0.7 or 10.0.0.0/8; ${network} is neither`)
    }
  }
  return networks
}

function list(env: string, shown: string, doc: string): Setting<readonly string[]> {
  return setting(env, shown, doc, (text = shown) => {
    const entries = text.split(',').map((entry) => entry.trim().toLowerCase())
    const wrong = entries.find((entry) => !/^[a-z0-9]([a-z0-9.-]*[a-z0-9])?$/.test(entry))
    if (wrong !== undefined)
      throw new Error(
        `must be words of letters, digits, dots and hyphens, comma-separated; "${wrong}" is none`,
      )
    return entries
  })
}

function readFlag(text: string | undefined): boolean | null {
  if (text === undefined) return null
  if (text !== '0' && text !== '1') throw new Error('must be 0 or 1')
  return text === '1'
}

/** Every setting of the service, in the order of .env.example. */
export const SETTINGS = {
  port: whole('PORT', 3000, 0, 65535, 'Port to serve on; 0 takes any free one.'),
  host: setting('HOST', '127.0.0.1', 'Address to serve on.', (text) => text ?? '127.0.0.1'),
  publicUrl: url(
    'PUBLIC_URL',
    ['http:', 'https:'],
    'Address by which others reach the service; unset: http://HOST:PORT.',
  ),
  trustedProxies: setting(
    'TRUSTED_PROXIES',
    '',
    'Addresses or networks of the proxies in front, comma-separated, whose X-Forwarded-For is believed; unset: none.',
    readNetworks,
  ),
  webProcesses: setting(
    'WEB_PROCESSES',
    '',
    'Processes that answer requests side by side, on a server database; unset: one for every two cores. Limits by client or address count in each.',
    (text) => (text === undefined ? null : readWhole(text, 1, 64)),
  ),
  dataDir: setting(
    'DATA_DIR',
    './data',
    'Folder of the embedded database, mail files and snapshots.',
    (text) => resolve(text ?? './data'),
  ),
  databaseUrl: url(
    'DATABASE_URL',
    ['postgres:', 'postgresql:'],
    'PostgreSQL 15 or later; unset: the embedded database in DATA_DIR, for trying out.',
  ),
  demo: setting(
    'DEMO',
    '',
    '1: demonstration data; 0: none. Unset: 1 on an empty embedded database, else 0.',
    readFlag,
  ),
  secretKey: setting(
    'SECRET_KEY',
    '',
    'Keys that protect what is stored, newest first, comma-separated, at least 32 characters each. Required except on the embedded database with demonstration data.',
    readKeys,
  ),
  smtpUrl: url(
    'SMTP_URL',
    ['smtp:', 'smtps:'],
    'Mail server; unset: mail is written to DATA_DIR/mail as .eml files.',
  ),
  mailFrom: setting(
    'MAIL_FROM',
    'no-reply@cts.invalid',
    'Sender address of the e-mails.',
    (text) => text ?? 'no-reply@cts.invalid',
  ),
  personalMailDomains: list(
    'PERSONAL_MAIL_DOMAINS',
    'hotmail,outlook,live,msn,yahoo,ymail,rocketmail,gmail,googlemail,icloud,me.com,mac.com,aol,gmx,protonmail,proton.me,pm.me,fastmail,mail.com,btinternet,btopenworld,sky.com,talktalk,virginmedia,ntlworld,blueyonder,tiscali',
    'Domains of private e-mail, which no account may have; without a dot: that name under any ending.',
  ),
  genericMailboxes: list(
    'GENERIC_MAILBOXES',
    'admin,administrator,administration,head,headteacher,deputyhead,principal,office,schooloffice,mainoffice,reception,info,information,enquiries,enquiry,contact,contactus,general,mail,email,post,school,secretary,staff,team,help,helpdesk,support,it,ict,finance,admissions,noreply,postmaster,webmaster,swyddfa,pennaeth,gwybodaeth,ymholiadau,ysgol,ysgrifennydd,derbynfa,cyswllt,gweinyddol',
    'Mailboxes that several people read, which no account may have; without dots and hyphens.',
  ),
  clamdUrl: setting(
    'CLAMD_URL',
    '',
    'Virus scanner; not built yet, so setting it stops the start.',
    (text) => {
      if (text !== undefined) throw new Error('is set, but scanning is not built yet: unset it')
      return null
    },
  ),
  operatorToken: setting(
    'OPERATOR_TOKEN',
    '',
    'Token for /metrics; unset: answered to this machine only.',
    (text) => text ?? null,
  ),
  ctfMaxMib: whole('CTF_MAX_MIB', 20, 1, 200, 'Largest Common Transfer File taken, in MiB.'),
  uploadsAtOnceMib: whole(
    'UPLOADS_AT_ONCE_MIB',
    256,
    20,
    16384,
    'Memory that uploads under way may hold together, in MiB; beyond it the answer is 503 with Retry-After.',
  ),
  apiCallsAMinute: whole('API_CALLS_A_MINUTE', 3000, 1, 10_000_000, 'Calls a minute for one machine client.'),
  sessionIdleMinutes: whole(
    'SESSION_IDLE_MINUTES',
    30,
    3,
    720,
    'Minutes without a request after which a person is signed out.',
  ),
  sessionHours: whole('SESSION_HOURS', 12, 1, 24, 'Hours after which a person signs in anew in any case.'),
  pagesAMinute: whole(
    'PAGES_A_MINUTE',
    1200,
    1,
    10_000_000,
    'Pages a minute for one person, and steps of sign-in a minute from one address.',
  ),
  redownloadDays: whole(
    'REDOWNLOAD_DAYS',
    90,
    1,
    3650,
    'Days in which a downloaded file can be fetched again.',
  ),
  snapshotMinutes: whole(
    'SNAPSHOT_MINUTES',
    60,
    1,
    10080,
    'Minutes between snapshots of the embedded database.',
  ),
  snapshotsKept: whole('SNAPSHOTS_KEPT', 24, 1, 1000, 'Snapshots of the embedded database that are kept.'),
} as const

/** The settings as read: frozen, typed by the table. */
export type Config = { readonly [K in keyof typeof SETTINGS]: ReturnType<(typeof SETTINGS)[K]['read']> }

/** Reads every setting from an environment; an empty text counts as unset. Throws ConfigurationError. */
export function readConfig(env: Record<string, string | undefined>): Config {
  const entries = Object.entries(SETTINGS).map(([key, { env: name, read }]) => {
    try {
      return [key, read(env[name] === '' ? undefined : env[name])]
    } catch (error) {
      throw new ConfigurationError(`${name} ${(error as Error).message}`)
    }
  })
  return Object.freeze(Object.fromEntries(entries)) as Config
}

/** The text of .env.example: every setting with what it is for and its default. */
export function envExample(): string {
  const rows = Object.values(SETTINGS).map(({ env, doc, shown }) => `# ${doc}\n# ${env}=${shown}\n`)
  return `# Settings of the Common Transfer System. Uncomment what you change.\n\n${rows.join('\n')}`
}

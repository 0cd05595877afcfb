import { resolve } from 'node:path'
import {
  list,
  readFlag,
  readKeys,
  readNetworks,
  readRoles,
  readWhole,
  setting,
  url,
  whole,
} from './setting.ts'

/** A setting that is missing or malformed: stops the start with one line that says which and why. */
export class ConfigurationError extends Error {}

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
  secondFactorRoles: setting(
    'SECOND_FACTOR_ROLES',
    '',
    'Roles whose people need a second factor at sign-in, comma-separated, or all, or none. Unset: all; with demonstration data none.',
    readRoles,
  ),
  confirmMinutes: whole(
    'CONFIRM_MINUTES',
    10,
    1,
    120,
    'Minutes after a sign-in within which the gravest steps, such as a change of roles, do not ask for it again.',
  ),
  knownBrowserDays: whole(
    'KNOWN_BROWSER_DAYS',
    365,
    1,
    3650,
    'Days for which a browser is known as one of a person.',
  ),
  invitationHours: whole(
    'INVITATION_HOURS',
    48,
    1,
    720,
    'Hours in which the link of an invitation can be used.',
  ),
  invitationUnusedDays: whole(
    'INVITATION_UNUSED_DAYS',
    92,
    1,
    3650,
    'Days after which the account of somebody who was invited and never came is archived.',
  ),
  accountUnusedDays: whole(
    'ACCOUNT_UNUSED_DAYS',
    730,
    30,
    36500,
    'Days without a sign-in after which an account is suspended.',
  ),
  accountWarningDays: whole(
    'ACCOUNT_WARNING_DAYS',
    30,
    1,
    365,
    'Days before that on which its person is warned by e-mail.',
  ),
  approverCodeDays: whole(
    'APPROVER_CODE_DAYS',
    92,
    1,
    3650,
    'Days in which the code that claims an approver role can be used.',
  ),
  clientSecretOverlapDays: whole(
    'CLIENT_SECRET_OVERLAP_DAYS',
    7,
    0,
    90,
    'Days for which the former secret of a machine client goes on working after a new one was made.',
  ),
  requestOverdueDays: whole(
    'REQUEST_OVERDUE_DAYS',
    5,
    1,
    365,
    'Days after which an unanswered request goes to whoever stands above; the day before, a reminder is sent.',
  ),
  requestClosedDays: whole(
    'REQUEST_CLOSED_DAYS',
    92,
    2,
    3650,
    'Days after which an unanswered request is closed.',
  ),
  userAuditDays: whole(
    'USER_AUDIT_DAYS',
    42,
    1,
    365,
    'Days from the opening of an audit of users until whoever was not confirmed is suspended.',
  ),
  userAuditReminderDays: whole(
    'USER_AUDIT_REMINDER_DAYS',
    7,
    1,
    90,
    'Days between reminders of an audit of users that is not finished.',
  ),
  oidcIssuer: url(
    'OIDC_ISSUER',
    ['https:', 'http:'],
    'Another OpenID Connect provider for people, such as DfE Sign-in; unset: the built-in Secure Access. Plain http only on this machine.',
  ),
  oidcClientId: setting(
    'OIDC_CLIENT_ID',
    '',
    'Client of this service at OIDC_ISSUER.',
    (text) => text ?? null,
  ),
  oidcClientSecret: setting('OIDC_CLIENT_SECRET', '', 'Its secret there.', (text) => text ?? null),
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

/** An OpenID Connect provider in the place of the built-in Secure Access, and what this service is to it. */
export interface OtherProvider {
  issuer: string
  clientId: string
  secret: string
}

const LOOPBACK = /^(localhost|127(\.\d{1,3}){3}|\[::1\])$/

/** The other provider of the settings; null: people sign in at the built-in one. Throws ConfigurationError. */
export function otherProviderOf(
  config: Pick<Config, 'oidcIssuer' | 'oidcClientId' | 'oidcClientSecret'>,
): OtherProvider | null {
  const { oidcIssuer: issuer, oidcClientId: clientId, oidcClientSecret: secret } = config
  if (issuer === null && clientId === null && secret === null) return null
  if (issuer === null || clientId === null || secret === null)
    throw new ConfigurationError(
      'OIDC_ISSUER, OIDC_CLIENT_ID and OIDC_CLIENT_SECRET belong together: set all three or none',
    )
  const { protocol, hostname } = new URL(issuer)
  // what a token says of a person is worth what the way to the provider is worth
  if (protocol === 'http:' && !LOOPBACK.test(hostname))
    throw new ConfigurationError('OIDC_ISSUER must begin with https:// unless it is on this machine')
  return { issuer, clientId, secret }
}

/** Reads every setting from an environment; an empty text counts as unset. Throws ConfigurationError. */
export function readConfig(env: Record<string, string | undefined>): Config {
  const entries = Object.entries(SETTINGS).map(([key, { env: name, read }]) => {
    try {
      return [key, read(env[name] === '' ? undefined : env[name])]
    } catch (error) {
      throw new ConfigurationError(`${name} ${(error as Error).message}`)
    }
  })
  const config = Object.freeze(Object.fromEntries(entries)) as Config
  otherProviderOf(config)
  return config
}

/** The text of .env.example: every setting with what it is for and its default. */
export function envExample(): string {
  const rows = Object.values(SETTINGS).map(({ env, doc, shown }) => `# ${doc}\n# ${env}=${shown}\n`)
  return `# Settings of the Common Transfer System. Uncomment what you change.\n\n${rows.join('\n')}`
}

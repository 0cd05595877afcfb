import { basename } from 'node:path'
import { roomOf, wrongImports, type Rule } from './source.ts'

/** Rooms whose every file may be opened. */
const OPEN_SHELVES = new Set(['kit', 'permissions', 'ctf'])

/** What builds or lists everything. */
const BUILDERS = new Set([
  'src/world.ts',
  'src/serve.ts',
  'src/front.ts',
  'src/refused.ts',
  'src/work.ts',
  'src/main.ts',
  'src/demonstration.ts',
  'src/demonstration-cast.ts',
  'src/demonstration-files.ts',
])

/** The rooms of those who look after people's accounts. */
const ABOUT_PEOPLE = ['people', 'approvers', 'requests', 'dba', 'user-audits']

/** What a room may never open, beside what nobody may: so rooms open one another in one direction. */
const NEVER: Record<string, readonly string[]> = {
  'learner-numbers': ['establishments', 'accounts', 'transfers'],
  establishments: ['accounts', 'transfers'],
  accounts: ['systems', ...ABOUT_PEOPLE, 'transfers', 'home'],
  systems: [...ABOUT_PEOPLE, 'transfers', 'home'],
  'secure-access': [...ABOUT_PEOPLE, 'transfers', 'sessions', 'home'],
  sessions: [...ABOUT_PEOPLE, 'transfers', 'home'],
  people: ['approvers', 'requests', 'dba', 'user-audits', 'transfers', 'home'],
  approvers: ['people', 'requests', 'dba', 'user-audits', 'transfers', 'home'],
  requests: ['people', 'dba', 'user-audits', 'transfers', 'home'],
  'user-audits': ['people', 'approvers', 'requests', 'dba', 'transfers', 'home'],
  dba: ['transfers', 'home'],
  transfers: [...ABOUT_PEOPLE, 'lost-pupils', 'home'],
}

/** What ctf opens outside itself: the rules of others, and the gate in front of every parser. */
const CTF_OPENS = /^src\/(learner-numbers\/rules|establishments\/rules|kit\/xml\/index)\.ts$/

/** The one home of each npm package; elsewhere only its types are named. */
const HOMES: Record<string, RegExp> = {
  '@electric-sql/pglite': /^src\/kit\/embedded\//,
  '@electric-sql/pglite-socket': /^src\/kit\/embedded\//,
  '@fastify/cookie': /^src\/serve\.ts$/,
  '@fastify/helmet': /^src\/serve\.ts$/,
  '@fastify/multipart': /^src\/serve\.ts$/,
  '@fastify/rate-limit': /^src\/serve\.ts$/,
  '@node-rs/argon2': /^src\/secure-access\//,
  '@simplewebauthn/browser': /^src\/kit\/pages\//,
  '@simplewebauthn/server': /^src\/secure-access\//,
  '@zxcvbn-ts/language-common': /^src\/secure-access\//,
  bowser: /^src\/kit\//,
  commander: /^src\/(main\.ts|cli\/)/,
  'csv-parse': /^src\/(kit|establishments|cli)\//,
  fastify: /^src\/serve\.ts$/,
  i18next: /^src\/kit\/i18n\.ts$/,
  kysely: /^src\/kit\//,
  marked: /^src\/kit\/pages\//,
  nodemailer: /^src\/kit\/mail\//,
  nunjucks: /^src\/kit\/pages\//,
  'oidc-provider': /^src\/secure-access\//,
  'openid-client': /^src\/(client|sessions)\//,
  otplib: /^src\/secure-access\//,
  pg: /^src\/kit\//,
  'pg-boss': /^src\/kit\/jobs/,
  pino: /^src\/kit\//,
  piscina: /^src\/(transfers\/check-pool|secure-access\/passwords)\.ts$/,
  'postal-mime': /^src\/kit\/mail\//,
  'prom-client': /^src\/kit\//,
  uqr: /^src\/secure-access\//,
  yazl: /^src\/kit\//,
  zod: /./,
}

/** What `from` opens in another room. */
const leaves = (from: string, target: string): boolean =>
  target.startsWith('src/') && roomOf(target) !== roomOf(from)

/** Who may open what. */
export const ROOM_RULES: readonly Rule[] = [
  {
    title: 'kit knows nothing of schools: it opens only kit',
    broken: (files) =>
      wrongImports(files, (from, { target }) => roomOf(from) === 'kit' && leaves(from, target)),
    example: ['src/kit/jobs.ts', "import type { World } from '../world.ts'\n"],
  },
  {
    title: 'ctf opens only pure rules and the XML gate',
    broken: (files) =>
      wrongImports(
        files,
        (from, { target }) => roomOf(from) === 'ctf' && leaves(from, target) && !CTF_OPENS.test(target),
      ),
    example: ['src/ctf/read.ts', "import { newId } from '../kit/ids.ts'\n"],
  },
  {
    title: 'permissions opens only kit and the type of the world',
    broken: (files) =>
      wrongImports(files, (from, { target, typeOnly }) => {
        const isAllowed = roomOf(target) === 'kit' || (target === 'src/world.ts' && typeOnly)
        return roomOf(from) === 'permissions' && leaves(from, target) && !isAllowed
      }),
    example: ['src/permissions/perform.ts', "import { openWorld } from '../world.ts'\n"],
  },
  {
    title: 'a room is entered by its index.ts or its rules.ts',
    broken: (files) =>
      wrongImports(files, (from, { target }) => {
        const room = roomOf(target)
        const isDoor = /^src\/[^/]+\/(index|rules)\.ts$/.test(target) || room === 'cli'
        return room !== null && leaves(from, target) && !OPEN_SHELVES.has(room) && !isDoor
      }),
    example: ['src/accounts/create-client.ts', "import { find } from '../establishments/store.ts'\n"],
  },
  {
    title: 'rooms open one another in one direction',
    broken: (files) =>
      wrongImports(files, (from, { target }) =>
        (NEVER[roomOf(from) ?? ''] ?? []).includes(roomOf(target) ?? 'none'),
      ),
    example: ['src/establishments/find.ts', "import { peopleOf } from '../accounts/index.ts'\n"],
  },
  {
    title: 'nobody opens reports, secure-access or sessions but what builds and lists everything',
    broken: (files) =>
      wrongImports(files, (from, { target }) => {
        const isClosed = ['reports', 'secure-access', 'sessions'].includes(roomOf(target) ?? '')
        return isClosed && leaves(from, target) && !BUILDERS.has(from) && roomOf(from) !== 'cli'
      }),
    example: ['src/transfers/api.ts', "import { openSecureAccess } from '../secure-access/index.ts'\n"],
  },
  {
    title: 'no room opens the builders, but for the type of the world',
    broken: (files) =>
      wrongImports(
        files,
        (from, { target, typeOnly }) =>
          BUILDERS.has(target) &&
          !BUILDERS.has(from) &&
          roomOf(from) !== 'cli' &&
          !(target === 'src/world.ts' && typeOnly),
      ),
    example: ['src/transfers/api.ts', "import { openWorld } from '../world.ts'\n"],
  },
  {
    title: 'every npm package has one home',
    broken: (files) =>
      wrongImports(
        files,
        (from, { target, typeOnly }) =>
          !target.startsWith('src/') &&
          !target.startsWith('node:') &&
          !typeOnly &&
          !/^(migrations|locales|register)\//.test(target) &&
          !HOMES[target]?.test(from),
      ),
    example: ['src/transfers/store.ts', "import { Pool } from 'pg'\n"],
  },
  {
    title: 'SQL stands in store.ts files and in kit',
    broken: (files) =>
      wrongImports(
        files,
        (from, { names }) =>
          /\bsql\b/.test(names) && roomOf(from) !== 'kit' && !/(^|-)store\.ts$/.test(basename(from)),
      ),
    example: ['src/transfers/api.ts', "import { sql, type Tx } from '../kit/database.ts'\n"],
  },
]

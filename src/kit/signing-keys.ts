import { generateKeyPair, type JsonWebKey } from 'node:crypto'
import { promisify } from 'node:util'
import { sql, type Database, type Querying } from './database.ts'
import { newId } from './ids.ts'
import type { Secrets } from './secrets.ts'

const HOUR = 60 * 60 * 1000
const DAY = 24 * HOUR

/** When keys follow one another, in milliseconds. */
export const SIGNING_KEYS = {
  /** So old, a key gets a successor. */
  renewedAfter: 90 * DAY,
  /** For so long a key is published before it signs: who checks signatures has it by then. */
  publishedBefore: DAY,
  /** For so long a key is published after it signed last: a sign-in lasts 24 hours at most, and shows its proof at its end. */
  keptAfter: 25 * HOUR,
}

/** A key by the name of its secret. */
export interface NamedKey {
  name: string
  madeAt: Date
}

/**
 * Which keys are published at a time: the one that signs first, then successors that do not sign yet, then those whose
 * signatures may still be about.
 * @param keys every key, oldest first
 */
export function publishedKeys(keys: readonly NamedKey[], now: Date): NamedKey[] {
  const signsFrom = ({ madeAt }: NamedKey): number => madeAt.getTime() + SIGNING_KEYS.publishedBefore
  const signing = keys.findLast((key) => signsFrom(key) <= now.getTime()) ?? keys[0]
  if (!signing) return []
  const at = keys.indexOf(signing)
  const former = keys
    .slice(0, at)
    .filter((_, index) => signsFrom(keys[index + 1]!) + SIGNING_KEYS.keptAfter > now.getTime())
  return [signing, ...keys.slice(at + 1), ...former]
}

const FIRST = 'secure-access-signing'

/** A private key as a JWK that names itself. */
export type SigningKey = JsonWebKey & { kid: string; use: 'sig'; alg: 'RS256' }

/** The private keys that are published now, the one that signs first; the very first is made here. */
export async function signingKeys(
  { db, secrets }: { db: Database; secrets: Secrets },
  now: Date,
): Promise<SigningKey[]> {
  if ((await listKeys(db)).length === 0) await insertKey(db, FIRST, now)
  const published = publishedKeys(await listKeys(db), now)
  return Promise.all(published.map(({ name }) => secrets.json(name, makeKey)))
}

/** The names of the keys that are published now, the one that signs first: what changes when keys do. */
export async function signingKeyNames(db: Database, now: Date): Promise<string[]> {
  return publishedKeys(await listKeys(db), now).map(({ name }) => name)
}

/**
 * Makes a successor where the newest key is due, or in any case where `early` says so, and destroys those that no longer
 * are published. Gives whether there is a new one. Until the service has started there are none.
 */
export async function renewSigningKeys(
  querying: Querying,
  now: Date,
  { early = false }: { early?: boolean } = {},
): Promise<boolean> {
  const keys = await listKeys(querying)
  const newest = keys.at(-1)
  if (!newest) return false
  const isDue = newest.madeAt.getTime() + SIGNING_KEYS.renewedAfter <= now.getTime()
  if (isDue || early) await insertKey(querying, `${FIRST}-${newId()}`, now)
  const published = publishedKeys(await listKeys(querying), now).map(({ name }) => name)
  const gone = keys.map(({ name }) => name).filter((name) => !published.includes(name))
  await sql`delete from kit.signing_key where name = any(${gone}::text[])`.execute(querying)
  await sql`delete from kit.secret where name = any(${gone}::text[])`.execute(querying)
  return isDue || early
}

async function listKeys(querying: Querying): Promise<NamedKey[]> {
  const { rows } = await sql<NamedKey>`
    select name, made_at as "madeAt" from kit.signing_key order by made_at, name`.execute(querying)
  return rows
}

async function insertKey(querying: Querying, name: string, now: Date): Promise<void> {
  await sql`
    insert into kit.signing_key (name, made_at) values (${name}, ${now}) on conflict do nothing`.execute(
    querying,
  )
}

/** RS256 with 2048 bits is what every relying party can check (OpenID Connect Core §15.1). */
async function makeKey(): Promise<SigningKey> {
  const { privateKey } = await promisify(generateKeyPair)('rsa', { modulusLength: 2048 })
  return { ...privateKey.export({ format: 'jwk' }), kid: newId(), use: 'sig', alg: 'RS256' }
}

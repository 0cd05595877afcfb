import { hkdfSync, randomBytes } from 'node:crypto'
import { decrypt, encrypt } from './cipher.ts'
import { ConfigurationError } from './config.ts'
import { sql, type Database } from './database.ts'

/** The keys derived from SECRET_KEY: all that protects what is stored hangs on them. */
export interface MasterKeys {
  /** Under which everything new is wrapped. */
  newest: { id: string; key: Buffer }
  /** The key that something stored was wrapped under; null when SECRET_KEY does not hold it. */
  byId(id: string): Buffer | null
}

function derive(secret: string | Buffer, label: string, bytes: number): Buffer {
  return Buffer.from(hkdfSync('sha256', secret, '', label, bytes))
}

/**
 * Derives a 32-byte key (HKDF-SHA256) from each SECRET_KEY of the list, newest first. Its id, 16 hex digits, is
 * derived beside it: it tells keys apart and tells nothing of them.
 */
export function masterKeys(secretKeys: readonly string[]): MasterKeys {
  const keys = secretKeys.map((secret) => ({
    id: derive(secret, 'cts key id v1', 8).toString('hex'),
    key: derive(secret, 'cts master key v1', 32),
  }))
  const newest = keys[0]
  if (!newest) throw new ConfigurationError('SECRET_KEY holds no key')
  return { newest, byId: (id) => keys.find((key) => key.id === id)?.key ?? null }
}

/** What a key wraps; each use has a key of its own, derived from the master key. */
export type WrapUse = 'body' | 'secret'

/** Something wrapped, and the id of the key it is wrapped under. */
export interface Wrapped {
  wrapped: Buffer
  keyId: string
}

/** Wraps a key under the newest master key, bound to the thing that it belongs to. */
export function wrap(keys: MasterKeys, use: WrapUse, name: string, bytes: Uint8Array): Wrapped {
  const wrapped = encrypt(useKey(keys.newest.key, use), `cts ${use} ${name}`, bytes)
  return { wrapped, keyId: keys.newest.id }
}

/** What `wrap` was given. Throws ConfigurationError when SECRET_KEY lacks its key, Error when it was altered. */
export function unwrap(keys: MasterKeys, use: WrapUse, name: string, { wrapped, keyId }: Wrapped): Buffer {
  const key = keys.byId(keyId)
  if (!key) throw lackingKey(keyId)
  try {
    return decrypt(useKey(key, use), `cts ${use} ${name}`, wrapped)
  } catch (error) {
    throw new Error(`the wrapping of ${use} ${name} was altered in the database`, { cause: error })
  }
}

const useKeys = new WeakMap<Buffer, Map<WrapUse, Buffer>>()

/** The key of one use, derived from a master key once. */
function useKey(master: Buffer, use: WrapUse): Buffer {
  const derived = useKeys.get(master) ?? new Map<WrapUse, Buffer>()
  useKeys.set(master, derived)
  const key = derived.get(use) ?? derive(master, `cts ${use} v1`, 32)
  derived.set(use, key)
  return key
}

function lackingKey(keyId: string): ConfigurationError {
  return new ConfigurationError(
    `SECRET_KEY lacks the key ${keyId}, under which this database keeps something: add the former key after the newest, separated by a comma`,
  )
}

/**
 * Ids of the keys that anything stored is wrapped under: a few probes of an index, however many bodies there are.
 * Throws ConfigurationError when one is not in SECRET_KEY.
 */
export async function keysInUse(db: Database, keys: MasterKeys): Promise<string[]> {
  const { rows } = await sql<{ key_id: string }>`
    with recursive used(key_id) as (
      select min(key_id) from kit.body
      union all
      select (select min(key_id) from kit.body where key_id > used.key_id) from used where used.key_id is not null
    )
    select key_id from used where key_id is not null
    union
    select key_id from kit.secret`.execute(db)
  const lacking = rows.find(({ key_id }) => !keys.byId(key_id))
  if (lacking) throw lackingKey(lacking.key_id)
  return rows.map(({ key_id }) => key_id)
}

/** Secrets that the service makes for itself. They are kept wrapped, and in memory once asked for. */
export interface Secrets {
  /** A named 32-byte secret, made at first use. */
  get(name: string): Promise<Buffer>
  /** A named secret that is kept as JSON, such as signing keys; `make` is asked at first use. */
  json<T>(name: string, make: () => Promise<T>): Promise<T>
}

/** Opens the secrets. Throws ConfigurationError when SECRET_KEY lacks a key that is in use. */
export async function openSecrets(db: Database, keys: MasterKeys): Promise<Secrets> {
  await keysInUse(db, keys)
  const known = new Map<string, Promise<Buffer>>()

  function remembered(name: string, make: () => Promise<Buffer>): Promise<Buffer> {
    const asked = known.get(name) ?? loadOrMake(db, keys, name, make)
    known.set(name, asked)
    // what could not be read now may be readable at the next call
    asked.catch(() => known.delete(name))
    return asked
  }

  return {
    get: (name) => remembered(name, () => Promise.resolve(randomBytes(32))),
    async json<T>(name: string, make: () => Promise<T>) {
      const bytes = await remembered(name, async () => Buffer.from(JSON.stringify(await make())))
      const value: T = JSON.parse(bytes.toString('utf8'))
      return value
    },
  }
}

async function loadOrMake(
  db: Database,
  keys: MasterKeys,
  name: string,
  make: () => Promise<Buffer>,
): Promise<Buffer> {
  const stored = await load(db, keys, name)
  if (stored) return stored
  const { wrapped, keyId } = wrap(keys, 'secret', name, await make())
  // of two processes that make one at once, the first wins and both use it
  await sql`insert into kit.secret (name, wrapped, key_id) values (${name}, ${wrapped}, ${keyId})
            on conflict (name) do nothing`.execute(db)
  return (await load(db, keys, name))!
}

async function load(db: Database, keys: MasterKeys, name: string): Promise<Buffer | null> {
  const { rows } = await sql<Wrapped>`
    select wrapped, key_id as "keyId" from kit.secret where name = ${name}`.execute(db)
  return rows[0] ? unwrap(keys, 'secret', name, rows[0]) : null
}

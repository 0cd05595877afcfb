import { sql, type Querying, type Tx } from '../../kit/database.ts'

/** The kinds of second factor that a person can set up. */
export type FactorKind = 'authenticator' | 'passkey'

/** A second factor as its person sees it; times are UTC. */
export interface Factor {
  id: string
  kind: FactorKind
  /** As the person calls it. */
  name: string
  createdAt: Date
  lastUsedAt: Date | null
}

/** A person's factors, the oldest first. */
export async function listFactors(querying: Querying, person: string): Promise<Factor[]> {
  const { rows } = await sql<Factor>`
    select id, kind, name, created_at as "createdAt", last_used_at as "lastUsedAt" from secure_access.factor
    where person = ${person} order by created_at, id`.execute(querying)
  return rows
}

/** An authenticator app: its sealed secret, and the time step of the last code that was taken. */
export interface Authenticator {
  id: string
  sealedSecret: Buffer
  lastStep: number
}

/** The authenticator apps of a person. */
export async function findAuthenticators(querying: Querying, person: string): Promise<Authenticator[]> {
  const { rows } = await sql<Authenticator>`
    select id, sealed_secret as "sealedSecret", last_step as "lastStep" from secure_access.factor
    where person = ${person} and kind = 'authenticator' order by created_at, id`.execute(querying)
  return rows
}

/** What every new factor has. */
export interface NewFactor {
  id: string
  person: string
  name: string
  at: Date
}

/** Keeps an authenticator app. */
export async function insertAuthenticator(
  tx: Tx,
  { id, person, name, at, sealedSecret, lastStep }: NewFactor & Authenticator,
): Promise<void> {
  await sql`
    insert into secure_access.factor (id, person, kind, name, created_at, sealed_secret, last_step)
    values (${id}, ${person}, 'authenticator', ${name}, ${at}, ${sealedSecret}, ${lastStep})`.execute(tx)
}

/** Uses the code of a time step up; false when it, or a later one, was used before: of several at once one wins. */
export async function useStep(tx: Tx, id: string, step: number, at: Date): Promise<boolean> {
  const { rows } = await sql`
    update secure_access.factor set last_step = ${step}, last_used_at = ${at}
    where id = ${id} and last_step < ${step} returning id`.execute(tx)
  return rows.length > 0
}

/** A passkey: what its signatures are checked with. */
export interface Passkey {
  id: string
  person: string
  /** Its id as browsers tell it: base64url. */
  credentialId: string
  /** COSE. */
  publicKey: Buffer
  /** How often it signed; 0 where it does not count. */
  signCount: number
  transports: string[]
}

const PASSKEY = sql`
  id, person, credential_id as "credentialId", public_key as "publicKey", sign_count as "signCount",
  transports`

/** The passkey of an id as browsers tell it; null when nobody has it. */
export async function findPasskey(querying: Querying, credentialId: string): Promise<Passkey | null> {
  const { rows } = await sql<Passkey>`
    select ${PASSKEY} from secure_access.factor where credential_id = ${credentialId}`.execute(querying)
  return rows[0] ?? null
}

/** The passkeys of a person. */
export async function findPasskeys(querying: Querying, person: string): Promise<Passkey[]> {
  const { rows } = await sql<Passkey>`
    select ${PASSKEY} from secure_access.factor where person = ${person} and kind = 'passkey'
    order by created_at, id`.execute(querying)
  return rows
}

/** Keeps a passkey; false when somebody has it already. */
export async function insertPasskey(
  tx: Tx,
  { id, person, name, at, credentialId, publicKey, signCount, transports }: NewFactor & Passkey,
): Promise<boolean> {
  const { rows } = await sql`
    insert into secure_access.factor
      (id, person, kind, name, created_at, credential_id, public_key, sign_count, transports)
    values (${id}, ${person}, 'passkey', ${name}, ${at}, ${credentialId}, ${publicKey}, ${signCount}, ${transports})
    on conflict (credential_id) do nothing returning id`.execute(tx)
  return rows.length > 0
}

/** Notes that a passkey signed; false when it is gone, or where it counts and had signed as often before: a copy. */
export async function usePasskey(tx: Tx, id: string, signCount: number, at: Date): Promise<boolean> {
  const { rows } = await sql`
    update secure_access.factor set sign_count = ${signCount}, last_used_at = ${at}
    where id = ${id} and (sign_count < ${signCount}::bigint or ${signCount}::bigint = 0) returning id`.execute(
    tx,
  )
  return rows.length > 0
}

/** Gives a factor another name; whether the person has such a one. */
export async function setFactorName(tx: Tx, person: string, id: string, name: string): Promise<boolean> {
  const { rows } = await sql`
    update secure_access.factor set name = ${name} where person = ${person} and id = ${id} returning id`.execute(
    tx,
  )
  return rows.length > 0
}

/** Removes one factor of a person; whether there was such a one. */
export async function removeFactor(tx: Tx, person: string, id: string): Promise<boolean> {
  const { rows } = await sql`
    delete from secure_access.factor where person = ${person} and id = ${id} returning id`.execute(tx)
  return rows.length > 0
}

/** Removes every factor of a person with the recovery codes; gives how many factors there were. */
export async function removeFactors(tx: Tx, person: string): Promise<number> {
  await removeRecoveryCodes(tx, person)
  const { rows } = await sql`
    delete from secure_access.factor where person = ${person} returning id`.execute(tx)
  return rows.length
}

/** Puts a person's recovery codes, as hashes, in the place of the former ones. */
export async function replaceRecoveryCodes(
  tx: Tx,
  person: string,
  hashes: readonly Buffer[],
  at: Date,
): Promise<void> {
  await removeRecoveryCodes(tx, person)
  await sql`
    insert into secure_access.recovery_code (person, code_hash, created_at)
    select ${person}::text, hash, ${at}::timestamptz from unnest(${[...hashes]}::bytea[]) as hash`.execute(tx)
}

/** Removes a person's recovery codes. */
export async function removeRecoveryCodes(tx: Tx, person: string): Promise<void> {
  await sql`delete from secure_access.recovery_code where person = ${person}`.execute(tx)
}

/** Uses a recovery code up; false when it is none or was used before: of several at once one wins. */
export async function useRecoveryCode(tx: Tx, person: string, hash: Buffer, at: Date): Promise<boolean> {
  const { rows } = await sql`
    update secure_access.recovery_code set used_at = ${at}
    where person = ${person} and code_hash = ${hash} and used_at is null returning person`.execute(tx)
  return rows.length > 0
}

/** How many recovery codes of a person can still be used. */
export async function countRecoveryCodes(querying: Querying, person: string): Promise<number> {
  const { rows } = await sql<{ count: number }>`
    select count(*) as count from secure_access.recovery_code
    where person = ${person} and used_at is null`.execute(querying)
  return rows[0]!.count
}

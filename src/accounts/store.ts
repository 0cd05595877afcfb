import { sql, type Querying, type Tx } from '../kit/database.ts'
import type { Role } from '../permissions/table.ts'

/** A machine client as lists show it; times are UTC. */
export interface ClientRow {
  id: string
  name: string
  organisation: string
  role: Role
  createdAt: Date
  /** Name of the person who made it; null: the operator. */
  createdBy: string | null
  /** To the minute; null before its first call. */
  lastUsedAt: Date | null
  revokedAt: Date | null
}

/** Adds a client, still without a secret; false when its id is taken. @param by id of the person, or operator */
export async function insertClient(
  tx: Tx,
  client: Pick<ClientRow, 'id' | 'name' | 'organisation' | 'role' | 'createdAt'>,
  by: string,
): Promise<boolean> {
  const { id, name, organisation, role, createdAt } = client
  const { rows } = await sql`
    insert into accounts.client (id, name, organisation, role, created_at, created_by)
    values (${id}, ${name}, ${organisation}, ${role}, ${createdAt}, ${by})
    on conflict do nothing
    returning id`.execute(tx)
  return rows.length > 0
}

const CLIENT = sql`
  select c.id, c.name, c.organisation, c.role, c.created_at as "createdAt", p.name as "createdBy",
         c.last_used_at as "lastUsedAt", c.revoked_at as "revokedAt"
  from accounts.client c left join accounts.person p on p.id = c.created_by`

/** Every client, or those of one organisation, oldest first. */
export async function listClients(querying: Querying, organisation: string | null): Promise<ClientRow[]> {
  const { rows } = await sql<ClientRow>`
    ${CLIENT} where ${organisation}::text is null or c.organisation = ${organisation}
    order by c.created_at, c.id`.execute(querying)
  return rows
}

/** The client of an id, revoked ones too; null when there is none. */
export async function findClient(querying: Querying, id: string): Promise<ClientRow | null> {
  const { rows } = await sql<ClientRow>`${CLIENT} where c.id = ${id}`.execute(querying)
  return rows[0] ?? null
}

/** The same, held against every other change until the transaction ends. */
export async function lockClient(tx: Tx, id: string): Promise<ClientRow | null> {
  const { rows } = await sql<ClientRow>`${CLIENT} where c.id = ${id} for update of c`.execute(tx)
  return rows[0] ?? null
}

/** A secret of a client, without its hash. */
export interface ClientSecret {
  createdAt: Date
  /** Until when a former one works; null: the newest. */
  endsAt: Date | null
}

/** The secrets of a client that work at a time, the newest first. */
export async function secretsOf(querying: Querying, client: string, at: Date): Promise<ClientSecret[]> {
  const { rows } = await sql<ClientSecret>`
    select created_at as "createdAt", ends_at as "endsAt" from accounts.client_secret
    where client = ${client} and (ends_at is null or ends_at > ${at})
    order by ends_at desc nulls first`.execute(querying)
  return rows
}

/**
 * Gives a client a new secret. The one that was the newest ends at `overlapEnds`; those before it when they were to,
 * and those that have ended are forgotten.
 */
export async function replaceSecret(
  tx: Tx,
  secret: { client: string; secretHash: Buffer; at: Date; overlapEnds: Date },
): Promise<void> {
  const { client, secretHash, at, overlapEnds } = secret
  await sql`
    update accounts.client_secret set ends_at = ${overlapEnds}
    where client = ${client} and ends_at is null`.execute(tx)
  await sql`delete from accounts.client_secret where client = ${client} and ends_at <= ${at}`.execute(tx)
  await sql`
    insert into accounts.client_secret (secret_hash, client, created_at)
    values (${secretHash}, ${client}, ${at})`.execute(tx)
}

/** Ends a client; one already ended keeps its time. Whether there is such a client. */
export async function setRevoked(tx: Tx, id: string, at: Date): Promise<boolean> {
  const { rows } = await sql`
    update accounts.client set revoked_at = coalesce(revoked_at, ${at}) where id = ${id} returning id`.execute(
    tx,
  )
  return rows.length > 0
}

/** Ends the former secrets of a client now; false when there was none that still worked. */
export async function endFormerSecrets(tx: Tx, client: string, at: Date): Promise<boolean> {
  const { rows } = await sql`
    update accounts.client_secret set ends_at = ${at}
    where client = ${client} and ends_at > ${at} returning client`.execute(tx)
  return rows.length > 0
}

/** The hashes of the secrets that work at a time for a client that may act now; none for any other. */
export async function liveSecretHashes(querying: Querying, id: string, at: Date): Promise<Buffer[]> {
  const { rows } = await sql<{ hash: Buffer }>`
    select s.secret_hash as hash
    from accounts.live_client c join accounts.client_secret s on s.client = c.id
    where c.id = ${id} and (s.ends_at is null or s.ends_at > ${at})`.execute(querying)
  return rows.map(({ hash }) => hash)
}

/** Notes that a client was used, unless that stands already for the last minute. */
export async function setLastUsed(querying: Querying, id: string, at: Date): Promise<void> {
  await sql`
    update accounts.client set last_used_at = ${at}
    where id = ${id} and (last_used_at is null or last_used_at <= ${at}::timestamptz - interval '1 minute')
  `.execute(querying)
}

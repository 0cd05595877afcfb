import { sql, type Querying, type Tx } from '../kit/database.ts'
import type { Role } from '../permissions/table.ts'

/** A machine client as lists show it; times are UTC. */
export interface ClientRow {
  id: string
  name: string
  organisation: string
  role: Role
  createdAt: Date
  /** To the minute; null before its first call. */
  lastUsedAt: Date | null
  revokedAt: Date | null
}

/** Adds a client. */
export async function insertClient(
  tx: Tx,
  client: { id: string; name: string; organisation: string; role: Role; secretHash: Buffer; createdAt: Date },
): Promise<void> {
  await sql`
    insert into accounts.client (id, name, organisation, role, secret_hash, created_at)
    values (${client.id}, ${client.name}, ${client.organisation}, ${client.role}, ${client.secretHash},
            ${client.createdAt})`.execute(tx)
}

/** Every client, or those of one organisation, oldest first. */
export async function listClients(querying: Querying, organisation: string | null): Promise<ClientRow[]> {
  const { rows } = await sql<ClientRow>`
    select id, name, organisation, role, created_at as "createdAt", last_used_at as "lastUsedAt",
           revoked_at as "revokedAt"
    from accounts.client
    where ${organisation}::text is null or organisation = ${organisation}
    order by created_at, id`.execute(querying)
  return rows
}

/** Ends a client; one already ended keeps its time. Whether there is such a client. */
export async function setRevoked(tx: Tx, id: string, at: Date): Promise<boolean> {
  const { rows } = await sql`
    update accounts.client set revoked_at = coalesce(revoked_at, ${at}) where id = ${id} returning id`.execute(
    tx,
  )
  return rows.length > 0
}

/** The hash of the secret of a client that may act now; null for any other. */
export async function liveSecretHash(querying: Querying, id: string): Promise<Buffer | null> {
  const { rows } = await sql<{ hash: Buffer }>`
    select c.secret_hash as hash
    from accounts.live_client join accounts.client c using (id)
    where id = ${id}`.execute(querying)
  return rows[0]?.hash ?? null
}

/** Notes that a client was used, unless that stands already for the last minute. */
export async function setLastUsed(querying: Querying, id: string, at: Date): Promise<void> {
  await sql`
    update accounts.client set last_used_at = ${at}
    where id = ${id} and (last_used_at is null or last_used_at <= ${at}::timestamptz - interval '1 minute')
  `.execute(querying)
}

import { hash } from 'node:crypto'
import { sql, type Database } from '../kit/database.ts'
import type { Role } from '../permissions/table.ts'

/** Access tokens of machine clients, as the provider names them. */
export const CLIENT_TOKEN = 'ClientCredentials'

/** What the provider keeps under an id. */
export type Payload = Record<string, unknown>

/** Ids are the secrets that bearers show, 256 random bits each: a SHA-256 is enough to keep them unknown. */
function hashId(id: string): Buffer {
  return hash('sha256', id, 'buffer')
}

/** Keeps a payload under an id until `expiresAt`, in place of what stood there. */
export async function keepArtifact(
  db: Database,
  model: string,
  id: string,
  payload: Payload,
  expiresAt: Date,
): Promise<void> {
  await sql`
    insert into secure_access.artifact (model, id_hash, payload, expires_at)
    values (${model}, ${hashId(id)}, ${JSON.stringify(payload)}::jsonb, ${expiresAt})
    on conflict (model, id_hash) do update set payload = excluded.payload, expires_at = excluded.expires_at
  `.execute(db)
}

/** The payload under an id, unless it has expired. */
export async function findArtifact(
  db: Database,
  model: string,
  id: string,
  now: Date,
): Promise<Payload | null> {
  const { rows } = await sql<{ payload: Payload }>`
    select payload from secure_access.artifact
    where model = ${model} and id_hash = ${hashId(id)} and expires_at > ${now}`.execute(db)
  return rows[0]?.payload ?? null
}

/** Removes what has expired and gives how many rows that was. For a job, once an hour or so. */
export async function purgeExpired(db: Database, now: Date): Promise<number> {
  const { numAffectedRows } = await sql`
    delete from secure_access.artifact where expires_at <= ${now}`.execute(db)
  return Number(numAffectedRows ?? 0)
}

/** Who holds an access token. */
export interface Bearer {
  id: string
  name: string
  organisation: string
  role: Role
  lastUsedAt: Date | null
}

/** The client that holds an access token, if the token has not expired and the client may act now: one statement. */
export async function findBearer(db: Database, token: string, now: Date): Promise<Bearer | null> {
  const { rows } = await sql<Bearer>`
    select client.id, client.name, client.organisation, client.role, client.last_used_at as "lastUsedAt"
    from secure_access.artifact token
    join accounts.live_client client on client.id = token.payload ->> 'clientId'
    where token.model = ${CLIENT_TOKEN} and token.id_hash = ${hashId(token)} and token.expires_at > ${now}
  `.execute(db)
  return rows[0] ?? null
}

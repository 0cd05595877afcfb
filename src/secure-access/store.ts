import { hash } from 'node:crypto'
import type { AdapterPayload } from 'oidc-provider'
import { sql, type Database } from '../kit/database.ts'
import type { Role } from '../permissions/table.ts'

/** Access tokens of machine clients, as the provider names them. */
export const CLIENT_TOKEN = 'ClientCredentials'

/** What the provider keeps under an id. */
export interface Artifact {
  model: string
  id: string
  /** Another name that it is found by; null for none. */
  uid: string | null
  /** The grant that it hangs on. */
  grantId: string | null
  payload: AdapterPayload
  expiresAt: Date
}

/** Ids are the secrets that bearers show, 256 random bits each: a SHA-256 is enough to keep them unknown. */
function hashId(id: string): Buffer {
  return hash('sha256', id, 'buffer')
}

const hashOrNull = (id: string | null): Buffer | null => (id === null ? null : hashId(id))

/** Keeps a payload under an id until it expires, in place of what stood there. */
export async function keepArtifact(
  db: Database,
  { model, id, uid, grantId, payload, expiresAt }: Artifact,
): Promise<void> {
  await sql`
    insert into secure_access.artifact (model, id_hash, uid_hash, grant_hash, payload, expires_at)
    values (${model}, ${hashId(id)}, ${hashOrNull(uid)}, ${hashOrNull(grantId)}, ${JSON.stringify(payload)}::jsonb,
            ${expiresAt})
    on conflict (model, id_hash) do update
      set uid_hash = excluded.uid_hash, grant_hash = excluded.grant_hash, payload = excluded.payload,
          expires_at = excluded.expires_at
  `.execute(db)
}

/** The payload under an id, unless it has expired. */
export async function findArtifact(
  db: Database,
  model: string,
  id: string,
  now: Date,
): Promise<AdapterPayload | null> {
  const { rows } = await sql<{ payload: AdapterPayload }>`
    select payload from secure_access.artifact
    where model = ${model} and id_hash = ${hashId(id)} and expires_at > ${now}`.execute(db)
  return rows[0]?.payload ?? null
}

/** The payload by its other name, unless it has expired. */
export async function findArtifactByUid(
  db: Database,
  model: string,
  uid: string,
  now: Date,
): Promise<AdapterPayload | null> {
  const { rows } = await sql<{ payload: AdapterPayload }>`
    select payload from secure_access.artifact
    where model = ${model} and uid_hash = ${hashId(uid)} and expires_at > ${now}`.execute(db)
  return rows[0]?.payload ?? null
}

/** Uses something up that works once; false when it was used up before, also by somebody at the same moment. */
export async function consumeArtifact(db: Database, model: string, id: string, now: Date): Promise<boolean> {
  const consumed = JSON.stringify({ consumed: Math.floor(now.getTime() / 1000) })
  const { numAffectedRows } = await sql`
    update secure_access.artifact set payload = payload || ${consumed}::jsonb
    where model = ${model} and id_hash = ${hashId(id)} and payload -> 'consumed' is null`.execute(db)
  return Number(numAffectedRows ?? 0) > 0
}

/** Removes what stands under an id. */
export async function removeArtifact(db: Database, model: string, id: string): Promise<void> {
  await sql`
    delete from secure_access.artifact where model = ${model} and id_hash = ${hashId(id)}`.execute(db)
}

/** Removes what of a model hangs on a grant. */
export async function removeArtifactsOfGrant(db: Database, model: string, grantId: string): Promise<void> {
  await sql`
    delete from secure_access.artifact where model = ${model} and grant_hash = ${hashId(grantId)}`.execute(db)
}

/** Removes what something of a model hangs on, with all that hangs on it too. */
export async function removeGrantOf(db: Database, model: string, id: string): Promise<void> {
  await sql`
    delete from secure_access.artifact
    using secure_access.artifact used
    where used.model = ${model} and used.id_hash = ${hashId(id)}
      and (artifact.grant_hash = used.grant_hash
        or (artifact.model = 'Grant' and artifact.id_hash = used.grant_hash))`.execute(db)
}

/**
 * Removes what has expired, tries older than an hour, and links used or expired a day ago; gives how many rows that
 * was. For a job, once an hour or so.
 */
export async function purgeExpired(db: Database, now: Date): Promise<number> {
  const { rows } = await sql<{ count: number }>`
    with tries as (
      delete from secure_access.failure where at <= ${now}::timestamptz - interval '1 hour' returning 1
    ), links as (
      delete from secure_access.reset_link
      where least(used_at, expires_at) <= ${now}::timestamptz - interval '1 day' returning 1
    ), artifacts as (
      delete from secure_access.artifact where expires_at <= ${now} returning 1
    ), browsers as (
      delete from secure_access.known_browser where expires_at <= ${now} returning 1
    )
    select (select count(*) from tries) + (select count(*) from links) + (select count(*) from artifacts)
      + (select count(*) from browsers) as count
  `.execute(db)
  return rows[0]!.count
}

/** Who holds an access token. */
export interface Bearer {
  id: string
  name: string
  /** Of a connected system: its code. */
  organisation: string
  role: Role
  /** Null also of a connected system, whose use is not noted. */
  lastUsedAt: Date | null
}

/**
 * The machine client or connected system that holds an access token, if the token has not expired and its holder may
 * act now: one statement.
 */
export async function findBearer(db: Database, token: string, now: Date): Promise<Bearer | null> {
  const { rows } = await sql<Bearer>`
    select token.payload ->> 'clientId' as id, coalesce(client.name, system.name_en) as name,
           coalesce(client.organisation, system.code) as organisation,
           coalesce(client.role, 'connected-system') as role, client.last_used_at as "lastUsedAt"
    from secure_access.artifact token
    left join accounts.live_client client on client.id = token.payload ->> 'clientId'
    left join systems.system system
      on system.client_id = token.payload ->> 'clientId' and system.removed_at is null
    where token.model = ${CLIENT_TOKEN} and token.id_hash = ${hashId(token)} and token.expires_at > ${now}
      and (client.id is not null or system.code is not null)`.execute(db)
  return rows[0] ?? null
}

import { sql, type Querying, type Tx } from '../kit/database.ts'
import type { SystemFile } from './read-system.ts'

/** How a system signs itself in. */
export interface Secret {
  clientId: string
  /** SHA-256. */
  secretHash: Buffer
}

/**
 * Adds a system, or one that was removed again, still without roles; false when one of its code is there.
 */
export async function insertSystem(tx: Tx, file: SystemFile, secret: Secret, at: Date): Promise<boolean> {
  const { rows } = await sql`
    insert into systems.system (code, name_en, name_cy, url, client_id, secret_hash, redirect_uris,
      post_logout_redirect_uris, backchannel_logout_uri, created_at)
    values (${file.code}, ${file.name.en}, ${file.name.cy}, ${file.url}, ${secret.clientId}, ${secret.secretHash},
            ${file.redirect_uris}::text[], ${file.post_logout_redirect_uris}::text[], ${file.backchannel_logout_uri},
            ${at})
    on conflict (code) do update
      set name_en = excluded.name_en, name_cy = excluded.name_cy, url = excluded.url, client_id = excluded.client_id,
          secret_hash = excluded.secret_hash, former_secret_hash = null, former_secret_until = null,
          redirect_uris = excluded.redirect_uris, post_logout_redirect_uris = excluded.post_logout_redirect_uris,
          backchannel_logout_uri = excluded.backchannel_logout_uri, created_at = excluded.created_at,
          removed_at = null
      where systems.system.removed_at is not null
    returning code`.execute(tx)
  return rows.length > 0
}

/** Changes what a system's file says of it, but for the roles; false when there is no such system. */
export async function updateSystem(tx: Tx, file: SystemFile): Promise<boolean> {
  const { rows } = await sql`
    update systems.system
    set name_en = ${file.name.en}, name_cy = ${file.name.cy}, url = ${file.url},
        redirect_uris = ${file.redirect_uris}::text[],
        post_logout_redirect_uris = ${file.post_logout_redirect_uris}::text[],
        backchannel_logout_uri = ${file.backchannel_logout_uri}
    where code = ${file.code} and removed_at is null
    returning code`.execute(tx)
  return rows.length > 0
}

/**
 * Gives a system these roles in place of those it had. Whoever had one that is gone, or that is no longer for the
 * kind of the organisation, has it no more; gives how many that were.
 */
export async function replaceRoles(
  tx: Tx,
  { code, roles }: Pick<SystemFile, 'code' | 'roles'>,
): Promise<number> {
  for (const [place, role] of roles.entries()) {
    await sql`
      insert into systems.role (system, code, name_en, name_cy, kinds, place)
      values (${code}, ${role.code}, ${role.name.en}, ${role.name.cy}, ${role.kinds}::text[], ${place})
      on conflict (system, code) do update
        set name_en = excluded.name_en, name_cy = excluded.name_cy, kinds = excluded.kinds, place = excluded.place
    `.execute(tx)
  }
  const kept = roles.map((role) => role.code)
  const { rows } = await sql`
    delete from systems.granted g
    using systems.role r, establishments.organisation o
    where g.system = ${code} and r.system = g.system and r.code = g.role and o.code = g.organisation
      and not (g.role = any(${kept}::text[]) and o.kind = any(r.kinds))
    returning g.person`.execute(tx)
  await sql`delete from systems.role where system = ${code} and not code = any(${kept}::text[])`.execute(tx)
  return rows.length
}

/** Gives a system a new secret; the one before works until `formerUntil`. The client's id, or null for no such system. */
export async function replaceSecret(
  tx: Tx,
  code: string,
  { secretHash, formerUntil }: { secretHash: Buffer; formerUntil: Date },
): Promise<string | null> {
  const { rows } = await sql<{ clientId: string }>`
    update systems.system
    set secret_hash = ${secretHash}, former_secret_hash = secret_hash, former_secret_until = ${formerUntil}
    where code = ${code} and removed_at is null
    returning client_id as "clientId"`.execute(tx)
  return rows[0]?.clientId ?? null
}

/** Ends a system and every access to it; false when there is no such system. */
export async function setRemoved(tx: Tx, code: string, at: Date): Promise<boolean> {
  const { rows } = await sql`
    update systems.system set removed_at = ${at} where code = ${code} and removed_at is null returning code`.execute(
    tx,
  )
  await sql`delete from systems.granted where system = ${code}`.execute(tx)
  await sql`delete from systems.role where system = ${code}`.execute(tx)
  return rows.length > 0
}

/** A system as the operator's list shows it. */
export interface SystemRow {
  code: string
  nameEn: string
  url: string
  clientId: string
  createdAt: Date
  /** Until when the secret before the newest works; null: no longer. */
  formerSecretUntil: Date | null
  removedAt: Date | null
  /** How many people have access. */
  people: number
}

/** Every system, removed ones too. */
export async function listSystemRows(querying: Querying, at: Date): Promise<SystemRow[]> {
  const { rows } = await sql<SystemRow>`
    select s.code, s.name_en as "nameEn", s.url, s.client_id as "clientId", s.created_at as "createdAt",
           case when s.former_secret_until > ${at} then s.former_secret_until end as "formerSecretUntil",
           s.removed_at as "removedAt",
           (select count(distinct g.person)::integer from systems.live_grant g where g.system = s.code) as people
    from systems.system s order by s.code`.execute(querying)
  return rows
}

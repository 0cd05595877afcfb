import { sql, type Querying } from '../kit/database.ts'

/** A system as a client of Secure Access. */
export interface SystemClient {
  code: string
  nameEn: string
  nameCy: string
  /** Where people open it. */
  url: string
  /** SHA-256 of each secret that works now. */
  secretHashes: Buffer[]
  redirectUris: string[]
  postLogoutRedirectUris: string[]
  backchannelLogoutUri: string | null
}

/** The system that signs itself in by this id and is configured now; null for any other id. */
export async function findSystemClient(
  querying: Querying,
  clientId: string,
  at: Date,
): Promise<SystemClient | null> {
  const { rows } = await sql<SystemClient>`
    select code, name_en as "nameEn", name_cy as "nameCy", url, redirect_uris as "redirectUris",
           post_logout_redirect_uris as "postLogoutRedirectUris", backchannel_logout_uri as "backchannelLogoutUri",
           case when former_secret_until > ${at} then array[secret_hash, former_secret_hash]
                else array[secret_hash] end as "secretHashes"
    from systems.system where client_id = ${clientId} and removed_at is null`.execute(querying)
  return rows[0] ?? null
}

/** Codes of the organisations for which a person may open the system of a client now. */
export async function organisationsWith(
  querying: Querying,
  { person, clientId }: { person: string; clientId: string },
): Promise<string[]> {
  const { rows } = await sql<{ organisation: string }>`
    select distinct organisation from systems.live_grant
    where person = ${person} and client_id = ${clientId} order by organisation`.execute(querying)
  return rows.map(({ organisation }) => organisation)
}

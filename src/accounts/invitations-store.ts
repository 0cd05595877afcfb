import { sql, type Querying, type Tx } from '../kit/database.ts'
import type { Language } from '../kit/i18n.ts'

/** Puts a person's invitation in the place of every earlier one. */
export async function replaceInvitation(
  tx: Tx,
  { tokenHash, person, expiresAt }: { tokenHash: Buffer; person: string; expiresAt: Date },
): Promise<void> {
  await sql`
    with earlier as (delete from accounts.invitation where person = ${person})
    insert into accounts.invitation (token_hash, person, expires_at)
    values (${tokenHash}, ${person}, ${expiresAt})`.execute(tx)
}

/** Until when a person's invitation can be used; null: none was sent, or it was used. */
export async function invitationUntil(querying: Querying, person: string): Promise<Date | null> {
  const { rows } = await sql<{ until: Date }>`
    select expires_at as until from accounts.invitation where person = ${person} and used_at is null`.execute(
    querying,
  )
  return rows[0]?.until ?? null
}

/** Ends a person's invitation, whose link may be in the wrong hands. */
export async function revokeInvitation(tx: Tx, person: string): Promise<void> {
  await sql`delete from accounts.invitation where person = ${person}`.execute(tx)
}

/** Whom an invitation lets in. */
export interface Invited {
  person: string
  username: string
  name: string
  language: Language
}

/** The invitation of a token's hash that can be used at a time; null when there is none. */
export async function selectInvitation(
  querying: Querying,
  tokenHash: Buffer,
  at: Date,
): Promise<Invited | null> {
  const { rows } = await sql<Invited>`
    select p.id as person, p.username, p.name, p.language
    from accounts.invitation i join accounts.person p on p.id = i.person
    where i.token_hash = ${tokenHash} and i.used_at is null and i.expires_at > ${at}
      and p.archived_at is null`.execute(querying)
  return rows[0] ?? null
}

/**
 * Uses an invitation up and marks its person as activated, unless that is so already; gives the person. Null when it
 * cannot be used: of several at once one wins.
 */
export async function useInvitation(tx: Tx, tokenHash: Buffer, at: Date): Promise<string | null> {
  const { rows } = await sql<{ id: string }>`
    with used as (
      update accounts.invitation set used_at = ${at}
      where token_hash = ${tokenHash} and used_at is null and expires_at > ${at}
      returning person
    )
    update accounts.person p set activated_at = coalesce(activated_at, ${at})
    from used where p.id = used.person and p.archived_at is null
    returning p.id`.execute(tx)
  return rows[0]?.id ?? null
}

import { hash } from 'node:crypto'
import { sql, type Database, type Querying, type Tx } from '../kit/database.ts'

/** How another provider names a person. */
export interface Identity {
  issuer: string
  sub: string
}

/** The person who is bound to an identity; null when nobody is. */
export async function personOfIdentity(
  querying: Querying,
  { issuer, sub }: Identity,
): Promise<string | null> {
  const { rows } = await sql<{ person: string }>`
    select person from sessions.identity where issuer = ${issuer} and sub = ${sub}`.execute(querying)
  return rows[0]?.person ?? null
}

/** Binds an identity to a person, unless it is bound already; gives the person to whom it is bound then. */
export async function bindIdentity(
  tx: Tx,
  { issuer, sub, person, at }: Identity & { person: string; at: Date },
): Promise<string> {
  await sql`
    insert into sessions.identity (issuer, sub, person, bound_at) values (${issuer}, ${sub}, ${person}, ${at})
    on conflict (issuer, sub) do nothing`.execute(tx)
  return (await personOfIdentity(tx, { issuer, sub }))!
}

/** Frees a person of every other identity at the same provider; whether there was one. */
export async function freeOfOthers(
  tx: Tx,
  { issuer, sub, person }: Identity & { person: string },
): Promise<boolean> {
  const { rows } = await sql`
    delete from sessions.identity where issuer = ${issuer} and person = ${person} and sub <> ${sub}
    returning person`.execute(tx)
  return rows.length > 0
}

/** Uses the answer to a sign-in up; false when it was used before, also by somebody at the same moment. */
export async function useAnswer(
  db: Database,
  { state, until }: { state: string; until: Date },
): Promise<boolean> {
  const { rows } = await sql`
    insert into sessions.used_answer (state_hash, until) values (${hash('sha256', state, 'buffer')}, ${until})
    on conflict do nothing returning until`.execute(db)
  return rows.length > 0
}

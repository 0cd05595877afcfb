import { sql, type Querying, type Tx } from '../kit/database.ts'

/** A browser from which a person signed in before; times are UTC. */
export interface KnownBrowser {
  id: string
  /** In words, such as Chrome on Windows; null where it did not say. */
  browser: string | null
  firstSeenAt: Date
  seenAt: Date
}

/** The id of a known browser of a person by the hash of its cookie; null: it is not known, or no more. */
export async function findBrowserId(
  querying: Querying,
  { person, tokenHash, at }: { person: string; tokenHash: Buffer; at: Date },
): Promise<string | null> {
  const { rows } = await sql<{ id: string }>`
    select id from secure_access.known_browser
    where person = ${person} and token_hash = ${tokenHash} and expires_at > ${at}`.execute(querying)
  return rows[0]?.id ?? null
}

/**
 * Notes that a person completed a sign-in from a browser, which is known from then on until it expires; gives whether
 * that was the first sign-in ever.
 */
export async function keepBrowser(
  tx: Tx,
  seen: {
    id: string
    person: string
    tokenHash: Buffer
    browser: string | null
    at: Date
    expiresAt: Date
  },
): Promise<boolean> {
  const { id, person, tokenHash, browser, at, expiresAt } = seen
  const { rows } = await sql<{ first: boolean }>`
    with kept as (
      insert into secure_access.known_browser (id, person, token_hash, browser, first_seen_at, seen_at, expires_at)
      values (${id}, ${person}, ${tokenHash}, ${browser}, ${at}, ${at}, ${expiresAt})
      on conflict (person, token_hash) do update
        set browser = excluded.browser, seen_at = excluded.seen_at, expires_at = excluded.expires_at
    ), begun as (
      update secure_access.credential set used = true where person = ${person} and not used returning 1
    )
    select exists (select 1 from begun) as first`.execute(tx)
  return rows[0]!.first
}

/** The browsers that are known as a person's, the latest first. */
export async function listBrowsers(querying: Querying, person: string, at: Date): Promise<KnownBrowser[]> {
  const { rows } = await sql<KnownBrowser>`
    select id, browser, first_seen_at as "firstSeenAt", seen_at as "seenAt" from secure_access.known_browser
    where person = ${person} and expires_at > ${at} order by seen_at desc, id`.execute(querying)
  return rows
}

/** Forgets one known browser of a person; whether there was such a one. */
export async function removeBrowser(tx: Tx, person: string, id: string): Promise<boolean> {
  const { rows } = await sql`
    delete from secure_access.known_browser where person = ${person} and id = ${id} returning id`.execute(tx)
  return rows.length > 0
}

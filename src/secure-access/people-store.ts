import { hash } from 'node:crypto'
import { sql, type Querying, type Tx } from '../kit/database.ts'

/** What a person signs in with. */
export interface Credential {
  /** Argon2id in PHC format. */
  passwordHash: string
  /** A one-time password: another must be set at the first sign-in (guidance for local authorities §2.1). */
  mustChange: boolean
  /** When a one-time password that somebody else made ends; null: never by itself. */
  goodUntil: Date | null
}

const CREDENTIAL = sql`password_hash as "passwordHash", must_change as "mustChange", good_until as "goodUntil"`

/** A person's credential; null before the first password is set. */
export async function findCredential(querying: Querying, person: string): Promise<Credential | null> {
  const { rows } = await sql<Credential>`
    select ${CREDENTIAL} from secure_access.credential where person = ${person}`.execute(querying)
  return rows[0] ?? null
}

/** What a sign-in asks of a person at once; the same, and as much work, of somebody whom nobody knows. */
export interface SignInFacts {
  /** Null before the first password is set. */
  credential: Credential | null
  /** The id under which the browser is known as the person's; null: it is not. */
  knownBrowser: string | null
  hasFactor: boolean
  /** The person may act somewhere. */
  isLive: boolean
}

/** Those of a person, or of nobody, in front of a browser by the hash of its cookie. */
export async function findSignInFacts(
  querying: Querying,
  { person, tokenHash, at }: { person: string; tokenHash: Buffer; at: Date },
): Promise<SignInFacts> {
  const { rows } = await sql<Omit<SignInFacts, 'credential'> & Partial<Credential>>`
    select credential.*,
      (
        select id from secure_access.known_browser
        where person = ${person} and token_hash = ${tokenHash} and expires_at > ${at}
      ) as "knownBrowser",
      exists (select 1 from secure_access.factor where person = ${person}) as "hasFactor",
      exists (select 1 from accounts.live_membership where person = ${person}) as "isLive"
    from (values (1)) as always
      left join (select ${CREDENTIAL} from secure_access.credential where person = ${person}) as credential on true
  `.execute(querying)
  const { knownBrowser, hasFactor, isLive, passwordHash, mustChange, goodUntil } = rows[0]!
  const credential = passwordHash
    ? { passwordHash, mustChange: mustChange!, goodUntil: goodUntil ?? null }
    : null
  return { credential, knownBrowser, hasFactor, isLive }
}

/** A person's credential, held against every other change until the transaction ends. */
export async function lockCredential(tx: Tx, person: string): Promise<Credential | null> {
  const { rows } = await sql<Credential>`
    select ${CREDENTIAL} from secure_access.credential where person = ${person} for update`.execute(tx)
  return rows[0] ?? null
}

/** Keeps a credential in the place of the former one; a link for a new password that was sent before ends. */
export async function keepCredential(
  tx: Tx,
  person: string,
  { passwordHash, mustChange, goodUntil }: Credential,
  at: Date,
): Promise<void> {
  await sql`
    insert into secure_access.credential (person, password_hash, must_change, good_until, changed_at)
    values (${person}, ${passwordHash}, ${mustChange}, ${goodUntil}, ${at})
    on conflict (person) do update
      set password_hash = excluded.password_hash, must_change = excluded.must_change, good_until = excluded.good_until,
          changed_at = excluded.changed_at`.execute(tx)
  await endResetLinks(tx, person, at)
}

/** Keeps another hash of the same password, unless the password was changed meanwhile. */
export async function replaceHash(
  querying: Querying,
  person: string,
  { former, fresh }: { former: string; fresh: string },
): Promise<void> {
  await sql`
    update secure_access.credential set password_hash = ${fresh}
    where person = ${person} and password_hash = ${former}`.execute(querying)
}

/** The token of a link is what its bearer shows: 256 random bits, so a SHA-256 is enough to keep it unknown. */
function hashToken(token: string): Buffer {
  return hash('sha256', token, 'buffer')
}

/** Keeps a link by which a person sets a new password. */
export async function insertResetLink(
  tx: Tx,
  link: { token: string; person: string; sentTo: string; expiresAt: Date },
): Promise<void> {
  await sql`
    insert into secure_access.reset_link (token_hash, person, sent_to, expires_at)
    values (${hashToken(link.token)}, ${link.person}, ${link.sentTo}, ${link.expiresAt})`.execute(tx)
}

/** A link that can be used: not yet, in time, and sent to what still is its person's e-mail address. */
const isGood = (at: Date): ReturnType<typeof sql> => sql`
  used_at is null and expires_at > ${at}
  and exists (select 1 from accounts.live_membership m where m.person = reset_link.person and m.email = sent_to)`

/** The person of a link that can be used now; null for any other. */
export async function findResetLink(querying: Querying, token: string, at: Date): Promise<string | null> {
  const { rows } = await sql<{ person: string }>`
    select person from secure_access.reset_link
    where token_hash = ${hashToken(token)} and ${isGood(at)}`.execute(querying)
  return rows[0]?.person ?? null
}

/** Ends every link by which a person could set a new password. */
async function endResetLinks(tx: Tx, person: string, at: Date): Promise<void> {
  await sql`
    update secure_access.reset_link set used_at = ${at}
    where person = ${person} and used_at is null`.execute(tx)
}

/** Uses a link up, and every other link of its person; gives the person, or null: of several at once one wins. */
export async function useResetLink(tx: Tx, token: string, at: Date): Promise<string | null> {
  const { rows } = await sql<{ person: string }>`
    update secure_access.reset_link set used_at = ${at}
    where token_hash = ${hashToken(token)} and ${isGood(at)}
    returning person`.execute(tx)
  const person = rows[0]?.person ?? null
  if (person !== null) await endResetLinks(tx, person, at)
  return person
}

import { sql, type Kysely } from 'kysely'

/** Second factors, and browsers that are known as a person's. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    alter table secure_access.credential
      -- for a one-time password that somebody else made: when it ends
      add column good_until timestamptz,
      -- a sign-in was completed with this credential or one before it
      add column used boolean not null default false`.execute(db)
  // a link lets in whoever reads the mailbox that it was sent to, while that is the person's
  await sql`alter table secure_access.reset_link add column sent_to text not null default ''`.execute(db)
  await sql`
    create table secure_access.factor (
      id text primary key,
      person text not null references accounts.person (id),
      kind text not null check (kind in ('authenticator', 'passkey')),
      -- as the person calls it
      name text not null,
      created_at timestamptz not null,
      last_used_at timestamptz,
      -- of an authenticator: its secret, AES-256-GCM, and the time step of the last code that was taken
      sealed_secret bytea,
      last_step bigint,
      -- of a passkey: its public id, its public key, and how often it signed, where it counts that
      credential_id text unique,
      public_key bytea,
      sign_count bigint,
      transports text[],
      check ((kind = 'authenticator') = (sealed_secret is not null and last_step is not null)),
      check ((kind = 'passkey') = (credential_id is not null and public_key is not null and sign_count is not null
        and transports is not null))
    )`.execute(db)
  await sql`create index factor_person on secure_access.factor (person)`.execute(db)
  await sql`
    create table secure_access.recovery_code (
      person text not null references accounts.person (id),
      -- under a secret: a code is short enough to be typed
      code_hash bytea not null,
      created_at timestamptz not null,
      used_at timestamptz,
      primary key (person, code_hash)
    )`.execute(db)
  await sql`
    create table secure_access.known_browser (
      id text primary key,
      person text not null references accounts.person (id),
      -- SHA-256 of the cookie and the person, so that rows do not tell who shares a browser
      token_hash bytea not null,
      -- in words, such as Chrome on Windows; null where it did not say
      browser text,
      first_seen_at timestamptz not null,
      -- when its person last signed in from it
      seen_at timestamptz not null,
      expires_at timestamptz not null,
      unique (person, token_hash)
    )`.execute(db)
  await sql`create index known_browser_expiry on secure_access.known_browser (expires_at)`.execute(db)
}

import { sql, type Kysely } from 'kysely'

/** Machine clients of organisations. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`create schema accounts`.execute(db)
  await sql`
    create table accounts.client (
      id text primary key,
      name text not null,
      organisation text not null references establishments.organisation (code),
      -- a role of the permission table that fits the organisation's kind
      role text not null,
      -- SHA-256 of its secret
      secret_hash bytea not null,
      created_at timestamptz not null,
      -- to the minute
      last_used_at timestamptz,
      revoked_at timestamptz
    )`.execute(db)
  await sql`create index client_organisation on accounts.client (organisation)`.execute(db)
  // what other rooms may join: a client that may act now. A bearer's right ends with its row here.
  await sql`
    create view accounts.live_client as
      select id, name, organisation, role, last_used_at
      from accounts.client
      where revoked_at is null`.execute(db)
}

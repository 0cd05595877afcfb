import { sql, type Kysely } from 'kysely'

/** What the OpenID Connect provider keeps: tokens now; sessions, codes and grants of people in the same table. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`create schema secure_access`.execute(db)
  await sql`
    create table secure_access.artifact (
      -- the provider's name for the kind of thing, such as ClientCredentials
      model text not null,
      -- SHA-256 of its id: the id itself is what a bearer shows, so it is not kept
      id_hash bytea not null,
      payload jsonb not null,
      expires_at timestamptz not null,
      primary key (model, id_hash)
    )`.execute(db)
  await sql`create index artifact_expiry on secure_access.artifact (expires_at)`.execute(db)
}

import { sql, type Kysely } from 'kysely'

/** Sessions that know their browser and when the person showed who it is; people known by another provider. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    alter table sessions.session
      -- in words, such as Chrome on Windows; null where the browser did not say
      add column browser text,
      -- when the person last typed a password, which may be before the session began
      add column signed_in_at timestamptz`.execute(db)
  await sql`update sessions.session set signed_in_at = started_at`.execute(db)
  await sql`alter table sessions.session alter column signed_in_at set not null`.execute(db)
  // by which name another provider knows a person: bound by an invitation
  await sql`
    create table sessions.identity (
      issuer text not null,
      sub text collate "C" not null,
      person text not null references accounts.person (id),
      bound_at timestamptz not null,
      primary key (issuer, sub),
      unique (issuer, person)
    )`.execute(db)
  // answers of a provider that were used: each works once
  await sql`
    create table sessions.used_answer (
      -- SHA-256 of the state that the sign-in was begun with
      state_hash bytea primary key,
      -- after which it is too late for it in any case
      until timestamptz not null
    )`.execute(db)
  await sql`create index used_answer_until on sessions.used_answer (until)`.execute(db)
}

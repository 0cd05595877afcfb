import { sql, type Kysely } from 'kysely'

/** The annual audit of users (guidance for local authorities §1.6), and what is remembered of accounts that nobody uses. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`create schema user_audits`.execute(db)
  await sql`
    create table user_audits.round (
      id text primary key,
      nation text not null check (nation in ('wales', 'england', 'both')),
      opened_at timestamptz not null,
      opened_by text not null references accounts.person (id),
      opened_by_name text not null,
      -- the last day on which people can be confirmed, in London
      due_on date not null,
      closed_at timestamptz,
      -- null where it closed by itself
      closed_by_name text,
      -- when the national administrators were last told that it is time for another
      year_told_at timestamptz
    )`.execute(db)
  // of a nation one is open at a time; one of both is one of each
  await sql`
    create unique index one_open_in_wales on user_audits.round ((true))
    where closed_at is null and nation <> 'england'`.execute(db)
  await sql`
    create unique index one_open_in_england on user_audits.round ((true))
    where closed_at is null and nation <> 'wales'`.execute(db)
  // the organisations of a round, by the names that they had, and what they were told
  await sql`
    create table user_audits.organisation (
      round text not null references user_audits.round (id),
      code text not null references establishments.organisation (code),
      la text not null,
      name_en text not null,
      name_cy text not null,
      told_at timestamptz,
      -- when it is next looked at whether a reminder is due
      remind_at timestamptz not null,
      reminded_at timestamptz,
      suspended_told_at timestamptz,
      primary key (round, code)
    )`.execute(db)
  // each person of each organisation, as they stood when they were answered for, or else when the round was opened
  await sql`
    create table user_audits.confirmation (
      id uuid primary key default gen_random_uuid(),
      round text not null,
      organisation text not null,
      la text not null,
      person text not null references accounts.person (id),
      username text not null,
      name text not null,
      email text not null,
      roles text[] not null,
      approver boolean not null,
      answer text check (answer in ('valid', 'ended', 'suspended')),
      -- null where the clock answered, or the membership ended otherwise
      answered_by text references accounts.person (id),
      answered_by_name text,
      answered_by_organisation text,
      answered_at timestamptz,
      unique (round, organisation, person),
      foreign key (round, organisation) references user_audits.organisation (round, code),
      check ((answer is null) = (answered_at is null))
    )`.execute(db)
  await sql`create index confirmation_la on user_audits.confirmation (round, la, organisation)`.execute(db)
  // what is left to do, for the list of it and for the clock: empty but while a round is open
  await sql`
    create index confirmation_awaiting on user_audits.confirmation (round, organisation, username)
    where answer is null`.execute(db)
  await sql`
    create index confirmation_overdue on user_audits.confirmation (round, person) where answer is null`.execute(
    db,
  )
  // the written confirmations: of an LA with its schools, or of one organisation
  await sql`
    create table user_audits.signed (
      id text primary key,
      round text not null,
      organisation text not null,
      whole_authority boolean not null,
      signed_by text not null references accounts.person (id),
      -- as it was typed
      name text not null,
      statement text not null,
      language text not null check (language in ('en', 'cy')),
      at timestamptz not null,
      unique (round, organisation, whole_authority),
      foreign key (round, organisation) references user_audits.organisation (round, code)
    )`.execute(db)

  await sql`
    alter table accounts.person
      -- when the person was told that the account will be suspended unless it is used
      add column unused_warned_at timestamptz`.execute(db)
}

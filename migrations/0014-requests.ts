import { sql, type Kysely } from 'kysely'

/** What people ask of those who look after accounts: access, another organisation, help. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`create schema requests`.execute(db)
  await sql`
    create table requests.request (
      id text primary key,
      kind text not null check (kind in ('access', 'join', 'help')),
      state text not null
        check (state in ('open', 'approved', 'declined', 'answered', 'withdrawn', 'closed')),
      -- who is asked now, or was asked last: whoever was asked before may still answer
      stage text not null check (stage in ('approver', 'dba', 'national')),
      -- whose matter it is; the LA number or SUP that its code begins with is what an LEA administrator asks by
      organisation text not null references establishments.organisation (code),
      la text generated always as (left(organisation, 3)) stored,
      -- null: help was asked by somebody who was not signed in
      person text references accounts.person (id),
      -- a connected system, and its roles that are asked for; null: this service
      system text,
      roles text[] not null default '{}',
      granted text[] not null default '{}',
      topic text check (topic in ('sign-in', 'factor', 'account', 'details', 'other')),
      -- what was typed into an open form, and the language that its page was in
      name text,
      email text,
      username text,
      language text check (language in ('en', 'cy')),
      -- why, or what the matter is; emptied a year after the end, as are the answer and what was typed
      details text,
      answer text,
      -- a keyed hash of the network address that an open form came from
      asked_from bytea,
      asked_at timestamptz not null,
      stage_at timestamptz not null,
      reminded_at timestamptz,
      overdue_at timestamptz,
      ended_at timestamptz,
      ended_by text references accounts.person (id),
      forgotten_at timestamptz,
      check ((kind = 'help') = (topic is not null)),
      check (kind = 'help' or person is not null),
      check (person is not null or language is not null),
      check ((state = 'open') = (ended_at is null))
    )`.execute(db)
  // lists: by the organisation, by the LA, and what the national administrator was asked
  await sql`create index request_organisation on requests.request (organisation, asked_at, id)`.execute(db)
  await sql`create index request_la on requests.request (la, asked_at, id) where stage <> 'approver'`.execute(
    db,
  )
  await sql`create index request_national on requests.request (asked_at, id) where stage = 'national'`.execute(
    db,
  )
  await sql`create index request_person on requests.request (person, asked_at) where person is not null`.execute(
    db,
  )
  // what the clock looks for
  await sql`create index request_open on requests.request (stage_at) where state = 'open'`.execute(db)
  await sql`
    create index request_to_forget on requests.request (ended_at)
    where ended_at is not null and forgotten_at is null`.execute(db)
  // how many open forms came from one address
  await sql`
    create index request_asked_from on requests.request (asked_from, asked_at) where asked_from is not null`.execute(
    db,
  )
  await sql`
    create table requests.event (
      request text not null references requests.request (id),
      n integer not null,
      at timestamptz not null,
      what text not null check (what in ('asked', 'reminded', 'overdue', 'handed-up', 'approved', 'declined',
        'answered', 'done', 'withdrawn', 'closed')),
      -- null: somebody who was not signed in, or the clock
      person text references accounts.person (id),
      -- whom it was put to by this
      stage text,
      primary key (request, n)
    )`.execute(db)
  // a forgotten username is looked for by the e-mail address
  await sql`create index person_email on accounts.person (lower(email))`.execute(db)
}

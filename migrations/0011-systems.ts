import { sql, type Kysely } from 'kysely'

/** Systems that sign people in by Secure Access, and who may open which; signing keys that follow one another. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`create schema systems`.execute(db)
  await sql`
    create table systems.system (
      -- in lower case, so that it is no organisation's
      code text primary key check (code ~ '^[a-z][a-z0-9-]{1,39}$'),
      name_en text not null,
      name_cy text not null,
      -- where people open it
      url text not null,
      client_id text not null unique,
      -- SHA-256 of its secret; the former one works for a while after a new one was made
      secret_hash bytea not null,
      former_secret_hash bytea,
      former_secret_until timestamptz,
      redirect_uris text[] not null,
      post_logout_redirect_uris text[] not null,
      backchannel_logout_uri text,
      created_at timestamptz not null,
      removed_at timestamptz,
      check ((former_secret_hash is null) = (former_secret_until is null))
    )`.execute(db)
  await sql`
    create table systems.role (
      system text not null references systems.system (code),
      code text not null,
      name_en text not null,
      name_cy text not null,
      -- kinds of organisation whose people may be given it
      kinds text[] not null check (kinds <@ array['school', 'authority', 'department', 'supplier']),
      -- its place in lists
      place integer not null,
      primary key (system, code)
    )`.execute(db)
  await sql`
    create table systems.granted (
      person text not null,
      organisation text not null,
      system text not null,
      role text not null,
      given_at timestamptz not null,
      primary key (person, organisation, system, role),
      foreign key (person, organisation) references accounts.membership (person, organisation),
      foreign key (system, role) references systems.role (system, code)
    )`.execute(db)
  await sql`create index granted_system on systems.granted (system, organisation)`.execute(db)
  // what other rooms may join: what a person may open now, a row for each role
  await sql`
    create view systems.live_grant as
      select g.person, g.organisation, g.system, g.role, s.client_id
      from systems.granted g
      join systems.system s on s.code = g.system and s.removed_at is null
      join accounts.live_membership m on m.person = g.person and m.organisation = g.organisation`.execute(db)

  await sql`
    create table kit.signing_key (
      -- the secret of the service that it is kept as
      name text primary key,
      made_at timestamptz not null
    )`.execute(db)
  // the one that an installation has signed with until now goes on
  await sql`
    insert into kit.signing_key (name, made_at)
    select name, now() from kit.secret where name = 'secure-access-signing'`.execute(db)
}

import { sql, type Kysely } from 'kysely'

/** People: who they are, what they may do where, how they sign in, and their sessions. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    create table accounts.person (
      id text primary key,
      -- as it is typed at sign-in, where case matters (guidance for local authorities §2.1)
      username text not null,
      -- in lower case, so that no two differ by case only; rows stay, so it is never given again
      username_key text collate "C" not null unique,
      name text not null,
      email text not null,
      language text not null check (language in ('en', 'cy')),
      wants_mail boolean not null default true,
      created_at timestamptz not null,
      activated_at timestamptz,
      archived_at timestamptz
    )`.execute(db)
  await sql`
    create table accounts.membership (
      person text not null references accounts.person (id),
      organisation text not null references establishments.organisation (code),
      approver boolean not null,
      created_at timestamptz not null,
      primary key (person, organisation)
    )`.execute(db)
  await sql`create index membership_organisation on accounts.membership (organisation)`.execute(db)
  await sql`
    create table accounts.held_role (
      person text not null,
      organisation text not null,
      role text not null,
      given_at timestamptz not null,
      ended_at timestamptz,
      primary key (person, organisation, role),
      foreign key (person, organisation) references accounts.membership (person, organisation)
    )`.execute(db)
  // at most one person per LA each (guidance for local authorities §1.6, §3.1)
  await sql`
    create unique index one_holder on accounts.held_role (organisation, role)
    where role in ('lea-dba', 'lea-school') and ended_at is null`.execute(db)
  // what other rooms may join: what a person may do now, a row for each organisation
  await sql`
    create view accounts.live_membership as
      select p.id as person, p.username, p.name, p.email, p.language, p.wants_mail, p.activated_at,
             m.organisation, o.name_en as organisation_en, o.name_cy as organisation_cy, m.approver,
             (select count(*)::integer from accounts.membership every where every.person = p.id) as memberships,
             array(
               select r.role from accounts.held_role r
               where r.person = p.id and r.organisation = m.organisation and r.ended_at is null
               order by r.role
             ) as roles
      from accounts.person p
      join accounts.membership m on m.person = p.id
      join establishments.organisation o on o.code = m.organisation
      where p.archived_at is null`.execute(db)
  // single-use links by which a person sets the first password; 48 hours (guidance §3.6, §3.7)
  await sql`
    create table accounts.invitation (
      -- SHA-256 of the token in the link
      token_hash bytea primary key,
      person text not null references accounts.person (id),
      expires_at timestamptz not null,
      used_at timestamptz
    )`.execute(db)

  await sql`
    create table secure_access.credential (
      person text primary key references accounts.person (id),
      -- Argon2id in PHC format
      password_hash text not null,
      -- a one-time password: another must be set at the first sign-in (guidance §2.1)
      must_change boolean not null,
      changed_at timestamptz not null
    )`.execute(db)
  await sql`
    create table secure_access.reset_link (
      token_hash bytea primary key,
      person text not null references accounts.person (id),
      expires_at timestamptz not null,
      used_at timestamptz
    )`.execute(db)
  // wrong guesses, counted by a hash of the username or of the address, so that names that do not exist count alike
  await sql`create table secure_access.failure (key bytea not null, at timestamptz not null)`.execute(db)
  await sql`create index failure_key on secure_access.failure (key, at)`.execute(db)
  await sql`create index failure_at on secure_access.failure (at)`.execute(db)
  // a session's other name, and what a grant covers: hashes, as of every id
  await sql`alter table secure_access.artifact add column uid_hash bytea, add column grant_hash bytea`.execute(
    db,
  )
  await sql`create index artifact_uid on secure_access.artifact (model, uid_hash) where uid_hash is not null`.execute(
    db,
  )
  await sql`create index artifact_grant on secure_access.artifact (grant_hash) where grant_hash is not null`.execute(
    db,
  )

  // one row where the installation shows invented data
  await sql`create table kit.demonstration (since timestamptz not null)`.execute(db)
  await sql`create schema sessions`.execute(db)
  await sql`
    create table sessions.session (
      -- SHA-256 of the cookie
      id_hash bytea primary key,
      person text not null references accounts.person (id),
      -- null until a person of several organisations has chosen one
      organisation text,
      -- the provider's name of the sign-in, and its proof of it, which it wants back when the person logs off
      sid text,
      id_token text not null,
      started_at timestamptz not null,
      -- to the minute
      seen_at timestamptz not null,
      foreign key (person, organisation) references accounts.membership (person, organisation)
    )`.execute(db)
  await sql`create index session_person on sessions.session (person)`.execute(db)
  await sql`create index session_started on sessions.session (started_at)`.execute(db)
}

import { sql, type Kysely } from 'kysely'

/** People of several organisations, each membership with an end of its own; schools that are inactive. */
export async function up(db: Kysely<unknown>): Promise<void> {
  // guidance for local authorities §3.8: possible, but discouraged. Files still arrive.
  await sql`alter table establishments.organisation add column inactive_since timestamptz`.execute(db)
  await sql`
    alter table accounts.person
      add column phone text,
      -- what lists of people are sorted by and looked in: the name in lower case, without accents
      add column name_key text collate "C" not null default '',
      -- an account that several people of an organisation use: the claim of its approver role retires it
      add column shared boolean not null default false,
      -- how often all that the person had open was ended: what was begun at another count is over
      add column sign_outs integer not null default 0,
      add column last_sign_in_at timestamptz`.execute(db)
  await sql`update accounts.person set name_key = lower(name)`.execute(db)
  // lists of everybody, and of those of many organisations, by name
  await sql`create index person_name on accounts.person (name_key, id)`.execute(db)
  await sql`create index invitation_person on accounts.invitation (person)`.execute(db)
  await sql`
    alter table accounts.membership
      add column ended_at timestamptz,
      add column ended_as text check (ended_as in ('archived', 'suspended')),
      -- who or what ended it
      add column ended_because text
        check (ended_because in ('approver', 'dba', 'operator', 'claimed', 'audit', 'unused', 'never-activated')),
      add check ((ended_at is null) = (ended_as is null) and (ended_at is null) = (ended_because is null))`.execute(
    db,
  )
  await sql`
    update accounts.membership m set ended_at = p.archived_at, ended_as = 'archived', ended_because = 'operator'
    from accounts.person p where p.id = m.person and p.archived_at is not null`.execute(db)
  await createEvents(db)
  await sql`alter table sessions.session add column sign_outs integer not null default 0`.execute(db)
  // what a person may do now, a row for each organisation: neither of one that is inactive nor of one that was left
  await sql`
    create or replace view accounts.live_membership as
      select p.id as person, p.username, p.name, p.email, p.language, p.wants_mail, p.activated_at,
             m.organisation, o.name_en as organisation_en, o.name_cy as organisation_cy, m.approver,
             (
               select count(*)::integer from accounts.membership every
               where every.person = p.id and every.ended_at is null
             ) as memberships,
             array(
               select r.role from accounts.held_role r
               where r.person = p.id and r.organisation = m.organisation and r.ended_at is null
               order by r.role
             ) as roles,
             p.sign_outs, p.shared
      from accounts.person p
      join accounts.membership m on m.person = p.id and m.ended_at is null
      join establishments.organisation o on o.code = m.organisation and o.inactive_since is null
      where p.archived_at is null`.execute(db)
  await sql`
    create or replace view accounts.live_client as
      select c.id, c.name, c.organisation, c.role, c.last_used_at
      from accounts.client c
      join establishments.organisation o on o.code = c.organisation and o.inactive_since is null
      where c.revoked_at is null`.execute(db)
}

// What was done to an account, as whoever looks after it reads it. The audit says the same for good, sealed, without names.
async function createEvents(db: Kysely<unknown>): Promise<void> {
  await sql`
    create table accounts.account_event (
      n bigint generated always as identity primary key,
      person text not null,
      organisation text not null,
      at timestamptz not null,
      event text not null,
      -- who did it, as called then; a person has name and organisation
      actor_kind text not null check (actor_kind in ('person', 'operator', 'service')),
      actor text,
      actor_name text,
      actor_organisation text,
      -- slugs of roles, or names of details, that it was about
      given text[] not null default '{}',
      taken text[] not null default '{}',
      foreign key (person, organisation) references accounts.membership (person, organisation)
    )`.execute(db)
  await sql`create index account_event_of on accounts.account_event (person, organisation, n)`.execute(db)
}

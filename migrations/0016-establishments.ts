import { sql, type Kysely } from 'kysely'

/** What authorities and the national administrator maintain: details, settings of LAs, proposals for the register. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    alter table establishments.organisation
      add column phone text,
      -- an authority gets copies of the CTFs to and from its schools (guidance for local authorities §3.9)
      add column copies boolean not null default true,
      -- school days after which an authority counts a pupil whose new school is not known as lost
      add column lost_after_days integer not null default 20 check (lost_after_days between 1 and 99)`.execute(
    db,
  )
  await sql`
    create index organisation_inactive on establishments.organisation (la) where inactive_since is not null`.execute(
    db,
  )
  // from a school to those that it follows
  await sql`create index link_to on establishments.link (to_code)`.execute(db)
  await sql`
    create table establishments.proposal (
      id text primary key,
      kind text not null check (kind in ('new', 'close', 'merge', 'rename')),
      -- number of the authority whose school it is about
      la text not null,
      code text not null check (code ~ '^[0-9]{7}$'),
      -- the names that it is to have; of a new or renamed school
      name_en text,
      name_cy text,
      town text,
      -- the school that takes its pupils over; of a closed or merged one
      successor text,
      -- from when on it holds
      date date not null,
      note text,
      state text not null check (state in ('proposed', 'withdrawn', 'declined', 'confirmed', 'applied')),
      proposed_by text not null,
      proposed_for text not null references establishments.organisation (code),
      proposed_at timestamptz not null,
      decided_by text,
      decided_at timestamptz,
      -- why it was declined
      reason text,
      applied_at timestamptz
    )`.execute(db)
  // what is still to be decided or to take effect
  await sql`
    create index proposal_open on establishments.proposal (date, id) where state in ('proposed', 'confirmed')`.execute(
    db,
  )
  await sql`create index proposal_la on establishments.proposal (la, proposed_at desc, id)`.execute(db)
  await sql`create index proposal_latest on establishments.proposal (proposed_at desc, id)`.execute(db)
  // what other rooms may join: who belongs to an organisation, be it active or not
  await sql`
    create view accounts.present_member as
      select m.organisation, p.id as person, p.username, p.name, p.email, p.shared, m.approver, p.activated_at,
             p.last_sign_in_at,
             array(
               select r.role from accounts.held_role r
               where r.person = p.id and r.organisation = m.organisation and r.ended_at is null
               order by r.role
             ) as roles
      from accounts.membership m join accounts.person p on p.id = m.person
      where m.ended_at is null and p.archived_at is null`.execute(db)
}

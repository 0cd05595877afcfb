import { sql, type Kysely } from 'kysely'

/** Files on their way: the file, its pupils as read, and its history. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`create schema transfers`.execute(db)
  await sql`
    create table transfers.file (
      id text primary key,
      name text not null,
      -- the name while it is taken; null once it is free for another file
      held_name text unique,
      kind text not null check (kind in ('ctf', 'transfer', 'admissions', 'census', 'generic')),
      source text not null references establishments.organisation (code),
      -- a code, or XXXXXXX / MMMMMMM for the Lost Pupil Database
      destination text not null,
      -- the organisation that uploaded it: its source, or the LA acting for that school
      sender text not null references establishments.organisation (code),
      uploaded_by text not null,
      status text not null check (status in
        ('quarantined', 'refused', 'awaiting', 'downloaded', 'rejected', 'removed', 'forwarded', 'expired', 'lost', 'found')),
      body text not null references kit.body (id),
      sha256 text not null,
      size integer not null,
      pupils integer not null,
      -- warnings of the check: rule, place, parameters
      findings jsonb not null,
      uploaded_at timestamptz not null,
      changed_at timestamptz not null,
      fetch_started_at timestamptz,
      fetched_at timestamptz,
      confirmed_at timestamptz,
      reason text,
      -- the file this one is a readdressed copy of, and the copy made of this one
      original text references transfers.file (id),
      readdressed_as text references transfers.file (id)
    )`.execute(db)
  await sql`create index file_inbox on transfers.file (destination, uploaded_at desc, id desc)`.execute(db)
  await sql`create index file_source on transfers.file (source, uploaded_at desc, id desc)`.execute(db)
  // files that an LA sent for one of its schools: the other half of its sent list
  await sql`create index file_sent_for on transfers.file (sender, uploaded_at desc, id desc) where sender <> source`.execute(
    db,
  )
  await sql`
    create table transfers.pupil (
      file text not null references transfers.file (id),
      index integer not null,
      upn text, former_upn text, uln text,
      surname text, forename text, middle_names text, former_surname text,
      dob date, sex text, postcode text, town text,
      primary key (file, index)
    )`.execute(db)
  await sql`
    create table transfers.event (
      file text not null references transfers.file (id),
      n bigint generated always as identity,
      at timestamptz not null,
      event text not null,
      organisation text not null,
      detail text,
      primary key (file, n)
    )`.execute(db)
}

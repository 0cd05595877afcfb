import { sql, type Kysely } from 'kysely'

/** The register: organisations and the links by which one follows another. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`create schema establishments`.execute(db)
  await sql`
    create table establishments.organisation (
      code text primary key check (code ~ '^([0-9]{3}([0-9]{4}|LLLL)|SUP[0-9]{4})$'),
      kind text not null check (kind in ('school', 'authority', 'department', 'supplier')),
      la text not null,
      urn text,
      name_en text not null,
      name_cy text,
      address text[] not null default '{}',
      town text,
      postcode text,
      email text,
      language text not null check (language in ('en', 'cy', 'both')),
      sector text check (sector in ('maintained', 'independent', 'pru', 'other')),
      status text not null check (status in ('open', 'closed', 'proposed')),
      opened date,
      closed date,
      -- an authority whose schools are in the register
      schools_loaded boolean not null default false,
      -- the fields that were corrected by hand: an import keeps them
      corrected text[] not null default '{}',
      -- what the finder sorts by and looks in, made by the pure rules of the room
      name_key text collate "C" not null,
      words tsvector not null
    )`.execute(db)
  await sql`create index organisation_words on establishments.organisation using gin (words)`.execute(db)
  await sql`create index organisation_name on establishments.organisation (name_key, code)`.execute(db)
  await sql`create index organisation_la on establishments.organisation (la, name_key, code)`.execute(db)
  await sql`create index organisation_urn on establishments.organisation (urn)`.execute(db)
  // no foreign key: a number that was given up may be known by its successor only
  await sql`
    create table establishments.link (
      from_code text not null,
      to_code text not null,
      type text not null check (type in ('successor', 'merged', 'amalgamated', 'split', 'renumbered')),
      date date,
      primary key (from_code, to_code),
      check (from_code <> to_code)
    )`.execute(db)
}

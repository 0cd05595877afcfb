import { sql, type Kysely } from 'kysely'

/** Codes by which approver roles are claimed, and machine clients with more than one secret. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`create schema approvers`.execute(db)
  await sql`
    create table approvers.code (
      -- HMAC-SHA256 under a secret of the installation
      code_hash bytea primary key,
      organisation text not null references establishments.organisation (code),
      issued_at timestamptz not null,
      -- the person's id, or operator
      issued_by text not null,
      expires_at timestamptz not null,
      claimed_at timestamptz,
      claimed_by text references accounts.person (id),
      withdrawn_at timestamptz,
      check ((claimed_at is null) = (claimed_by is null)),
      check (claimed_at is null or withdrawn_at is null)
    )`.execute(db)
  await sql`
    create unique index one_open_code on approvers.code (organisation)
    where claimed_at is null and withdrawn_at is null`.execute(db)
  // who said "not now" when the role was offered; Home leads there no more
  await sql`
    create table approvers.put_off (
      person text not null,
      organisation text not null,
      at timestamptz not null,
      primary key (person, organisation),
      foreign key (person, organisation) references accounts.membership (person, organisation)
    )`.execute(db)
  // wrong codes, by a hash of the person and of the network address
  await sql`create table approvers.wrong_code (key bytea not null, at timestamptz not null)`.execute(db)
  await sql`create index wrong_code_key on approvers.wrong_code (key, at)`.execute(db)
  await sql`create index wrong_code_at on approvers.wrong_code (at)`.execute(db)

  await sql`
    create table accounts.client_secret (
      -- SHA-256 of the secret
      secret_hash bytea primary key,
      client text not null references accounts.client (id),
      created_at timestamptz not null,
      -- a former one: until when it goes on working beside its successor
      ends_at timestamptz
    )`.execute(db)
  await sql`
    create unique index one_newest_secret on accounts.client_secret (client) where ends_at is null`.execute(
    db,
  )
  await sql`create index client_secret_client on accounts.client_secret (client)`.execute(db)
  await sql`
    insert into accounts.client_secret (secret_hash, client, created_at)
    select secret_hash, id, created_at from accounts.client`.execute(db)
  await sql`alter table accounts.client drop column secret_hash`.execute(db)
  // the person's id, or operator: until now the operator made them all
  await sql`alter table accounts.client add column created_by text not null default 'operator'`.execute(db)
  await sql`alter table accounts.client alter column created_by drop default`.execute(db)
}

import { sql, type Kysely } from 'kysely'

/** Schema `kit`: named secrets, the strongroom's bodies, the audit. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`create schema if not exists kit`.execute(db)
  await sql`
    create table kit.secret (
      name text primary key,
      wrapped bytea not null,
      key_id text not null,
      created_at timestamptz not null default now()
    )`.execute(db)
  await createBody(db)
  await createAudit(db)
}

// A destroyed body keeps its row, without its content and its key: what names it still stands, and reading says that it
// is gone. The index serves key rotation, which goes by key.
async function createBody(db: Kysely<unknown>): Promise<void> {
  await sql`
    create table kit.body (
      id text primary key,
      ciphertext bytea,
      wrapped_key bytea,
      key_id text,
      sha256 text not null,
      size int not null,
      created_at timestamptz not null default now(),
      constraint body_whole_or_destroyed check (num_nulls(ciphertext, wrapped_key, key_id) in (0, 3))
    )`.execute(db)
  // ciphertext does not compress: do not let the database try
  await sql`alter table kit.body alter column ciphertext set storage external`.execute(db)
  await sql`create index body_key on kit.body (key_id)`.execute(db)
}

// Rows are only ever added; the one change that passes is to give a row its number and hash in the chain, once. Times
// hold no more than milliseconds, so that what was sealed can be computed again from what is stored.
async function createAudit(db: Kysely<unknown>): Promise<void> {
  await sql`
    create table kit.audit (
      id uuid primary key,
      at timestamptz(3) not null,
      actor_kind text not null,
      actor text not null,
      organisation text,
      action text not null,
      outcome text not null,
      reason text,
      subject text,
      address text,
      seal bytea not null,
      n bigint,
      hash bytea,
      constraint audit_chained_whole check ((n is null) = (hash is null))
    )`.execute(db)
  await sql`create unique index audit_n on kit.audit (n) where n is not null`.execute(db)
  await sql`create index audit_unchained on kit.audit (id) where n is null`.execute(db)
  await sql`
    create function kit.refuse_audit_change() returns trigger language plpgsql as $$
    begin
      raise exception 'the audit is append-only: % refused', tg_op;
    end $$`.execute(db)
  await sql`
    create trigger audit_no_update before update on kit.audit for each row
    when (
      old.n is not null or new.n is null
      or (new.id, new.at, new.actor_kind, new.actor, new.organisation, new.action, new.outcome, new.reason,
          new.subject, new.address, new.seal)
        is distinct from
        (old.id, old.at, old.actor_kind, old.actor, old.organisation, old.action, old.outcome, old.reason,
          old.subject, old.address, old.seal)
    )
    execute function kit.refuse_audit_change()`.execute(db)
  await sql`
    create trigger audit_no_delete before delete or truncate on kit.audit for each statement
    execute function kit.refuse_audit_change()`.execute(db)
}

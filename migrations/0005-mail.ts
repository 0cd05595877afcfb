import { sql, type Kysely } from 'kysely'

/** The outbox: every e-mail from the transaction that queues it until it is sent, or kept for the operator. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    create table kit.mail (
      id text primary key,
      to_address text not null,
      to_name text not null,
      language text not null check (language in ('en', 'cy', 'both')),
      template text not null,
      params jsonb not null,
      -- what it tells of: the id of the file
      about text not null,
      -- sending: the whole message is being handed over; uncertain: whether it arrived is not known
      state text not null check (state in ('queued', 'sending', 'sent', 'dead', 'uncertain')),
      attempts integer not null default 0,
      -- when it is tried next; while a sender holds it, until when
      next_at timestamptz not null default now(),
      give_up_at timestamptz not null,
      held_by text,
      last_error text,
      created_at timestamptz not null,
      sent_at timestamptz
    )`.execute(db)
  await sql`create index mail_due on kit.mail (next_at) where state = 'queued'`.execute(db)
  await sql`create index mail_sending on kit.mail (next_at) where state = 'sending'`.execute(db)
  await sql`create index mail_unsent on kit.mail (created_at, id) where state <> 'sent'`.execute(db)
  await sql`create index mail_sent on kit.mail (sent_at) where state = 'sent'`.execute(db)
}

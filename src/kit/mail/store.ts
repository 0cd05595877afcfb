import type { RawBuilder } from 'kysely'
import { sql, type Querying, type Tx } from '../database.ts'
import type { Language, WordParams } from '../i18n.ts'

/** Where a mail stands that was not sent. */
export type UnsentState = 'queued' | 'sending' | 'dead' | 'uncertain'

/** A mail to put into the outbox. */
export interface NewMail {
  id: string
  toAddress: string
  toName: string
  language: Language | 'both'
  template: string
  params: WordParams
  about: string
  state: 'queued' | 'dead'
  lastError: string | null
}

/** A mail that a sender holds. */
export interface HeldMail {
  id: string
  toAddress: string
  toName: string
  language: Language | 'both'
  template: string
  params: WordParams
  attempts: number
  createdAt: Date
}

/** What became of a held mail. */
export interface Settled {
  id: string
  /** `queued`: to be tried again. */
  state: 'queued' | 'sent' | 'dead' | 'uncertain'
  /** Whether this counts as an attempt. */
  tried: boolean
  /** Seconds until it is tried again. */
  delay: number
  error: string | null
}

/** A mail as the operator sees it. */
export interface ListedMail {
  id: string
  state: UnsentState
  to: string
  template: string
  about: string
  attempts: number
  createdAt: Date
  nextAt: Date
  lastError: string | null
}

/**
 * The params of a mail that goes into a state: a link that lets its holder in is kept no longer than it can be sent.
 * With it the others go, and what is left says that it was there.
 */
function paramsIn(state: RawBuilder<unknown>): RawBuilder<unknown> {
  return sql`case when ${state} in ('sent', 'dead', 'uncertain') and jsonb_exists(params, 'link')
    then '{"link": null}'::jsonb else params end`
}

/** Whether the link of a mail is gone, so that it cannot be sent any more. */
const SPENT = sql`coalesce(params -> 'link' = 'null'::jsonb, false)`

/** Puts mails into the outbox in one statement, so that they share the fate of the transaction. */
export async function insertMails(
  tx: Tx,
  mails: readonly NewMail[],
  { createdAt, giveUp }: { createdAt: Date; giveUp: number },
): Promise<void> {
  await sql`
    insert into kit.mail (id, to_address, to_name, language, template, params, about, state, last_error,
      give_up_at, created_at)
    select id, "toAddress", "toName", language, template, ${paramsIn(sql`state`)}, about, state, "lastError",
      now() + ${giveUp} * interval '1 second', ${createdAt}::timestamptz
    from json_to_recordset(${JSON.stringify(mails)}::json) as mail (id text, "toAddress" text, "toName" text,
      language text, template text, params jsonb, about text, state text, "lastError" text)`.execute(tx)
}

/**
 * Gives up to `limit` mails that are due to the sender `holder` for `hold` seconds. Two senders never get the same
 * one; of a sender that died they are due again when its hold is over.
 */
export async function holdMails(
  db: Querying,
  { holder, hold, limit }: { holder: string; hold: number; limit: number },
): Promise<HeldMail[]> {
  const { rows } = await sql<HeldMail>`
    update kit.mail set held_by = ${holder}, next_at = now() + ${hold} * interval '1 second'
    where id in (
      select id from kit.mail where state = 'queued' and next_at <= now()
      order by next_at limit ${limit} for update skip locked)
    returning id, to_address as "toAddress", to_name as "toName", language, template, params, attempts,
      created_at as "createdAt"`.execute(db)
  return rows
}

/** Keeps mails with their sender for another `hold` seconds. */
export async function keepHolding(
  db: Querying,
  { holder, hold, ids }: { holder: string; hold: number; ids: readonly string[] },
): Promise<void> {
  await sql`
    update kit.mail set next_at = now() + ${hold} * interval '1 second'
    where id = any(${ids}) and held_by = ${holder} and state in ('queued', 'sending')`.execute(db)
}

/** Marks that the end of a message goes out now. False when the sender no longer holds it: then it must not. */
export async function markSending(db: Querying, holder: string, id: string): Promise<boolean> {
  const { rows } = await sql`
    update kit.mail set state = 'sending'
    where id = ${id} and held_by = ${holder} and state = 'queued' and next_at > now() returning id`.execute(
    db,
  )
  return rows.length === 1
}

/** Writes down what became of mails that `holder` holds; one to be tried again past its time becomes dead. */
export async function settleMails(db: Querying, holder: string, settled: readonly Settled[]): Promise<void> {
  const state = sql`case when outcome.state = 'queued' and outcome.error is not null
    and now() + outcome.delay * interval '1 second' > give_up_at then 'dead' else outcome.state end`
  await sql`
    update kit.mail set
      state = ${state},
      params = ${paramsIn(state)},
      attempts = attempts + outcome.tried::int,
      next_at = now() + outcome.delay * interval '1 second',
      last_error = coalesce(outcome.error, last_error),
      sent_at = case when outcome.state = 'sent' then now() end,
      held_by = null
    from json_to_recordset(${JSON.stringify(settled)}::json)
      as outcome (id text, state text, tried boolean, delay float8, error text)
    where mail.id = outcome.id and held_by = ${holder} and mail.state in ('queued', 'sending')`.execute(db)
}

/** Marks as uncertain what a sender that died was handing over; gives how many. */
export async function markInterrupted(db: Querying): Promise<number> {
  const { numAffectedRows } = await sql`
    update kit.mail set state = 'uncertain', params = ${paramsIn(sql`'uncertain'`)}, held_by = null,
      last_error = 'interrupted', attempts = attempts + 1
    where state = 'sending' and next_at <= now()`.execute(db)
  return Number(numAffectedRows ?? 0)
}

/** Mails in any of `states`, oldest first, at most `limit`. */
export async function listMails(
  db: Querying,
  states: readonly UnsentState[],
  limit: number,
): Promise<ListedMail[]> {
  const { rows } = await sql<ListedMail>`
    select id, state, to_address as "to", template, about, attempts, created_at as "createdAt",
      next_at as "nextAt", last_error as "lastError"
    from kit.mail where state <> 'sent' and state = any(${states}) order by created_at, id limit ${limit}`.execute(
    db,
  )
  return rows
}

/**
 * Queues a mail again that is dead, uncertain or waiting for its next try; `all-dead`: every dead one. It has
 * `giveUp` seconds from now. One whose link is gone stays. Gives how many.
 */
export async function retryMails(
  tx: Tx,
  which: { id: string } | 'all-dead',
  giveUp: number,
): Promise<number> {
  const chosen =
    which === 'all-dead'
      ? sql`state = 'dead'`
      : sql`id = ${which.id} and (state in ('dead', 'uncertain') or (state = 'queued' and held_by is null))`
  const { numAffectedRows } = await sql`
    update kit.mail set state = 'queued', attempts = 0, next_at = now(),
      give_up_at = now() + ${giveUp} * interval '1 second', last_error = null
    where ${chosen} and not ${SPENT}`.execute(tx)
  return Number(numAffectedRows ?? 0)
}

/** Deletes mails sent more than `days` ago: their addresses are people's; gives how many. */
export async function forgetSent(tx: Querying, days: number): Promise<number> {
  const { numAffectedRows } = await sql`
    delete from kit.mail where state = 'sent' and sent_at < now() - ${days} * interval '1 day'`.execute(tx)
  return Number(numAffectedRows ?? 0)
}

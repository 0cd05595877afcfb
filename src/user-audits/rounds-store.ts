import type { RawBuilder } from 'kysely'
import { sql, type Querying, type Tx } from '../kit/database.ts'
import type { Nation } from './rules.ts'

/** A round of the audit. */
export interface Round {
  id: string
  nation: Nation
  openedAt: Date
  openedByName: string
  /** CCYY-MM-DD: the last day on which people can be confirmed, in London. */
  dueOn: string
  closedAt: Date | null
  /** Null where it closed by itself. */
  closedByName: string | null
}

/** The columns of a `Round`, of a round `r`. */
export const ROUND = sql`r.id, r.nation, r.opened_at as "openedAt", r.opened_by_name as "openedByName",
  r.due_on as "dueOn", r.closed_at as "closedAt", r.closed_by_name as "closedByName"`

/** That a confirmation `c` awaits an answer: one whose membership ended otherwise does not. */
export const AWAITS = sql`(c.answer is null and exists (
  select 1 from accounts.membership m
  where m.person = c.person and m.organisation = c.organisation and m.ended_at is null))`

/** The day of a moment in London, as a date. */
export const londonDay = (at: Date): RawBuilder<unknown> =>
  sql`(${at}::timestamptz at time zone 'Europe/London')::date`

/** Organisations `o` that a round of a nation has: LA numbers 660 to 681 are Welsh (DfE code set CS003); others are of both. */
function isOf(nation: Nation): RawBuilder<unknown> {
  if (nation === 'both') return sql`true`
  return sql`(o.kind in ('department', 'supplier') or (o.la between '660' and '681') = ${nation === 'wales'}::boolean)`
}

/** Organisations `o` that have people now and are in no round that is open: those of both nations might be. */
const HAS_PEOPLE = sql`exists (
    select 1 from accounts.membership m where m.organisation = o.code and m.ended_at is null
  ) and not exists (
    select 1 from user_audits.organisation other join user_audits.round r on r.id = other.round
    where other.code = o.code and r.closed_at is null
  )`

/** How many organisations and people a round of a nation would have now. */
export async function countOf(
  querying: Querying,
  nation: Nation,
): Promise<{ organisations: number; people: number }> {
  const { rows } = await sql<{ organisations: number; people: number }>`
    select count(distinct o.code) as organisations, count(*) as people
    from establishments.organisation o join accounts.membership m on m.organisation = o.code and m.ended_at is null
    where ${isOf(nation)} and ${HAS_PEOPLE}`.execute(querying)
  return rows[0]!
}

/** A round to open. */
export interface NewRound {
  id: string
  nation: Nation
  openedAt: Date
  openedBy: string
  openedByName: string
  dueOn: string
  /** When the first reminders are due. */
  remindAt: Date
}

/**
 * Opens a round with everybody who is a member now, and gives how many they are; null, and nothing is written, while one
 * of the nation is open.
 */
export async function insertRound(tx: Tx, round: NewRound): Promise<number | null> {
  const { id, nation, openedAt, openedBy, openedByName, dueOn, remindAt } = round
  const { rows } = await sql`
    insert into user_audits.round (id, nation, opened_at, opened_by, opened_by_name, due_on)
    values (${id}, ${nation}, ${openedAt}, ${openedBy}, ${openedByName}, ${dueOn}::date)
    on conflict do nothing returning id`.execute(tx)
  if (rows.length === 0) return null
  // an LA stands for its schools, also where nobody is a member of the LA itself
  await sql`
    with populated as (select o.code, o.la from establishments.organisation o where ${isOf(nation)} and ${HAS_PEOPLE})
    insert into user_audits.organisation (round, code, la, name_en, name_cy, remind_at)
    select ${id}, o.code, o.la, o.name_en, coalesce(o.name_cy, o.name_en), ${remindAt}::timestamptz
    from establishments.organisation o
    where o.code in (select code from populated)
       or (o.kind = 'authority' and o.la in (select la from populated))`.execute(tx)
  const { numAffectedRows } = await sql`
    insert into user_audits.confirmation (round, organisation, la, person, username, name, email, roles, approver)
    select io.round, io.code, io.la, p.id, p.username, p.name, p.email, array(
             select h.role from accounts.held_role h
             where h.person = m.person and h.organisation = m.organisation and h.ended_at is null order by h.role
           ), m.approver
    from user_audits.organisation io
    join accounts.membership m on m.organisation = io.code and m.ended_at is null
    join accounts.person p on p.id = m.person
    where io.round = ${id}`.execute(tx)
  return Number(numAffectedRows ?? 0)
}

/** A round by its id; null when there is none. */
export async function selectRound(querying: Querying, id: string): Promise<Round | null> {
  const { rows } = await sql<Round>`select ${ROUND} from user_audits.round r where r.id = ${id}`.execute(
    querying,
  )
  return rows[0] ?? null
}

/** A round with how many people it has and how many await an answer. */
export interface CountedRound extends Round {
  people: number
  awaiting: number
}

/** Rounds, the newest first; the 30 last. */
export async function listRounds(querying: Querying): Promise<CountedRound[]> {
  const { rows } = await sql<CountedRound>`
    select ${ROUND}, (select count(*) from user_audits.confirmation c where c.round = r.id) as people,
           case when r.closed_at is null then (
             select count(*) from user_audits.confirmation c
             join accounts.membership m on m.person = c.person and m.organisation = c.organisation
             where c.round = r.id and c.answer is null and m.ended_at is null
           ) else 0 end as awaiting
    from user_audits.round r order by r.opened_at desc, r.id limit 30`.execute(querying)
  return rows
}

/** The last round that has an organisation or, with `la`, any of an LA; null before the first. */
export async function lastRoundOf(
  querying: Querying,
  { organisation, la }: { organisation: string | null; la: string | null },
): Promise<Round | null> {
  const { rows } = await sql<Round>`
    select ${ROUND} from user_audits.round r
    where exists (
      select 1 from user_audits.organisation io
      where io.round = r.id and (io.code = ${organisation}::text or io.la = ${la}::text)
    )
    order by r.opened_at desc, r.id limit 1`.execute(querying)
  return rows[0] ?? null
}

/** Has a later last day; false when the round is closed, its last day is over, or the new one is not later. */
export async function setDue(tx: Tx, id: string, dueOn: string, now: Date): Promise<boolean> {
  const { rows } = await sql`
    update user_audits.round set due_on = ${dueOn}::date
    where id = ${id} and closed_at is null and due_on >= ${londonDay(now)} and due_on < ${dueOn}::date
    returning id`.execute(tx)
  return rows.length > 0
}

/** Has reminders of a round sent as soon as its clock looks; false when it is closed or its last day is over. */
export async function setRemindNow(tx: Tx, id: string, now: Date): Promise<boolean> {
  const { rows } = await sql`
    update user_audits.organisation io set remind_at = ${now}
    from user_audits.round r
    where io.round = ${id} and r.id = io.round and r.closed_at is null and r.due_on >= ${londonDay(now)}
    returning io.code`.execute(tx)
  return rows.length > 0
}

/** Closes a round before its end; false when it is closed already. */
export async function setClosed(tx: Tx, id: string, byName: string, now: Date): Promise<boolean> {
  const { rows } = await sql`
    update user_audits.round set closed_at = ${now}, closed_by_name = ${byName}
    where id = ${id} and closed_at is null returning id`.execute(tx)
  return rows.length > 0
}

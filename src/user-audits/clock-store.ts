import { sql, type Querying, type Tx } from '../kit/database.ts'
import type { Language } from '../kit/i18n.ts'
import type { Role } from '../permissions/table.ts'
import { AWAITS, londonDay, ROUND, type Round } from './rounds-store.ts'

/** An organisation of a round that is to be told something. */
export interface ToTell {
  round: string
  code: string
  la: string
  nameEn: string
  nameCy: string
  /** CCYY-MM-DD. */
  dueOn: string
}

const TO_TELL = sql`io.round, io.code, io.la, io.name_en as "nameEn", io.name_cy as "nameCy", r.due_on as "dueOn"
  from user_audits.organisation io join user_audits.round r on r.id = io.round`

/** An organisation whose people, or those of its LA, were suspended when the round was over. */
const HAS_SUSPENDED = sql`exists (
  select 1 from user_audits.confirmation c
  where c.round = io.round and c.la = io.la and c.answer = 'suspended'
    and (c.organisation = io.code or io.code = io.la || 'LLLL'))`

/** What an organisation of an open round is told by the clock. */
export type Telling = 'opened' | 'reminder' | 'suspended'

/**
 * Up to `limit` organisations that are to be told something now, locked: another process takes others, and what a
 * process left when it died is taken up again.
 */
export async function lockToTell(tx: Tx, what: Telling, now: Date, limit: number): Promise<ToTell[]> {
  const due = {
    opened: sql`io.told_at is null`,
    reminder: sql`io.told_at is not null and io.remind_at <= ${now} and r.due_on >= ${londonDay(now)}`,
    suspended: sql`io.suspended_told_at is null and r.due_on < ${londonDay(now)} and ${HAS_SUSPENDED}`,
  }[what]
  const { rows } = await sql<ToTell>`
    select ${TO_TELL} where r.closed_at is null and ${due}
    order by io.round, io.code limit ${limit} for update of io skip locked`.execute(tx)
  return rows
}

/** Notes that organisations of a round were told; after a reminder, when the next is due and to whom one went. */
export async function setTold(
  tx: Tx,
  what: Telling,
  told: { round: string; codes: readonly string[]; at: Date; next: Date; mailed: readonly string[] },
): Promise<void> {
  const { round, codes, at, next, mailed } = told
  const change = {
    opened: sql`told_at = ${at}, remind_at = ${next}`,
    reminder: sql`remind_at = ${next},
      reminded_at = case when code = any(${mailed}::text[]) then ${at}::timestamptz else reminded_at end`,
    suspended: sql`suspended_told_at = ${at}`,
  }[what]
  await sql`
    update user_audits.organisation set ${change}
    where round = ${round} and code = any(${codes}::text[])`.execute(tx)
}

/** Somebody who answers for others, at one organisation. */
export interface Answerer {
  id: string
  organisation: string
  name: string
  email: string
  language: Language
  /** With `approver` for who is one. */
  roles: Role[]
}

/** Who may answer for others at some organisations, from their invitation on. */
export async function selectAnswerers(tx: Tx, organisations: readonly string[]): Promise<Answerer[]> {
  const { rows } = await sql<Answerer & { approver: boolean }>`
    select person as id, organisation, name, email, language, roles, approver from accounts.live_membership
    where organisation = any(${organisations}::text[])
      and (approver or roles && array['lea-dba', 'national-administrator'])
    order by organisation, person`.execute(tx)
  return rows.map(({ approver, roles, ...one }) => ({
    ...one,
    roles: approver ? [...roles, 'approver'] : roles,
  }))
}

/** How many of an organisation, or with an LA's code of the LA and its schools, await an answer or were suspended. */
export async function countAt(
  tx: Tx,
  { round, code, la }: Pick<ToTell, 'round' | 'code' | 'la'>,
  which: 'awaiting' | 'suspended',
): Promise<number> {
  const isWhole = code === `${la}LLLL`
  const { rows } = await sql<{ count: number }>`
    select count(*) as count from user_audits.confirmation c
    where c.round = ${round} and c.la = ${la} and (${isWhole}::boolean or c.organisation = ${code})
      and ${which === 'awaiting' ? AWAITS : sql`c.answer = 'suspended'`}`.execute(tx)
  return rows[0]!.count
}

/** Whether an LA has signed for itself and its schools. */
export async function isSigned(tx: Tx, round: string, code: string): Promise<boolean> {
  const { rows } = await sql`
    select id from user_audits.signed
    where round = ${round} and organisation = ${code} and whole_authority`.execute(tx)
  return rows.length > 0
}

/** A membership that nobody confirmed in time. */
export interface Overdue {
  id: string
  person: string
  username: string
  name: string
  email: string
  language: Language
  organisation: string
  nameEn: string
  nameCy: string
  dueOn: string
}

/** That the person of a confirmation `c` is a national administrator now. */
const IS_NATIONAL = sql`exists (
  select 1 from accounts.held_role h
  where h.person = c.person and h.organisation = c.organisation and h.role = 'national-administrator'
    and h.ended_at is null)`

/** The open rounds whose last day is over. */
export async function overdueRounds(querying: Querying, now: Date): Promise<string[]> {
  const { rows } = await sql<{ id: string }>`
    select r.id from user_audits.round r where r.closed_at is null and r.due_on < ${londonDay(now)} order by r.id`.execute(
    querying,
  )
  return rows.map(({ id }) => id)
}

/**
 * Up to `limit` memberships of a round who were not confirmed, locked, by person; national administrators apart, who
 * longest did not sign in first.
 */
export async function lockOverdue(
  tx: Tx,
  { round, national, limit }: { round: string; national: boolean; limit: number },
): Promise<Overdue[]> {
  const { rows } = await sql<Overdue>`
    select c.id, c.person, p.username, p.name, p.email, p.language, c.organisation, io.name_en as "nameEn",
           io.name_cy as "nameCy", r.due_on as "dueOn"
    from user_audits.confirmation c
    join user_audits.round r on r.id = c.round and r.closed_at is null
    join user_audits.organisation io on io.round = c.round and io.code = c.organisation
    join accounts.person p on p.id = c.person
    where c.round = ${round} and ${AWAITS} and ${IS_NATIONAL} = ${national}::boolean
    order by ${national ? sql`p.last_sign_in_at nulls first, c.person` : sql`c.person`}
    limit ${limit} for update of c skip locked`.execute(tx)
  return rows
}

/**
 * Closes each open round that has nothing left to do: nobody awaits an answer and every LA has signed, or its last day
 * is over and all that follows from it is done. Gives those that were closed.
 */
export async function closeFinished(tx: Tx, now: Date): Promise<Round[]> {
  const { rows } = await sql<Round>`
    with finished as (
      select r.id from user_audits.round r
      where r.closed_at is null
        and not exists (
          select 1 from user_audits.confirmation c
          where c.round = r.id and ${AWAITS} and not (r.due_on < ${londonDay(now)} and ${IS_NATIONAL}))
        and (r.due_on < ${londonDay(now)} or not exists (
          select 1 from user_audits.organisation io
          where io.round = r.id and io.code = io.la || 'LLLL' and io.la <> '101' and not exists (
            select 1 from user_audits.signed s
            where s.round = r.id and s.organisation = io.code and s.whole_authority)))
        and not exists (
          select 1 from user_audits.organisation io
          where io.round = r.id and io.suspended_told_at is null and ${HAS_SUSPENDED})
      for update of r
    )
    update user_audits.round r set closed_at = ${now} from finished
    where r.id = finished.id and r.closed_at is null returning ${ROUND}`.execute(tx)
  return rows
}

/**
 * Rounds that were opened 12 months ago, or 24 and so on, since when none was opened for a nation of theirs; notes that
 * it was told.
 */
export async function takeYearOld(tx: Tx, now: Date): Promise<Round[]> {
  const { rows } = await sql<Round>`
    update user_audits.round r set year_told_at = ${now}
    where coalesce(r.year_told_at, r.opened_at) <= ${now}::timestamptz - interval '12 months'
      and exists (
        select 1 from unnest(array['wales', 'england']) as of_nation
        where r.nation in (of_nation, 'both') and not exists (
          select 1 from user_audits.round later
          where later.opened_at > r.opened_at and later.nation in (of_nation, 'both')))
    returning ${ROUND}`.execute(tx)
  return rows
}

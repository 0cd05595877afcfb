import { sql, type Tx } from '../kit/database.ts'
import { REQUEST, REQUESTS, type RequestRow } from './store.ts'

/** Requests that the clock deals with at a time: a transaction stays short. */
const AT_ONCE = 20

/** What the clock looks for: open requests that stand at a stage, or were made, by a time. */
export type Due =
  { what: 'remind'; stageBy: Date } | { what: 'climb'; stageBy: Date } | { what: 'close'; askedBy: Date }

const CONDITION = {
  remind: (by: Date) => sql`reminded_at is null and stage_at <= ${by}`,
  // at the end of the way it is only marked
  climb: (by: Date) => sql`stage_at <= ${by} and (stage <> 'national' or overdue_at is null)`,
  close: (by: Date) => sql`asked_at <= ${by}`,
}

/** Open requests with which something is due, held until the transaction ends; those that another process holds are left to it. */
export async function takeDue(tx: Tx, due: Due): Promise<RequestRow[]> {
  const by = due.what === 'close' ? due.askedBy : due.stageBy
  const { rows } = await sql<RequestRow>`
    select ${REQUEST} from ${REQUESTS}
    where r.id in (
      select id from requests.request where state = 'open' and ${CONDITION[due.what](by)}
      order by stage_at limit ${AT_ONCE} for update skip locked
    )`.execute(tx)
  return rows
}

/** Notes that those who are asked were reminded. */
export async function noteReminded(tx: Tx, id: string, at: Date): Promise<void> {
  await sql`update requests.request set reminded_at = ${at} where id = ${id}`.execute(tx)
}

/** Notes that a request is overdue where nobody stands above. */
export async function noteOverdue(tx: Tx, id: string, at: Date): Promise<void> {
  await sql`update requests.request set overdue_at = ${at} where id = ${id} and overdue_at is null`.execute(
    tx,
  )
}

/** Empties the texts of requests that ended by a time, and what was typed into open forms; gives how many they were. */
export async function forgetTexts(tx: Tx, endedBy: Date, at: Date): Promise<number> {
  const { rows } = await sql`
    update requests.request
    set details = null, answer = null, name = null, email = null, username = null, asked_from = null,
        forgotten_at = ${at}
    where id in (
      select id from requests.request where ended_at <= ${endedBy} and forgotten_at is null
      order by ended_at limit 1000 for update skip locked
    )
    returning id`.execute(tx)
  return rows.length
}

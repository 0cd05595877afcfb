import { sql, type Querying, type Tx } from '../kit/database.ts'
import { REQUEST, REQUESTS, type RequestRow } from './store.ts'

/** A person's requests, the newest first: every open one, and those that ended since a time. */
export async function listOwnRequests(
  querying: Querying,
  person: string,
  endedSince: Date,
): Promise<RequestRow[]> {
  const { rows } = await sql<RequestRow>`
    select ${REQUEST} from ${REQUESTS}
    where r.person = ${person} and (r.state = 'open' or r.ended_at >= ${endedSince})
    order by r.asked_at desc, r.id limit 100`.execute(querying)
  return rows
}

/** What a person has asked for and waits for. */
export async function openRequestsOf(
  querying: Querying,
  person: string,
): Promise<Pick<RequestRow, 'kind' | 'organisation' | 'system' | 'roles'>[]> {
  const { rows } = await sql<Pick<RequestRow, 'kind' | 'organisation' | 'system' | 'roles'>>`
    select kind, organisation, system, roles from requests.request
    where person = ${person} and state = 'open'`.execute(querying)
  return rows
}

/** Open forms that came from one address since a time, and those about one organisation; with when the first of each was. */
export async function countForms(
  tx: Tx,
  { askedFrom, organisation }: { askedFrom: Buffer; organisation: string },
  since: { hour: Date; day: Date },
): Promise<{ fromAddress: number; first: Date | null; ofOrganisation: number }> {
  // in one order whatever the address, so that forms wait for one another and none slips past the count
  await sql`select pg_advisory_xact_lock(hashtextextended('requests.form', 0))`.execute(tx)
  const { rows } = await sql<{ fromAddress: number; first: Date | null; ofOrganisation: number }>`
    select
      (select count(*)::integer from requests.request
        where asked_from = ${askedFrom} and asked_at > ${since.hour}) as "fromAddress",
      (select min(asked_at) from requests.request
        where asked_from = ${askedFrom} and asked_at > ${since.hour}) as first,
      (select count(*)::integer from requests.request
        where organisation = ${organisation} and asked_from is not null and asked_at > ${since.day}) as "ofOrganisation"
  `.execute(tx)
  return rows[0]!
}

import { sql, type Querying, type Tx } from '../kit/database.ts'
import type { Actor } from '../permissions/decide.ts'
import type { AccountEvent } from './rules.ts'

/** Who did something to an account: somebody, the operator with `cts`, or the service by its clock. */
export type Doer = Pick<Actor, 'id' | 'name' | 'organisation'> | 'operator' | 'service'

/** What was done to a person's account at an organisation; times are UTC. */
export interface EventRow {
  at: Date
  event: AccountEvent
  actorKind: 'person' | 'operator' | 'service'
  /** Those of a person; null otherwise. */
  actorName: string | null
  actorOrganisation: string | null
  /** Its name, in Welsh where it has another. */
  actorOrganisationEn: string | null
  actorOrganisationCy: string | null
  /** Slugs of roles, or names of details, that it was about. */
  given: string[]
  taken: string[]
}

/** Notes what was done to a person's account at an organisation, for its history; the audit stands beside it. */
export async function noteAccountEvent(
  tx: Tx,
  { id, organisation }: { id: string; organisation: string },
  noted: {
    event: AccountEvent
    by: Doer
    at: Date
    given?: readonly string[]
    taken?: readonly string[]
  },
): Promise<void> {
  const { event, by, at, given = [], taken = [] } = noted
  const person = typeof by === 'string' ? null : by
  await sql`
    insert into accounts.account_event
      (person, organisation, at, event, actor_kind, actor, actor_name, actor_organisation, given, taken)
    values (${id}, ${organisation}, ${at}, ${event}, ${typeof by === 'string' ? by : 'person'}, ${person?.id ?? null},
            ${person?.name ?? null}, ${person?.organisation ?? null}, ${[...given]}, ${[...taken]})`.execute(
    tx,
  )
}

/** What was done to a person's account at an organisation, the newest first, at most `limit`. */
export async function accountEvents(
  querying: Querying,
  { id, organisation }: { id: string; organisation: string },
  limit: number,
): Promise<EventRow[]> {
  const { rows } = await sql<EventRow>`
    select e.at, e.event, e.actor_kind as "actorKind", e.actor_name as "actorName",
           e.actor_organisation as "actorOrganisation", o.name_en as "actorOrganisationEn",
           o.name_cy as "actorOrganisationCy", e.given, e.taken
    from accounts.account_event e left join establishments.organisation o on o.code = e.actor_organisation
    where e.person = ${id} and e.organisation = ${organisation}
    order by e.n desc limit ${limit}`.execute(querying)
  return rows
}

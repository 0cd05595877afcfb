import { sql, type Database } from '../src/kit/database.ts'
import type { Visitor } from './visitor.ts'

/** A mail in the outbox. */
export interface QueuedMail {
  to: string
  language: string
  template: string
  params: Record<string, unknown>
}

/** The mails about a request, or another thing of this id, in the order of their templates and receivers. */
export async function mailsAbout(db: Database, about: string): Promise<QueuedMail[]> {
  const { rows } = await sql<QueuedMail>`
    select to_address as to, language, template, params from kit.mail where about = ${about}
    order by template, to_address`.execute(db)
  return rows
}

/** Templates and receivers of the mails about a request: "request-access to person1". */
export async function toldAbout(db: Database, about: string): Promise<string[]> {
  return (await mailsAbout(db, about)).map(
    ({ template, to }) => `${template} to ${to.replace('@people.example.org', '')}`,
  )
}

/** The newest request of a person. */
export async function lastRequestOf(db: Database, person: string | null): Promise<StoredRequest> {
  const { rows } = await sql<StoredRequest>`
    select id, kind, state, stage, organisation, system, roles, granted, topic, details, answer, name, email, username,
      ended_by as "endedBy", asked_from is not null as "isCounted"
    from requests.request where person is not distinct from ${person} order by asked_at desc, id desc limit 1`.execute(
    db,
  )
  return rows[0]!
}

/** A request as it stands in the database. */
export interface StoredRequest {
  id: string
  kind: string
  state: string
  stage: string
  organisation: string
  system: string | null
  roles: string[]
  granted: string[]
  topic: string | null
  details: string | null
  answer: string | null
  name: string | null
  email: string | null
  username: string | null
  endedBy: string | null
  isCounted: boolean
}

/** Asks for roles of a system, or with null of this service; gives the request. */
export async function asks(
  db: Database,
  visitor: Visitor,
  system: string | null,
  role: string[],
): Promise<StoredRequest> {
  const fields = { ...(system === null ? {} : { system }), role, details: 'I send the returns' }
  const answer = await visitor.post('/account/access/ask', fields)
  if (answer.status !== 303) throw new Error(`not asked: ${answer.status} ${answer.html.slice(0, 4000)}`)
  return lastRequestOf(db, visitor.person.id)
}

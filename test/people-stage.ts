import { memberOf, type Member } from '../src/accounts/index.ts'
import { sql } from '../src/kit/database.ts'
import type { Role } from '../src/permissions/table.ts'
import { openTestServer, type TestServer } from './server.ts'
import { newPerson, visitorOf, type TestPerson, type Visitor } from './visitor.ts'
import type { DatabaseName } from './world.ts'

/** A mail as it was queued. */
export interface QueuedMail {
  template: string
  to: string
  params: Record<string, unknown>
}

/** The service with people, for tests of what is done to accounts. */
export interface PeopleStage {
  server: TestServer
  /** Makes an activated person; with `approver` and no role, an approver only. */
  person(organisation: string, role: Role | null, approver?: boolean): Promise<TestPerson>
  /** Makes one and signs in. */
  visitor(organisation: string, role: Role | null, approver?: boolean): Promise<Visitor>
  /** As things stand now. */
  member(person: Pick<TestPerson, 'id' | 'organisation'>): Promise<Member>
  /** Mails about a person so far, in their order; the next call gives those after. */
  mails(person: Pick<TestPerson, 'id'>): Promise<QueuedMail[]>
  /** Makes a person a member of another organisation too. */
  join(person: Pick<TestPerson, 'id'>, organisation: string, role: Role | null): Promise<void>
  /** What the audit says of a person, without reading: action, outcome, reason. */
  audited(person: Pick<TestPerson, 'id'>): Promise<string[]>
}

/** Opens it. */
export async function openPeopleStage(name: DatabaseName): Promise<PeopleStage> {
  const server = await openTestServer(name)
  const { db } = server.world
  const person: PeopleStage['person'] = (organisation, role, approver = false) =>
    newPerson(server, { organisation, role, approver })
  return {
    server,
    person,
    visitor: async (...asked) => visitorOf(server, await person(...asked)),
    async member({ organisation, id }) {
      const found = await memberOf(db, organisation, id)
      if (!found) throw new Error(`${id} is no member of ${organisation}`)
      return found
    },
    async mails({ id }) {
      const { rows } = await sql<QueuedMail>`
        delete from kit.mail where about = ${id} returning template, to_address as "to", params, created_at`.execute(
        db,
      )
      return rows.map(({ template, to, params }) => ({ template, to, params }))
    },
    async join({ id }, organisation, role) {
      await sql`
        insert into accounts.membership (person, organisation, approver, created_at)
        values (${id}, ${organisation}, false, now())`.execute(db)
      if (role)
        await sql`
          insert into accounts.held_role (person, organisation, role, given_at)
          values (${id}, ${organisation}, ${role}, now())`.execute(db)
    },
    async audited({ id }) {
      const { rows } = await sql<{ line: string }>`
        select concat_ws(' ', action, outcome, reason) as line from kit.audit
        where subject = ${id} and action like 'people.%' order by id`.execute(db)
      return rows.map(({ line }) => line)
    },
  }
}

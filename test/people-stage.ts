import assert from 'node:assert/strict'
import { memberOf, type Member } from '../src/accounts/index.ts'
import { sql } from '../src/kit/database.ts'
import type { Role } from '../src/permissions/table.ts'
import { textOf } from './page-answers.ts'
import { openTestServer, type TestServer } from './server.ts'
import { newPerson, visitorOf, type PageAnswer, type TestPerson, type Visitor } from './visitor.ts'
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
  /** Templates of those mails. */
  templates(person: Pick<TestPerson, 'id'>): Promise<string[]>
  /** Makes a person a member of another organisation too. */
  join(person: Pick<TestPerson, 'id'>, organisation: string, role: Role | null): Promise<void>
  /** The person of a username. */
  personOf(username: string): Promise<TestPerson>
  /** What the audit says of a person, without reading: action, outcome, reason. */
  audited(person: Pick<TestPerson, 'id'>): Promise<string[]>
}

/** Opens it. */
export async function openPeopleStage(name: DatabaseName): Promise<PeopleStage> {
  const server = await openTestServer(name)
  const { db } = server.world
  const person: PeopleStage['person'] = (organisation, role, approver = false) =>
    newPerson(server, { organisation, role, approver })
  const mails: PeopleStage['mails'] = async ({ id }) => {
    const { rows } = await sql<QueuedMail>`
      delete from kit.mail where about = ${id} returning template, to_address as "to", params, created_at`.execute(
      db,
    )
    return rows.map(({ template, to, params }) => ({ template, to, params }))
  }
  return {
    server,
    person,
    mails,
    templates: async (person) => (await mails(person)).map(({ template }) => template),
    visitor: async (...asked) => visitorOf(server, await person(...asked)),
    async member({ organisation, id }) {
      const found = await memberOf(db, organisation, id)
      if (!found) throw new Error(`${id} is no member of ${organisation}`)
      return found
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
    async personOf(username) {
      const { rows } = await sql<TestPerson>`
        select p.id, p.username, m.organisation from accounts.person p join accounts.membership m on m.person = p.id
        where p.username = ${username}`.execute(db)
      assert.ok(rows[0], username)
      return rows[0]
    },
    async audited({ id }) {
      const { rows } = await sql<{ line: string }>`
        select concat_ws(' ', action, outcome, reason) as line from kit.audit
        where subject = ${id} and action like 'people.%' order by id`.execute(db)
      return rows.map(({ line }) => line)
    },
  }
}

/** The school at which most of these tests are played. */
export const JOHN_FROST = '6804020'

/** The service with COLLECT, an approver of the school and the DBA of its LA. */
export interface Actors {
  stage: PeopleStage
  approver: Visitor
  dba: Visitor
}

/** Opens it with them. */
export async function openActors(name: DatabaseName): Promise<Actors> {
  const stage = await openPeopleStage(name)
  await connectCollect(stage)
  const approver = await stage.visitor(JOHN_FROST, 'school-user', true)
  return { stage, approver, dba: await stage.visitor('680LLLL', 'lea-dba') }
}

/** The page of a person. */
export const pathOf = ({ organisation, id }: TestPerson): string => `/people/${organisation}/${id}`

/** What the form of a page says it was made for. */
export const seenIn = ({ html }: PageAnswer): string => /name="seen" value="([^"]+)"/.exec(html)?.[1] ?? ''

/** Opens a form and sends it filled in. */
export async function fillForm(
  visitor: Visitor,
  path: string,
  fields: Record<string, string | readonly string[]> = {},
): Promise<PageAnswer> {
  const form = await visitor.get(path)
  assert.equal(form.status, 200, form.html.slice(0, 3000))
  const action = [...form.html.matchAll(/<form method="post" action="([^"]+)"/g)].find(
    ([, to]) => to !== '/log-off',
  )?.[1]
  const seen = seenIn(form)
  return visitor.post(action ?? assert.fail(`no form at ${path}`), { ...(seen ? { seen } : {}), ...fields })
}

/** What a person's page tells of the account's history. */
export const historyOf = async (visitor: Visitor, person: TestPerson): Promise<string> =>
  textOf(await visitor.get(pathOf(person))).split('What was done to the account')[1] ?? ''

/** Connects COLLECT, with a collection for schools and one for authorities. */
export async function connectCollect({ server }: PeopleStage): Promise<void> {
  const { db } = server.world
  await sql`
    insert into systems.system
      (code, name_en, name_cy, url, client_id, secret_hash, redirect_uris, post_logout_redirect_uris, created_at)
    values ('collect', 'COLLECT', 'COLLECT', 'https://collect.example.org/', 'collect', 'x', '{}', '{}', now())`.execute(
    db,
  )
  await sql`
    insert into systems.role (system, code, name_en, name_cy, kinds, place)
    values ('collect', 'census', 'School census', 'Cyfrifiad ysgolion', '{school}', 1),
           ('collect', 'la-return', 'LA return', 'Ffurflen yr ALl', '{authority}', 2)`.execute(db)
}

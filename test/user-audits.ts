import { sql } from '../src/kit/database.ts'
import type { Language } from '../src/kit/i18n.ts'
import type { Role } from '../src/permissions/table.ts'
import { keepRounds } from '../src/user-audits/clock.ts'
import { openTestServer, type TestServer } from './server.ts'
import { newPerson, visitorOf, type PageAnswer, type TestPerson, type Visitor } from './visitor.ts'
import type { DatabaseName } from './world.ts'

/** A service in which users are audited. */
export interface AuditStage {
  server: TestServer
  /** Makes somebody, known by a name from then on. */
  add(
    name: string,
    organisation: string,
    role: Role | null,
    more?: { approver?: boolean; language?: Language },
  ): Promise<TestPerson>
  person(name: string): TestPerson
  /** Signs somebody in anew. */
  as(name: string): Promise<Visitor>
  /** Days later, with what the clock does every day; or not. */
  later(days: number, keep?: boolean): Promise<void>
  /** What mail there was since it was last asked, as `template name`, sorted. */
  mails(): Promise<string[]>
  /** The ids by which somebody's rows of a page are answered for, by their names. */
  rows(organisation: string | null): Promise<Map<string, string>>
  /** Answers for some at an organisation. */
  answer(by: Visitor, path: string, what: string, ...names: string[]): Promise<PageAnswer>
  close(): Promise<void>
}

const DAY = 24 * 60 * 60 * 1000

/** Starts it, with nobody. */
export async function openAuditStage(where: DatabaseName): Promise<AuditStage> {
  const server = await openTestServer(where)
  const { world, clock } = server
  const people = new Map<string, TestPerson>()
  const seen = new Set<string>()
  const person = (name: string): TestPerson => {
    const found = people.get(name)
    if (!found) throw new Error(`nobody is called ${name}`)
    return found
  }
  const stage: AuditStage = {
    server,
    async add(name, organisation, role, more = {}) {
      const made = await newPerson(server, { organisation, role, ...more })
      await sql`update accounts.person set email = ${`${name}@people.example.org`}, name = ${`Name of ${name}`}
        where id = ${made.id}`.execute(world.db)
      people.set(name, made)
      return made
    },
    person,
    as: (name) => visitorOf(server, person(name)),
    async later(days, keep = true) {
      for (let day = 0; day < days; day += 1) {
        clock.advance(DAY)
        if (keep) await keepRounds(world)
      }
    },
    async mails() {
      const { rows } = await sql<{ id: string; line: string }>`
        select id, template || ' ' || split_part(to_address, '@', 1) as line from kit.mail`.execute(world.db)
      const fresh = rows.filter(({ id }) => !seen.has(id))
      for (const { id } of fresh) seen.add(id)
      return fresh.map(({ line }) => line).sort()
    },
    async rows(organisation) {
      const { rows } = await sql<{ id: string; name: string }>`
        select c.id, split_part(c.email, '@', 1) as name from user_audits.confirmation c
        join user_audits.round r on r.id = c.round
        where ${organisation}::text is null or c.organisation = ${organisation} order by r.opened_at`.execute(
        world.db,
      )
      return new Map(rows.map(({ name, id }) => [name, id]))
    },
    async answer(by, path, what, ...names) {
      const ids = await stage.rows(null)
      return by.post(path, { do: what, id: names.map((name) => ids.get(name)!) })
    },
    close: () => server.close(),
  }
  return stage
}

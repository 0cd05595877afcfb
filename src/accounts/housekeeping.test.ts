import assert from 'node:assert/strict'
import { afterEach, beforeEach, it } from 'node:test'
import { JOHN_FROST } from '../../test/api.ts'

import { newPerson, type TestPerson } from '../../test/visitor.ts'
import { forEachDatabase, openTestWorld, type TestWorld } from '../../test/world.ts'
import { sql } from '../kit/database.ts'
import type { Role } from '../permissions/table.ts'
import { keepAccounts } from './housekeeping.ts'
import { memberOf, noteSignIn } from './members-store.ts'
import { restoreMembership } from './members.ts'
import { invite } from './invitations.ts'

const NOW = '2026-09-02T09:05:00Z'
const DAY = 24 * 60 * 60 * 1000
const ago = (days: number): Date => new Date(new Date(NOW).getTime() - days * DAY)

forEachDatabase((name) => {
  let server: TestWorld
  beforeEach(async () => {
    server = await openTestWorld(name)
  })
  afterEach(() => server.close())

  /** Somebody who was added so many days ago, came (null: never) and last signed in (null: never) so many days ago. */
  async function add(
    created: number,
    came: number | null,
    last: number | null,
    { organisation, role }: { organisation: string; role: Role } = {
      organisation: JOHN_FROST,
      role: 'school-user',
    },
  ): Promise<TestPerson> {
    const person = await newPerson(server, { organisation, role })
    const { db } = server.world
    await sql`update accounts.person set created_at = ${ago(created)},
      activated_at = ${came === null ? null : ago(came)}, last_sign_in_at = ${last === null ? null : ago(last)}
      where id = ${person.id}`.execute(db)
    await sql`update accounts.membership set created_at = ${ago(created)} where person = ${person.id}`.execute(
      db,
    )
    await sql`update accounts.invitation set expires_at = ${ago(created - 2)} where person = ${person.id}`.execute(
      db,
    )
    return person
  }
  async function stateOf({ organisation, id }: TestPerson): Promise<string> {
    const member = (await memberOf(server.world.db, organisation, id))!
    const { rows } = await sql<{ template: string }>`
      select template from kit.mail where about = ${id} order by template`.execute(server.world.db)
    const mails = rows.map(({ template }) => template.replace('account-unused', '…'))
    return [member.endedAs ? `${member.endedAs} ${member.endedBecause}` : 'holds', ...mails].join(', ')
  }

  it('who was invited and never came is archived, who has not come for long is warned: by the day', async () => {
    const cases: [created: number, came: number | null, last: number | null, wanted: string][] = [
      [91, null, null, 'holds'],
      [92, null, null, 'archived never-activated, …-invitation'],
      [900, null, null, 'archived never-activated, …-invitation'],
      [92, 91, null, 'holds'],
      [900, 699, null, 'holds'],
      [900, 700, null, 'holds, …'],
      [2000, 1999, 1, 'holds'],
      [2000, 1999, 699, 'holds'],
      [2000, 1999, 700, 'holds, …'],
      // too long already, but not warned before
      [2000, 1999, 731, 'holds, …'],
    ]
    const people = []
    for (const [created, came, last] of cases) people.push(await add(created, came, last))
    await Promise.all([keepAccounts(server.world), keepAccounts(server.world)])
    await keepAccounts(server.world)
    for (const [index, [created, came, last, wanted]] of cases.entries())
      assert.equal(await stateOf(people[index]!), wanted, `added ${created}, came ${came}, last ${last}`)
  })

  it('who was warned is suspended when the days are over, unless somebody signs in', async () => {
    const away = await add(2000, 1999, 700)
    const back = await add(2000, 1999, 700)
    const { world, clock } = server
    await keepAccounts(world)
    clock.advance(10 * DAY)
    await noteSignIn(world.db, back.id, clock.now())
    clock.advance(19 * DAY)
    await keepAccounts(world)
    assert.equal(await stateOf(away), 'holds, …')
    clock.advance(DAY)
    await Promise.all([keepAccounts(world), keepAccounts(world)])
    assert.equal(await stateOf(away), 'suspended unused, …, …-suspended')
    assert.equal(await stateOf(back), 'holds, …')
    // and warned again when it is unused again
    clock.advance(690 * DAY)
    await keepAccounts(world)
    assert.equal(await stateOf(back), 'holds, …, …')
  })

  it('who was restored is left alone for a while, however long ago the last sign-in was', async () => {
    const unused = await add(2000, 1999, 700)
    const never = await add(100, null, null)
    const { world, clock } = server
    await keepAccounts(world)
    clock.advance(30 * DAY)
    await keepAccounts(world)
    for (const one of [unused, never]) {
      const member = (await memberOf(world.db, one.organisation, one.id))!
      await world.db
        .transaction()
        .execute((tx) => restoreMembership(tx, member, { by: 'operator', at: clock.now() }))
    }
    await keepAccounts(world)
    assert.match(await stateOf(unused), /^holds/)
    assert.match(await stateOf(never), /^holds/)
    clock.advance(29 * DAY)
    await keepAccounts(world)
    assert.match(await stateOf(unused), /^holds/)
    clock.advance(DAY)
    await keepAccounts(world)
    assert.match(await stateOf(unused), /^suspended unused/)
    clock.advance(61 * DAY)
    await keepAccounts(world)
    assert.match(await stateOf(never), /^holds/)
    clock.advance(DAY)
    await keepAccounts(world)
    assert.match(await stateOf(never), /^archived never-activated/)
  })

  it('who was invited anew begins anew', async () => {
    const person = await add(300, null, null)
    const { world, clock } = server
    await world.db.transaction().execute((tx) => invite(tx, person.id, clock.now()))
    await keepAccounts(world)
    assert.equal(await stateOf(person), 'holds')
    clock.advance(92 * DAY)
    await keepAccounts(world)
    assert.match(await stateOf(person), /^archived/)
  })

  it('a DBA is never suspended, nor the last national administrator: they are warned', async () => {
    const dba = await add(2000, 1999, 800, { organisation: '680LLLL', role: 'lea-dba' })
    const longest = await add(2000, 1999, 900, { organisation: '101LLLL', role: 'national-administrator' })
    const long = await add(2000, 1999, 800, { organisation: '101LLLL', role: 'national-administrator' })
    const { world, clock } = server
    await keepAccounts(world)
    clock.advance(30 * DAY)
    await Promise.all([keepAccounts(world), keepAccounts(world), keepAccounts(world)])
    assert.equal(await stateOf(dba), 'holds, …-kept')
    assert.equal(await stateOf(longest), 'suspended unused, …, …-suspended')
    assert.equal(await stateOf(long), 'holds, …')
    clock.advance(300 * DAY)
    await keepAccounts(world)
    assert.equal(await stateOf(long), 'holds, …')
  })

  it('every figure is a setting', async () => {
    await server.close()
    const env = { INVITATION_UNUSED_DAYS: '10', ACCOUNT_UNUSED_DAYS: '40', ACCOUNT_WARNING_DAYS: '5' }
    server = await openTestWorld(name, { env })
    const people = [
      await add(9, null, null),
      await add(10, null, null),
      await add(90, 34, null),
      await add(90, 35, null),
    ]
    await keepAccounts(server.world)
    assert.deepEqual(await Promise.all(people.map(stateOf)), [
      'holds',
      'archived never-activated, …-invitation',
      'holds',
      'holds, …',
    ])
  })
})

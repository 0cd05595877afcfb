import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { openTestServer, type TestServer } from '../../test/server.ts'
import { grantSystem, newSystem } from '../../test/systems.ts'
import { newPerson, type TestPerson } from '../../test/visitor.ts'
import { forEachDatabase } from '../../test/world.ts'
import { endMembership, memberOf, restoreMembership } from '../accounts/index.ts'
import { Refusal } from '../kit/refusal.ts'
import { grantsOf, listSystems, removeSystem, setGrants, systemsOf } from './index.ts'

const SCHOOL = '6804020'

forEachDatabase((name) => {
  let server: TestServer
  let person: TestPerson

  before(async () => {
    server = await openTestServer(name)
    await newSystem(server)
    await newSystem(server, {
      code: 'key-to-success',
      name: { en: 'Key to Success', cy: 'Allwedd Llwyddiant' },
    })
    person = await newPerson(server, { organisation: SCHOOL, role: 'school-user' })
  })
  after(() => server.close())

  const set = (system: string, roles: readonly string[]) =>
    server.world.db.transaction().execute((tx) =>
      setGrants(tx, {
        person: person.id,
        organisation: SCHOOL,
        system,
        roles,
        at: server.clock.now(),
      }),
    )
  const held = async () =>
    (await grantsOf(server.world.db, { person: person.id, organisation: SCHOOL })).map(
      ({ system, role }) => `${system} ${role}`,
    )
  const open = async () => (await systemsOf(server.world.db, { person: person.id })).map(({ code }) => code)

  test('systems are listed with their roles in the order of their file', async () => {
    const [collect] = await listSystems(server.world.db)
    assert.equal(collect?.nameEn, 'COLLECT')
    assert.deepEqual(
      collect.roles.map(({ code, kinds }) => `${code}: ${kinds.join(' ')}`),
      ['school-census: school authority', 'school-preferences: school authority', 'approve: authority'],
    )
  })

  test('what is set takes the place of what was held, in that system only, and says what changed', async () => {
    assert.deepEqual(await set('collect', ['school-census']), { added: ['school-census'], removed: [] })
    await set('key-to-success', ['school-census'])
    assert.deepEqual(await set('collect', ['school-preferences']), {
      added: ['school-preferences'],
      removed: ['school-census'],
    })
    assert.deepEqual(await set('collect', ['school-preferences']), { added: [], removed: [] })
    assert.deepEqual(await held(), ['collect school-preferences', 'key-to-success school-census'])
    assert.deepEqual(await open(), ['collect', 'key-to-success'])
    await set('key-to-success', [])
    assert.deepEqual(await open(), ['collect'])
  })

  for (const [title, system, role, code] of [
    ['a role for another kind of organisation', 'collect', 'approve', 'system-role'],
    ['a role that the system does not have', 'collect', 'everything', 'system-role'],
    ['a role of a system that is not configured', 'nowhere', 'school-census', 'system-unknown'],
  ] as const) {
    test(`${title} is not given`, async () => {
      const before = await held()
      await assert.rejects(
        set(system, [role]),
        (error: unknown) => error instanceof Refusal && error.code === code,
      )
      assert.deepEqual(await held(), before)
    })
  }

  test('a membership that does not hold opens nothing, and what it opened comes back with it', async () => {
    const member = (await memberOf(server.world.db, SCHOOL, person.id))!
    const at = server.clock.now()
    await server.world.db
      .transaction()
      .execute((tx) => endMembership(tx, member, { as: 'suspended', because: 'audit', at }))
    assert.deepEqual(await open(), [])
    assert.deepEqual(await held(), ['collect school-preferences'])
    await server.world.db.transaction().execute((tx) => restoreMembership(tx, member, { by: 'operator', at }))
    assert.deepEqual(await open(), ['collect'])
  })

  test('a system that is removed is in no list and takes its accesses with it, also when it comes again', async () => {
    await server.world.db.transaction().execute((tx) => removeSystem(tx, 'collect', server.clock.now()))
    assert.deepEqual(await open(), [])
    assert.deepEqual(await held(), [])
    assert.deepEqual(
      (await listSystems(server.world.db)).map(({ code }) => code),
      ['key-to-success'],
    )
    await newSystem(server)
    assert.deepEqual(await open(), [])
    await grantSystem(server, person, 'collect', ['school-census'])
    assert.deepEqual(await open(), ['collect'])
  })
})

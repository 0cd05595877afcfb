import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { forEachDatabase, type TestDatabase } from '../../test/world.ts'
import { blankOrganisation } from '../establishments/differences.ts'
import { saveOrganisations } from '../establishments/store.ts'
import { readConfig } from '../kit/config.ts'
import { sql, type Tx } from '../kit/database.ts'
import { Refusal } from '../kit/refusal.ts'
import {
  archivePerson,
  createPerson,
  findPersonId,
  listPeople,
  livePerson,
  membershipsOf,
  newPersonId,
  personByUsername,
  setPersonLanguage,
  type NewPerson,
} from './index.ts'

const NOW = new Date('2026-09-02T09:05:00Z')
const LISTS = readConfig({})

const refused = (code: string) => (error: unknown) => error instanceof Refusal && error.code === code

forEachDatabase((_name, open) => {
  let database: TestDatabase
  let serial = 0

  before(async () => {
    database = await open()
    const codes = ['6804020', '681LLLL', '670LLLL', '101LLLL', 'SUP0001']
    const newport = { ...blankOrganisation('680LLLL', 'Newport'), nameCy: 'Casnewydd' }
    const organisations = [newport, ...codes.map((code) => blankOrganisation(code, code))]
    await database.db.transaction().execute((tx) => saveOrganisations(tx, organisations, new Map()))
  })
  after(() => database.close())

  const inTransaction = <T>(run: (tx: Tx) => Promise<T>): Promise<T> => database.db.transaction().execute(run)

  /** Adds a person of The John Frost School, but for what is asked otherwise; gives the id. */
  async function add(asked: Partial<NewPerson> = {}): Promise<string> {
    serial += 1
    const person = {
      id: newPersonId(),
      username: `person${serial}`,
      name: 'Siân Ŵyn',
      email: `person${serial}@school.example`,
      organisation: '6804020',
      role: 'school-user',
      approver: false,
      ...asked,
    }
    await inTransaction((tx) => createPerson(tx, person, NOW, LISTS))
    return person.id
  }
  const archive = (id: string, at = NOW): Promise<void> => inTransaction((tx) => archivePerson(tx, id, at))

  test('a person is kept as asked for, in English unless asked otherwise, and not yet activated', async () => {
    const id = await add({
      username: ' 681BJones ',
      name: ' Bethan Jones ',
      organisation: '680llll',
      role: 'lea-user',
    })
    assert.match(id, /^person-[\w-]{22}$/)
    assert.deepEqual(await listPeople(database.db, '680LLLL'), [
      {
        id,
        username: '681BJones',
        name: 'Bethan Jones',
        email: `person${serial}@school.example`,
        language: 'en',
        organisation: '680LLLL',
        roles: ['lea-user'],
        approver: false,
        createdAt: NOW,
        activatedAt: null,
        archivedAt: null,
        endedAs: null,
        endedAt: null,
      },
    ])
    assert.equal((await livePerson(database.db, await add({ language: 'cy' })))!.language, 'cy')
  })

  test('sign-in knows the exact username only, whatever else somebody types', async () => {
    const id = await add({ username: 'CaseMatters' })
    assert.equal((await personByUsername(database.db, 'CaseMatters'))!.id, id)
    for (const text of ['casematters', 'CASEMATTERS', 'CaseMatters ', '', 'Case%', '\0', "' or 1=1 --"])
      assert.equal(await personByUsername(database.db, text), null, JSON.stringify(text))
    assert.equal(await findPersonId(database.db, 'casematters'), id)
  })

  const REFUSED: [title: string, asked: Partial<NewPerson>, code: string][] = [
    ['a username with a dot', { username: 'b.jones' }, 'person-username'],
    ['no username', { username: ' ' }, 'person-username'],
    ['a name without letters', { name: '12' }, 'person-name'],
    ['a name that turns its direction', { name: 'a\u202eb' }, 'person-name'],
    ['no address', { email: 'bjones' }, 'email-address'],
    ['two addresses', { email: 'a@school.example,b@school.example' }, 'email-address'],
    ['a private address', { email: 'bjones@hotmail.co.uk' }, 'person-email-personal'],
    ['an address that several read', { email: 'office@school.example' }, 'person-email-generic'],
    ['an organisation that nobody knows', { organisation: '6809999' }, 'organisation-unknown'],
    ['no organisation', { organisation: '' }, 'organisation-unknown'],
    ['a role of an LA in a school', { role: 'lea-user' }, 'person-role'],
    ['a role of a school in an LA', { organisation: '680LLLL' }, 'person-role'],
    [
      'a national administrator in an LA',
      { organisation: '680LLLL', role: 'national-administrator' },
      'person-role',
    ],
    ['an LA role in the department', { organisation: '101LLLL', role: 'lea-dba' }, 'person-role'],
    ['the flag as a role', { role: 'approver', approver: true }, 'person-role'],
    ['a role with another flag', { role: 'School-User' }, 'person-role'],
    ['a role that does not fit, for an approver too', { role: 'lea-user', approver: true }, 'person-role'],
    ['neither role nor flag', { role: null }, 'person-role-none'],
  ]
  for (const [title, asked, code] of REFUSED) {
    test(`${title} is refused and leaves nothing`, async () => {
      const before = await listPeople(database.db, null)
      await assert.rejects(add(asked), refused(code))
      assert.deepEqual(await listPeople(database.db, null), before)
    })
  }

  test('every kind of organisation has people, and an approver needs no role', async () => {
    for (const [organisation, role] of [
      ['SUP0001', 'supplier-user'],
      ['101LLLL', 'national-administrator'],
      ['681LLLL', 'lea-plasc'],
    ] as const) {
      const id = await add({ organisation, role, approver: organisation === 'SUP0001' })
      const [membership] = await membershipsOf(database.db, id)
      assert.deepEqual([membership!.roles, membership!.approver], [[role], organisation === 'SUP0001'])
    }
    const [approver] = await membershipsOf(database.db, await add({ role: null, approver: true }))
    assert.deepEqual([approver!.roles, approver!.approver], [[], true])
  })

  test('a username is never given again: not in other capitals, not after its person is archived', async () => {
    await archive(await add({ username: 'Once' }))
    for (const username of ['Once', 'once', 'ONCE'])
      await assert.rejects(add({ username }), refused('person-username-taken'))
  })

  test('of two who ask for one username at once, one gets it', async () => {
    const tries = ['Twin', 'twin', 'TWIN', 'tWIN'].map((username) => add({ username }))
    const outcomes = await Promise.allSettled(tries)
    assert.equal(outcomes.filter(({ status }) => status === 'fulfilled').length, 1)
    for (const one of outcomes)
      if (one.status === 'rejected') assert.ok(refused('person-username-taken')(one.reason), one.reason)
  })

  for (const role of ['lea-dba', 'lea-school'] as const) {
    test(`an LA has one person with ${role}, of several asked for at once too, and the next when that one goes`, async () => {
      const outcomes = await Promise.allSettled(
        Array.from({ length: 4 }, () => add({ organisation: '670LLLL', role })),
      )
      const made = outcomes.filter((one) => one.status === 'fulfilled')
      assert.equal(made.length, 1)
      for (const one of outcomes)
        if (one.status === 'rejected') assert.ok(refused('person-role-held')(one.reason), one.reason)
      const there = (await listPeople(database.db, '670LLLL')).filter(({ archivedAt }) => !archivedAt)
      assert.equal(there.filter(({ roles }) => roles.includes(role)).length, 1)
      await add({ organisation: '681LLLL', role })
      await archive(made[0]!.value)
      await add({ organisation: '670LLLL', role })
    })
  }

  test('several may hold every other role of an LA', async () => {
    for (const role of ['lea-user', 'lea-dba-view-only', 'lea-lost-pupil']) {
      await add({ organisation: '670LLLL', role })
      await add({ organisation: '670LLLL', role })
    }
  })

  test('the organisations of a person have their names in both languages', async () => {
    const id = await add({ organisation: '680LLLL', role: 'lea-user' })
    await sql`
      insert into accounts.membership (person, organisation, approver, created_at)
      values (${id}, '6804020', true, ${NOW})`.execute(database.db)
    assert.deepEqual(await membershipsOf(database.db, id), [
      { organisation: '6804020', name: { en: '6804020', cy: '6804020' }, roles: [], approver: true },
      {
        organisation: '680LLLL',
        name: { en: 'Newport', cy: 'Casnewydd' },
        roles: ['lea-user'],
        approver: false,
      },
    ])
    assert.deepEqual(await membershipsOf(database.db, 'person-nobody'), [])
  })

  test('archiving ends a person at once and keeps the first time', async () => {
    const id = await add({ username: 'leaver' })
    await archive(id)
    await archive(id, new Date('2026-10-01T00:00:00Z'))
    assert.equal(await personByUsername(database.db, 'leaver'), null)
    assert.equal(await livePerson(database.db, id), null)
    assert.deepEqual(await membershipsOf(database.db, id), [])
    const row = (await listPeople(database.db, '6804020')).find((one) => one.id === id)!
    assert.deepEqual([row.roles, row.archivedAt], [[], NOW])
    await assert.rejects(archive('person-nobody'), refused('person-unknown'))
  })

  test('the language that a person chose is kept', async () => {
    const id = await add()
    await setPersonLanguage(database.db, id, 'cy')
    assert.equal((await livePerson(database.db, id))!.language, 'cy')
  })
})

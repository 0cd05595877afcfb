import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import { problemsOf } from '../../test/page-answers.ts'
import {
  connectCollect,
  fillForm,
  openPeopleStage,
  pathOf,
  seenIn,
  type PeopleStage,
} from '../../test/people-stage.ts'
import { ATTACKS, type Attack, type Attacker, type Target } from '../../test/people-attacks.ts'
import { visitorOf, type TestPerson, type Visitor } from '../../test/visitor.ts'
import { forEachDatabase } from '../../test/world.ts'
import { endMembership } from '../accounts/index.ts'
import { sql } from '../kit/database.ts'

const JOHN_FROST = '6804020'
const NEWPORT_HIGH = '6804025'
const CARDIFF_HIGH = '6814039'

forEachDatabase((database) => {
  let stage: PeopleStage
  const attackers = new Map<Attacker, Visitor>()
  const targets = new Map<Target, TestPerson>()

  before(async () => {
    stage = await openPeopleStage(database)
    await connectCollect(stage)
    const attacker = async (name: Attacker, ...asked: Parameters<PeopleStage['visitor']>): Promise<void> => {
      attackers.set(name, await stage.visitor(...asked))
    }
    await attacker('approver', JOHN_FROST, 'school-user', true)
    await attacker('laApprover', '680LLLL', null, true)
    await attacker('dba', '680LLLL', 'lea-dba')
    await attacker('viewOnly', '680LLLL', 'lea-dba-view-only')
    await attacker('national', '101LLLL', 'national-administrator')
    await attacker('secretary', JOHN_FROST, 'school-user')
    await attacker('cardiffDba', '681LLLL', 'lea-dba')
    targets.set('colleague', await stage.person(JOHN_FROST, 'school-user', true))
    targets.set('neighbour', await stage.person(NEWPORT_HIGH, 'school-user'))
    targets.set('stranger', await stage.person(CARDIFF_HIGH, 'school-user'))
    targets.set('dbaPerson', attackers.get('dba')!.person)
    targets.set('nationalPerson', attackers.get('national')!.person)
    targets.set('leaUser', await stage.person('680LLLL', 'lea-user'))
    const elsewhere = await stage.person(JOHN_FROST, 'school-user')
    await stage.join(elsewhere, CARDIFF_HIGH, 'school-user')
    targets.set('elsewhere', elsewhere)
    const suspended = await stage.person(JOHN_FROST, 'school-user')
    await stage.join(suspended, CARDIFF_HIGH, 'school-user')
    const { db, clock } = stage.server.world
    const there = await stage.member({ ...suspended, organisation: CARDIFF_HIGH })
    await db
      .transaction()
      .execute((tx) => endMembership(tx, there, { as: 'suspended', because: 'audit', at: clock.now() }))
    targets.set('suspendedElsewhere', suspended)
    const gone = await stage.person(JOHN_FROST, 'school-user')
    await fillForm(attackers.get('approver')!, `${pathOf(gone)}/archive`)
    targets.set('gone', gone)
  })
  after(() => stage.server.close())

  const targetOf = ({ by, on }: Attack): TestPerson =>
    on === 'self' ? attackers.get(by)!.person : targets.get(on)!

  /** All that a refused attack must leave as it is. */
  async function everything(): Promise<unknown> {
    const { rows } = await sql`
      select (select json_agg(p order by id) from accounts.person p) as people,
        (select json_agg(m order by person, organisation) from accounts.membership m) as memberships,
        (select json_agg(r order by person, organisation, role) from accounts.held_role r) as roles,
        (select json_agg(g order by person, system, role) from systems.granted g) as grants,
        (select count(*)::int from accounts.invitation) as invitations,
        (select count(*)::int from accounts.account_event) as events,
        (select count(*)::int from kit.mail) as mails`.execute(stage.server.world.db)
    return rows[0]
  }

  describe('the attack table', () => {
    for (const attack of ATTACKS)
      it(`${attack.title}: ${attack.status}, and nothing changes`, async () => {
        const visitor = attackers.get(attack.by)!
        const path = `${pathOf(targetOf(attack))}/${attack.path}`
        const seen = seenIn(await visitor.get(path)) || 'x'
        const unchanged = await everything()
        const withMark = ['edit', 'roles', 'systems'].includes(attack.path) ? { seen } : {}
        const answer = await visitor.post(path, { ...withMark, ...attack.fields })
        assert.equal(answer.status, attack.status, answer.html.slice(0, 2000))
        if (attack.says) assert.match(problemsOf(answer), attack.says)
        assert.deepEqual(await everything(), unchanged)
        // whoever may never, or not there, does not see the form either
        if (attack.status === 403) assert.equal((await visitor.get(path)).status, 403)
      })
  })

  describe('adding', () => {
    const asked = { name: 'New Person', email: 'new@frost.example.org' }
    const TRIES: [
      title: string,
      by: Attacker,
      fields: Record<string, string | readonly string[]>,
      status: number,
    ][] = [
      ['lea-dba by the LA’s approver', 'laApprover', { organisation: '680LLLL', roles: 'lea-dba' }, 422],
      ['lea-dba by the DBA of another LA', 'cardiffDba', { organisation: '681LLLL', roles: 'lea-dba' }, 422],
      [
        'the approver’s flag by the DBA',
        'dba',
        { organisation: JOHN_FROST, roles: 'school-user', approver: 'yes' },
        403,
      ],
      ['at another school', 'approver', { organisation: NEWPORT_HIGH, roles: 'school-user' }, 404],
      ['at a school of another LA', 'dba', { organisation: CARDIFF_HIGH, roles: 'school-user' }, 404],
      ['at the department', 'dba', { organisation: '101LLLL', roles: 'national-administrator' }, 404],
      ['nowhere', 'dba', { organisation: '6809999', roles: 'school-user' }, 404],
      ['by view-only', 'viewOnly', { organisation: JOHN_FROST, roles: 'school-user' }, 403],
      ['by the national administrator', 'national', { organisation: JOHN_FROST, roles: 'school-user' }, 403],
      ['by a secretary', 'secretary', { organisation: JOHN_FROST, roles: 'school-user' }, 403],
    ]
    for (const [title, by, fields, status] of TRIES)
      it(`${title}: ${status}, by either way`, async () => {
        const unchanged = await everything()
        const visitor = attackers.get(by)!
        assert.equal((await visitor.post('/people/add', { ...asked, ...fields })).status, status)
        const { username } = targets.get('stranger')!
        const existing = { ...fields, username, email: `${username}@people.example.org` }
        assert.equal((await visitor.post('/people/add/existing', existing)).status, status)
        assert.deepEqual(await everything(), unchanged)
      })

    it('nobody adds themselves to a school of theirs', async () => {
      const { person } = attackers.get('dba')!
      const fields = { organisation: JOHN_FROST, roles: 'school-user', username: person.username }
      const answer = await attackers
        .get('dba')!
        .post('/people/add/existing', { ...fields, email: `${person.username}@people.example.org` })
      assert.equal(answer.status, 409)
      assert.match(problemsOf(answer), /your own account/)
    })
  })

  it('an approver does not bring lea-dba back by restoring an account', async () => {
    const person = await stage.person('670LLLL', 'lea-dba')
    const approver = await stage.visitor('670LLLL', null, true)
    await sql`
      update accounts.membership set ended_at = '2026-01-01', ended_as = 'archived', ended_because = 'operator'
      where person = ${person.id}`.execute(stage.server.world.db)
    await sql`update accounts.held_role set ended_at = '2026-01-01' where person = ${person.id}`.execute(
      stage.server.world.db,
    )
    assert.equal((await fillForm(approver, `${pathOf(person)}/restore`)).status, 303)
    assert.deepEqual((await stage.member(person)).roles, [])
  })

  it('two approvers who take the role from one another at once: one of them keeps it', async () => {
    for (let round = 0; round < 3; round += 1) {
      const one = await stage.visitor(CARDIFF_HIGH, null, true)
      const two = await visitorOf(stage.server, await stage.person(CARDIFF_HIGH, null, true))
      const statuses = (
        await Promise.all([
          one.post(`${pathOf(two.person)}/approver`, { do: 'take' }),
          two.post(`${pathOf(one.person)}/approver`, { do: 'take' }),
        ])
      ).map(({ status }) => status)
      assert.deepEqual(
        statuses.toSorted((a, b) => a - b),
        [303, 403],
      )
      const left = [await stage.member(one.person), await stage.member(two.person)].filter(
        ({ approver }) => approver,
      )
      assert.equal(left.length, 1)
    }
  })
})

import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import { noticeOf, problemsOf, textOf } from '../../test/page-answers.ts'
import {
  fillForm,
  historyOf,
  JOHN_FROST,
  openActors,
  pathOf,
  type PeopleStage,
} from '../../test/people-stage.ts'
import { visitorOf, type Visitor } from '../../test/visitor.ts'
import { forEachDatabase } from '../../test/world.ts'
import { endMembership, restoreMembership } from '../accounts/index.ts'

const NEWPORT_HIGH = '6804025'

forEachDatabase((database) => {
  let stage: PeopleStage
  let approver: Visitor
  let dba: Visitor

  before(async () => {
    ;({ stage, approver, dba } = await openActors(database))
  })
  after(() => stage.server.close())

  describe('archive and restore', () => {
    it('archive ends the next request and says what it does first; restore brings the roles back', async () => {
      const member = await stage.visitor(JOHN_FROST, 'school-user')
      const path = pathOf(member.person)
      const page = textOf(await approver.get(`${path}/archive`))
      for (const said of ['cannot sign in', 'downloads under way stop', 'can be restored'])
        assert.ok(page.includes(said), said)
      await fillForm(approver, `${path}/archive`)
      assert.equal((await member.get('/')).status, 303)
      const ended = await stage.member(member.person)
      assert.deepEqual([ended.endedAs, ended.endedBecause, ended.roles], ['archived', 'approver', []])
      const gone = await approver.get(path)
      assert.match(textOf(gone), /An approver of the organisation archived the account/)
      assert.doesNotMatch(gone.html, new RegExp(`${path}/(edit|roles|systems|archive|approver)`))
      const answer = await fillForm(approver, `${path}/restore`)
      assert.match(
        noticeOf(await approver.get(answer.to!))!,
        /is restored and was told\. Roles: School user\./,
      )
      assert.deepEqual((await stage.member(member.person)).roles, ['school-user'])
      assert.deepEqual((await stage.templates(member.person)).sort(), [
        'account-archived',
        'account-restored',
      ])
      // what was open before stays ended
      assert.equal((await member.get('/')).status, 303)
      assert.equal((await (await visitorOf(stage.server, member.person)).get('/')).status, 200)
      assert.match(await historyOf(approver, member.person), /Restored Given: School user.*Archived/)
    })

    it('a person of two organisations goes on at the other, and only the one page ends', async () => {
      const member = await stage.visitor(NEWPORT_HIGH, 'school-user')
      await stage.join(member.person, JOHN_FROST, 'school-user')
      await fillForm(approver, `/people/${JOHN_FROST}/${member.person.id}/archive`)
      assert.equal((await member.get('/')).status, 200)
      assert.equal((await stage.member(member.person)).endedAt, null)
    })

    it('a role that somebody else holds by now does not come back, and that is said', async () => {
      const first = await stage.person('681LLLL', 'lea-school')
      const cardiff = await stage.visitor('681LLLL', 'lea-dba')
      await fillForm(cardiff, `${pathOf(first)}/archive`)
      await stage.person('681LLLL', 'lea-school')
      const answer = await fillForm(cardiff, `${pathOf(first)}/restore`)
      assert.match(noticeOf(await cardiff.get(answer.to!))!, /Not given back: LEA school user/)
      assert.deepEqual((await stage.member(first)).roles, [])
    })

    it('a suspended account is restored in the same way', async () => {
      const person = await stage.person(JOHN_FROST, 'school-user')
      const member = await stage.member(person)
      const { world, clock } = stage.server
      await world.db
        .transaction()
        .execute((tx) => endMembership(tx, member, { as: 'suspended', because: 'audit', at: clock.now() }))
      assert.match(
        textOf(await approver.get(pathOf(person))),
        /Nobody confirmed the account in the audit of users/,
      )
      await fillForm(approver, `${pathOf(person)}/restore`)
      assert.deepEqual((await stage.member(person)).roles, ['school-user'])
      await assert.rejects(
        world.db
          .transaction()
          .execute((tx) => restoreMembership(tx, member, { by: 'service', at: clock.now() })),
      )
    })

    it('the last approver goes only where the page said what follows', async () => {
      const only = await stage.visitor('6804059', null, true)
      const path = pathOf(only.person)
      assert.match(textOf(await dba.get(`${path}/archive`)), /This is the only approver/)
      const unsaid = await dba.post(`${path}/archive`)
      assert.equal(unsaid.status, 409)
      assert.match(problemsOf(unsaid), /Nobody else is an approver/)
      assert.equal((await dba.post(`${path}/archive`, { last: 'yes' })).status, 303)
      assert.equal((await stage.member(only.person)).endedBecause, 'dba')
      // only an approver gives that role, so it does not come back by the DBA
      const answer = await fillForm(dba, `${path}/restore`)
      assert.match(noticeOf(await dba.get(answer.to!))!, /Not given back: Approver/)
      assert.equal((await stage.member(only.person)).approver, false)
    })
  })

  describe('approvers, links and sessions', () => {
    it('another approver is made, loses the role, and is told each time', async () => {
      const person = await stage.person(JOHN_FROST, 'school-user')
      const path = `${pathOf(person)}/approver`
      await fillForm(approver, path, { do: 'make' })
      assert.equal((await stage.member(person)).approver, true)
      assert.equal((await approver.post(path, { do: 'make' })).status, 409)
      await fillForm(approver, path, { do: 'take' })
      assert.equal((await stage.member(person)).approver, false)
      assert.deepEqual(await stage.templates(person), ['approver-made', 'approver-taken'])
    })

    it('hand over: the other becomes approver, the own role ends with the next request, both are told', async () => {
      const leaving = await stage.visitor(NEWPORT_HIGH, 'school-user', true)
      const heir = await stage.person(NEWPORT_HIGH, 'school-user')
      const answer = await fillForm(leaving, `${pathOf(heir)}/approver`, { do: 'hand-over' })
      assert.equal(answer.to, '/')
      assert.match(noticeOf(await leaving.get('/'))!, /You handed over/)
      assert.equal((await leaving.get('/people')).status, 403)
      assert.deepEqual(
        [(await stage.member(heir)).approver, (await stage.member(leaving.person)).approver],
        [true, false],
      )
      assert.deepEqual(await stage.templates(heir), ['approver-made'])
      assert.deepEqual(await stage.templates(leaving.person), ['approver-handed-over'])
    })

    it('nobody hands over to somebody who never came', async () => {
      await approver.post('/people/add', {
        organisation: JOHN_FROST,
        name: 'Not Yet',
        email: 'notyet@frost.example.org',
        roles: 'school-user',
      })
      const person = await stage.personOf('680nyet')
      assert.equal((await approver.post(`${pathOf(person)}/approver`, { do: 'hand-over' })).status, 409)
      assert.equal((await stage.member(approver.person)).approver, true)
    })

    it('a link is sent to the person’s own address, to who has a password too', async () => {
      const person = await stage.person(JOHN_FROST, 'school-user')
      assert.match(textOf(await dba.get(pathOf(person))), /Change Password Send a link for a new password/)
      const answer = await fillForm(dba, `${pathOf(person)}/invite`)
      assert.match(noticeOf(await dba.get(answer.to!))!, /A link was sent to .*within 48 hours/)
      assert.deepEqual(await stage.templates(person), ['invitation'])
    })

    it('ending what is open signs the person out at once, everywhere', async () => {
      const member = await stage.visitor(JOHN_FROST, 'school-user')
      assert.equal((await member.get('/')).status, 200)
      await fillForm(approver, `${pathOf(member.person)}/end-sessions`)
      assert.equal((await member.get('/')).status, 303)
      assert.deepEqual(await stage.templates(member.person), ['account-sessions-ended'])
    })
  })

  it('the account page has telephone, systems as links, and what each role is for', async () => {
    const member = await stage.visitor(JOHN_FROST, 'school-user')
    await fillForm(approver, `${pathOf(member.person)}/systems`, { grants: 'collect:census' })
    const page = await member.get('/account')
    assert.match(page.html, /<a class="govuk-link" href="https:\/\/collect\.example\.org\/">COLLECT<\/a>/)
    assert.match(textOf(page), /Sends and collects files for the school/)
    await member.post('/account', { language: 'en', mail: 'yes', phone: '029 2087 0000' })
    assert.equal((await stage.member(member.person)).phone, '029 2087 0000')
    const wrong = await member.post('/account', { language: 'cy', mail: 'no', phone: 'none' })
    assert.equal(wrong.status, 422)
    assert.match(problemsOf(wrong), /not a telephone number/)
    assert.match(wrong.html, /value="none"/)
    assert.equal((await stage.member(member.person)).phone, '029 2087 0000')
  })
})

import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import { noticeOf, problemsOf, textOf } from '../../test/page-answers.ts'
import {
  fillForm,
  historyOf,
  JOHN_FROST,
  openActors,
  pathOf,
  seenIn,
  type PeopleStage,
} from '../../test/people-stage.ts'
import { type TestPerson, type Visitor } from '../../test/visitor.ts'
import { forEachDatabase } from '../../test/world.ts'
import { invitationOf } from '../accounts/index.ts'
import { sql } from '../kit/database.ts'
import { newToken } from '../kit/ids.ts'
import { insertResetLink } from '../secure-access/people-store.ts'

forEachDatabase((database) => {
  let stage: PeopleStage
  let approver: Visitor
  let dba: Visitor

  before(async () => {
    ;({ stage, approver, dba } = await openActors(database))
  })
  after(() => stage.server.close())

  const nameOf = async (person: TestPerson): Promise<string> => (await stage.member(person)).name
  describe('details', () => {
    it('are saved, and the person is told what changed; without a change nobody is', async () => {
      const person = await stage.person(JOHN_FROST, 'school-user')
      const email = `${person.username}@people.example.org`
      const same = { name: await nameOf(person), email, language: 'en' }
      const nothing = await fillForm(approver, `${pathOf(person)}/edit`, same)
      assert.match(noticeOf(await approver.get(nothing.to!))!, /Nothing was changed/)
      assert.deepEqual(await stage.mails(person), [])
      await fillForm(approver, `${pathOf(person)}/edit`, {
        ...same,
        name: 'Renamed Person',
        phone: '+44 1633 654321',
      })
      const member = await stage.member(person)
      assert.deepEqual([member.name, member.phone], ['Renamed Person', '+44 1633 654321'])
      const [mail] = await stage.mails(person)
      assert.equal(mail!.template, 'account-details')
      assert.deepEqual(mail!.params['what'], { en: 'Name, Telephone', cy: 'Enw, Ffôn' })
      assert.match(await historyOf(approver, person), /Details were changed Given: Name, Telephone/)
      assert.match(textOf(await approver.get('/people?q=renamed')), /Renamed Person/)
    })

    it('another e-mail address is told to both; an invitation to the former one ends', async () => {
      const person = await stage.person(JOHN_FROST, 'school-user')
      const email = `${person.username}@people.example.org`
      await approver.post(`${pathOf(person)}/invite`)
      const [invitation] = await stage.mails(person)
      const token = String(invitation!.params['link']).split('/').at(-1)!
      await fillForm(approver, `${pathOf(person)}/edit`, {
        name: 'Moved Mail',
        email: 'moved@frost.example.org',
        language: 'en',
      })
      const mails = await stage.mails(person)
      assert.deepEqual(mails.map(({ template, to }) => [template, to]).sort(), [
        ['account-email-new', 'moved@frost.example.org'],
        ['account-email-old', email],
      ])
      assert.equal(await invitationOf(stage.server.world.db, token, stage.server.clock.now()), null)
    })

    it('the link for a forgotten password that went to the former address ends with it', async () => {
      const person = await stage.person(JOHN_FROST, 'school-user')
      const { url, world, clock } = stage.server
      const token = newToken()
      const expiresAt = new Date(clock.now().getTime() + 60 * 60_000)
      const sentTo = `${person.username}@people.example.org`
      await world.db
        .transaction()
        .execute((tx) => insertResetLink(tx, { token, person: person.id, sentTo, expiresAt }))
      const link = `${url}/secure-access/reset/${token}`
      const edit = (fields: object): Promise<unknown> =>
        fillForm(approver, `${pathOf(person)}/edit`, { name: 'Moved Mail', language: 'en', ...fields })
      await edit({ email: sentTo })
      assert.equal((await fetch(link)).status, 200, 'another name alone')
      await edit({ email: 'moved-too@frost.example.org' })
      assert.equal((await fetch(link)).status, 410)
    })

    it('asks again who it is where that was shown long ago: another address lets somebody else in', async () => {
      const person = await stage.person(JOHN_FROST, 'school-user')
      const path = `${pathOf(person)}/edit`
      const late = await stage.visitor(JOHN_FROST, null, true)
      await sql`
        update sessions.session set signed_in_at = signed_in_at - interval '11 minutes'
        where person = ${late.person.id}`.execute(stage.server.world.db)
      assert.match((await late.get(path)).to ?? '', /^\/confirm-it-is-you/)
    })

    it('whoever never came is invited at the new address', async () => {
      await approver.post('/people/add', {
        organisation: JOHN_FROST,
        name: 'Never Came',
        email: 'wrong@frost.example.org',
        roles: 'school-user',
      })
      const person = await stage.personOf('680ncame')
      await stage.mails(person)
      await fillForm(approver, `${pathOf(person)}/edit`, {
        name: 'Never Came',
        email: 'right@frost.example.org',
        language: 'en',
      })
      const invitations = (await stage.mails(person)).filter(({ template }) => template === 'invitation')
      assert.deepEqual(
        invitations.map(({ to }) => to),
        ['right@frost.example.org'],
      )
    })

    it('a form that somebody else overtook saves nothing', async () => {
      const person = await stage.person(JOHN_FROST, 'school-user')
      const path = `${pathOf(person)}/edit`
      const seen = seenIn(await approver.get(path))
      const fields = { email: `${person.username}@people.example.org`, language: 'en' }
      await fillForm(dba, path, { ...fields, name: 'By The Dba' })
      const late = await approver.post(path, { ...fields, name: 'By The Approver', seen })
      assert.equal(late.status, 409)
      assert.match(problemsOf(late), /Somebody else changed this account meanwhile/)
      assert.equal(await nameOf(person), 'By The Dba')
    })
  })

  describe('roles and systems', () => {
    it('roles are given and taken, and the person is told which; a stale form changes nothing', async () => {
      const person = await stage.person('680LLLL', 'lea-user')
      const path = `${pathOf(person)}/roles`
      const seen = seenIn(await dba.get(path))
      const answer = await fillForm(dba, path, { roles: ['lea-plasc', 'lea-admissions'] })
      assert.match(
        noticeOf(await dba.get(answer.to!))!,
        /Given: LEA PLASC user, LEA admissions user\. Taken away: LEA user\./,
      )
      assert.deepEqual((await stage.member(person)).roles, ['lea-admissions', 'lea-plasc'])
      const [mail] = await stage.mails(person)
      assert.equal(mail!.template, 'access-roles')
      assert.match(JSON.stringify(mail!.params['taken']), /Defnyddiwr ALl.*LEA user/)
      assert.equal((await dba.post(path, { roles: 'lea-user', seen })).status, 409)
      assert.deepEqual((await stage.member(person)).roles, ['lea-admissions', 'lea-plasc'])
      assert.match(
        await historyOf(dba, person),
        /Roles were changed Given: LEA PLASC user, LEA admissions user Taken away: LEA user/,
      )
    })

    it('whoever would have nothing left is archived instead', async () => {
      const person = await stage.person('680LLLL', 'lea-user')
      const answer = await fillForm(dba, `${pathOf(person)}/roles`)
      assert.equal(answer.status, 422)
      assert.match(problemsOf(answer), /would have nothing to do here/)
    })

    it('a role that was taken ends on a page that is open', async () => {
      const member = await stage.visitor(JOHN_FROST, 'school-user')
      await stage.join(member.person, '680LLLL', null)
      assert.equal((await member.get('/download')).status, 200)
      await sql`
        insert into systems.granted (person, organisation, system, role, given_at)
        values (${member.person.id}, ${JOHN_FROST}, 'collect', 'census', now())`.execute(
        stage.server.world.db,
      )
      await fillForm(approver, `${pathOf(member.person)}/roles`)
      assert.equal((await member.get('/download')).status, 403)
    })

    it('systems: only roles for the kind of organisation; given, told, taken', async () => {
      const person = await stage.person(JOHN_FROST, 'school-user')
      const path = `${pathOf(person)}/systems`
      const form = await approver.get(path)
      assert.match(form.html, /value="collect:census"/)
      assert.doesNotMatch(form.html, /collect:la-return/)
      const given = await fillForm(approver, path, { grants: 'collect:census' })
      assert.equal(given.status, 303)
      const [mail] = await stage.mails(person)
      assert.equal(mail!.template, 'access-systems')
      assert.deepEqual(mail!.params['given'], {
        en: 'COLLECT: School census',
        cy: 'COLLECT: Cyfrifiad ysgolion',
      })
      assert.match(textOf(await approver.get(pathOf(person))), /COLLECT : School census/)
      const stale = seenIn(form)
      assert.equal((await approver.post(path, { seen: stale })).status, 409)
      await fillForm(approver, path)
      assert.deepEqual(await stage.templates(person), ['access-systems'])
      assert.match(await historyOf(approver, person), /Taken away: COLLECT: School census/)
    })
  })
})

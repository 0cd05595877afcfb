import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import { noticeOf, problemsOf, textOf } from '../../test/page-answers.ts'
import { historyOf, JOHN_FROST, openActors, pathOf, type PeopleStage } from '../../test/people-stage.ts'
import { type Visitor } from '../../test/visitor.ts'
import { forEachDatabase } from '../../test/world.ts'
import { invitationOf } from '../accounts/index.ts'

const NEWPORT_HIGH = '6804025'

forEachDatabase((database) => {
  let stage: PeopleStage
  let approver: Visitor
  let dba: Visitor

  before(async () => {
    ;({ stage, approver, dba } = await openActors(database))
  })
  after(() => stage.server.close())

  describe('adding', () => {
    const asked = { organisation: JOHN_FROST, name: 'Bethan Wyn Jones', roles: 'school-user', language: 'cy' }

    it('an approver adds to the own organisation: a username is made, the link mailed without it', async () => {
      assert.match((await approver.get('/people/add')).html, /The John Frost School/)
      const answer = await approver.post('/people/add', {
        ...asked,
        email: 'bethan@frost.example.org',
        phone: '01633  654321',
      })
      assert.equal(answer.status, 303, answer.html)
      const person = await stage.personOf('680bjones')
      const page = await approver.get(answer.to!)
      assert.match(noticeOf(page)!, /Bethan Wyn Jones was added as 680bjones\. .*within 48 hours/)
      const member = await stage.member(person)
      assert.deepEqual(
        [member.name, member.phone, member.language, member.roles, member.approver, member.activatedAt],
        ['Bethan Wyn Jones', '01633 654321', 'cy', ['school-user'], false, null],
      )
      const [mail, ...more] = await stage.mails(person)
      assert.deepEqual([mail!.template, mail!.to, more], ['invitation', 'bethan@frost.example.org', []])
      assert.doesNotMatch(JSON.stringify(mail), /680bjones/)
      const token = String(mail!.params['link']).split('/').at(-1)!
      assert.equal(
        (await invitationOf(stage.server.world.db, token, stage.server.clock.now()))!.person,
        person.id,
      )
      assert.deepEqual(await stage.audited(person), ['people.add done'])
      assert.match(await historyOf(approver, person), /The account was made Given: School user/)
    })

    it('the next of the same name gets a number; a username that somebody chose is kept as it is', async () => {
      await approver.post('/people/add', { ...asked, email: 'other@frost.example.org' })
      assert.equal((await stage.personOf('680bjones2')).organisation, JOHN_FROST)
      await approver.post('/people/add', { ...asked, email: 'third@frost.example.org', username: 'BethanJ' })
      assert.ok(await stage.personOf('BethanJ'))
    })

    const REFUSED: [title: string, fields: Record<string, string>, says: RegExp, field: string][] = [
      ['a private address', { email: 'bethan@gmail.com' }, /for private e-mail/, 'email'],
      ['an address of several', { email: 'office@frost.example.org' }, /several people read/, 'email'],
      [
        'the address of a colleague',
        { email: 'BETHAN@frost.example.org' },
        /has this e-mail address here already/,
        'email',
      ],
      ['no name', { name: '' }, /This name cannot be shown/, 'name'],
      ['a username with a dot', { username: 'b.jones' }, /This username cannot be used/, 'username'],
      ['a username that was given', { username: '680BJONES' }, /was given before/, 'username'],
      ['words for a telephone number', { phone: 'ask the office' }, /not a telephone number/, 'phone'],
      ['a role of an LA', { roles: 'lea-user' }, /cannot have the role/, 'roles'],
    ]
    for (const [title, fields, says, field] of REFUSED)
      it(`${title} is said at its field, and what was typed stays`, async () => {
        const answer = await approver.post('/people/add', {
          ...asked,
          email: 'fresh@frost.example.org',
          ...fields,
        })
        assert.ok([409, 422].includes(answer.status), String(answer.status))
        assert.match(problemsOf(answer), says)
        assert.match(answer.html, new RegExp(`href="#${field}"`))
        assert.equal(answer.html.match(/govuk-form-group--error/g)?.length, 1, 'one field is wrong')
        assert.match(answer.html, new RegExp(`id="${field}"`))
        assert.match(answer.html, /value="cy" checked/)
      })

    it('a DBA chooses the LA or one of its schools, by number or name; the LA number cannot be altered', async () => {
      const where = await dba.get('/people/add')
      assert.match(where.html, /href="\/people\/add\?organisation=680LLLL"/)
      assert.match(where.html, /govuk-input__prefix[^>]*>680</)
      assert.match((await dba.get('/people/add?number=4025')).html, /name="organisation" value="6804025"/)
      for (const number of ['4999', '6814039', '681 4039', 'x'])
        assert.match(
          problemsOf(await dba.get(`/people/add?number=${encodeURIComponent(number)}`)),
          /No school of 680/,
          number,
        )
      assert.match((await dba.get('/people/add?q=frost')).html, /href="\/people\/add\?organisation=6804020"/)
      assert.equal((await dba.get('/people/add?organisation=6814039')).status, 404)
      assert.doesNotMatch((await dba.get('/people/add?number=4025')).html, /name="approver"/)
    })

    it('a DBA adds LEA users with several roles, and one person only as LEA school user', async () => {
      const fields = { organisation: '680LLLL', name: 'Gwilym Tresaith', email: 'gwilym@newport.example.org' }
      await dba.post('/people/add', { ...fields, roles: ['lea-user', 'lea-school'] })
      const person = await stage.personOf('680gtresaith')
      assert.deepEqual((await stage.member(person)).roles, ['lea-school', 'lea-user'])
      const second = await dba.post('/people/add', {
        ...fields,
        name: 'Mari Ll',
        email: 'mari@newport.example.org',
        roles: 'lea-school',
      })
      assert.equal(second.status, 409)
      assert.match(problemsOf(second), /Gwilym Tresaith has the role LEA school user at 680LLLL already/)
    })

    it('an approver adds somebody without a role and chooses systems next; a DBA cannot', async () => {
      const bare = { organisation: JOHN_FROST, name: 'Collect Only', email: 'collect@frost.example.org' }
      const answer = await approver.post('/people/add', bare)
      const person = await stage.personOf('680conly')
      assert.equal(answer.to, `${pathOf(person)}/systems`)
      const byDba = await dba.post('/people/add', { ...bare, organisation: NEWPORT_HIGH })
      assert.match(problemsOf(byDba), /Choose a role/)
    })

    it('somebody with an account elsewhere is added by exact username and address, and told', async () => {
      const there = await stage.person(NEWPORT_HIGH, 'school-user')
      const email = `${there.username}@people.example.org`
      const fields = { organisation: JOHN_FROST, roles: 'school-user' }
      const answers = [
        { username: there.username, email: 'another@people.example.org' },
        { username: there.username.toUpperCase(), email },
        { username: 'nobodyatall', email },
        { username: '', email: '' },
      ].map((one) => approver.post('/people/add/existing', { ...fields, ...one }))
      const said = (await Promise.all(answers)).map((one) => problemsOf(one))
      assert.match(said[0]!, /No account has this username and this e-mail address/)
      assert.equal(new Set(said).size, 1)
      const answer = await approver.post('/people/add/existing', {
        ...fields,
        username: there.username,
        email: email.toUpperCase(),
      })
      assert.equal(answer.to, `/people/${JOHN_FROST}/${there.id}`)
      assert.deepEqual((await stage.member({ ...there, organisation: JOHN_FROST })).roles, ['school-user'])
      assert.deepEqual(await stage.templates(there), ['account-joined'])
      // which one is not told
      const page = textOf(await approver.get(answer.to))
      assert.match(page, /Another organisation too/)
      assert.doesNotMatch(page, /Newport High School/)
      assert.match(textOf(await dba.get(answer.to)), /Newport High School/)
      const again = await approver.post('/people/add/existing', {
        ...fields,
        username: there.username,
        email,
      })
      assert.match(problemsOf(again), /belongs to The John Frost School already/)
    })
  })
})

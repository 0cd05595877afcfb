import assert from 'node:assert/strict'
import { after, before, it } from 'node:test'
import { noticeOf, problemsOf, textOf } from '../../test/page-answers.ts'
import { openTwoSchools, type TwoSchools } from '../../test/two-schools.ts'
import { newPerson, visitorOf, type Visitor } from '../../test/visitor.ts'
import { forEachDatabase } from '../../test/world.ts'
import { copiesOf, findDetails } from '../establishments/index.ts'
import { sql } from '../kit/database.ts'
import type { Role } from '../permissions/table.ts'

const DETAILS = {
  nameEn: 'Newport',
  nameCy: 'Casnewydd',
  email: 'transfers@newport.example.org',
  copies: 'on',
  lostAfterDays: '20',
}

forEachDatabase((database) => {
  let schools: TwoSchools
  let dba: Visitor
  let national: Visitor
  before(async () => {
    schools = await openTwoSchools(database)
    dba = await visitor('680LLLL', 'lea-dba')
    national = await visitor('101LLLL', 'national-administrator')
  })
  after(() => schools.close())

  async function visitor(organisation: string, role: Role): Promise<Visitor> {
    return visitorOf(schools.server, await newPerson(schools.server, { organisation, role }))
  }
  const details = async (la: string) => (await findDetails(schools.server.world.db, `${la}LLLL`))!

  it('copies are on and the wait is 20 school days until the authority says otherwise', async () => {
    const { db } = schools.server.world
    assert.equal(await copiesOf(db, '680'), true)
    const answer = await dba.get('/dba/authority')
    assert.match(textOf(answer), /No new copies, and no e-mail about them/)
    assert.match(answer.html, /value="20"/)
    await dba.post('/dba/authority', { ...DETAILS, copies: 'off', lostAfterDays: '15' })
    assert.equal(await copiesOf(db, '680'), false)
    assert.equal(await copiesOf(db, '681'), true)
    assert.equal((await details('680')).lostAfterDays, 15)
    assert.deepEqual((await details('680')).corrected, ['email'])
    await dba.post('/dba/authority', DETAILS)
    assert.equal(await copiesOf(db, '680'), true)
  })

  it('a change is told at the old and the new address, and the finder follows a new name', async () => {
    await sql`delete from kit.mail`.execute(schools.server.world.db)
    const changed = {
      ...DETAILS,
      nameEn: 'Newport City',
      email: 'ctf@newport.example.org',
      phone: '01633 960000',
    }
    const answer = await dba.post('/dba/authority', changed)
    assert.match(noticeOf(await dba.get(answer.to!)) ?? '', /authority was told by e-mail/)
    assert.deepEqual(await schools.mailAbout('680LLLL'), [
      'authority-changed ctf@newport.example.org',
      'authority-changed transfers@newport.example.org',
    ])
    assert.equal((await details('680')).phone, '01633 960000')
    assert.match((await dba.get('/find-a-school?q=frost newport city')).html, /The John Frost School/)
    await dba.post('/dba/authority', DETAILS)
  })

  it('is of the own authority only; the national administrator chooses one', async () => {
    assert.equal((await dba.get('/dba/authority?la=681')).status, 404)
    assert.equal((await dba.post('/dba/authority?la=681', { ...DETAILS, nameEn: 'Elsewhere' })).status, 404)
    assert.match((await national.get('/dba/authority')).html, /<select/)
    const asked = { nameEn: 'Cardiff', nameCy: 'Caerdydd', copies: 'on', lostAfterDays: '25' }
    const answer = await national.post('/dba/authority?la=681', asked)
    assert.equal(answer.to, '/dba/authority?la=681')
    const { nameEn, lostAfterDays, email } = await details('681')
    assert.deepEqual([nameEn, lostAfterDays, email], ['Cardiff', 25, null])
    assert.equal((await (await visitor('680LLLL', 'lea-dba-view-only')).get('/dba/authority')).status, 403)
  })

  it('what is mistyped is said at its field and nothing is kept', async () => {
    const cases: [Record<string, string>, RegExp][] = [
      [{ lostAfterDays: '0' }, /from 1 to 99/],
      [{ lostAfterDays: '100' }, /from 1 to 99/],
      [{ copies: 'perhaps' }, /whether copies are wanted/],
      [{ nameEn: '' }, /Enter the name/],
    ]
    for (const [wrong, said] of cases) {
      const answer = await dba.post('/dba/authority', { ...DETAILS, phone: '01633 000000', ...wrong })
      assert.equal(answer.status, 400)
      assert.match(problemsOf(answer), said)
      assert.match(answer.html, /01633 000000/)
    }
    assert.notEqual((await details('680')).phone, '01633 000000')
  })
})

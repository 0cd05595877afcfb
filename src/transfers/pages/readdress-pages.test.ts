import assert from 'node:assert/strict'
import { after, before, it } from 'node:test'
import { apiOf, CARDIFF_HIGH, ctf, JOHN_FROST } from '../../../test/api.ts'
import { FILE_STATES, visitorsOf } from '../../../test/file-states.ts'
import { noticeOf, problemsOf, unescaped } from '../../../test/page-answers.ts'
import { openTwoSchools, type TwoSchools } from '../../../test/two-schools.ts'
import type { PageAnswer, Visitor } from '../../../test/visitor.ts'
import { forEachDatabase } from '../../../test/world.ts'
import { setOrganisation } from '../../establishments/index.ts'
import { sql } from '../../kit/database.ts'

const choices = ({ html }: PageAnswer): string[] =>
  [...html.matchAll(/name="to" type="radio" value="([^"]+)"/g)].map(([, code = '']) => code)

forEachDatabase((database) => {
  let schools: TwoSchools
  let sender: Visitor
  let visitor: ReturnType<typeof visitorsOf>
  before(async () => {
    schools = await openTwoSchools(database)
    visitor = visitorsOf(schools)
    sender = await visitor(CARDIFF_HIGH, 'school-user')
  })
  after(() => schools.close())

  const rejected = async (): Promise<string> => `/files/${await FILE_STATES.rejected(schools)}/readdress`

  it('finds the new school, shows the new name before it is sent, and sends it', async () => {
    const path = await rejected()
    const form = await sender.get(path)
    assert.equal(form.status, 200)
    assert.deepEqual(choices(form), [])
    const found = await sender.get(`${path}?q=newport+high`)
    assert.equal(choices(found)[0], '6804025', 'the best first')
    const check = await sender.get(`${path}?q=newport+high&choosing=yes&to=6804025`)
    assert.match(check.html, /6814039_<wbr>CTF_<wbr>6804025_<wbr>\d{3}\.XML/)
    assert.match(check.html, /Nobody at Newport High School uses this service yet/)
    assert.match(
      check.html,
      /href="[^"]*readdress\?q=newport%20high"/,
      'the way back keeps what was looked for',
    )
    const sent = await sender.post(path, { to: '6804025' })
    assert.equal(sent.status, 303)
    const copy = await sender.get(sent.to!)
    assert.match(noticeOf(copy) ?? '', /was sent on under its new name, 6814039_CTF_6804025_\d{3}\.XML/)
    assert.match(copy.html, /Newport High School has not downloaded the file yet/)
    const again = await sender.post(path, { to: '6804025' })
    assert.equal(again.status, 409)
    assert.match(problemsOf(again), /This file was readdressed already/)
    assert.equal((await sender.get(path)).status, 409)
  })

  it('asks for a choice where none was made, with what was found still there', async () => {
    const path = await rejected()
    const answer = await sender.get(`${path}?q=6804025&choosing=yes`)
    assert.equal(answer.status, 400)
    assert.equal(problemsOf(answer), 'Select where the file should go')
    assert.match(answer.html, /href="#to"/)
    assert.deepEqual(choices(answer), ['6804025'])
    const posted = await sender.post(path)
    assert.equal(posted.status, 400)
    assert.equal(problemsOf(posted), 'Select where the file should go')
  })

  it('offers no school that cannot get it: not the sender, not the department; of a closed one its successor', async () => {
    const path = await rejected()
    assert.deepEqual(choices(await sender.get(`${path}?q=${CARDIFF_HIGH}`)), [])
    assert.deepEqual(choices(await sender.get(`${path}?q=101LLLL`)), [])
    assert.ok(choices(await sender.get(`${path}?q=newport`)).includes('680LLLL'))
    const { world } = schools.server
    await setOrganisation(world, '6804003', { status: 'closed' })
    await sql`insert into establishments.link (from_code, to_code, type) values ('6804003', '6804025', 'successor')`.execute(
      world.db,
    )
    const found = await sender.get(`${path}?q=6804003`)
    assert.deepEqual(choices(found), ['6804025'])
    assert.match(found.html, /Follows .*, which is closed\./)
    const closed = await sender.get(`${path}?q=6804025&to=6804003`)
    assert.equal(closed.status, 422)
    assert.match(problemsOf(closed), /is closed; its successor is Newport High School \(6804025\)/)
    assert.deepEqual(choices(closed), ['6804025'], 'what was found is still there')
    assert.equal((await sender.post(path, { to: '6804003' })).status, 422)
  })

  it('says which one rejected it, that nothing was found, and that there are more', async () => {
    const path = await rejected()
    assert.match((await sender.get(`${path}?q=${JOHN_FROST}`)).html, /Rejected this file\./)
    assert.match((await sender.get(`${path}?q=zzzz`)).html, /Nothing was found for “zzzz”/)
    const many = await sender.get(`${path}?q=primary`)
    assert.equal(choices(many).length, 20)
    assert.match(many.html, /Only the first 20 are shown/)
    const unloaded = await sender.get(`${path}?q=2013614`)
    assert.equal(unloaded.status, 404)
    assert.match(problemsOf(unloaded), /are not in the register/)
    assert.match(unloaded.html, /value="2013614"/)
  })

  it('puts a file whose new school nobody knows into the Lost Pupil Database, for roles that may', async () => {
    const file = schools.newFile({ pupils: 1 })
    const { json } = await schools.cardiff.upload(file.name, file.bytes)
    await schools.newport.call('POST', `/api/v1/files/${json.id}/reject`, { json: { reason: 'Not ours.' } })
    const path = `/files/${json.id}/readdress`
    assert.match((await sender.get(path)).html, /readdress\?to=XXXXXXX"/)
    const check = await sender.get(`${path}?to=XXXXXXX`)
    assert.match(check.html, /Lost Pupil Database/)
    const sent = await sender.post(path, { to: 'XXXXXXX' })
    assert.equal(sent.status, 303)
    assert.match((await sender.get(sent.to!)).html, /kept in the Lost Pupil Database/)
  })

  it('says why a file of several pupils cannot go there', async () => {
    const path = await rejected()
    const answer = await sender.post(path, { to: 'XXXXXXX' })
    assert.equal(answer.status, 422)
    assert.match(unescaped(problemsOf(answer)), /pupil/i)
  })

  it('offers no deposit to a role that may not, and nothing at all to others', async () => {
    const authority = apiOf(schools.server, await schools.server.client('681LLLL', 'lea-user'))
    const file = ctf('681LLLL', JOHN_FROST, { pupils: 1 })
    const { json } = await authority.upload(file.name, file.bytes)
    await schools.newport.call('POST', `/api/v1/files/${json.id}/reject`, { json: { reason: 'Not ours.' } })
    const lea = await visitor('681LLLL', 'lea-user')
    const path = `/files/${json.id}/readdress`
    const form = await lea.get(path)
    assert.equal(form.status, 200)
    assert.doesNotMatch(form.html, /XXXXXXX/)
    assert.equal((await lea.get(`${path}?to=XXXXXXX`)).status, 403)
    assert.equal((await sender.get(path)).status, 404)
    assert.equal((await (await visitor('681LLLL', 'lea-plasc')).get(path)).status, 403)
  })
})

import assert from 'node:assert/strict'
import { after, before, it } from 'node:test'
import { CARDIFF_HIGH, JOHN_FROST } from '../../../test/api.ts'
import { changeFile, FILE_STATES, visitorsOf } from '../../../test/file-states.ts'
import { noticeOf, problemsOf } from '../../../test/page-answers.ts'
import { openTwoSchools, type TwoSchools } from '../../../test/two-schools.ts'
import type { Visitor } from '../../../test/visitor.ts'
import { forEachDatabase } from '../../../test/world.ts'

forEachDatabase((database) => {
  let schools: TwoSchools
  let sender: Visitor
  let destination: Visitor
  let visitor: ReturnType<typeof visitorsOf>
  before(async () => {
    schools = await openTwoSchools(database)
    visitor = visitorsOf(schools)
    sender = await visitor(CARDIFF_HIGH, 'school-user')
    destination = await visitor(JOHN_FROST, 'school-user')
  })
  after(() => schools.close())

  it('takes a confirmation once, says so in the green banner of the next page only, and a second one is too late', async () => {
    const id = await FILE_STATES.fetched(schools)
    const answer = await destination.post(`/files/${id}/confirm`)
    assert.deepEqual([answer.status, answer.to], [303, `/files/${id}`])
    assert.match(noticeOf(await destination.get(`/files/${id}`)) ?? '', /marked as downloaded correctly/)
    assert.equal(noticeOf(await destination.get(`/files/${id}`)), null)
    const again = await destination.post(`/files/${id}/confirm`)
    assert.equal(again.status, 409)
    assert.match(problemsOf(again), /^The file is no longer awaiting\. Look at its status/)
    assert.match(again.html, /<title>Error: /)
    assert.deepEqual(
      (await schools.mailAbout(id)).filter((mail) => mail.startsWith('downloaded office')),
      ['downloaded office@cardiff-high.example.org'],
    )
  })

  it('refuses a confirmation of what was never downloaded on the page of the file', async () => {
    const answer = await destination.post(`/files/${await FILE_STATES.awaiting(schools)}/confirm`)
    assert.equal(answer.status, 409)
    assert.match(problemsOf(answer), /has not been downloaded yet/)
    assert.match(answer.html, /Download<\/a>|>\s*Download\s*</)
  })

  it('rejects with a reason, which is asked for where it lacks and kept where it is not taken', async () => {
    const id = await FILE_STATES.awaiting(schools)
    const path = `/files/${id}/reject`
    const form = await destination.get(path)
    assert.equal(form.status, 200)
    assert.match(form.html, /Cardiff High School is told, and reads your reason/)
    const cases: [string, RegExp][] = [
      ['', /Enter why you reject the file/],
      ['   ', /Enter why you reject the file/],
      ['x'.repeat(501), /500 characters or fewer/],
      ['Not \u202E ours', /must be plain text/],
    ]
    for (const [reason, said] of cases) {
      const refused = await destination.post(path, { reason })
      assert.equal(refused.status, 400)
      assert.match(problemsOf(refused), said)
      assert.match(refused.html, /href="#reason"/)
      if (reason.trim()) assert.ok(refused.html.includes(`>${reason}</textarea>`), 'what was typed is kept')
    }
    const answer = await destination.post(path, { reason: 'The pupil is\r\nnot on our roll.' })
    assert.deepEqual([answer.status, answer.to], [303, `/files/${id}`])
    const page = await destination.get(`/files/${id}`)
    assert.match(noticeOf(page) ?? '', /was rejected, and its sender is told/)
    assert.match((await sender.get(`/files/${id}`)).html, /The pupil is not on our roll\./)
    const again = await destination.post(path, { reason: 'Once more' })
    assert.equal(again.status, 409)
    assert.match(problemsOf(again), /was rejected already/)
    const late = await destination.get(path)
    assert.equal(late.status, 409, 'the form comes too late too')
    assert.match(problemsOf(late), /was rejected already/)
  })

  it('recalls with and without a reason, and says why it is too late', async () => {
    const id = await FILE_STATES.awaiting(schools)
    assert.match((await sender.get(`/files/${id}/recall`)).html, /can no longer download it/)
    const answer = await sender.post(`/files/${id}/recall`)
    assert.deepEqual([answer.status, answer.to], [303, `/files/${id}`])
    assert.match(noticeOf(await sender.get(`/files/${id}`)) ?? '', /was recalled/)
    const other = await FILE_STATES.awaiting(schools)
    await sender.post(`/files/${other}/recall`, { reason: 'Meant for another school.' })
    assert.match((await destination.get(`/files/${other}`)).html, /Meant for another school\./)
    const again = await sender.post(`/files/${other}/recall`)
    assert.equal(again.status, 409)
    const fetched = await FILE_STATES.fetched(schools)
    const tooLate = await sender.get(`/files/${fetched}/recall`)
    assert.equal(tooLate.status, 409)
    assert.match(problemsOf(tooLate), /was downloaded already, so it cannot be recalled/)
  })

  it('offers the recall while a download is under way, and the form then says to look again later', async () => {
    const id = await FILE_STATES.awaiting(schools)
    await changeFile(schools, id, `fetch_started_at = '${schools.server.clock.now().toISOString()}'`)
    assert.match((await sender.get(`/files/${id}`)).html, /\/recall"/)
    assert.match(problemsOf(await sender.get(`/files/${id}/recall`)), /being downloaded right now/)
  })

  it('takes back a deposit, which its LA is told of', async () => {
    const id = await FILE_STATES.deposited(schools)
    assert.match((await sender.get(`/files/${id}/recall`)).html, /taken out of the Lost Pupil Database/)
    assert.equal((await sender.post(`/files/${id}/recall`)).status, 303)
  })

  it('the forms of a change answer as the change does to whom may not make it', async () => {
    const id = await FILE_STATES.awaiting(schools)
    const rows: [Visitor, string, number][] = [
      [sender, 'reject', 404],
      [destination, 'recall', 404],
      [await visitor('6804025', 'school-user'), 'reject', 404],
      [await visitor('101LLLL', 'national-administrator'), 'recall', 403],
    ]
    for (const [one, form, status] of rows) {
      assert.equal(
        (await one.get(`/files/${id}/${form}`)).status,
        status,
        `${one.person.organisation} ${form}`,
      )
      assert.equal((await one.post(`/files/${id}/${form}`, { reason: 'x' })).status, status)
    }
    // without a reason as well: no form is shown to whom may not send it
    assert.doesNotMatch((await sender.post(`/files/${id}/reject`)).html, /<textarea/)
    assert.equal((await destination.get(`/files/${id}`)).status, 200, 'nothing was changed')
    assert.match((await destination.get(`/files/${id}`)).html, /Awaiting/)
  })
})

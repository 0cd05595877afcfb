import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import { ids, openReceiving, type Receiving } from '../../../test/receiving.ts'
import type { Sent } from '../../../test/two-schools.ts'
import { forEachDatabase } from '../../../test/world.ts'
import { sql } from '../../kit/database.ts'
import { newId } from '../../kit/ids.ts'

forEachDatabase((name) => {
  let schools: Receiving
  before(async () => {
    schools = await openReceiving(name)
  })
  after(() => schools.close())

  describe('“Did the files download correctly?”', () => {
    const ask = (
      files: readonly Sent[],
      who = schools.secretary,
    ): Promise<{ status: number; html: string }> =>
      who.send('/download/question', {
        method: 'POST',
        body: new URLSearchParams(ids(files).map((id): [string, string] => ['id', id])),
        headers: { 'x-csrf-token': who.csrf, 'sec-fetch-site': 'same-origin' },
      })

    it('is asked once all of them went out, about no others', async () => {
      const others = await schools.downloadMany(1)
      const files = await schools.sendMany(2)
      assert.equal((await ask(files)).html.trim(), '')
      await schools.secretary.post('/download', { do: 'download', id: files[0]!.id })
      await schools.untilStates(files, ['awaiting fetched', 'awaiting'])
      assert.equal((await ask(files)).html.trim(), '', 'one is still on its way')
      await schools.secretary.post('/download', { do: 'download', id: files[1]!.id })
      await schools.untilStates(files, ['awaiting fetched', 'awaiting fetched'])
      const { status, html } = await ask(files)
      assert.equal(status, 200)
      assert.match(html, /Did the 2 files download correctly\?/)
      for (const { id, name: file } of files) assert.ok(html.includes(id) && html.includes(file))
      assert.ok(!html.includes(others[0]!.id))
      assert.match((await ask(files, schools.welsh)).html, /A gafodd y 2 ffeil eu lawrlwytho’n gywir\?/)
    })

    it('yes confirms each, and each sender is told', async () => {
      const files = await schools.downloadMany(2)
      const answer = await schools.secretary.post('/download', { do: 'yes', id: ids(files) })
      assert.deepEqual([answer.status, answer.to], [303, '/download'])
      assert.deepEqual(await schools.statesOf(files), ['downloaded fetched', 'downloaded fetched'])
      assert.match(
        (await schools.secretary.get('/download')).html,
        /2 files are confirmed\. Their senders have been told\./,
      )
      for (const { id } of files) {
        assert.ok((await schools.mailAbout(id)).includes('downloaded office@cardiff-high.example.org'))
        assert.ok((await schools.auditOf(id)).includes('transfers.confirm done'))
      }
    })

    it('yes keeps none back because of one that somebody else dealt with', async () => {
      const files = await schools.downloadMany(3)
      const json = { reason: 'not ours' }
      await schools.newport.call('POST', `/api/v1/files/${files[1]!.id}/reject`, { json })
      await schools.secretary.post('/download', { do: 'yes', id: ids(files) })
      assert.deepEqual(await schools.statesOf(files), [
        'downloaded fetched',
        'rejected fetched',
        'downloaded fetched',
      ])
      assert.match(
        (await schools.secretary.get('/download')).html,
        /2 files are confirmed.*Not confirmed: 1,/,
      )
    })

    it('no confirms nothing: they await, are asked about after the next download only, and cannot be recalled', async () => {
      const files = await schools.downloadMany(2)
      const answer = await schools.secretary.post('/download', { do: 'no', id: ids(files) })
      assert.deepEqual([answer.status, answer.to], [303, '/download'])
      assert.match((await schools.secretary.get('/download')).html, /Nothing was confirmed/)
      assert.deepEqual(await schools.statesOf(files), Array<string>(2).fill('awaiting fetched not-received'))
      const asked = await schools.secretary.get('/download?view=to-confirm')
      assert.ok(!asked.html.includes(files[0]!.name))
      assert.equal((await ask(files)).html.trim(), '')
      assert.ok((await schools.auditOf(files[0]!.id)).includes('transfers.not-received done'))
      assert.ok(!(await schools.mailAbout(files[0]!.id)).some((mail) => mail.startsWith('downloaded')))
      assert.equal((await schools.cardiff.call('DELETE', `/api/v1/files/${files[0]!.id}`)).status, 409)
      await schools.secretary.post('/download', { do: 'download', id: ids(files) })
      await schools.untilStates(files, Array<string>(2).fill('awaiting fetched'))
      assert.match((await ask(files)).html, /Did the 2 files/)
    })

    it('waits on the page for whoever comes next', async () => {
      const [file] = await schools.downloadMany(1)
      assert.match((await schools.secretary.get('/download')).html, /nobody has said yet whether/)
      const { html } = await schools.secretary.get('/download?view=to-confirm&select=all')
      assert.match(html, new RegExp(`value="${file!.id}" id="pick-${file!.id}" checked`))
      assert.doesNotMatch((await schools.sender.get('/download')).html, /nobody has said yet whether/)
    })
  })

  describe('choosing', () => {
    it('nothing, too many, or two to reject says on the list what to do', async () => {
      const files = await schools.sendMany(2)
      const cases: [Record<string, string | string[]>, RegExp, number][] = [
        [{ do: 'download' }, /Select at least one file/, 400],
        [{ do: 'yes' }, /Select at least one file/, 400],
        [
          { do: 'download', id: Array.from({ length: 201 }, () => newId()) },
          /Select no more than 200 files at once/,
          400,
        ],
        [{ do: 'reject', id: ids(files) }, /Select only one file to reject/, 400],
      ]
      for (const [fields, text, status] of cases) {
        const answer = await schools.secretary.post('/download?view=all&sort=name', fields)
        assert.equal(answer.status, status)
        assert.match(answer.html, text)
        assert.match(answer.html, /<title>Error: /)
        assert.match(answer.html, /aria-sort="ascending"/, 'the list as it was')
      }
      const again = await schools.secretary.post('/download', { do: 'reject', id: ids(files) })
      assert.equal(again.html.match(/type="checkbox" name="id"[^>]* checked/g)?.length, 2, 'chosen still')
    })

    it('one to reject leads to its form', async () => {
      const [file] = await schools.sendMany(1)
      const answer = await schools.secretary.post('/download', { do: 'reject', id: file!.id })
      assert.deepEqual([answer.status, answer.to], [303, `/files/${file!.id}/reject`])
    })

    it('a file of somebody else, even beside own ones, is no file; nothing happens', async () => {
      const files = await schools.sendMany(1)
      const [foreign] = await schools.sendMany(1)
      await sql`update transfers.file set destination = '6804025' where id = ${foreign!.id}`.execute(
        schools.server.world.db,
      )
      for (const what of ['download', 'yes', 'no', 'reject', 'look']) {
        const answer = await schools.secretary.post('/download', { do: what, id: ids([...files, foreign!]) })
        assert.equal(answer.status, 404, what)
      }
      // the sender of a file collects it nowhere
      assert.equal((await schools.sender.post('/download', { do: 'download', id: ids(files) })).status, 404)
      assert.deepEqual(await schools.statesOf([...files, foreign!]), ['awaiting', 'awaiting'])
    })

    it('with a form of another session is refused, and nothing happens', async () => {
      const files = await schools.downloadMany(1)
      const stale = { ...schools.secretary, csrf: schools.sender.csrf }
      for (const what of ['download', 'yes', 'no']) {
        const body = new URLSearchParams({ _csrf: stale.csrf, do: what, id: files[0]!.id })
        const headers = { 'sec-fetch-site': 'same-origin' }
        const answer = await stale.send('/download', { method: 'POST', body, headers })
        assert.equal(answer.status, 403)
        assert.match(answer.html, /The page was open for too long/)
      }
      assert.deepEqual(await schools.statesOf(files), ['awaiting fetched'])
    })

    it('what is no id is refused', async () => {
      assert.equal((await schools.secretary.post('/download', { do: 'download', id: 'a b' })).status, 400)
    })
  })
})

import assert from 'node:assert/strict'
import { randomBytes } from 'node:crypto'
import { request, type IncomingMessage } from 'node:http'
import { buffer } from 'node:stream/consumers'
import { setTimeout as wait } from 'node:timers/promises'
import { after, before, beforeEach, describe, it } from 'node:test'
import { ids, openReceiving, type Receiving } from '../../../test/receiving.ts'
import type { Sent } from '../../../test/two-schools.ts'
import { unzip } from '../../../test/unzip.ts'
import { forEachDatabase } from '../../../test/world.ts'
import { archivePerson } from '../../accounts/index.ts'
import { sql } from '../../kit/database.ts'
import { newId } from '../../kit/ids.ts'
import { sealBody } from '../../kit/strongroom.ts'

forEachDatabase((name) => {
  let schools: Receiving
  before(async () => {
    schools = await openReceiving(name)
  })
  after(() => schools.close())

  describe('downloading', () => {
    it('several files gives one zip with the bytes of each under its right name', async () => {
      const files = await schools.sendMany(3)
      const answer = await schools.secretary.post('/download', { do: 'download', id: ids(files) })
      assert.equal(answer.status, 200)
      assert.equal(answer.headers.get('content-type'), 'application/zip')
      assert.equal(answer.headers.get('content-disposition'), 'attachment; filename="6804020_2026-09-02.zip"')
      assert.equal(answer.headers.get('cache-control'), 'no-store')
      const entries = await unzip(answer.bytes)
      assert.deepEqual(
        entries.map((entry) => ({ name: entry.name, bytes: entry.bytes })),
        files.map((file) => ({ name: file.name, bytes: Buffer.from(file.bytes) })),
      )
      await schools.untilStates(files, Array<string>(3).fill('awaiting fetched'))
      for (const id of ids(files)) {
        const audited = await schools.auditOf(id)
        for (const line of ['transfers.fetch done', 'transfers.fetched done'])
          assert.ok(audited.includes(line), `${line} in ${audited.join()}`)
      }
    })

    it('one file gives the file itself', async () => {
      const [file] = await schools.sendMany(1)
      const answer = await schools.secretary.post('/download', { do: 'download', id: file!.id })
      assert.equal(answer.headers.get('content-disposition'), `attachment; filename="${file!.name}"`)
      assert.deepEqual(answer.bytes, Buffer.from(file!.bytes))
      await schools.untilStates([file!], ['awaiting fetched'])
    })

    it('a file of the same name from before lies in a folder of its day', async () => {
      const [file, old] = (await schools.sendMany(2)) as [Sent, Sent]
      await sql`update transfers.file set name = ${file.name}, held_name = null, uploaded_at = '2025-09-03T10:00:00Z'
        where id = ${old.id}`.execute(schools.server.world.db)
      const answer = await schools.secretary.post('/download', { do: 'download', id: ids([file, old]) })
      assert.deepEqual(
        (await unzip(answer.bytes)).map((entry) => entry.name),
        [file.name, `2025-09-03/${file.name}`],
      )
    })

    for (const [who, note, text] of [
      [
        () => schools.secretary,
        'Files left out.txt',
        /^\uFEFF1 file was left out of this zip:\r\n\r\n(\S+): its sender recalled it\r\n$/,
      ],
      [
        () => schools.welsh,
        'Ffeiliau a adawyd allan.txt',
        /^\uFEFFGadawyd 1 ffeil allan o’r zip hwn:\r\n\r\n(\S+): galwodd ei hanfonwr hi’n ôl\r\n$/,
      ],
    ] as const) {
      it(`leaves out what was recalled and says so in the language of the page: ${note}`, async () => {
        const files = await schools.sendMany(3)
        assert.equal((await schools.cardiff.call('DELETE', `/api/v1/files/${files[1]!.id}`)).status, 200)
        const answer = await who().post('/download', { do: 'download', id: ids(files) })
        const entries = await unzip(answer.bytes)
        assert.deepEqual(
          entries.map((entry) => entry.name),
          [files[0]!.name, files[2]!.name, note],
        )
        assert.equal(text.exec(entries[2]!.bytes.toString())?.[1], files[1]!.name)
        await schools.untilStates(files, ['awaiting fetched', 'removed', 'awaiting fetched'])
      })
    }

    it('says on the list that nothing can be downloaded any more', async () => {
      const [file] = await schools.sendMany(1)
      await schools.cardiff.call('DELETE', `/api/v1/files/${file!.id}`)
      const answer = await schools.secretary.post('/download?view=all', { do: 'download', id: file!.id })
      assert.equal(answer.status, 410)
      assert.match(answer.html, /The file can no longer be downloaded/)
    })

    it('again what was confirmed, for 90 days', async () => {
      const files = await schools.downloadMany(2)
      await schools.secretary.post('/download', { do: 'yes', id: ids(files) })
      await schools.untilStates(files, ['downloaded fetched', 'downloaded fetched'])
      const again = await schools.secretary.post('/download', { do: 'download', id: ids(files) })
      assert.deepEqual(
        (await unzip(again.bytes)).map((entry) => entry.bytes),
        files.map(({ bytes }) => Buffer.from(bytes)),
      )
      await sql`update transfers.file set confirmed_at = confirmed_at - interval '91 days'
        where id = any(${ids(files)}::text[])`.execute(schools.server.world.db)
      assert.equal(
        (await schools.secretary.post('/download', { do: 'download', id: ids(files) })).status,
        410,
      )
    })
  })

  describe('a download that is under way', () => {
    let files: Sent[]
    beforeEach(async () => {
      files = await schools.sendMany(3)
      const { db, strongroom } = schools.server.world
      // too much for what lies between the service and a browser that does not read
      for (const { id } of files) {
        const body = newId()
        await db
          .transaction()
          .execute((tx) => strongroom.put(tx, body, sealBody(randomBytes(8_000_000), body)))
        await sql`update transfers.file set body = ${body} where id = ${id}`.execute(db)
      }
    })

    /** Begins to download all of them and reads nothing yet. */
    async function begin(): Promise<IncomingMessage> {
      const body = new URLSearchParams([
        ['_csrf', schools.secretary.csrf],
        ['do', 'download'],
        ...files.map(({ id }): [string, string] => ['id', id]),
      ]).toString()
      const headers = {
        cookie: [...schools.secretary.cookies].map(([key, value]) => `${key}=${value}`).join('; '),
        'content-type': 'application/x-www-form-urlencoded',
        'content-length': body.length,
      }
      const answer = await new Promise<IncomingMessage>((resolve, reject) => {
        request(`${schools.server.url}/download`, { method: 'POST', headers, agent: false }, resolve)
          .on('error', reject)
          .end(body)
      })
      await wait(300)
      return answer
    }

    it('notes nothing as downloaded when it is cut off, and can be repeated', async () => {
      const answer = await begin()
      answer.destroy()
      await wait(300)
      assert.deepEqual(await schools.statesOf(files), ['awaiting', 'awaiting', 'awaiting'])
      assert.equal((await unzip(await buffer(await begin()))).length, 3)
      await schools.untilStates(files, Array<string>(3).fill('awaiting fetched'))
    })

    it('leaves out what is recalled meanwhile', async () => {
      const answer = await begin()
      const recalled = await schools.cardiff.call('DELETE', `/api/v1/files/${files[2]!.id}`)
      assert.equal(recalled.status, 200, 'the last one is not fetched before its turn')
      assert.deepEqual(
        (await unzip(await buffer(answer))).map((entry) => entry.name),
        [files[0]!.name, files[1]!.name, 'Files left out.txt'],
      )
      await schools.untilStates(files, ['awaiting fetched', 'awaiting fetched', 'removed'])
    })

    it('ends when its person is archived', async () => {
      const answer = await begin()
      const { db, clock } = schools.server.world
      await db.transaction().execute((tx) => archivePerson(tx, schools.secretary.person.id, clock.now()))
      await assert.rejects(buffer(answer))
      assert.deepEqual(await schools.statesOf(files), ['awaiting', 'awaiting', 'awaiting'])
    })
  })
})

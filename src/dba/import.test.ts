import assert from 'node:assert/strict'
import { readdirSync, readFileSync, utimesSync } from 'node:fs'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import { after, before, it } from 'node:test'
import { noticeOf, problemsOf, textOf } from '../../test/page-answers.ts'
import { openTestServer, type TestServer } from '../../test/server.ts'
import { newPerson, visitorOf, type PageAnswer, type Visitor } from '../../test/visitor.ts'
import { forEachDatabase } from '../../test/world.ts'
import { correctOrganisation, findEstablishments, successorsOf } from '../establishments/index.ts'
import { forgetUploads, keepUpload, newUpload, UPLOAD_MOST_MIB } from './uploads.ts'

const DATA = join(import.meta.dirname, '../establishments/test-data')
const GIAS = readFileSync(join(DATA, 'gias.csv'))
const LINKS = readFileSync(join(DATA, 'links.csv'))
const PATH = '/dba/register/import'

forEachDatabase((database) => {
  let server: TestServer
  let national: Visitor
  before(async () => {
    server = await openTestServer(database)
    const person = await newPerson(server, { organisation: '101LLLL', role: 'national-administrator' })
    national = await visitorOf(server, person)
  })
  after(() => server.close())

  const send = (path: string, bytes: Uint8Array): Promise<PageAnswer> =>
    national.sendForm(path, {}, { name: 'list.csv', bytes })
  const find = async (code: string) => (await findEstablishments(server.world.db, [code])).get(code)
  const folder = (): string => join(server.world.config.dataDir, 'register-uploads')

  it('a list is compared first, nothing changes, and then it is imported as it was shown', async () => {
    const { to } = await send(PATH, GIAS)
    assert.match(to ?? '', /^\/dba\/register\/import\/[\w-]+$/)
    const shown = textOf(await national.get(to!))
    assert.match(shown, /a GIAS extract: \d+ rows, \d+ schools\. Nothing has been changed yet/)
    assert.match(shown, /New: 13/)
    assert.equal(await find('2022001'), undefined)
    const linked = await send(`${to}/links`, LINKS)
    assert.equal(linked.to, to)
    assert.match(
      textOf(await national.get(to!)),
      /Links recorded: \d+ .*The file of links is taken into account/,
    )
    const answer = await national.post(to!)
    assert.equal(answer.to, '/dba/register')
    assert.match(noticeOf(await national.get(answer.to)) ?? '', /schools were new or changed/)
    assert.equal((await find('2022001'))!.nameEn, 'St Cedd’s Primary School')
    assert.match((await national.get('/find-a-school?q=cedds')).html, /2022001/)
    assert.deepEqual(readdirSync(folder()), [])
    assert.deepEqual(
      (await successorsOf(server.world.db, '2024001')).map(({ code }) => code),
      ['2024002'],
    )
  })

  it('what an authority corrected is listed as a conflict and kept', async () => {
    await server.world.db
      .transaction()
      .execute((tx) => correctOrganisation(tx, '2022001', { nameEn: 'St Cedd’s', town: 'Camden Town' }))
    const { to } = await send(PATH, GIAS)
    const shown = textOf(await national.get(to!))
    assert.match(shown, /Corrected by hand and kept, where the file says otherwise: 2/)
    assert.match(shown, /name: kept St Cedd’s, the file has St Cedd’s Primary School/)
    await national.post(to!)
    assert.deepEqual(
      [(await find('2022001'))!.nameEn, (await find('2022001'))!.town],
      ['St Cedd’s', 'Camden Town'],
    )
    const gone = await national.post(to!)
    assert.equal(gone.status, 410)
    assert.match(problemsOf(gone), /no longer here/)
  })

  it('a file that is no list is said above the form, and nothing of it is kept', async () => {
    for (const [bytes, said] of [
      [Buffer.from('a,b\n1,2\n'), /neither a GIAS extract nor a Welsh/],
      [GIAS.subarray(0, GIAS.indexOf(10) + 1), /./],
    ] as const) {
      const answer = await send(PATH, bytes)
      assert.equal(answer.status, 422)
      assert.match(problemsOf(answer), said)
    }
    assert.deepEqual(readdirSync(folder()), [])
    const { to } = await send(PATH, GIAS)
    assert.equal((await send(`${to}/links`, GIAS)).status, 422)
    assert.match(textOf(await national.get(to!)), /Successors and mergers/)
    assert.equal((await national.get(`${PATH}/nothing`)).status, 410)
    assert.equal((await national.sendForm(PATH, {}, null)).status, 400)
  })

  it('a list that is too large is refused while it comes', async () => {
    const piece = Buffer.alloc(1024 * 1024)
    const pieces = Array.from({ length: UPLOAD_MOST_MIB + 1 }, () => piece)
    const before = readdirSync(folder()).length
    await assert.rejects(keepUpload(server.world, newUpload(), 'list', Readable.from(pieces)), {
      code: 'register-too-large',
    })
    assert.equal(readdirSync(folder()).length, before)
  })

  it('a list that nobody imported is forgotten after a day', async () => {
    await send(PATH, GIAS)
    await forgetUploads(server.world)
    const [name] = readdirSync(folder())
    assert.ok(name)
    const old = new Date(server.clock.now().getTime() - 25 * 3_600_000)
    for (const one of readdirSync(folder())) utimesSync(join(folder(), one), old, old)
    await forgetUploads(server.world)
    assert.deepEqual(readdirSync(folder()), [])
  })
})

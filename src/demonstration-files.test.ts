import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import { discard } from '../test/templates.ts'
import { copyDemonstrated } from '../test/journeys/demonstrated.ts'
import { openTestServer, type TestServer } from '../test/server.ts'
import { newPerson, visitorOf } from '../test/visitor.ts'
import { unzip } from '../test/unzip.ts'

const SCHOOL = { organisation: '6802276', role: 'school-user' } as const

describe('practice files', () => {
  it('there are none where people are real', async () => {
    const server = await openTestServer('embedded')
    try {
      const visitor = await visitorOf(server, await newPerson(server, SCHOOL))
      assert.equal((await visitor.get('/practice-files')).status, 404)
      assert.ok(!(await visitor.get('/upload')).html.includes('/practice-files'))
      assert.equal((await visitor.get('/outbox')).status, 404)
    } finally {
      await server.close()
    }
  })

  describe('in a demonstration', () => {
    let server: TestServer
    let discardPlace: () => Promise<void>

    before(async () => {
      const place = await copyDemonstrated()
      discardPlace = () => discard(place)
      server = await openTestServer(place)
    })
    after(async () => {
      await server.close()
      await discardPlace()
    })

    it('four are sent to four schools, and one is refused with what is wrong in it', async () => {
      const visitor = await visitorOf(server, await newPerson(server, SCHOOL))
      assert.ok((await visitor.get('/upload')).html.includes('/practice-files'))
      const zip = await visitor.get('/practice-files')
      const files = await unzip(zip.bytes)
      const statuses: number[] = []
      for (const { name, bytes } of files) {
        statuses.push((await visitor.sendFile(`/upload?name=${name}`, bytes)).status)
      }
      assert.deepEqual(statuses, [201, 201, 201, 201, 422])
      assert.equal(new Set(files.map(({ name }) => name.split('_')[2])).size, 5)
    })

    it('show files in every state that can be reached, and their mails', async () => {
      const visitor = await visitorOf(server, await newPerson(server, SCHOOL))
      const sent = (await visitor.get('/sent')).html
      for (const state of ['Awaiting', 'Downloaded', 'Rejected', 'Removed', 'In the Lost Pupil Database'])
        assert.ok(sent.includes(state), state)
    })
  })
})

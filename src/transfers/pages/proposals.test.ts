import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import { CARDIFF_HIGH, ctf, JOHN_FROST } from '../../../test/api.ts'
import { openTwoSchools, type TwoSchools } from '../../../test/two-schools.ts'
import { newPerson, visitorOf, type Visitor } from '../../../test/visitor.ts'
import { forEachDatabase } from '../../../test/world.ts'

forEachDatabase((database) => {
  let schools: TwoSchools
  let secretary: Visitor

  before(async () => {
    schools = await openTwoSchools(database)
    const { server } = schools
    const person = await newPerson(server, { organisation: CARDIFF_HIGH, role: 'school-user' })
    secretary = await visitorOf(server, person)
  })
  after(() => schools.close())

  describe('the right name for a file of any name, by its header', () => {
    const ROWS: [title: string, name: string, header: string, proposed: string | null][] = [
      ['a name of nobody', 'leavers.xml', '6814039_6804025', '6814039_CTF_6804025_001.XML'],
      ['another', 'CTF from SIMS (final).XML', '6814039_680LLLL', '6814039_CTF_680LLLL_001.XML'],
      ['a lost pupil', 'unknown.xml', '6814039_XXXXXXX', '6814039_CTF_XXXXXXX_001.XML'],
      ['no header', 'leavers.xml', '', null],
      ['a header that names nobody', 'leavers.xml', 'abcdefg_6804025', null],
    ]
    for (const [title, name, header, proposed] of ROWS) {
      it(`${title}: ${name}`, async () => {
        const query = new URLSearchParams({ name, header }).toString()
        const { status, html } = await secretary.get(`/upload/name?${query}`, {
          'x-csrf-token': secretary.csrf,
        })
        assert.equal(status, 422)
        const [, found] = /data-use-name="([^"]*)"/.exec(html) ?? []
        assert.equal(found ?? null, proposed, html)
      })
    }

    it('is the next one that is free', async () => {
      const { name, bytes } = ctf(CARDIFF_HIGH, JOHN_FROST, { serial: 1 })
      assert.equal((await schools.cardiff.upload(name, bytes)).status, 201)
      const { html } = await secretary.get('/upload/name?name=leavers.xml&header=6814039_6804020')
      assert.match(html, /data-use-name="6814039_CTF_6804020_002\.XML"/)
    })

    it('is not given for a header in another shape', async () => {
      const { status } = await secretary.get('/upload/name?name=leavers.xml&header=6814039_6804020_x')
      assert.equal(status, 400)
    })
  })
})

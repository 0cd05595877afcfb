import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import { CARDIFF_HIGH, JOHN_FROST } from '../../test/api.ts'
import { FILE_STATES } from '../../test/file-states.ts'
import { openTwoSchools, type TwoSchools } from '../../test/two-schools.ts'
import { forEachDatabase } from '../../test/world.ts'
import { Refusal } from '../kit/refusal.ts'
import { perform } from '../permissions/perform.ts'
import type { Role } from '../permissions/table.ts'
import { listPupils } from './list-pupils.ts'

forEachDatabase((database) => {
  let schools: TwoSchools
  before(async () => {
    schools = await openTwoSchools(database)
  })
  after(() => schools.close())

  async function namesFor(organisation: string, role: Role, id: string): Promise<number | string> {
    const actor = { kind: 'person', id: 'p', name: 'P', organisation, roles: [role], address: null } as const
    try {
      return (await perform(schools.server.world, actor, listPupils, { id })).length
    } catch (error) {
      if (error instanceof Refusal) return error.code
      throw error
    }
  }

  describe('names the pupils of a file only to its sides, as long as they could download it', () => {
    const cases: [keyof typeof FILE_STATES, string, Role, number | string][] = [
      ['awaiting', JOHN_FROST, 'school-user', 2],
      ['awaiting', CARDIFF_HIGH, 'school-user', 2],
      ['awaiting', '6804025', 'school-user', 'not-found'],
      ['awaiting', '681LLLL', 'lea-school', 'not-found'],
      ['awaiting', '680LLLL', 'lea-user', 'not-found'],
      ['awaiting', '681LLLL', 'lea-plasc', 'role'],
      ['awaiting', '101LLLL', 'national-administrator', 'role'],
      ['downloaded', JOHN_FROST, 'school-user', 2],
      ['downloadedLongAgo', JOHN_FROST, 'school-user', 'content-gone'],
      ['rejected', JOHN_FROST, 'school-user', 'content-gone'],
      ['rejected', CARDIFF_HIGH, 'school-user', 2],
      ['rejectedLongAgo', CARDIFF_HIGH, 'school-user', 'content-gone'],
      ['removed', CARDIFF_HIGH, 'school-user', 'content-gone'],
      ['deposited', CARDIFF_HIGH, 'school-user', 1],
    ]
    for (const [state, organisation, role, names] of cases) {
      it(`${state}, to ${role} of ${organisation}: ${names}`, async () => {
        assert.equal(await namesFor(organisation, role, await FILE_STATES[state](schools)), names)
      })
    }
  })

  it('a look is in the audit, one that was refused as well', async () => {
    const id = await FILE_STATES.awaiting(schools)
    await namesFor(JOHN_FROST, 'school-user', id)
    await namesFor('6804025', 'school-user', id)
    assert.deepEqual(
      (await schools.auditOf(id)).filter((line) => line.startsWith('transfers.pupils')),
      ['transfers.pupils done', 'transfers.pupils refused open-ctf: out of reach'],
    )
  })
})

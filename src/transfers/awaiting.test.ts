import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import { apiOf, CARDIFF_HIGH, ctf, JOHN_FROST } from '../../test/api.ts'
import { changeFile, FILE_STATES } from '../../test/file-states.ts'
import { openTwoSchools, type TwoSchools } from '../../test/two-schools.ts'
import { forEachDatabase } from '../../test/world.ts'
import { sql } from '../kit/database.ts'
import type { Role } from '../permissions/table.ts'
import { awaitingFor, type Awaiting } from './awaiting.ts'
import { countsQuery } from './counts-store.ts'

forEachDatabase((database) => {
  let schools: TwoSchools
  before(async () => {
    schools = await openTwoSchools(database)
  })
  after(() => schools.close())

  function awaiting(organisation: string, ...roles: Role[]): Promise<Awaiting> {
    const { world } = schools.server
    const actor = { kind: 'person', id: 'p', name: 'P', organisation, roles, address: null } as const
    return awaitingFor(world.db, actor, world.clock.now())
  }

  it('counts what each side has to do, and nothing that is done, sent on or over', async () => {
    for (const [state, bring] of Object.entries(FILE_STATES)) {
      const ids = [await bring(schools), await bring(schools)]
      if (state === 'awaiting')
        await changeFile(schools, ids[0]!, `uploaded_at = uploaded_at - interval '9 days'`)
    }
    assert.deepEqual(await awaiting(JOHN_FROST, 'school-user'), {
      toDownload: 2,
      toConfirm: 2,
      rejected: 0,
      uncollected: 0,
    })
    assert.deepEqual(await awaiting(CARDIFF_HIGH, 'school-user'), {
      toDownload: 0,
      toConfirm: 0,
      rejected: 2,
      uncollected: 1,
    })
  })

  it('counts for an LA what it sent for its schools, not what they sent themselves', async () => {
    const authority = apiOf(schools.server, await schools.server.client('681LLLL', 'lea-school'))
    const forSchool = schools.newFile()
    const { json } = await authority.upload(forSchool.name, forSchool.bytes)
    const own = ctf('681LLLL', JOHN_FROST, { serial: 1 })
    const { json: ofItself } = await authority.upload(own.name, own.bytes)
    for (const { id } of [json, ofItself])
      await schools.newport.call('POST', `/api/v1/files/${id}/reject`, { json: { reason: 'Not ours.' } })
    assert.deepEqual(await awaiting('681LLLL', 'lea-school'), {
      toDownload: 0,
      toConfirm: 0,
      rejected: 2,
      uncollected: 0,
    })
    assert.equal((await awaiting(CARDIFF_HIGH, 'school-user')).rejected, 3, 'it is its source’s as well')
  })

  describe('tells a role nothing that it may not act on', () => {
    const cases: [Role, string][] = [
      ['school-user', 'toDownload toConfirm rejected uncollected'],
      ['lea-dba', 'toDownload toConfirm rejected uncollected'],
      ['lea-dba-view-only', ''],
      ['lea-user', 'toDownload toConfirm rejected uncollected'],
      ['lea-school', 'toDownload toConfirm rejected uncollected'],
      ['lea-lost-pupil', 'uncollected'],
      ['lea-lost-pupil-transfer', 'toDownload toConfirm rejected uncollected'],
      ['lea-plasc', 'uncollected'],
      ['lea-admissions', 'uncollected'],
      ['supplier-user', 'uncollected'],
      ['national-administrator', ''],
      ['approver', ''],
    ]
    for (const [role, told] of cases) {
      it(`${role}: ${told || 'nothing'}`, async () => {
        const counts = Object.entries(await awaiting('681LLLL', role))
        assert.equal(counts.flatMap(([what, count]) => (count === null ? [] : [what])).join(' '), told)
      })
    }
  })

  it('every count is read from an index of what is to be done, never from all files', async () => {
    const { db } = schools.server.world
    // enough files that reading them all would cost more, nearly all of them done
    await sql`
      insert into transfers.file (id, name, kind, source, destination, sender, uploaded_by, status, body, sha256, size,
        pupils, findings, uploaded_at, changed_at, fetched_at)
      select 'bulk-' || n, 'N', 'ctf', f.source, f.destination, f.sender, 'p',
        case when n % 100 = 0 then 'awaiting' when n % 100 = 1 then 'rejected' else 'downloaded' end,
        f.body, f.sha256, 1, 1, '[]', f.uploaded_at, f.changed_at, f.uploaded_at
      from generate_series(1, 4000) n, (select * from transfers.file limit 1) f`.execute(db)
    const frame = { rejectedSince: new Date('2026-08-20'), uncollectedBefore: new Date('2026-08-28') }
    const plan = await sql<object>`explain ${countsQuery(JOHN_FROST, frame)}`.execute(db)
    const lines = plan.rows.map((row) => String(Object.values(row)[0]))
    assert.deepEqual(
      lines.filter((line) => /Seq Scan/.test(line)),
      [],
    )
    const bounds = lines.flatMap((line) => /Index Cond: \(+(\w+ \S+)/.exec(line)?.[1] ?? [])
    assert.ok(
      bounds.length >= 6 && bounds.every((bound) => /^(destination|source|sender) =$/.test(bound)),
      bounds.join(),
    )
    const used = new Set(lines.flatMap((line) => /(?:using|on) (file_\w+)/.exec(line)?.[1] ?? []))
    assert.deepEqual([...used].sort(), [
      'file_destination_status',
      'file_rejected',
      'file_rejected_for',
      'file_source_status',
      'file_uncollected_for',
    ])
  })
})

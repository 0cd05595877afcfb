import assert from 'node:assert/strict'
import { after, before, it } from 'node:test'
import { CARDIFF_HIGH, JOHN_FROST } from '../../test/api.ts'
import { openTestServer, type TestServer } from '../../test/server.ts'
import { newPerson, visitorOf, type PageAnswer, type Visitor } from '../../test/visitor.ts'
import { forEachDatabase } from '../../test/world.ts'
import { markShared } from '../accounts/index.ts'
import { sql } from '../kit/database.ts'
import type { Role } from '../permissions/table.ts'

/** What the page says of accounts: numbers and notices, each with where it leads. */
function said({ status, html }: PageAnswer): string[] {
  assert.equal(status, 200, html)
  const awaits = html.matchAll(/cts-awaits__link" href="([^"]+)">(.*?)<\/a>/g)
  const notices = html.matchAll(
    /<div class="govuk-inset-text">\s*<p[^>]*>(.*?)<\/p>\s*<p[^>]*><a[^>]* href="([^"]+)"/g,
  )
  return [
    ...[...notices].map(([, text = '', href]) => `${text.split(/[.:]/)[0]} → ${href}`),
    ...[...awaits].map(([, href, text = '']) => `${text.replaceAll(/<[^>]*>/g, '')} → ${href}`),
  ]
}

const NOBODY = (name: string): string => `Nobody looks after the accounts of ${name} yet → /claim-approver`

forEachDatabase((database) => {
  let server: TestServer
  before(async () => {
    server = await openTestServer(database)
  })
  after(() => server.close())

  const visitor = async (organisation: string, role: Role | null, approver = false): Promise<Visitor> =>
    visitorOf(server, await newPerson(server, { organisation, role, approver }))
  const query = (statement: ReturnType<typeof sql>): Promise<unknown> => statement.execute(server.world.db)

  it('each role is told of what it may see to, with the way there, and of nothing else', async () => {
    const { clock } = server.world
    const at = clock.now()
    const secretary = await visitor(JOHN_FROST, 'school-user')
    const dba = await visitor('680LLLL', 'lea-dba')
    const viewOnly = await visitor('680LLLL', 'lea-dba-view-only')
    const otherDba = await visitor('681LLLL', 'lea-dba')
    const national = await visitor('101LLLL', 'national-administrator')
    assert.deepEqual(said(await secretary.get('/')), [NOBODY('The John Frost School')])
    await query(sql`update establishments.organisation set inactive_since = ${at} where code = '6804025'`)
    const insertRequest = (id: string, stage: string): Promise<unknown> =>
      query(sql`
      insert into requests.request (id, kind, state, stage, organisation, person, roles, asked_at, stage_at)
      values (${id}, 'access', 'open', ${stage}, ${JOHN_FROST}, ${secretary.person.id}, '{lea-user}', ${at}, ${at})`)
    await insertRequest('to-approver', 'approver')
    await insertRequest('to-dba', 'dba')
    await insertRequest('to-national', 'national')
    assert.deepEqual(said(await secretary.get('/')), [NOBODY('The John Frost School')])
    assert.deepEqual(said(await dba.get('/')), [
      NOBODY('Newport'),
      '2 requests wait for an answer → /requests',
      '1 school of yours is inactive: its people cannot sign in, but files still arrive → /dba/schools?view=inactive',
    ])
    assert.deepEqual(said(await viewOnly.get('/')), [NOBODY('Newport')])
    assert.deepEqual(said(await otherDba.get('/')), [NOBODY('Cardiff')])
    const [first] = said(await national.get('/')).slice(1)
    assert.equal(first, '1 request waits for an answer → /requests')
    for (const place of ['/requests', '/dba/schools?view=inactive'])
      assert.equal((await dba.get(place)).status, 200, place)
  })

  it('the only approver is told to find a second; two are told nothing', async () => {
    const one = await visitor(CARDIFF_HIGH, null, true)
    const secretary = await visitor(CARDIFF_HIGH, 'school-user')
    const few = 'You are the only approver of Cardiff High School → /people'
    assert.deepEqual(said(await one.get('/')), [few])
    assert.deepEqual(said(await secretary.get('/')), [])
    const other = await visitor(CARDIFF_HIGH, 'school-user', true)
    assert.deepEqual(said(await one.get('/')), [])
    await query(sql`update accounts.membership set ended_at = now(), ended_as = 'archived', ended_because = 'dba'
      where person = ${other.person.id}`)
    assert.deepEqual(said(await one.get('/')), [few], 'one who left does not count')
  })

  it('who is signed in by a shared account is warned', async () => {
    await visitor('6814049', null, true)
    const shared = await visitor('6814049', 'school-user')
    assert.deepEqual(said(await shared.get('/')), [])
    await server.world.db.transaction().execute((tx) => markShared(tx, shared.person.id))
    assert.deepEqual(said(await shared.get('/')), [
      'You are signed in by an account that several people use → /claim-approver',
    ])
  })
})

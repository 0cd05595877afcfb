import assert from 'node:assert/strict'
import { after, before, it } from 'node:test'
import { JOHN_FROST } from '../../test/api.ts'
import { textOf } from '../../test/page-answers.ts'
import { openTestServer, type TestServer } from '../../test/server.ts'
import { newPerson, visitorOf, type Visitor } from '../../test/visitor.ts'
import { forEachDatabase } from '../../test/world.ts'
import { sql } from '../kit/database.ts'
import type { Actor } from '../permissions/decide.ts'
import type { Role } from '../permissions/table.ts'
import { requestsAwaiting } from './index.ts'

forEachDatabase((database) => {
  let server: TestServer
  let approver: Visitor
  let dba: Visitor
  let national: Visitor
  let asker: Visitor
  const visitor = async (organisation: string, role: Role | null, approver = false): Promise<Visitor> =>
    visitorOf(server, await newPerson(server, { organisation, role, approver }))

  before(async () => {
    server = await openTestServer(database)
    approver = await visitor(JOHN_FROST, null, true)
    dba = await visitor('680LLLL', 'lea-dba')
    national = await visitor('101LLLL', 'national-administrator')
    asker = await visitor(JOHN_FROST, 'school-user')
  })
  after(() => server.close())

  /** Keeps requests straight in the table. */
  async function keep(
    ids: string[],
    changes: Partial<Record<'organisation' | 'stage' | 'state' | 'person' | 'kind', string>> & {
      daysAgo?: number
      overdue?: boolean
    } = {},
  ): Promise<void> {
    const { organisation = JOHN_FROST, stage = 'approver', state = 'open', kind = 'help' } = changes
    const at = new Date(server.clock.now().getTime() - (changes.daysAgo ?? 1) * 86_400_000)
    const person = changes.person ?? asker.person.id
    await sql`
      insert into requests.request (id, kind, state, stage, organisation, person, topic, roles, asked_at, stage_at, ended_at,
        overdue_at)
      select id, ${kind}, ${state}, ${stage}, ${organisation}, ${person}, ${kind === 'help' ? 'other' : null},
        ${kind === 'help' ? [] : ['school-user']}::text[], ${at}::timestamptz, ${at}, ${state === 'open' ? null : at},
        ${changes.overdue ? at : null}
      from unnest(${ids}::text[]) id`.execute(server.world.db)
  }
  const clear = () => sql`delete from requests.request`.execute(server.world.db)
  const listed = async (one: Visitor, query = ''): Promise<string[]> => {
    const { html, status } = await one.get(`/requests${query}`)
    assert.equal(status, 200)
    return [...html.matchAll(/href="\/requests\/([\w-]+)"/g)].map(([, id]) => id!)
  }

  it('holds what was put to somebody: the own organisation, the LA from its stage on, the nation at last', async () => {
    await clear()
    await keep(['a'])
    await keep(['b'], { stage: 'dba', daysAgo: 2 })
    await keep(['c'], { stage: 'national', daysAgo: 3 })
    await keep(['d'], { organisation: '6804025', stage: 'dba', daysAgo: 4 })
    await keep(['e'], { organisation: '680LLLL', stage: 'dba', daysAgo: 5 })
    await keep(['f'], { organisation: '6814039', stage: 'dba', daysAgo: 6 })
    await keep(['g'], { organisation: '6814039', stage: 'national', daysAgo: 7 })
    await keep(['h'], { stage: 'national', person: approver.person.id, daysAgo: 8 })
    assert.deepEqual(await listed(approver), ['h', 'c', 'b', 'a'])
    assert.deepEqual(await listed(dba), ['h', 'e', 'd', 'c', 'b'])
    assert.deepEqual(await listed(national), ['h', 'g', 'c'])
    const awaiting = (one: Visitor, ...roles: Role[]): Promise<number | null> => {
      const { id, organisation } = one.person
      const actor: Actor = { kind: 'person', id, name: '', organisation, roles, address: null }
      return requestsAwaiting(server.world.db, actor)
    }
    assert.equal(await awaiting(approver, 'approver'), 3, 'without the own one')
    assert.equal(await awaiting(dba, 'lea-dba'), 5)
    assert.equal(await awaiting(national, 'national-administrator'), 3)
    assert.equal(await awaiting(asker, 'school-user'), null)
    assert.equal((await asker.get('/requests')).status, 403)
  })

  it('is narrowed by view, kind and text, and sorted, with the age of each', async () => {
    await clear()
    await keep(['open'], { daysAgo: 2 })
    await keep(['late'], { daysAgo: 9, overdue: true })
    await keep(['done'], { daysAgo: 3, state: 'answered' })
    await keep(['older'], { daysAgo: 4, state: 'declined', kind: 'access' })
    await keep(['school'], { organisation: '6804025', stage: 'dba', daysAgo: 1 })
    const CASES: [query: string, ids: string[]][] = [
      ['', ['late', 'open']],
      ['?view=overdue', ['late']],
      ['?view=ended', ['done', 'older']],
      ['?view=all', ['open', 'done', 'older', 'late']],
      ['?view=ended&kind=access', ['older']],
      ['?view=all&order=up', ['late', 'older', 'done', 'open']],
      ['?q=frost', ['late', 'open']],
      ['?q=6804020', ['late', 'open']],
      ['?q=zzz', []],
    ]
    for (const [query, ids] of CASES) assert.deepEqual(await listed(approver, query), ids, query)
    assert.deepEqual(await listed(dba, '?view=all&sort=organisation'), ['school'])
    const text = textOf(await approver.get('/requests'))
    assert.match(text, /9 days ago .* Overdue .* 2 days ago .* Waiting/)
    for (const query of ['?view=none', '?sort=name', '?after=x', '?kind=none', '?q=%00'])
      assert.equal((await approver.get(`/requests${query}`)).status, 400, query)
  })

  it('says what to do where there is nothing', async () => {
    await clear()
    assert.match(textOf(await approver.get('/requests')), /No request waits for you.*told by e-mail/)
    assert.match(textOf(await approver.get('/requests?q=zzz')), /No requests match the filter/)
  })

  it('goes on from page to page, each request once, also those of one moment', async () => {
    await clear()
    const ids = Array.from({ length: 230 }, (_, n) => `page-${String(n).padStart(3, '0')}`)
    await keep(ids.slice(0, 150))
    await keep(ids.slice(150, 229), { daysAgo: 2 })
    await keep(ids.slice(229), { daysAgo: 3 })
    for (const query of ['?view=all', '?sort=organisation', '?order=down']) {
      const seen: string[] = []
      let next: string | undefined = `/requests${query}`
      for (let page = 0; next && page < 5; page += 1) {
        const answer = await approver.get(next)
        seen.push(...[...answer.html.matchAll(/href="\/requests\/(page-\d+)"/g)].map(([, id]) => id!))
        const link = /href="([^"]+)" rel="next"/.exec(answer.html)?.[1]
        next = link?.replaceAll('&amp;', '&')
      }
      assert.equal(seen.length, 230, query)
      assert.equal(new Set(seen).size, 230, query)
    }
  })
})

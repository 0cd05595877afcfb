import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import { noticeOf, problemsOf, textOf } from '../../test/page-answers.ts'
import { openPeopleStage, type PeopleStage } from '../../test/people-stage.ts'
import type { PageAnswer, TestPerson, Visitor } from '../../test/visitor.ts'
import { forEachDatabase } from '../../test/world.ts'
import { sql } from '../kit/database.ts'
import { PAGE } from './browse-people.ts'

const JOHN_FROST = '6804020'
const NEWPORT_HIGH = '6804025'
const CARDIFF_HIGH = '6814039'

/** Names in the rows of a list, in their order. */
const namesIn = ({ html }: PageAnswer): string[] =>
  [...html.matchAll(/<a class="govuk-link" href="\/people\/\w+\/[^"]+">([^<]+)<\/a>/g)].map(
    ([, name]) => name!,
  )

/** Where a link of this text leads. */
function hrefOf({ html }: PageAnswer, text: RegExp): string {
  const found = [...html.matchAll(/<a [^>]*href="([^"]+)"[^>]*>([\s\S]*?)<\/a>/g)].find(([, , said]) =>
    text.test(said!),
  )
  assert.ok(found, `no link ${text}`)
  return found[1]!.replaceAll('&amp;', '&')
}

forEachDatabase((database) => {
  let stage: PeopleStage
  let approver: Visitor
  let dba: Visitor
  let viewOnly: Visitor
  let national: Visitor
  let colleague: TestPerson

  before(async () => {
    stage = await openPeopleStage(database)
    approver = await stage.visitor(JOHN_FROST, 'school-user', true)
    dba = await stage.visitor('680LLLL', 'lea-dba')
    viewOnly = await stage.visitor('680LLLL', 'lea-dba-view-only')
    national = await stage.visitor('101LLLL', 'national-administrator')
    colleague = await stage.person(JOHN_FROST, 'school-user')
    await stage.person(NEWPORT_HIGH, 'school-user')
    await stage.person(CARDIFF_HIGH, 'school-user')
    await rename(colleague, 'Élan Ap Iorwerth', 'elan ap iorwerth')
  })
  after(() => stage.server.close())

  async function rename({ id }: TestPerson, name: string, key: string): Promise<void> {
    await sql`update accounts.person set name = ${name}, name_key = ${key} where id = ${id}`.execute(
      stage.server.world.db,
    )
  }
  const nameOf = async (person: TestPerson): Promise<string> => (await stage.member(person)).name

  it('an approver sees the people of the own organisation, and nobody else’s', async () => {
    const page = await approver.get('/people')
    assert.equal(page.status, 200)
    assert.match(page.html, /<h1[^>]*>People in your organisation</)
    assert.deepEqual(namesIn(page), ['Élan Ap Iorwerth', await nameOf(approver.person)])
    for (const said of ['School user', 'Approver', 'Active', 'Never signed in', colleague.username])
      assert.ok(textOf(page).includes(said), said)
  })

  it('a DBA and the view-only DBA see the LA and its schools; view-only has no button', async () => {
    for (const visitor of [dba, viewOnly]) {
      const page = await visitor.get('/people')
      assert.match(page.html, /<h1[^>]*>User maintenance</)
      assert.equal(namesIn(page).length, 5)
      assert.match(textOf(page), /The John Frost School/)
      assert.doesNotMatch(page.html, new RegExp(CARDIFF_HIGH))
    }
    assert.match((await dba.get('/people')).html, /Add User/)
    const { html } = await viewOnly.get('/people')
    assert.doesNotMatch(html, /href="\/people\/add"|name="who"|\/people\/selected/)
    const path = `/people/${JOHN_FROST}/${colleague.id}`
    const shown = await viewOnly.get(path)
    assert.equal(shown.status, 200)
    assert.doesNotMatch(shown.html, new RegExp(`href="${path}/`))
  })

  it('the national administrator sees everybody’s contact and role, and changes nobody', async () => {
    const page = await national.get('/people?organisation=6814039')
    assert.equal(namesIn(page).length, 1)
    assert.match(page.html, /people\.example\.org/)
    assert.equal(namesIn(await national.get('/people')).length, 7)
    assert.doesNotMatch(page.html, /href="\/people\/add"|name="who"/)
  })

  it('the page of a DBA leads the national administrator to what helps a DBA sign in, and nobody else’s does', async () => {
    const stepsOf = async ({ organisation, id }: TestPerson): Promise<string[]> => {
      const path = `/people/${organisation}/${id}`
      const { html } = await national.get(path)
      return [...html.matchAll(new RegExp(`href="${path}/([^"]+)"`, 'g'))].map(([, step]) => step!)
    }
    assert.deepEqual(await stepsOf(dba.person), ['reset-factors'])
    for (const other of [colleague, viewOnly.person, approver.person])
      assert.deepEqual(await stepsOf(other), [])
  })

  const FILTERS: [title: string, query: string, count: number][] = [
    ['a name without its accent', 'q=elan', 1],
    ['part of a username', 'q=PERSON', 5],
    ['part of an address', 'q=people.example.org', 5],
    ['what nobody has', 'q=nobodyhasthis', 0],
    ['a per cent sign, which is itself', 'q=%25', 0],
    ['the number of a school', 'organisation=6804025', 1],
    ['the beginning of a number', 'organisation=6804', 3],
    ['the name of a school', 'organisation=john+frost', 2],
    ['the Welsh name of the LA', 'organisation=casnewydd', 2],
    ['a role', 'role=lea-dba', 1],
    ['approvers', 'role=approver', 1],
    ['a state', 'status=active', 5],
    ['nobody is archived', 'status=archived', 0],
  ]
  for (const [title, query, count] of FILTERS)
    it(`finds by ${title}`, async () => {
      const page = await dba.get(`/people?${query}`)
      assert.equal(page.status, 200)
      assert.equal(namesIn(page).length, count)
      if (count === 0) assert.match(textOf(page), /Nobody matches the filter/)
    })

  it('what is too long is said at its field; what is no choice of ours is refused', async () => {
    const page = await dba.get(`/people?q=${'x'.repeat(101)}`)
    assert.equal(page.status, 400)
    assert.match(problemsOf(page), /no more than 100 characters/)
    assert.equal(namesIn(page).length, 5)
    for (const query of ['role=connected-system', 'role=nobody', 'sort=password', 'status=x', 'after=x'])
      assert.equal((await dba.get(`/people?${query}`)).status, 400, query)
    const foreign = Buffer.from(JSON.stringify(["'; drop table", 'x', 'y'])).toString('base64url')
    assert.equal((await dba.get(`/people?sort=seen&after=${foreign}`)).status, 400)
  })

  it('a warning stands where fewer than two approve, and the DBA learns which schools have nobody', async () => {
    const page = await approver.get('/people')
    assert.match(textOf(page), /only 1 approver/)
    const without = textOf(await dba.get('/people'))
    assert.match(without, /organisations of your local authority have no approver/)
    assert.match(without, /Issue approver codes/)
    assert.doesNotMatch(textOf(await viewOnly.get('/people')), /Issue approver codes/)
    const second = await stage.visitor(NEWPORT_HIGH, null, true)
    assert.match(textOf(await second.get('/people')), /only 1 approver/)
    await stage.person(NEWPORT_HIGH, 'school-user', true)
    assert.doesNotMatch(textOf(await second.get('/people')), /only 1 approver/)
  })

  it('the CSV file has everybody whom the filter lets through, formulas escaped, and stands in the audit', async () => {
    const risky = await stage.person(NEWPORT_HIGH, 'school-user')
    await rename(risky, '=HYPERLINK("x")', 'hyperlink x')
    const { status, headers, bytes } = await dba.get('/people/list.csv?organisation=6804025&sort=name')
    assert.equal(status, 200)
    assert.match(headers.get('content-disposition')!, /filename="680LLLL_people_2026-09-02\.csv"/)
    const lines = bytes.toString().trimEnd().split('\r\n')
    assert.equal(lines.length, 5)
    assert.match(lines[0]!, /^\uFEFFName,Username,Organisation \(number\)/)
    assert.ok(lines.some((line) => line.startsWith(`"'=HYPERLINK(""x"")"`)))
    const { rows } = await sql<{ n: number }>`
      select count(*)::integer as n from kit.audit where action = 'people.export' and actor = ${dba.person.id}`.execute(
      stage.server.world.db,
    )
    assert.equal(rows[0]!.n, 1)
  })

  describe('a long list', () => {
    const TALIESIN = '6814049'
    let reader: Visitor

    before(async () => {
      reader = await stage.visitor(TALIESIN, null, true)
      const { db } = stage.server.world
      // some have the same name, and many never signed in
      await sql`
        insert into accounts.person (id, username, username_key, name, name_key, email, language, created_at, activated_at, last_sign_in_at)
        select 'long-' || n, 'long' || n, 'long' || n, 'Twin ' || n / 3, 'twin ' || lpad((n / 3)::text, 3, '0'),
               'long' || n || '@people.example.org', 'en', now(), now(),
               case when n % 2 = 0 then now() - n * interval '1 hour' end
        from generate_series(1, ${2 * PAGE + 20}::int) n`.execute(db)
      await sql`
        insert into accounts.membership (person, organisation, approver, created_at)
        select 'long-' || n, ${TALIESIN}, false, now() from generate_series(1, ${2 * PAGE + 20}::int) n`.execute(
        db,
      )
    })

    const idsIn = ({ html }: PageAnswer): string[] =>
      [...html.matchAll(/<a class="govuk-link" href="\/people\/\w+\/([^"]+)">/g)].map(([, id]) => id!)

    for (const sort of ['name', 'username', 'seen'] as const)
      for (const order of ['up', 'down'] as const)
        it(`by ${sort}, ${order}: 100 a page, each person once, and back again the same`, async () => {
          const pages: PageAnswer[] = [await reader.get(`/people?sort=${sort}&order=${order}`)]
          assert.match(textOf(pages[0]!), /221 people 100 on this page/)
          for (let at = 0; at < 2; at += 1) pages.push(await reader.get(hrefOf(pages.at(-1)!, /Next page/)))
          assert.deepEqual(
            pages.map((one) => idsIn(one).length),
            [100, 100, 21],
          )
          const all = pages.flatMap(idsIn)
          assert.equal(new Set(all).size, 221)
          const back = await reader.get(hrefOf(pages[2]!, /Previous page/))
          assert.deepEqual(idsIn(back), idsIn(pages[1]!))
          const other = await reader.get(`/people?sort=${sort}&order=${order === 'up' ? 'down' : 'up'}`)
          assert.deepEqual(idsIn(other), all.toReversed().slice(0, 100))
        })

    it('a place of one sort is none of another', async () => {
      const href = hrefOf(await reader.get('/people?sort=username'), /Next page/)
      assert.equal((await reader.get(href.replace('sort=username', 'sort=name'))).status, 400)
    })
  })

  describe('several at once', () => {
    it('nobody chosen is said above the list; whoever is out of reach is not found', async () => {
      const none = await approver.post('/people/selected', { do: 'archive' })
      assert.equal(none.status, 400)
      assert.match(problemsOf(none), /Choose at least one person/)
      const stranger = await stage.person(CARDIFF_HIGH, 'school-user')
      const who = [`${JOHN_FROST}/${colleague.id}`, `${CARDIFF_HIGH}/${stranger.id}`]
      for (const sure of [{}, { sure: 'yes' }])
        assert.equal((await approver.post('/people/selected', { who, do: 'archive', ...sure })).status, 404)
      assert.equal((await stage.member(colleague)).endedAt, null)
      assert.equal((await viewOnly.post('/people/selected', { who, do: 'archive', sure: 'yes' })).status, 403)
    })

    it('is confirmed first, then done to each; one that cannot be keeps none back', async () => {
      const [a, b] = [
        await stage.person(JOHN_FROST, 'school-user'),
        await stage.person(JOHN_FROST, 'school-user'),
      ]
      const who = [a, approver.person, b].map(({ id }) => `${JOHN_FROST}/${id}`)
      const asked = await approver.post('/people/selected', { who, do: 'archive' })
      assert.equal(asked.status, 200)
      assert.match(asked.html, /<h1[^>]*>Archive 3 accounts\?/)
      assert.equal((await stage.member(a)).endedAt, null)
      const done = await approver.post('/people/selected', { who, do: 'archive', sure: 'yes' })
      assert.match(done.html, /<h1[^>]*>2 accounts archived/)
      assert.match(textOf(done), /That is your own account/)
      for (const one of [a, b]) {
        assert.equal((await stage.member(one)).endedAs, 'archived')
        assert.deepEqual(
          (await stage.mails(one)).map(({ template }) => template),
          ['account-archived'],
        )
        assert.deepEqual(await stage.audited(one), ['people.archive done'])
      }
      assert.equal((await stage.member(approver.person)).endedAt, null)
    })

    it('links are sent to several', async () => {
      const who = [`${JOHN_FROST}/${colleague.id}`]
      const done = await dba.post('/people/selected', { who, do: 'invite', sure: 'yes' })
      assert.match(done.html, /<h1[^>]*>1 link sent/)
      assert.deepEqual(
        (await stage.mails(colleague)).map(({ template }) => template),
        ['invitation'],
      )
      assert.equal(noticeOf(done), null)
    })
  })
})

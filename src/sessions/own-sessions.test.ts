import assert from 'node:assert/strict'
import { after, before, it } from 'node:test'
import { signIn } from '../../test/jar.ts'
import { noticeOf, textOf } from '../../test/page-answers.ts'
import { openTestServer, type TestServer } from '../../test/server.ts'
import { newAccount, newPerson, visitorOf, type Visitor } from '../../test/visitor.ts'
import { forEachDatabase } from '../../test/world.ts'
import { sql } from '../kit/database.ts'

const MINUTE = 60_000
const PAGE = '/account/sessions'
const SCHOOL = { organisation: '6804020', role: 'school-user' } as const

forEachDatabase((name) => {
  let server: TestServer
  before(async () => {
    server = await openTestServer(name)
  })
  after(() => server.close())

  /** Names of the sessions that can be ended from a page. */
  const endable = (html: string): string[] =>
    [...html.matchAll(/name="session" value="([0-9a-f]{64})"/g)].map(([, id]) => id!)
  const presentOf = (html: string): string => /name="but" value="([0-9a-f]{64})"/.exec(html)![1]!
  const isIn = async (visitor: Visitor): Promise<boolean> => (await visitor.get('/account')).status === 200

  /** Three browsers of one person. */
  async function three(): Promise<[Visitor, Visitor, Visitor]> {
    const person = await newPerson(server, SCHOOL)
    const open = (): Promise<Visitor> => visitorOf(server, person)
    return [await open(), await open(), await open()]
  }

  it('lists where the person is signed in, in which browser, and which is this one', async () => {
    const account = await newAccount(server, SCHOOL)
    await signIn(server.url, account)
    await sql`update sessions.session set browser = 'Firefox on Linux' where person = ${account.id}`.execute(
      server.world.db,
    )
    server.clock.advance(5 * MINUTE)
    const visitor = await visitorOf(server, account)
    const page = await visitor.get(PAGE)
    assert.equal(page.status, 200)
    const text = textOf(page)
    assert.match(text, /Firefox on Linux The John Frost School .* 5 minutes ago/)
    assert.match(text, /A browser that is not known The John Frost School .* just now This one/)
    assert.equal(endable(page.html).length, 1)
    assert.match(textOf(await visitor.get(`${PAGE}?lang=cy`)), /Firefox ar Linux/)
  })

  it('lists none that is over, and nobody else’s', async () => {
    const [one] = await three()
    server.clock.advance(31 * MINUTE)
    const late = await visitorOf(server, one.person)
    const stranger = await visitorOf(server, await newPerson(server, SCHOOL))
    for (const visitor of [late, stranger]) {
      const { html } = await visitor.get(PAGE)
      assert.deepEqual(endable(html), [])
      assert.doesNotMatch(html, /end-others/)
    }
  })

  it('one that is ended is over with its next request, and the others go on', async () => {
    const [here, there, third] = await three()
    const [session = ''] = endable((await here.get(PAGE)).html)
    const answer = await here.post(`${PAGE}/end`, { session })
    assert.equal(answer.to, PAGE)
    assert.equal(noticeOf(await here.get(PAGE)), 'That session has ended.')
    assert.ok(await isIn(here))
    assert.equal([await isIn(there), await isIn(third)].filter(Boolean).length, 1)
    const again = await here.post(`${PAGE}/end`, { session })
    assert.equal(again.status, 404)
  })

  it('of another person none can be ended', async () => {
    const [one, two] = await three()
    const stranger = await visitorOf(server, await newPerson(server, SCHOOL))
    for (const session of [presentOf((await one.get(PAGE)).html), presentOf((await two.get(PAGE)).html)])
      assert.equal((await stranger.post(`${PAGE}/end`, { session })).status, 404)
    await stranger.post(`${PAGE}/end-others`, { but: '0'.repeat(64) })
    assert.ok((await isIn(one)) && (await isIn(two)))
  })

  it('all others are ended at once, and this one goes on', async () => {
    const [here, there, third] = await three()
    const but = presentOf((await here.get(PAGE)).html)
    assert.equal((await here.post(`${PAGE}/end-others`, { but })).to, PAGE)
    assert.equal(noticeOf(await here.get(PAGE)), 'All your other sessions have ended.')
    assert.deepEqual([await isIn(here), await isIn(there), await isIn(third)], [true, false, false])
  })

  it('what is open at Secure Access ends too: no browser comes back without the password', async () => {
    const account = await newAccount(server, SCHOOL)
    const { jar } = await signIn(server.url, account)
    const here = await visitorOf(server, account)
    await here.post(`${PAGE}/end`, { session: endable((await here.get(PAGE)).html)[0]! })
    // the browser has forgotten its session here, and shows that of Secure Access
    const begun = await fetch(`${server.url}/sign-in`, { redirect: 'manual' })
    const headers = { cookie: jar.cookie('/secure-access/auth') }
    const at = await fetch(begun.headers.get('location')!, { redirect: 'manual', headers })
    assert.match(at.headers.get('location') ?? '', /\/secure-access\/sign-in\//)
    assert.ok(await isIn(here))
  })

  it('leaves its trace in the audit', async () => {
    const [here] = await three()
    const shown = (await here.get(PAGE)).html
    await here.post(`${PAGE}/end`, { session: endable(shown)[0]! })
    await here.post(`${PAGE}/end-others`, { but: presentOf(shown) })
    const { rows } = await sql<{ action: string }>`
      select action from kit.audit where actor = ${here.person.id} order by n`.execute(server.world.db)
    assert.deepEqual(
      rows.map(({ action }) => action),
      ['sessions.end-own', 'sessions.end-others'],
    )
  })
})

import assert from 'node:assert/strict'
import { after, before, it } from 'node:test'
import { setTimeout as wait } from 'node:timers/promises'
import { openJar, signIn, type Jar, type JarAnswer } from '../../test/jar.ts'
import { openTestServer, type TestServer } from '../../test/server.ts'
import { newAccount, newPerson, visitorOf } from '../../test/visitor.ts'
import { forEachDatabase } from '../../test/world.ts'
import { sql } from '../kit/database.ts'
import { purgeEnded } from './index.ts'
import { safePath } from './sign-in.ts'
import { sessionLimits } from './visits.ts'

const MINUTE = 60_000
const SCHOOL = { organisation: '6804020', role: 'school-user' } as const

/** What is typed into the sign-in form. */
function fieldsOf({ username, password }: { username: string; password: string }): Record<string, string> {
  return { username, password }
}

it('an address asked for after the sign-in is one of this service, or the home page', () => {
  const SAFE: [asked: unknown, to: string][] = [
    ['/download', '/download'],
    ['/find-a-school?q=a%20b&la=680', '/find-a-school?q=a%20b&la=680'],
    ['', '/'],
    [undefined, '/'],
    [['/a', '/b'], '/'],
    ['https://evil.example/', '/'],
    ['//evil.example', '/'],
    ['/\\evil.example', '/'],
    ['/a\\b', '/'],
    ['/\t/evil.example', '/'],
    ['javascript:alert(1)', '/'],
    ['/a\r\nset-cookie: x', '/'],
    // what no header can hold, and what no cookie can
    ['/find-a-school?q=Tŷ', '/'],
    ['/a\0b', '/'],
    [`/${'a'.repeat(1000)}`, '/'],
  ]
  for (const [asked, to] of SAFE) assert.equal(safePath(asked), to, String(asked))
})

forEachDatabase((name) => {
  let server: TestServer

  before(async () => {
    server = await openTestServer(name)
  })
  after(() => server.close())

  /** Whether a browser is signed in now, as its home page shows. */
  async function isIn(jar: Jar): Promise<boolean> {
    const { url } = await jar.get(`${server.url}/account`)
    return url === `${server.url}/account`
  }

  /** Waits until the use of a person's session is noted, which is done beside the answer. */
  async function untilNoted(person: string): Promise<void> {
    for (let tries = 0; tries < 200; tries += 1) {
      const { rows } = await sql`
        select 1 from sessions.session where person = ${person} and seen_at = ${server.clock.now()}`.execute(
        server.world.db,
      )
      if (rows.length > 0) return
      await wait(10)
    }
    assert.fail('the use of a session was not noted')
  }

  async function logOff(jar: Jar, page: JarAnswer): Promise<JarAnswer> {
    const leaving = await jar.submit(page, {}, '/log-off')
    return leaving.url.endsWith('/signed-out') ? leaving : jar.submit(leaving, {})
  }

  it('leads who is signed out through the sign-in and back to what was asked for', async () => {
    const account = await newAccount(server, SCHOOL)
    const jar = openJar()
    const form = await jar.get(`${server.url}/find-a-school?q=frost`)
    assert.match(form.html, /name="username"/)
    assert.match(form.html, /name="password"/)
    const page = await jar.submit(form, fieldsOf(account))
    assert.equal(page.url, `${server.url}/find-a-school?q=frost`)
    assert.equal(page.status, 200)
  })

  it('logging off ends it here and at Secure Access: the next person in this browser needs a password', async () => {
    const account = await newAccount(server, SCHOOL)
    const { jar, page } = await signIn(server.url, account)
    const out = await logOff(jar, page)
    assert.equal(out.url, `${server.url}/signed-out`)
    assert.ok(!(await isIn(jar)))
    const again = await jar.get(`${server.url}/`)
    assert.match(again.html, /name="password"/)
  })

  it('a log-off by another site, or with the token of another session, ends nothing', async () => {
    const visitor = await visitorOf(server, await newPerson(server, SCHOOL))
    const send = (init: RequestInit): Promise<{ status: number }> =>
      visitor.send('/log-off', { method: 'POST', ...init })
    const body = new URLSearchParams({ _csrf: visitor.csrf })
    assert.equal((await send({ body, headers: { 'sec-fetch-site': 'cross-site' } })).status, 403)
    assert.equal((await send({ body, headers: { origin: 'https://evil.example' } })).status, 403)
    assert.equal((await visitor.get('/account')).status, 200)
  })

  it('ends after 30 minutes without a request, and a request keeps it', async () => {
    const account = await newAccount(server, SCHOOL)
    const { jar } = await signIn(server.url, account)
    server.clock.advance(29 * MINUTE)
    assert.ok(await isIn(jar))
    await untilNoted(account.id)
    server.clock.advance(29 * MINUTE)
    assert.ok(await isIn(jar))
    await untilNoted(account.id)
    server.clock.advance(31 * MINUTE)
    const page = await jar.get(`${server.url}/account`)
    assert.match(page.html, /name="password"/, 'the provider must not let the browser in by itself')
    assert.equal((await jar.submit(page, fieldsOf(account))).url, `${server.url}/account`)
  })

  it('ends after 12 hours however busy it is', async () => {
    const visitor = await visitorOf(server, await newPerson(server, SCHOOL))
    for (let half = 0; half < 23; half += 1) {
      server.clock.advance(29 * MINUTE)
      assert.equal((await visitor.get('/account')).status, 200, `after ${half + 1} half hours`)
      await untilNoted(visitor.person.id)
    }
    server.clock.advance(29 * MINUTE)
    assert.equal((await visitor.get('/account')).status, 200)
    await untilNoted(visitor.person.id)
    server.clock.advance(25 * MINUTE)
    assert.equal((await visitor.get('/account')).status, 303)
  })

  it('a page can ask how long it lasts without keeping it, and keep it', async () => {
    const visitor = await visitorOf(server, await newPerson(server, SCHOOL))
    const seconds = async (path: string, method = 'GET'): Promise<number> => {
      const headers = { 'x-csrf-token': visitor.csrf, 'sec-fetch-site': 'same-origin' }
      const answer = await visitor.send(path, { method, headers })
      assert.equal(answer.status, 200)
      return (JSON.parse(answer.html) as { seconds: number }).seconds
    }
    server.clock.advance(20 * MINUTE)
    assert.equal(await seconds('/session'), 600)
    assert.equal(await seconds('/session'), 600)
    assert.equal(await seconds('/session/keep', 'POST'), 1800)
    await untilNoted(visitor.person.id)
    server.clock.advance(31 * MINUTE)
    const late = await visitor.send('/session', { headers: { 'x-csrf-token': visitor.csrf } })
    assert.equal(late.status, 401)
  })

  it('of an archived person is over with the next request, everywhere', async () => {
    const account = await newAccount(server, SCHOOL)
    const browsers = [await signIn(server.url, account), await signIn(server.url, account)]
    await sql`update accounts.person set archived_at = now() where id = ${account.id}`.execute(
      server.world.db,
    )
    for (const { jar } of browsers) assert.ok(!(await isIn(jar)))
  })

  it('of a person of several organisations begins with the choice, and acts for no other', async () => {
    const account = await newAccount(server, SCHOOL)
    await sql`
      insert into accounts.membership (person, organisation, approver, created_at)
      values (${account.id}, '6814039', false, now())`.execute(server.world.db)
    const { jar, page } = await signIn(server.url, account)
    assert.match(page.url, /\/choose-organisation\?to=%2F$/)
    assert.ok(!(await isIn(jar)))
    const none = await jar.submit(page, {})
    assert.equal(none.status, 422)
    const foreign = await jar.submit(page, { organisation: '6804025' })
    assert.equal(foreign.status, 422)
    const home = await jar.submit(page, { organisation: '6814039' })
    assert.equal(home.url, `${server.url}/`)
    assert.match(home.html, /Cardiff High School/)
  })

  it('of a person without any organisation does not begin: Secure Access says so after the password', async () => {
    const account = await newAccount(server, SCHOOL)
    await sql`delete from accounts.held_role where person = ${account.id}`.execute(server.world.db)
    await sql`delete from accounts.membership where person = ${account.id}`.execute(server.world.db)
    const { jar, page } = await signIn(server.url, account)
    assert.equal(page.status, 403)
    assert.ok(!(await isIn(jar)))
    const { rows } = await sql`select 1 from sessions.session where person = ${account.id}`.execute(
      server.world.db,
    )
    assert.deepEqual(rows, [])
  })

  it('a sign-in that another browser began, or that is not this one, is refused', async () => {
    const account = await newAccount(server, SCHOOL)
    const { page } = await signIn(server.url, account)
    assert.equal(page.status, 200)
    const CALLBACKS = ['', '?code=x', '?code=x&state=y', '?error=access_denied&state=y']
    for (const query of CALLBACKS) {
      const answer = await openJar().get(`${server.url}/sign-in/callback${query}`)
      assert.equal(answer.status, 400, query)
      assert.match(answer.html, /You could not be signed in/)
    }
  })

  it('keeps the language that is asked for with the person', async () => {
    const account = await newAccount(server, SCHOOL)
    const { jar } = await signIn(server.url, account)
    assert.match((await jar.get(`${server.url}/account?lang=cy`)).html, /<html lang="cy"/)
    const { jar: other } = await signIn(server.url, account)
    assert.match((await other.get(`${server.url}/account`)).html, /<html lang="cy"/)
  })

  it('keeps only hashes of what the browser shows', async () => {
    const visitor = await visitorOf(server, await newPerson(server, SCHOOL))
    const { rows } = await sql<{ all: string }>`
      select json_agg(s)::text as all from sessions.session s`.execute(server.world.db)
    assert.ok(!rows[0]!.all.includes(visitor.cookies.get('session')!))
  })

  it('leaves its traces in the audit, and none when it is over', async () => {
    const account = await newAccount(server, SCHOOL)
    const { jar, page } = await signIn(server.url, account)
    await logOff(jar, page)
    const { rows } = await sql<{ action: string }>`
      select action from kit.audit where actor = ${account.id} and action like 'sessions.%' order by n`.execute(
      server.world.db,
    )
    assert.deepEqual(
      rows.map(({ action }) => action),
      ['sessions.begin', 'sessions.end'],
    )
    const { rows: known } = await sql<{ at: Date }>`
      select last_sign_in_at as at from accounts.person where id = ${account.id}`.execute(server.world.db)
    assert.deepEqual(known[0]?.at, server.clock.now())
    server.clock.advance(13 * 60 * MINUTE)
    const limits = sessionLimits(server.world.config, server.clock.now())
    assert.ok((await purgeEnded(server.world.db, limits)) > 0)
    assert.equal(await purgeEnded(server.world.db, limits), 0)
  })
})

it('over HTTPS the cookies are secure and held to the host', async () => {
  const server = await openTestServer('embedded', { env: { PUBLIC_URL: 'https://cts.example.org' } })
  try {
    const begun = await fetch(`${server.url}/sign-in`, { redirect: 'manual' })
    assert.match(begun.headers.get('location')!, /^https:\/\/cts\.example\.org\/secure-access\/auth\?/)
    const set = begun.headers.getSetCookie().find((one) => one.startsWith('signing-in=')) ?? ''
    for (const attribute of ['Secure', 'HttpOnly', 'SameSite=Lax']) assert.ok(set.includes(attribute), set)
    const person = await newPerson(server, SCHOOL)
    const visitor = await visitorOf(server, person)
    const cookie = `__Host-session=${visitor.cookies.get('session')}`
    const plain = await fetch(`${server.url}/account`, { headers: { cookie }, redirect: 'manual' })
    assert.equal(plain.status, 200)
    const bare = { cookie: `session=${visitor.cookies.get('session')}` }
    assert.equal((await fetch(`${server.url}/account`, { headers: bare, redirect: 'manual' })).status, 303)
  } finally {
    await server.close()
  }
})

import assert from 'node:assert/strict'
import { after, before, it } from 'node:test'
import { addGraveStep, GRAVE_STEP, taken } from '../../test/grave-step.ts'
import { openJar, signIn, type Jar, type JarAnswer } from '../../test/jar.ts'
import { openTestServer, type TestServer } from '../../test/server.ts'
import { newAccount, newPerson, visitorOf } from '../../test/visitor.ts'
import { forEachDatabase } from '../../test/world.ts'
import { sql } from '../kit/database.ts'

const MINUTE = 60_000
const SCHOOL = { organisation: '6804020', role: 'school-user' } as const
const OTHER = '6814039'

addGraveStep()

/** Where the button of a page leads. */
function buttonOf({ html, url }: JarAnswer): string {
  const href = /<a href="([^"]+)"[^>]*class="govuk-button/.exec(html)?.[1] ?? ''
  return new URL(href.replaceAll('&amp;', '&'), url).href
}

forEachDatabase((name) => {
  let server: TestServer
  before(async () => {
    server = await openTestServer(name)
  })
  after(() => server.close())

  /** A person of two organisations, signed in and acting for the second, some minutes ago. */
  async function inTwo(minutes: number): Promise<{ jar: Jar; typed: Record<string, string> }> {
    const { id, username, password } = await newAccount(server, SCHOOL)
    await sql`
      insert into accounts.membership (person, organisation, approver, created_at)
      values (${id}, ${OTHER}, true, now())`.execute(server.world.db)
    const { jar, page } = await signIn(server.url, { username, password })
    await jar.submit(page, { organisation: OTHER })
    server.clock.advance(minutes * MINUTE)
    return { jar, typed: { username, password } }
  }

  const step = (jar: Jar): Promise<JarAnswer> => jar.get(`${server.url}${GRAVE_STEP}?of=it`)
  const isTaken = ({ url, html }: JarAnswer): boolean =>
    url === `${server.url}${GRAVE_STEP}?of=it` && html.includes('The grave step')

  it('within ten minutes of the sign-in the step is open', async () => {
    const { jar } = await inTwo(9)
    assert.ok(isTaken(await step(jar)))
  })

  it('later it asks who it is, says why, and comes back; the organisation stays chosen', async () => {
    const { jar, typed } = await inTwo(11)
    const why = await step(jar)
    assert.equal(why.status, 200)
    assert.match(why.html, /To go on, show that it is you/)
    const former = jar.cookie('/')
    const form = await jar.get(buttonOf(why))
    assert.match(form.html, /name="password"/)
    assert.ok(isTaken(await jar.submit(form, typed)))
    assert.match((await jar.get(`${server.url}/account`)).html, /Cardiff High School/)
    // the session that it takes the place of is over
    const old = await fetch(`${server.url}/account`, { headers: { cookie: former }, redirect: 'manual' })
    assert.equal(old.status, 303)
    // and within ten minutes it is not asked for again
    server.clock.advance(9 * MINUTE)
    assert.ok(isTaken(await step(jar)))
  })

  it('a browser that only shows its session again, or goes by the sign-in without a password, is not let through', async () => {
    const { jar } = await inTwo(11)
    for (let time = 0; time < 3; time += 1) assert.ok(!isTaken(await step(jar)))
    const silent = await jar.get(`${server.url}/sign-in?to=${encodeURIComponent(`${GRAVE_STEP}?of=it`)}`)
    assert.ok(!isTaken(silent))
    assert.match(silent.html, /name="password"/)
    assert.ok(!isTaken(await step(jar)))
  })

  it('a wrong password changes nothing, and other pages are open all the while', async () => {
    const { jar, typed } = await inTwo(25)
    const form = await jar.get(buttonOf(await step(jar)))
    await jar.submit(form, { ...typed, password: 'another password than that' })
    assert.ok(!isTaken(await step(jar)))
    const account = await jar.get(`${server.url}/account`)
    assert.equal(account.url, `${server.url}/account`)
    assert.match(account.html, /Cardiff High School/)
  })

  it('another person who signs in gets a session of their own, and the one before is over', async () => {
    const { jar } = await inTwo(11)
    const former = jar.cookie('/')
    const other = await newAccount(server, { ...SCHOOL, organisation: '6804025' })
    const form = await jar.get(buttonOf(await step(jar)))
    const next = await jar.submit(form, { username: other.username, password: other.password })
    // the provider asks before one person takes the place of another
    const page = isTaken(next) ? next : await jar.submit(next, {})
    assert.ok(isTaken(page), page.url)
    const account = await jar.get(`${server.url}/account`)
    assert.ok(account.html.includes(other.username))
    assert.doesNotMatch(account.html, /Cardiff High School/)
    const old = await fetch(`${server.url}/account`, { headers: { cookie: former }, redirect: 'manual' })
    assert.equal(old.status, 303)
  })

  it('a form may be sent for three times as long, and then leads back to its page', async () => {
    const visitor = await visitorOf(server, await newPerson(server, SCHOOL))
    const send = (): ReturnType<typeof visitor.send> =>
      visitor.send(GRAVE_STEP, {
        method: 'POST',
        body: new URLSearchParams({ _csrf: visitor.csrf }),
        headers: { 'sec-fetch-site': 'same-origin', referer: `${server.url}${GRAVE_STEP}?of=it` },
      })
    const before = taken.times
    server.clock.advance(29 * MINUTE)
    assert.equal((await send()).to, '/account')
    assert.equal(taken.times, before + 1)
    server.clock.advance(2 * MINUTE)
    const late = await send()
    assert.equal(late.to, `/confirm-it-is-you?to=${encodeURIComponent(`${GRAVE_STEP}?of=it`)}&sent=1`)
    assert.equal(taken.times, before + 1, 'and nothing was done')
    const why = await visitor.get(late.to)
    assert.match(why.html, /nothing was changed/)
    const script = { 'x-csrf-token': visitor.csrf, 'sec-fetch-site': 'same-origin' }
    const asked = await visitor.send(GRAVE_STEP, { method: 'POST', headers: script })
    assert.equal(asked.status, 401)
  })

  it('who is signed out is not asked why, but to sign in', async () => {
    const page = await openJar().get(`${server.url}/confirm-it-is-you?to=//evil.example`)
    assert.match(page.html, /name="password"/)
  })
})

it('minutes are a setting', async () => {
  const server = await openTestServer('embedded', { env: { CONFIRM_MINUTES: '1' } })
  try {
    const visitor = await visitorOf(server, await newPerson(server, SCHOOL))
    server.clock.advance(MINUTE)
    assert.equal((await visitor.get(GRAVE_STEP)).status, 200)
    server.clock.advance(MINUTE)
    assert.equal((await visitor.get(GRAVE_STEP)).status, 303)
  } finally {
    await server.close()
  }
})

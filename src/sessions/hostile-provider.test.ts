import assert from 'node:assert/strict'
import { after, before, it } from 'node:test'
import pino from 'pino'
import { addGraveStep, GRAVE_STEP } from '../../test/grave-step.ts'
import { openHostileProvider, type HostileProvider, type Tampering } from '../../test/hostile-provider.ts'
import { openBrowser, type Browser, type Seen } from '../../test/secure-access-browser.ts'
import { openTestServer, type TestServer } from '../../test/server.ts'
import { newPerson } from '../../test/visitor.ts'
import { forEachDatabase } from '../../test/world.ts'
import { sql } from '../kit/database.ts'

addGraveStep()

const MINUTE = 60_000
const seconds = (ago: number): number => Math.floor(Date.now() / 1000) - ago

/** What is wrong with an answer, and what of it the log says. */
const CASES: [title: string, tampering: Tampering, logged: RegExp][] = [
  ['names another issuer in the id token', { claims: { iss: 'https://evil.example' } }, /"iss"/],
  ['was carried from another issuer (RFC 9207)', { carried: { iss: 'https://evil.example' } }, /"iss"/],
  ['does not say which issuer it is from, though it always does', { carried: { iss: null } }, /"iss"/],
  ['was made for another application', { claims: { aud: 'another-application' } }, /"aud"/],
  [
    'was made for another application too',
    { claims: { aud: ['common-transfer-system-here', 'another-application'] } },
    /"aud"/,
  ],
  ['belongs to another sign-in by its nonce', { claims: { nonce: 'another' } }, /"nonce"/],
  ['has no nonce', { claims: { nonce: undefined } }, /"nonce"/],
  ['belongs to another sign-in by its state', { carried: { state: 'another' } }, /"state"/],
  ['has no state', { carried: { state: null } }, /"state"/],
  ['is signed with another key', { sign: 'with another key' }, /signature/],
  ['is not signed', { sign: 'not at all' }, /alg/],
  ['is signed with the public key as a secret', { sign: 'with the public key as a secret' }, /alg/],
  ['has expired', { claims: { exp: seconds(120), iat: seconds(420) } }, /"exp"/],
  ['says of nobody whose it is', { claims: { sub: undefined } }, /"sub"/],
  ['is of a password typed long ago', { claims: { auth_time: seconds(31 * 60) } }, /authentication/],
  ['does not say when the password was typed', { claims: { auth_time: undefined } }, /"auth_time"/],
  ['carries an error', { carried: { code: null, error: 'access_denied' } }, /access_denied|authorization/],
]

/** What a line of the log says of the error that it is about. */
function messageOf(line: string): string {
  const { err } = JSON.parse(line) as { err?: { message: string } }
  return err?.message ?? ''
}

forEachDatabase((name) => {
  let provider: HostileProvider
  let server: TestServer
  const logged: string[] = []

  before(async () => {
    provider = await openHostileProvider()
    const log = pino({ base: null }, { write: (line: string) => logged.push(line) })
    server = await openTestServer(name, { env: provider.env, log })
    const { id } = await newPerson(server, { organisation: '6804020', role: 'school-user' })
    await sql`
      insert into sessions.identity (issuer, sub, person, bound_at)
      values (${provider.issuer}, ${provider.sub}, ${id}, now())`.execute(server.world.db)
  })
  after(async () => {
    await server.close()
    await provider.close()
  })

  const browser = (): Browser => openBrowser(server.url)

  /** Goes to the provider and gives the address at which it sends the browser back. */
  async function goAndCome(one: Browser, path = '/sign-in?to=/account'): Promise<string> {
    const there = await one.get(path)
    const to = there.location ?? ''
    assert.ok(to.startsWith(provider.issuer), `${there.status} ${to}`)
    return (await one.get(to)).location!
  }

  async function sessions(): Promise<unknown> {
    const { rows } = await sql`select id_hash, started_at from sessions.session order by id_hash`.execute(
      server.world.db,
    )
    return rows
  }

  /** Expects that coming back begins no session, and that the log says why. */
  async function refused(one: Browser, callback: string, why: RegExp): Promise<Seen> {
    const before = await sessions()
    const lines = logged.length
    const page = await one.get(callback)
    assert.equal(page.status, 400)
    assert.match(page.text, /You could not be signed in/)
    assert.deepEqual(await sessions(), before)
    assert.match(logged.slice(lines).map(messageOf).join(' '), why)
    return page
  }

  it('an answer that nothing is wrong with signs its person in', async () => {
    provider.tamper({})
    const one = browser()
    const agent = 'Mozilla/5.0 (X11; Linux x86_64; rv:127.0) Gecko/20100101 Firefox/127.0'
    const back = await one.get(await goAndCome(one), { 'user-agent': agent })
    assert.equal(back.location, `${server.url}/account`)
    assert.equal((await one.get('/account')).status, 200)
    const { rows } = await sql`select browser from sessions.session`.execute(server.world.db)
    assert.deepEqual(rows, [{ browser: 'Firefox on Linux' }])
  })

  for (const [title, tampering, why] of CASES)
    it(`an answer that ${title} is refused`, async () => {
      provider.tamper(tampering)
      const one = browser()
      await refused(one, await goAndCome(one), why)
      assert.equal((await one.get('/account')).status, 303)
    })

  it('an answer is used once: not again by a browser that kept all its cookies', async () => {
    provider.tamper({})
    const one = browser()
    const callback = await goAndCome(one)
    const cookie = one.cookies().map(({ name, value }) => `${name}=${value}`)
    assert.equal((await one.get(callback)).status, 303)
    const another = browser()
    const before = await sessions()
    const again = await another.get(callback, { cookie: cookie.join('; ') })
    assert.equal(again.status, 400)
    assert.deepEqual(await sessions(), before)
    await refused(one, callback, /no sign-in under way/)
  })

  it('of an answer that comes twice at once, one is used', async () => {
    provider.tamper({})
    const one = browser()
    const callback = await goAndCome(one)
    const answers = await Promise.all(Array.from({ length: 6 }, () => one.get(callback)))
    assert.deepEqual(answers.map(({ status }) => status).sort(), [303, 400, 400, 400, 400, 400])
  })

  it('the code of one sign-in is worth nothing in another', async () => {
    provider.tamper({})
    const [one, other] = [browser(), browser()]
    const stolen = new URL(await goAndCome(one)).searchParams.get('code')!
    const own = new URL(await goAndCome(other))
    own.searchParams.set('code', stolen)
    await refused(other, own.href, /"nonce"/)
  })

  it('the answer to one browser is worth nothing in another', async () => {
    provider.tamper({})
    const [one, other] = [browser(), browser()]
    const callback = await goAndCome(one)
    await refused(browser(), callback, /no sign-in under way/)
    await goAndCome(other)
    await refused(other, callback, /"state"/)
  })

  it('what the browser keeps cannot be made up', async () => {
    provider.tamper({})
    const one = browser()
    const callback = await goAndCome(one)
    const kept = one.cookies().find(({ name }) => name === 'signing-in')
    const forged = decodeURIComponent(kept!.value).replace('"to":"/account"', '"to":"/find-a-school"')
    assert.notEqual(forged, decodeURIComponent(kept!.value))
    const page = await browser().get(callback, { cookie: `signing-in=${encodeURIComponent(forged)}` })
    assert.equal(page.status, 400)
  })

  it('an answer that comes an hour after the sign-in was begun is refused', async () => {
    provider.tamper({})
    const one = browser()
    const callback = await goAndCome(one)
    server.clock.advance(60 * MINUTE)
    await refused(one, callback, /too long ago/)
  })

  it('who is asked for the password anew has typed it since, whatever the provider makes of that', async () => {
    // good enough for an ordinary sign-in
    provider.tamper({ claims: { auth_time: seconds(5 * 60) } })
    const one = browser()
    assert.equal((await one.get(await goAndCome(one))).status, 303)
    const again = browser()
    await refused(again, await goAndCome(again, '/sign-in?again=1&to=/account'), /authentication/)
    await refused(one, await goAndCome(one), /authentication/)
  })

  it('a session that began without a password does not open a grave step', async () => {
    provider.tamper({ claims: { auth_time: seconds(15 * 60) } })
    const one = browser()
    await one.get(await goAndCome(one))
    assert.equal((await one.get('/account')).status, 200)
    assert.match((await one.get(GRAVE_STEP)).location ?? '', /\/confirm-it-is-you\?/)
    provider.tamper({})
    await one.get(await goAndCome(one, '/sign-in?again=1'))
    assert.equal((await one.get(GRAVE_STEP)).status, 200)
  })

  it('a name bound under another issuer is nobody here', async () => {
    provider.tamper({})
    const db = server.world.db
    await sql`update sessions.identity set issuer = 'https://other.example'`.execute(db)
    const one = browser()
    const page = await one.get(await goAndCome(one))
    await sql`update sessions.identity set issuer = ${provider.issuer}`.execute(db)
    assert.equal(page.status, 403)
    assert.match(page.text, /not linked yet/)
  })
})

it('a provider that says at discovery that it is another is not used', async () => {
  const provider = await openHostileProvider()
  provider.tamper({ metadata: { issuer: 'https://evil.example' } })
  const server = await openTestServer('embedded', { env: provider.env })
  try {
    const page = await openBrowser(server.url).get('/sign-in')
    assert.equal(page.status, 503)
    assert.equal(page.location, null)
    provider.tamper({})
    const better = await openBrowser(server.url).get('/sign-in')
    assert.ok(better.location?.startsWith(`${provider.issuer}/authorize?`), 'it is asked again')
  } finally {
    await server.close()
    await provider.close()
  }
})

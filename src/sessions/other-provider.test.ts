import assert from 'node:assert/strict'
import { after, before, it } from 'node:test'
import { openJar, type Jar, type JarAnswer } from '../../test/jar.ts'
import { openOtherProvider, type OnLoopback } from '../../test/other-provider.ts'
import { openTestServer, type TestServer } from '../../test/server.ts'
import { forEachDatabase } from '../../test/world.ts'
import { createPerson, newPersonId, sendInvitation } from '../accounts/index.ts'
import { sql } from '../kit/database.ts'

const HOUR = 3_600_000

interface Invited {
  id: string
  name: string
  /** The link of the invitation. */
  link: string
}

let people = 0

/** Adds a secretary of the John Frost School and invites her. */
async function invite(server: TestServer, again?: string): Promise<Invited> {
  const { world, clock } = server
  if (again === undefined) people += 1
  const id = again ?? newPersonId()
  const name = `Invented Secretary ${people}`
  const username = `elsewhere${people}`
  const more = { email: `${username}@people.example.org`, organisation: '6804020', role: 'school-user' }
  const now = clock.now()
  const { link } = await world.db.transaction().execute(async (tx) => {
    const asked = { id, username, name, ...more, approver: false }
    if (again === undefined) await createPerson(tx, asked, now, world.config)
    return sendInvitation(world, tx, { person: id, publicUrl: server.url, now })
  })
  return { id, name, link }
}

/** Where a button of a page leads. */
function buttonOf({ html, url }: JarAnswer): string {
  const href = /<a href="([^"]+)"[^>]*class="govuk-button/.exec(html)?.[1]
  assert.ok(href, html)
  return new URL(href.replaceAll('&amp;', '&'), url).href
}

/** Signs in at the other provider's form, under a name. */
async function asWhom(jar: Jar, page: JarAnswer, login: string): Promise<JarAnswer> {
  assert.match(page.html, /Who are you\?/, `${page.url} ${page.html}`)
  const next = await jar.submit(page, { login })
  // who was signed in there before is signed out by a form that a browser sends at once
  return next.html.includes('name="xsrf"') ? jar.submit(next, { logout: 'yes' }) : next
}

/** Follows the link of an invitation and signs in under a name. */
async function join(jar: Jar, link: string, login: string): Promise<JarAnswer> {
  return asWhom(jar, await jar.get(buttonOf(await jar.get(link))), login)
}

/** How many sessions there are. */
async function sessions({ world }: TestServer): Promise<number> {
  const { rows } = await sql<{ n: number }>`select count(*)::int as n from sessions.session`.execute(world.db)
  return rows[0]!.n
}

async function auditOf({ world }: TestServer, person: string): Promise<string[]> {
  const { rows } = await sql<{ row: string }>`
    select action || ' ' || outcome as row from kit.audit
    where actor = ${person} and action like 'sessions.%' order by n`.execute(world.db)
  return rows.map(({ row }) => row)
}

forEachDatabase((name) => {
  let provider: OnLoopback
  let server: TestServer

  before(async () => {
    provider = await openOtherProvider()
    server = await openTestServer(name, { env: provider.env })
    provider.serves(server.url)
  })
  after(async () => {
    await server.close()
    await provider.close()
  })

  it('an invitation leads to the other provider, binds its person, and signs in with the roles from here', async () => {
    const { id, name, link } = await invite(server)
    assert.ok(link.startsWith(`${server.url}/join/`))
    const jar = openJar()
    const page = await jar.get(link)
    assert.equal(page.status, 200)
    assert.ok(page.html.includes(name) && page.html.includes('John Frost'))
    const host = new URL(provider.issuer).host
    assert.ok(page.html.includes(host), 'the page names where one signs in')
    const home = await asWhom(jar, await jar.get(buttonOf(page)), 'frost-1')
    assert.equal(home.url, `${server.url}/`)
    assert.ok(home.html.includes(name))
    assert.match(home.html, /href="\/upload"/, 'the menu of a school user')
    assert.doesNotMatch(home.html, /href="\/people"/)
    assert.deepEqual(await auditOf(server, id), ['sessions.bind done', 'sessions.begin done'])
    const { rows } = await sql`
      select i.issuer, i.sub, p.activated_at is not null as activated, p.last_sign_in_at is not null as "signedIn"
      from sessions.identity i join accounts.person p on p.id = i.person where p.id = ${id}`.execute(
      server.world.db,
    )
    assert.deepEqual(rows, [{ issuer: provider.issuer, sub: 'frost-1', activated: true, signedIn: true }])
  })

  it('the e-mail of an invitation names the other provider and speaks of no password', async () => {
    const { id } = await invite(server)
    const { rows } = await sql<{ template: string; params: object }>`
      select template, params from kit.mail where about = ${id}`.execute(server.world.db)
    assert.equal(rows[0]?.template, 'invitation-elsewhere')
    assert.ok(JSON.stringify(rows[0]?.params).includes(new URL(provider.issuer).host))
  })

  it('who is bound signs in again by the name there alone, and logs off at both sides', async () => {
    const { link, name } = await invite(server)
    const jar = openJar()
    const home = await join(jar, link, 'frost-2')
    const leaving = await jar.submit(home, {}, '/log-off')
    const end = buttonOf(leaving)
    assert.ok(end.startsWith(`${provider.issuer}/session/end?`))
    const out = await jar.submit(await jar.get(end), { logout: 'yes' })
    assert.equal(out.url, `${server.url}/signed-out`)
    const again = await jar.get(`${server.url}/account`)
    assert.match(again.html, /Who are you\?/, 'the other provider has forgotten the browser too')
    const account = await asWhom(jar, again, 'frost-2')
    assert.equal(account.url, `${server.url}/account`)
    assert.ok(account.html.includes(name))
    assert.doesNotMatch(account.html, /\/secure-access\/change-password|\/account\/security/)
  })

  it('an invitation binds once, whoever opens it', async () => {
    const { link } = await invite(server)
    await join(openJar(), link, 'frost-3')
    const before = await sessions(server)
    const late = await openJar().get(link)
    assert.equal(late.status, 410)
    assert.match(late.html, /no longer works/)
    assert.equal(await sessions(server), before)
  })

  it('of two browsers that come back with one invitation, one is bound', async () => {
    const { id, link } = await invite(server)
    const browsers = [openJar(), openJar()]
    const forms: JarAnswer[] = []
    for (const jar of browsers) forms.push(await jar.get(buttonOf(await jar.get(link))))
    const back = await Promise.all(browsers.map((jar, at) => asWhom(jar, forms[at]!, `rival-${at}`)))
    assert.deepEqual(back.map(({ status }) => status).sort(), [200, 410])
    const { rows } = await sql`select sub from sessions.identity where person = ${id}`.execute(
      server.world.db,
    )
    assert.equal(rows.length, 1)
  })

  it('an invitation that was opened in time and used too late binds nobody', async () => {
    const { id, link } = await invite(server)
    const jar = openJar()
    server.clock.advance(47.5 * HOUR)
    const form = await jar.get(buttonOf(await jar.get(link)))
    server.clock.advance(0.75 * HOUR)
    const page = await asWhom(jar, form, 'late-comer')
    assert.equal(page.status, 410)
    assert.deepEqual(await auditOf(server, id), [])
  })

  it('a name that is bound to somebody else is refused with words, and the invitation stays good', async () => {
    const first = await invite(server)
    await join(openJar(), first.link, 'frost-4')
    const second = await invite(server)
    const before = await sessions(server)
    const jar = openJar()
    const page = await join(jar, second.link, 'frost-4')
    assert.equal(page.status, 409)
    assert.match(page.html, /belongs to somebody else/)
    assert.equal(await sessions(server), before)
    assert.equal(buttonOf(page), second.link)
    const home = await join(jar, second.link, 'frost-5')
    assert.ok(home.html.includes(second.name))
  })

  it('a name that is bound to nobody is refused with words', async () => {
    const before = await sessions(server)
    const jar = openJar()
    const page = await asWhom(jar, await jar.get(`${server.url}/`), 'stranger')
    assert.equal(page.status, 403)
    assert.match(page.html, /not linked yet/)
    assert.equal(await sessions(server), before)
    const other = await jar.get(buttonOf(page))
    assert.match(other.html, /Who are you\?/, 'another account can be chosen')
  })

  it('a new invitation binds another name in the place of the former, which lets nobody in any more', async () => {
    const { id, link } = await invite(server)
    const old = openJar()
    await join(old, link, 'lost-key')
    const anew = await invite(server, id)
    assert.equal((await join(openJar(), anew.link, 'new-key')).status, 200)
    assert.match((await old.get(`${server.url}/account`)).html, /Who are you\?/, 'what was open is over')
    const jar = openJar()
    const page = await asWhom(jar, await jar.get(`${server.url}/`), 'lost-key')
    assert.equal(page.status, 403)
    assert.match(page.html, /not linked yet/)
  })

  it('who joins shows at the other provider who it is, though that knows the browser', async () => {
    const first = await invite(server)
    const jar = openJar()
    await join(jar, first.link, 'frost-6')
    const second = await invite(server)
    const form = await jar.get(buttonOf(await jar.get(second.link)))
    assert.match(form.html, /Who are you\?/)
  })

  it('who is archived here is let in no more', async () => {
    const { id, link } = await invite(server)
    const jar = openJar()
    await join(jar, link, 'frost-7')
    await sql`update accounts.person set archived_at = now() where id = ${id}`.execute(server.world.db)
    const page = await asWhom(jar, await jar.get(`${server.url}/`), 'frost-7')
    assert.equal(page.status, 403)
    assert.match(page.html, /You have no access yet/)
  })

  it('a form sent after the session is over is answered by a page here, since forms lead to no other host', async () => {
    const { link } = await invite(server)
    const jar = openJar()
    await join(jar, link, 'frost-8')
    const account = await jar.get(`${server.url}/account`)
    server.clock.advance(HOUR)
    const page = await jar.submit(account, { language: 'en', mail: 'yes' }, '/account')
    assert.ok(page.url.startsWith(`${server.url}/signed-out?because=idle`))
  })

  it('the pages of the built-in Secure Access for people are closed, and so is its authorization endpoint', async () => {
    const CLOSED = [
      '/sign-in/abc',
      '/forgotten',
      '/change-password',
      `/activate/${'a'.repeat(43)}`,
      `/reset/${'a'.repeat(43)}`,
      '/password-set',
      '/auth?client_id=common-transfer-system&response_type=code',
      '/session/end',
      '/me',
    ]
    for (const path of CLOSED) {
      const { status } = await fetch(`${server.url}/secure-access${path}`, { redirect: 'manual' })
      assert.equal(status, 404, path)
    }
  })

  it('machine clients keep the built-in token endpoint', async () => {
    const at = `${server.url}/secure-access`
    const known = (await (await fetch(`${at}/.well-known/openid-configuration`)).json()) as { issuer: string }
    assert.equal(known.issuer, at)
    const { token } = await server.client('6804020', 'school-user')
    const headers = { authorization: `Bearer ${token}` }
    assert.equal((await fetch(`${server.url}/api/v1/files?box=inbox`, { headers })).status, 200)
  })
})

it('a provider that takes secrets in the body, and offers no log-off, does too', async () => {
  const provider = await openOtherProvider({ secretBy: 'client_secret_post', withoutLogOff: true })
  const server = await openTestServer('embedded', { env: provider.env })
  provider.serves(server.url)
  try {
    const { link } = await invite(server)
    const jar = openJar()
    const home = await join(jar, link, 'frost-9')
    assert.equal(home.status, 200)
    const out = await jar.submit(home, {}, '/log-off')
    assert.equal(out.url, `${server.url}/signed-out?because=here`)
    assert.match(out.html, /may still be signed in at/)
    assert.equal(await sessions(server), 0)
    // it ends here, though there it goes on
    const page = await jar.get(`${server.url}/account`)
    assert.equal(page.url, `${server.url}/account`)
  } finally {
    await server.close()
    await provider.close()
  }
})

it('while the other provider does not answer, a page says so, and the service goes on', async () => {
  const provider = await openOtherProvider()
  const server = await openTestServer('embedded', { env: provider.env })
  provider.serves(server.url)
  try {
    const { link } = await invite(server)
    const { issuer } = provider
    await provider.close()
    const page = await openJar().get(buttonOf(await openJar().get(link)))
    assert.equal(page.status, 503)
    assert.match(page.html, /Nobody can be signed in/)
    assert.ok(!page.html.includes(issuer))
  } finally {
    await server.close()
  }
})

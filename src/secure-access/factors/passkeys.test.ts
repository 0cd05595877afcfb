import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { openBrowser, type Browser, type Seen } from '../../../test/secure-access-browser.ts'
import { openTestServer, type TestServer } from '../../../test/server.ts'
import { softPasskey, type Otherwise, type SoftPasskey } from '../../../test/soft-passkey.ts'
import { newAccount, visitorOf, type TestPerson } from '../../../test/visitor.ts'
import { forEachDatabase } from '../../../test/world.ts'
import { sql } from '../../kit/database.ts'
import { passkeyPlace } from './passkeys.ts'
import { listFactors } from './store.ts'

const SCHOOL = { organisation: '6804020', role: 'school-user' } as const

/** The question for a passkey that stands on a page, and what is sealed beside it. */
function questionOn(html: string): { options: string; offer: string } {
  const [form = ''] = /<form[^>]*data-passkey=[\s\S]*?<\/form>/.exec(html) ?? []
  const options = /data-options="([^"]*)"/.exec(form)?.[1]?.replaceAll('&quot;', '"')
  const offer = /name="offer" value="([^"]*)"/.exec(form)?.[1]
  assert.ok(options !== undefined && offer !== undefined, html)
  return { options, offer }
}

const isBack = ({ location }: Seen): boolean => location?.includes('/sign-in/callback?code=') ?? false

forEachDatabase((name) => {
  let server: TestServer
  before(async () => {
    server = await openTestServer(name, { host: 'localhost' })
  })
  after(() => server.close())

  type Account = TestPerson & { password: string }

  async function begin(): Promise<{ browser: Browser; page: Seen }> {
    const browser = openBrowser(server.url)
    return { browser, page: await browser.follow(await browser.get('/sign-in')) }
  }

  async function withPasskey(): Promise<{ account: Account; passkey: SoftPasskey }> {
    const account = await newAccount(server, SCHOOL)
    const passkey = softPasskey()
    const visitor = await visitorOf(server, account)
    const { options, offer } = questionOn((await visitor.get('/account/security/passkey')).html)
    const answer = passkey.create(options, server.url)
    const added = await visitor.post('/account/security/passkey', {
      kind: 'passkey',
      name: 'My laptop',
      offer,
      answer,
    })
    assert.equal(added.status, 200, added.html)
    assert.equal([...added.html.matchAll(/<li class="cts-code">/g)].length, 10)
    return { account, passkey }
  }

  /** Signs in by a passkey alone. */
  async function alone(passkey: SoftPasskey, otherwise: Otherwise = {}): Promise<Seen> {
    const { browser, page } = await begin()
    const { options, offer } = questionOn(page.text)
    const answer = passkey.get(options, server.url, otherwise)
    return browser.follow(await browser.post(`${page.url}/passkey`, { offer, answer }))
  }

  /** Comes to the second factor by the password, and answers with a passkey. */
  async function second(account: Account, passkey: SoftPasskey, otherwise: Otherwise = {}): Promise<Seen> {
    const { browser, page } = await begin()
    const { username, password } = account
    const asked = await browser.follow(await browser.post(page.url, { username, password }))
    assert.match(asked.url, /\/second-factor$/)
    const { options, offer } = questionOn(asked.text)
    const answer = passkey.get(options, server.url, otherwise)
    return browser.follow(await browser.post(asked.url, { offer, answer }))
  }

  test('a passkey is set up, ends a sign-in after the password, and signs in alone', async () => {
    const { account, passkey } = await withPasskey()
    assert.ok(
      isBack(await second(account, passkey, { unverified: true })),
      'touch is enough after a password',
    )
    assert.ok(isBack(await alone(passkey)))
    const [factor] = await listFactors(server.world.db, account.id)
    assert.deepEqual([factor?.kind, factor?.name], ['passkey', 'My laptop'])
    assert.deepEqual(factor?.lastUsedAt, server.clock.now())
  })

  test('alone it stands for the password only where its holder showed a finger, a face or a PIN', async () => {
    const { passkey } = await withPasskey()
    const refused = await alone(passkey, { unverified: true })
    assert.equal(refused.status, 422)
    assert.match(refused.text, /The passkey was not accepted/)
  })

  test('answers for another site, to another question, from a copy, or of nobody are refused', async () => {
    const { account, passkey } = await withPasskey()
    const wrong: Otherwise[] = [
      { origin: 'https://evil.example' },
      { rpId: 'evil.example' },
      { challenge: 'AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA' },
    ]
    for (const otherwise of wrong) {
      assert.equal((await alone(passkey, otherwise)).status, 422, JSON.stringify(otherwise))
      assert.equal((await second(account, passkey, otherwise)).status, 422, JSON.stringify(otherwise))
    }
    assert.ok(isBack(await alone(passkey, { count: 900 })))
    assert.equal((await alone(passkey, { count: 900 })).status, 422, 'a copy counts from where it was made')
    const stranger = softPasskey()
    stranger.create(
      JSON.stringify({ challenge: 'x', rp: { id: 'localhost' }, user: { id: 'x' } }),
      server.url,
    )
    assert.equal((await alone(stranger)).status, 422)
    const { browser, page } = await begin()
    const { offer } = questionOn(page.text)
    for (const answer of ['', '{}', '[1]', 'null', '{"id":"x\u0000"}', 'x'.repeat(10_000)])
      assert.equal((await browser.post(`${page.url}/passkey`, { offer, answer })).status, 422)
  })

  test('the passkey of somebody else is no second factor', async () => {
    const [one, other] = [await withPasskey(), await withPasskey()]
    assert.equal((await second(one.account, other.passkey)).status, 422)
  })

  test('what was asked in one sign-in is no answer in another', async () => {
    const { passkey } = await withPasskey()
    const [mine, theirs] = [await begin(), await begin()]
    const { options, offer } = questionOn(mine.page.text)
    const answer = passkey.get(options, server.url)
    const moved = await theirs.browser.post(`${theirs.page.url}/passkey`, { offer, answer })
    assert.equal(moved.status, 409)
  })

  test('who is archived does not sign in by it', async () => {
    const { account, passkey } = await withPasskey()
    const { db } = server.world
    await sql`update accounts.person set archived_at = now() where id = ${account.id}`.execute(db)
    assert.equal((await alone(passkey)).status, 422)
  })

  test('one passkey is set up once', async () => {
    const { passkey } = await withPasskey()
    const account = await newAccount(server, SCHOOL)
    const visitor = await visitorOf(server, account)
    const { options, offer } = questionOn((await visitor.get('/account/security/passkey')).html)
    const answer = passkey.create(options, server.url)
    const again = await visitor.post('/account/security/passkey', {
      kind: 'passkey',
      name: 'x',
      offer,
      answer,
    })
    assert.equal(again.status, 409)
    assert.deepEqual(await listFactors(server.world.db, account.id), [])
  })
})

const PLACES: [publicUrl: string, id: string | null][] = [
  ['https://cts.example.org', 'cts.example.org'],
  ['https://cts.example.org:8443/', 'cts.example.org'],
  ['http://localhost:3000', 'localhost'],
  ['http://cts.example.org', null],
  ['http://127.0.0.1:3000', null],
  ['https://192.0.2.7', null],
  ['https://[2001:db8::1]', null],
]

for (const [publicUrl, id] of PLACES)
  test(`passkeys at ${publicUrl}: ${id ?? 'none'}`, () =>
    assert.equal(passkeyPlace(publicUrl)?.id ?? null, id))

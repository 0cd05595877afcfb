import assert from 'node:assert/strict'
import { request as httpRequest } from 'node:http'
import { connect } from 'node:net'
import { after, before, mock, test } from 'node:test'
import { setTimeout as wait } from 'node:timers/promises'
import { basic, GRANT, openTestSecureAccess, type TestSecureAccess } from '../../test/secure-access.ts'
import { forEachDatabase, type TestDatabase } from '../../test/world.ts'

forEachDatabase((_name, open) => {
  let database: TestDatabase
  let room: TestSecureAccess
  const terminal = (['log', 'info', 'warn', 'error'] as const).map((name) => mock.method(console, name))

  before(async () => {
    database = await open()
    room = await openTestSecureAccess(database)
  })
  after(async () => {
    await room.close()
    await database.close()
  })

  test('discovery offers the code flow with S256, refresh, client credentials and log-off, and nothing else', async () => {
    const answer = await fetch(`${room.issuer}/.well-known/openid-configuration`)
    assert.deepEqual(await answer.json(), {
      issuer: room.issuer,
      authorization_endpoint: `${room.issuer}/auth`,
      token_endpoint: `${room.issuer}/token`,
      userinfo_endpoint: `${room.issuer}/me`,
      introspection_endpoint: `${room.issuer}/token/introspection`,
      revocation_endpoint: `${room.issuer}/token/revocation`,
      end_session_endpoint: `${room.issuer}/session/end`,
      backchannel_logout_supported: true,
      backchannel_logout_session_supported: true,
      jwks_uri: `${room.issuer}/jwks`,
      scopes_supported: ['openid', 'profile', 'email', 'organisation'],
      response_types_supported: ['code'],
      response_modes_supported: ['form_post', 'fragment', 'query'],
      grant_types_supported: ['authorization_code', 'refresh_token', 'client_credentials'],
      code_challenge_methods_supported: ['S256'],
      token_endpoint_auth_methods_supported: ['client_secret_basic', 'client_secret_post'],
      id_token_signing_alg_values_supported: ['RS256'],
      subject_types_supported: ['public'],
      claims_supported: [
        'sub',
        'name',
        'given_name',
        'family_name',
        'email',
        'organisation',
        'organisations',
        'sid',
        'auth_time',
        'iss',
      ],
      claim_types_supported: ['normal'],
      claims_parameter_supported: false,
      request_uri_parameter_supported: false,
      authorization_response_iss_parameter_supported: true,
    })
  })

  test('addresses stay those of the issuer, whatever Host or forwarding a request names', async () => {
    const { port } = new URL(room.issuer)
    const headers = { host: 'evil.example', 'x-forwarded-host': 'evil.example', 'x-forwarded-proto': 'https' }
    for (const target of ['', 'http://evil.example']) {
      const path = `${target}/secure-access/.well-known/openid-configuration`
      const text = await new Promise<string>((resolve, reject) => {
        const request = httpRequest({ host: '127.0.0.1', port, path, headers }, (response) => {
          response
            .setEncoding('utf8')
            .toArray()
            .then((parts) => resolve(parts.join('')), reject)
        })
        request.on('error', reject).end()
      })
      assert.ok(!text.includes('evil'), text)
    }
  })

  test("a sign-in request that is not offered ends in the standard's error, in a page for a person", async () => {
    const { id } = await room.newClient()
    const query = `?client_id=${id}&response_type=code&scope=openid&redirect_uri=https://a.example/cb`
    const REQUESTS: [path: string, error: string][] = [
      ['/auth', 'invalid_request'],
      ['/auth?client_id=%00&response_type=code', 'invalid_client'],
      [`/auth${query}`, 'invalid_redirect_uri'],
      ['/auth/abc', 'invalid_request'],
    ]
    for (const [path, error] of REQUESTS) {
      const answer = await fetch(`${room.issuer}${path}`, {
        redirect: 'manual',
        headers: { cookie: '_session=a%00b' },
      })
      assert.equal(answer.status, 400, path)
      assert.partialDeepStrictEqual(await answer.json(), { error })
      const headers = { accept: 'text/html,*/*;q=0.8', 'accept-language': 'cy' }
      const page = await fetch(`${room.issuer}${path}`, { redirect: 'manual', headers })
      assert.equal(page.status, 400, path)
      assert.match(page.headers.get('content-type')!, /^text\/html/)
      assert.match(page.headers.get('content-security-policy')!, /script-src 'self'/)
      const title =
        path === '/auth/abc' ? 'Cymerodd hyn ormod o amser' : `Ni ellir eich mewngofnodi .*${error}`
      assert.match(await page.text(), new RegExp(`<html lang="cy".*${title}.*href="/"`, 's'))
    }
  })

  test('what is not offered has no address', async () => {
    for (const path of ['/', '/?x', '/reg', '/request', '/device', '/interaction/a']) {
      const answer = await fetch(`${room.issuer}${path}`)
      assert.equal(answer.status, 404, path)
      assert.equal(answer.headers.get('content-type'), 'application/problem+json')
    }
  })

  test('a script in a browser is refused', async () => {
    const headers = { authorization: basic(await room.newClient()), origin: 'https://a.example' }
    const answer = await room.ask(GRANT, headers)
    assert.equal(answer.status, 400)
    assert.equal(answer.headers.get('access-control-allow-origin'), null)
  })

  test('a client that hangs up in the middle of its request troubles nobody', async () => {
    const socket = connect(Number(new URL(room.issuer).port), '127.0.0.1')
    const type = 'Content-Type: application/x-www-form-urlencoded'
    socket.write(
      `POST /secure-access/token HTTP/1.1\r\nHost: a\r\n${type}\r\nContent-Length: 99\r\n\r\ngrant`,
    )
    await wait(50)
    socket.destroy()
    await wait(50)
    assert.equal((await fetch(`${room.issuer}/jwks`)).status, 200)
  })

  test('of all this nothing failed, and the provider wrote nothing to the terminal', () => {
    assert.deepEqual(
      terminal.flatMap(({ mock }) => mock.calls.map((call) => call.arguments)),
      [],
    )
    assert.deepEqual(
      room.logged.filter((line) => line.includes('"level":50')),
      [],
    )
  })
})

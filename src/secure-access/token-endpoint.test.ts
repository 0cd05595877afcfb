import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import * as oauth from 'openid-client'
import { basic, GRANT, openTestSecureAccess, type TestSecureAccess } from '../../test/secure-access.ts'
import { forEachDatabase, type TestDatabase } from '../../test/world.ts'
import { newClientId } from '../accounts/index.ts'
import { sql } from '../kit/database.ts'

type Odd = [title: string, body: string, headers: Record<string, string>, status: number, error: string]

/* prettier-ignore */
const ODD: Odd[] = [
  ['no credentials', GRANT, {}, 400, 'invalid_request'],
  ['Basic that is not Base64', GRANT, { authorization: 'Basic ?' }, 400, 'invalid_request'],
  ['Basic with control bytes', GRANT, { authorization: basic({ id: '%00', secret: '%00' }) }, 400, 'invalid_request'],
  ['an unknown client by Basic', GRANT, { authorization: basic({ id: 'nobody', secret: 'x' }) }, 401, 'invalid_client'],
  ['credentials in both places', `${GRANT}&client_secret=x`, { authorization: basic({ id: 'a', secret: 'b' }) }, 400, 'invalid_request'],
  ['a parameter given twice', `${GRANT}&client_id=a&client_id=b&client_secret=x`, {}, 400, 'invalid_request'],
  ['JSON', '{}', { 'content-type': 'application/json' }, 400, 'invalid_request'],
  ['an unknown character set', GRANT, { 'content-type': 'application/x-www-form-urlencoded; charset=x-odd' }, 400, 'invalid_request'],
  ['2 MB', `${GRANT}&x=${'y'.repeat(2e6)}`, {}, 400, 'invalid_request'],
  ['a library that asks for HTML', `${GRANT}&client_id=a&client_secret=b`, { accept: 'text/html, */*; q=.2' }, 401, 'invalid_client'],
]

const NOT_FOR_CLIENTS: [body: string, error: string][] = [
  ['', 'invalid_request'],
  ['grant_type=password&username=a&password=b', 'unsupported_grant_type'],
  ['grant_type=implicit', 'unsupported_grant_type'],
  ['grant_type=refresh_token&refresh_token=x', 'invalid_request'],
  ['grant_type=authorization_code&code=x&redirect_uri=https://a.example', 'invalid_request'],
  [`${GRANT}&${GRANT}`, 'invalid_request'],
]

forEachDatabase((_name, open) => {
  let database: TestDatabase
  let room: TestSecureAccess

  before(async () => {
    database = await open()
    room = await openTestSecureAccess(database)
  })
  after(async () => {
    await room.close()
    await database.close()
  })

  for (const [method, authentication] of [
    ['Basic', oauth.ClientSecretBasic],
    ['POST body', oauth.ClientSecretPost],
  ] as const) {
    test(`a standard client discovers and gets a token with its secret by ${method}`, async () => {
      const { id, secret } = await room.newClient()
      const options = { execute: [oauth.allowInsecureRequests] }
      const found = await oauth.discovery(new URL(room.issuer), id, secret, authentication(secret), options)
      const token = await oauth.clientCredentialsGrant(found)
      assert.equal(token.token_type, 'bearer')
      assert.equal(token.expires_in, 3600)
      assert.deepEqual(await room.who(`Bearer ${token.access_token}`), {
        kind: 'client',
        id,
        name: 'School system',
        organisation: '6804020',
        roles: ['school-user'],
        address: '127.0.0.1',
      })
    })
  }

  test('an unknown client and a wrong secret are answered alike', async () => {
    const { id } = await room.newClient()
    const answers = [id, newClientId(), 'a\0b', 'é', "x' or 1=1", 'x'.repeat(5000)].map(async (client_id) => {
      const form = { grant_type: 'client_credentials', client_id, client_secret: 'wrong' }
      const answer = await room.ask(new URLSearchParams(form).toString())
      const headers = [...answer.headers].filter(([name]) => name !== 'date')
      return { status: answer.status, headers, body: await answer.text() }
    })
    const [wrong, ...unknown] = await Promise.all(answers)
    assert.equal(wrong!.status, 401)
    assert.deepEqual(JSON.parse(wrong!.body), {
      error: 'invalid_client',
      error_description: 'client authentication failed',
    })
    for (const answer of unknown) assert.deepEqual(answer, wrong)
  })

  for (const [title, body, headers, status, error] of ODD) {
    test(`the token endpoint answers ${title} by the standard: ${status} ${error}`, async () => {
      const answer = await room.ask(body, headers)
      assert.equal(answer.status, status)
      assert.match(answer.headers.get('content-type')!, /^application\/json/)
      assert.partialDeepStrictEqual(await answer.json(), { error })
    })
  }

  for (const [body, error] of NOT_FOR_CLIENTS) {
    test(`a known client that asks for "${body}" is answered ${error}`, async () => {
      const { id, secret } = await room.newClient()
      const answer = await room.ask(body, { authorization: basic({ id, secret }) })
      assert.equal(answer.status, 400)
      assert.partialDeepStrictEqual(await answer.json(), { error })
    })
  }

  test('a made-up scope is neither granted nor kept', async () => {
    const { id, secret } = await room.newClient()
    const answer = await room.ask(`${GRANT}&scope=${'admin'.repeat(9)}`, {
      authorization: basic({ id, secret }),
    })
    assert.doesNotMatch(await answer.text(), /scope/)
    assert.ok(!(await everythingKept()).includes('admin'))
  })

  async function everythingKept(): Promise<string> {
    const { rows } = await sql<{ text: string }>`
      select model || encode(id_hash, 'escape') || payload::text as text from secure_access.artifact`.execute(
      database.db,
    )
    return rows.map(({ text }) => text).join('\n')
  }

  test('what is kept of a token does not show it', async () => {
    const { id, secret } = await room.newClient()
    const token = await room.tokenOf({ id, secret })
    const kept = await everythingKept()
    assert.ok(kept.includes(id))
    for (const secretText of [token, secret]) assert.ok(!kept.includes(secretText))
  })
})

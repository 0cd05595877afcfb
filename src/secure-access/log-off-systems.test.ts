import assert from 'node:assert/strict'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { after, before, beforeEach, test } from 'node:test'
import { createRemoteJWKSet, jwtVerify } from 'jose'
import pino from 'pino'
import { JOHN_FROST } from '../../test/api.ts'
import {
  answer,
  logOffPath,
  signIn,
  withOpenidClient,
  type Party,
  type Tokens,
} from '../../test/relying-parties.ts'
import { formOf, type Browser } from '../../test/secure-access-browser.ts'
import { openTestServer, type TestServer } from '../../test/server.ts'
import { grantSystem, newSystem, type TestSystem } from '../../test/systems.ts'
import { newAccount, type TestPerson } from '../../test/visitor.ts'
import { forEachDatabase } from '../../test/world.ts'

const EVENT = 'http://schemas.openid.net/event/backchannel-logout'

/** A system that is told of log-offs. */
interface Told {
  system: TestSystem
  party: Party
}

forEachDatabase((name) => {
  let server: TestServer
  let listener: Server
  let heard: { path: string; token: string }[]
  let person: TestPerson & { password: string }
  const told: Told[] = []
  const logged: string[] = []

  before(async () => {
    const log = pino({ base: null }, { write: (line: string) => void logged.push(line) })
    server = await openTestServer(name, { log })
    listener = createServer((request, response) => {
      void request.toArray().then((parts: Buffer[]) => {
        const body = new URLSearchParams(Buffer.concat(parts).toString())
        heard.push({ path: request.url!, token: body.get('logout_token') ?? '' })
        response.writeHead(request.url === '/broken' ? 500 : 204).end()
      })
    })
    await new Promise<void>((resolve) => {
      listener.listen(0, '127.0.0.1', resolve)
    })
    const { port } = listener.address() as AddressInfo
    person = await newAccount(server, { organisation: JOHN_FROST, role: 'school-user' })
    for (const code of ['one', 'two', 'never-opened', 'broken']) {
      const system = await newSystem(server, {
        code,
        backchannel_logout_uri: `http://127.0.0.1:${port}/${code}`,
      })
      await grantSystem(server, person, code, ['school-census'])
      told.push({ system, party: await withOpenidClient(server, system) })
    }
  })
  beforeEach(() => void (heard = []))
  after(async () => {
    listener.closeAllConnections()
    await new Promise((resolve) => listener.close(resolve))
    await server.close()
  })

  /** Opens the first system by the form, and others by the same sign-in. */
  async function open(...which: number[]): Promise<{ browser: Browser; tokens: Tokens[] }> {
    const [first = 0, ...others] = which
    const { browser, page } = await signIn(server, told[first]!.party, person)
    const tokens = [await told[first]!.party.complete(page)]
    for (const other of others) {
      const { party } = told[other]!
      tokens.push(await party.complete(await party.begin(browser)))
    }
    return { browser, tokens }
  }

  /** Logs off as an application has it done; gives where the browser is sent. */
  async function logOff(browser: Browser, params: Record<string, string>): Promise<string | null> {
    return (await answer(browser, await browser.get(logOffPath(params)), {})).location
  }

  /** The logout token that a system got, as it checks it. */
  async function tokenFor({ code, clientId }: TestSystem) {
    const mine = heard.filter(({ path }) => path === `/${code}`)
    assert.equal(mine.length, 1, code)
    const keys = createRemoteJWKSet(new URL(`${server.url}/secure-access/jwks`))
    const { payload } = await jwtVerify(mine[0]!.token, keys, {
      issuer: `${server.url}/secure-access`,
      audience: clientId,
      typ: 'logout+jwt',
      requiredClaims: ['iat', 'exp', 'jti', 'sub', 'sid', 'events'],
    })
    return payload
  }

  test('every system of a sign-in is told of the log-off from one of them, which gets the browser back', async () => {
    const { browser, tokens } = await open(0, 1)
    const bye = 'https://collect.example.org/bye'
    const to = await logOff(browser, {
      id_token_hint: tokens[0]!.idToken,
      post_logout_redirect_uri: bye,
      state: 'here',
    })
    assert.equal(to, `${bye}?state=here`)
    assert.deepEqual(heard.map(({ path }) => path).sort(), ['/one', '/two'])
    for (const [at, { sub, sid }] of tokens.entries()) {
      const token = await tokenFor(told[at]!.system)
      assert.deepEqual([token.sub, token['sid']], [sub, sid])
      assert.deepEqual(token['events'], { [EVENT]: {} })
      assert.equal(token['nonce'], undefined)
    }
    assert.match((await told[0]!.party.begin(browser)).url, /\/sign-in\//)
  })

  test('the log-off of the service itself reaches them too', async () => {
    const { browser, tokens } = await open(1)
    const begun = await browser.follow(await browser.get('/sign-in'))
    const home = await browser.get((await browser.get(begun.location!)).location!)
    const form = formOf(home)
    assert.match(form.action, /\/log-off$/)
    const page = await browser.follow(await browser.post(form.action, form.fields))
    const ended = await answer(browser, page, {})
    assert.match(ended.location!, /\/signed-out/)
    assert.equal((await tokenFor(told[1]!.system))['sid'], tokens[0]!.sid)
  })

  test('one that does not take it holds nobody up, and the operator learns of it', async () => {
    const { browser } = await open(3, 0)
    assert.match((await logOff(browser, {}))!, /\/session\/end\/success|\/signed-out/)
    assert.deepEqual(heard.map(({ path }) => path).sort(), ['/broken', '/one'])
    const line = logged.find((one) => one.includes('not told of a log-off'))
    assert.ok(line?.includes(told[3]!.system.clientId))
  })

  test('an address to come back to that the system did not name is not gone to', async () => {
    const { browser, tokens } = await open(0)
    const elsewhere = { post_logout_redirect_uri: 'https://evil.example/' }
    const page = await browser.get(logOffPath({ id_token_hint: tokens[0]!.idToken, ...elsewhere }))
    assert.equal(page.status, 400)
  })
})

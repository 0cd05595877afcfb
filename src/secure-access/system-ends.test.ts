import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'
import pino from 'pino'
import { CARDIFF_HIGH, JOHN_FROST } from '../../test/api.ts'
import {
  answer,
  askingAs,
  signIn,
  withOpenidClient,
  type Asking,
  type Tokens,
} from '../../test/relying-parties.ts'
import { openTestServer, type TestServer } from '../../test/server.ts'
import { grantSystem, newSystem, type TestSystem } from '../../test/systems.ts'
import { newAccount, type TestPerson } from '../../test/visitor.ts'
import { forEachDatabase } from '../../test/world.ts'
import { archivePerson, endMembership, memberOf, signOutEverywhere } from '../accounts/index.ts'
import { insertMembership } from '../accounts/people-store.ts'
import { setInactive } from '../establishments/index.ts'
import type { Tx } from '../kit/database.ts'
import { removeSystem } from '../systems/index.ts'
import { setPassword } from './index.ts'

type Ending = (tx: Tx, person: TestPerson, system: TestSystem, at: Date) => Promise<unknown>

const at = '2026-09-02T09:05:00Z'

/** Everything by which a person's access to a system ends. */
const ENDINGS: Record<string, Ending> = {
  'the person is archived': (tx, { id }, _system, now) => archivePerson(tx, id, now),
  'the membership is suspended': async (tx, { id, organisation }, _system, now) =>
    endMembership(tx, (await memberOf(tx, organisation, id))!, {
      as: 'suspended',
      because: 'audit',
      at: now,
    }),
  'the password is changed': (tx, { id }, _system, now) =>
    setPassword(tx, id, 'another lantern by the door', { mustChange: false }, now),
  'all that the person has open is ended': (tx, { id }) => signOutEverywhere(tx, id),
  'the organisation becomes inactive': (tx, { organisation }, _system, now) =>
    setInactive(tx, organisation, now),
  'the system is removed': (tx, _person, { code }, now) => removeSystem(tx, code, now),
}

/** Each way in which a token could still be used. */
const USES: Record<string, (asking: Asking, tokens: Tokens) => Promise<boolean>> = {
  'the access token at userinfo': async (asking, { access }) =>
    (await asking.userinfo(access)).status === 200,
  'the access token at introspection': async (asking, { access }) =>
    (await asking.introspect(access))['active'] === true,
  'the refresh token at introspection': async (asking, { refresh }) =>
    (await asking.introspect(refresh))['active'] === true,
  'the refresh token': async (asking, { refresh }) => {
    const { status } = await asking.token({ grant_type: 'refresh_token', refresh_token: refresh })
    return status === 200
  },
}

forEachDatabase((name) => {
  let server: TestServer
  let serial = 0

  before(async () => {
    server = await openTestServer(name, { log: pino({ level: 'silent' }) })
  })
  after(() => server.close())

  const change = <T>(run: (tx: Tx) => Promise<T>): Promise<T> => server.world.db.transaction().execute(run)

  /** Somebody of an organisation signed in to a system of its own. */
  async function opened(organisation = JOHN_FROST) {
    serial += 1
    const system = await newSystem(server, { code: `system-${serial}` })
    const person = await newAccount(server, { organisation, role: 'school-user' })
    await grantSystem(server, person, system.code, ['school-census'])
    const party = await withOpenidClient(server, system)
    const { browser, page } = await signIn(server, party, person)
    const tokens = await party.complete(page)
    return { system, person, party, browser, tokens, asking: askingAs(server, system) }
  }

  describe('what a sign-in gave works', () => {
    for (const [use, works] of Object.entries(USES)) {
      test(use, async () => {
        const { asking, tokens } = await opened()
        assert.ok(await works(asking, tokens))
      })
    }
  })

  for (const [ending, end] of Object.entries(ENDINGS)) {
    describe(`when ${ending}, at once nothing is left of`, () => {
      // each by the first request after it, so that none ends by another
      for (const [use, works] of Object.entries(USES)) {
        test(use, async () => {
          const { system, person, asking, tokens } = await opened(CARDIFF_HIGH)
          await change((tx) => end(tx, person, system, server.clock.now()))
          assert.equal(await works(asking, tokens), false)
          await change((tx) => setInactive(tx, CARDIFF_HIGH, null))
        })
      }
    })
  }

  describe('when the access to the system is taken away, at once nothing is left of', () => {
    for (const [use, works] of Object.entries(USES)) {
      test(`${use}, and the person's other organisation and systems go on`, async () => {
        const { system, person, party, browser, tokens, asking } = await opened()
        await change((tx) =>
          insertMembership(tx, {
            person: person.id,
            organisation: CARDIFF_HIGH,
            approver: false,
            createdAt: new Date(at),
          }),
        )
        await grantSystem(server, { ...person, organisation: CARDIFF_HIGH }, system.code, ['school-census'])
        await grantSystem(server, person, system.code, [])
        assert.equal(await works(asking, tokens), false)
        const again = await party.complete(await party.begin(browser))
        const { body } = await asking.userinfo(again.access)
        assert.partialDeepStrictEqual(body, { organisation: { id: CARDIFF_HIGH } })
      })
    }
  })

  test('a system that is removed cannot sign in, ask for tokens or be signed in to', async () => {
    const { system, party, browser, asking } = await opened()
    const grant = { grant_type: 'client_credentials' }
    assert.equal((await asking.token(grant)).status, 200)
    await change((tx) => removeSystem(tx, system.code, server.clock.now()))
    assert.equal((await asking.token(grant)).status, 401)
    assert.match((await party.begin(browser)).text, /invalid_client/)
  })

  test('a system learns of its own tokens only, and ends no others', async () => {
    const { system, person, tokens, asking } = await opened()
    const { sub, client_id, scope, active } = await asking.introspect(tokens.access)
    assert.deepEqual(
      { sub, client_id, scope, active },
      {
        sub: person.id,
        client_id: system.clientId,
        scope: 'openid profile email organisation',
        active: true,
      },
    )
    const other = await opened()
    const client = await server.client(JOHN_FROST, 'school-user')
    for (const stranger of [
      askingAs(server, other.system),
      askingAs(server, { code: '', clientId: client.id, secret: client.secret }),
    ])
      for (const token of [tokens.access, tokens.refresh])
        assert.deepEqual(await stranger.introspect(token), { active: false })
    await other.party.revoke('access_token', tokens.access)
    assert.equal((await asking.introspect(tokens.access))['active'], true)
    const stolen = await askingAs(server, other.system).token({
      grant_type: 'refresh_token',
      refresh_token: tokens.refresh,
    })
    assert.equal(stolen.body['error'], 'invalid_grant')
  })

  describe('somebody without access to a system', () => {
    test('is told so and where to ask; the system is told when the person goes back to it', async () => {
      const { party, system } = await opened()
      const person = await newAccount(server, { organisation: JOHN_FROST, role: 'school-user' })
      const { browser, page } = await signIn(server, party, person)
      assert.equal(page.status, 403)
      assert.match(page.text, /You do not have access to COLLECT[\s\S]*href="\/account\/access"/)
      assert.match(
        (await browser.get(page.url, { 'accept-language': 'cy' })).text,
        /Nid oes gennych fynediad at COLLECT/,
      )
      const back = await answer(browser, page, {})
      const error = new URL(back.location!).searchParams.get('error')
      assert.equal(error, 'access_denied')
      const silent = await party.begin(browser, { prompt: 'none' })
      assert.match(silent.location!, /error=access_denied/)
      const waiting = await party.begin(browser)
      await grantSystem(server, person, system.code, ['school-census'])
      const given = await browser.follow(await browser.get(waiting.url))
      assert.equal((await party.complete(given)).sub, person.id)
    })

    test('of one organisation is offered that one only', async () => {
      const { party, person, browser } = await opened()
      await change((tx) =>
        insertMembership(tx, {
          person: person.id,
          organisation: CARDIFF_HIGH,
          approver: false,
          createdAt: new Date(at),
        }),
      )
      assert.ok((await party.begin(browser)).location?.includes('code='))
    })
  })
})

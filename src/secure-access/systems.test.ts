import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'
import pino from 'pino'
import { CARDIFF_HIGH, JOHN_FROST } from '../../test/api.ts'
import {
  answer,
  askingAs,
  signIn,
  withOpenidClient,
  withSimpleOauth2,
  type Asking,
  type Party,
} from '../../test/relying-parties.ts'
import { openTestServer, type TestServer } from '../../test/server.ts'
import { grantSystem, newSystem, type TestSystem } from '../../test/systems.ts'
import { newAccount, type TestPerson } from '../../test/visitor.ts'
import { forEachDatabase } from '../../test/world.ts'
import { insertMembership } from '../accounts/people-store.ts'

const LIBRARIES = { 'openid-client': withOpenidClient, 'simple-oauth2 and jose': withSimpleOauth2 }

forEachDatabase((name) => {
  let server: TestServer
  let system: TestSystem
  let asking: Asking

  before(async () => {
    server = await openTestServer(name, { log: pino({ level: 'silent' }) })
    system = await newSystem(server)
    asking = askingAs(server, system)
  })
  after(() => server.close())

  /** A person with a role of COLLECT at John Frost School, and where else asked. */
  async function newUser(...elsewhere: string[]): Promise<TestPerson & { password: string }> {
    const person = await newAccount(server, { organisation: JOHN_FROST, role: 'school-user' })
    await grantSystem(server, person, 'collect', ['school-census'])
    for (const organisation of elsewhere) {
      await server.world.db.transaction().execute((tx) =>
        insertMembership(tx, {
          person: person.id,
          organisation,
          approver: false,
          createdAt: server.clock.now(),
        }),
      )
      await grantSystem(server, { id: person.id, organisation }, 'collect', ['school-preferences'])
    }
    return person
  }

  for (const [library, open] of Object.entries(LIBRARIES)) {
    describe(`an application written with ${library}`, () => {
      let party: Party
      before(async () => void (party = await open(server, system)))

      test('learns who signed in, and for which organisation', async () => {
        const person = await newUser()
        const { page } = await signIn(server, party, person)
        const tokens = await party.complete(page)
        assert.equal(tokens.sub, person.id)
        const { status, body } = await asking.userinfo(tokens.access)
        assert.equal(status, 200)
        const { organisation, ...who } = body
        const [given_name, family_name] = ['Person', String(who['name']).split(' ')[1]]
        const email = `${person.username}@people.example.org`
        const named = { name: `Person ${family_name}`, given_name, family_name, email }
        assert.deepEqual(who, { sub: person.id, ...named })
        assert.deepEqual(organisation, {
          id: JOHN_FROST,
          name: 'The John Frost School',
          nameCy: null,
          category: { id: '001', name: 'Establishment' },
          type: { id: '30', name: 'Welsh Establishment' },
          urn: null,
          uid: null,
          ukprn: null,
          establishmentNumber: '4020',
          status: { id: 1, name: 'Open' },
          closedOn: null,
          address: 'Lighthouse Road, Duffryn, Newport, NP10 8YD',
          telephone: null,
          statutoryLowAge: null,
          statutoryHighAge: null,
          legacyId: null,
          companyRegistrationNumber: null,
          localAuthority: { id: '680LLLL', code: '680', name: 'Newport' },
        })
      })

      test('refreshes its tokens, each refresh token once; an old one that comes again ends them all', async () => {
        const { page } = await signIn(server, party, await newUser())
        const first = await party.complete(page)
        const second = await party.refresh(first.refresh)
        assert.equal(second.sub, first.sub)
        assert.equal((await asking.userinfo(second.access)).status, 200)
        await assert.rejects(party.refresh(first.refresh))
        assert.equal((await asking.userinfo(second.access)).status, 401)
        await assert.rejects(party.refresh(second.refresh))
      })

      test('loses them all, too, by a refresh token that is used twice at the same moment', async () => {
        const { page } = await signIn(server, party, await newUser())
        const { refresh } = await party.complete(page)
        const both = await Promise.allSettled([party.refresh(refresh), party.refresh(refresh)])
        const won = both.flatMap((one) => (one.status === 'fulfilled' ? one.value : []))
        assert.ok(won.length < 2)
        for (const { access } of won) assert.equal((await asking.userinfo(access)).status, 401)
      })

      for (const kind of ['access_token', 'refresh_token'] as const) {
        test(`gives a token back (${kind}), and with it all that came by the same sign-in`, async () => {
          const { browser, page } = await signIn(server, party, await newUser())
          const tokens = await party.complete(page)
          await party.revoke(kind, kind === 'access_token' ? tokens.access : tokens.refresh)
          assert.equal((await asking.userinfo(tokens.access)).status, 401)
          await assert.rejects(party.refresh(tokens.refresh))
          const again = await party.complete(await party.begin(browser))
          assert.equal((await asking.userinfo(again.access)).status, 200, 'the person is signed in still')
        })
      }

      test('gets nothing for a code that comes again, and loses what came by it', async () => {
        const { page } = await signIn(server, party, await newUser())
        const { access } = await party.complete(page)
        await assert.rejects(party.complete(page))
        assert.equal((await asking.userinfo(access)).status, 401)
      })

      test('is sent the organisation that the person chooses of two, another the next time', async () => {
        const person = await newUser(CARDIFF_HIGH)
        const { browser, page } = await signIn(server, party, person)
        assert.match(page.text, /For which organisation do you want to open COLLECT\?/)
        const unchosen = await answer(browser, page, {})
        assert.match(unchosen.text, /No organisation is chosen/)
        const other = await answer(browser, page, { organisation: '6813000' })
        assert.match(other.text, /No organisation is chosen/)
        const first = await party.complete(await answer(browser, page, { organisation: CARDIFF_HIGH }))
        assert.equal(await chosenBy(first.access), CARDIFF_HIGH)
        assert.equal(await chosenBy((await party.refresh(first.refresh)).access), CARDIFF_HIGH)
        const silent = await party.complete(await party.begin(browser, { prompt: 'none' }))
        assert.equal(await chosenBy(silent.access), CARDIFF_HIGH)
        for (const params of [{}, { prompt: 'select_account' }]) {
          const again = await party.begin(browser, params)
          assert.match(again.text, /For which organisation/)
          const second = await party.complete(await answer(browser, again, { organisation: JOHN_FROST }))
          assert.equal(await chosenBy(second.access), JOHN_FROST)
          assert.equal(second.sub, first.sub)
        }
        assert.equal((await asking.userinfo(first.access)).status, 401, 'one choice at a time')
      })
    })
  }

  async function chosenBy(access: string): Promise<unknown> {
    const { body } = await asking.userinfo(access)
    return (body['organisation'] as { id?: unknown } | undefined)?.id
  }
})

import assert from 'node:assert/strict'
import { randomBytes } from 'node:crypto'
import { request, type IncomingMessage } from 'node:http'
import { buffer } from 'node:stream/consumers'
import { setTimeout as wait } from 'node:timers/promises'
import { after, before, describe, it } from 'node:test'
import { signIn } from '../../test/jar.ts'
import { ids, openReceiving, type Receiving } from '../../test/receiving.ts'
import { unzip } from '../../test/unzip.ts'
import { newAccount, visitorOf, type Visitor } from '../../test/visitor.ts'
import { forEachDatabase } from '../../test/world.ts'
import { endMembership, memberOf, revokeClient, signOutEverywhere } from '../accounts/index.ts'
import { sql, type Tx } from '../kit/database.ts'
import { newId } from '../kit/ids.ts'
import { sealBody } from '../kit/strongroom.ts'

const SCHOOL = '6804020'

/** Milliseconds after which a download whose right ended has ended: within the five seconds that are promised. */
const ENDED_MS = 3500

/** Whose right ends, and where. */
interface Whose {
  id: string
  organisation: string
  now: Date
}

const endAs =
  (as: 'archived' | 'suspended') =>
  async (tx: Tx, { id, organisation, now }: Whose): Promise<void> => {
    const member = (await memberOf(tx, organisation, id))!
    await endMembership(tx, member, { as, because: 'approver', at: now })
  }

/** How a right ends, and what the next request of a page that needs it is answered. */
const ENDINGS: [title: string, end: (tx: Tx, whose: Whose) => Promise<unknown>, status: 303 | 403][] = [
  ['whose person is archived', endAs('archived'), 303],
  ['whose person is suspended', endAs('suspended'), 303],
  [
    'whose role is taken away',
    (tx, { id, now }) =>
      sql`update accounts.held_role set ended_at = ${now} where person = ${id}`.execute(tx),
    403,
  ],
  [
    'whose school is inactive',
    (tx, { organisation, now }) =>
      sql`update establishments.organisation set inactive_since = ${now} where code = ${organisation}`.execute(
        tx,
      ),
    303,
  ],
  ['whose person ended all', (tx, { id }) => signOutEverywhere(tx, id), 303],
]

/** What ended, as it was. */
async function giveBack(tx: Tx, { id, organisation }: Whose): Promise<void> {
  await sql`
    update accounts.membership set ended_at = null, ended_as = null, ended_because = null where person = ${id}`.execute(
    tx,
  )
  await sql`update accounts.held_role set ended_at = null where person = ${id}`.execute(tx)
  await sql`update accounts.person set archived_at = null, sign_outs = 0 where id = ${id}`.execute(tx)
  await sql`
    update establishments.organisation set inactive_since = null where code = ${organisation}`.execute(tx)
}

forEachDatabase((name) => {
  let schools: Receiving
  before(async () => {
    schools = await openReceiving(name)
  })
  after(() => schools.close())

  const change = (run: (tx: Tx) => Promise<unknown>): Promise<unknown> =>
    schools.server.world.db.transaction().execute(run)

  /** A person of the school in front of a browser, the other browser in which they signed in, and how it ends. */
  async function somebody(): Promise<{
    here: Visitor
    jar: Awaited<ReturnType<typeof signIn>>['jar']
    whose: Whose
  }> {
    const { server } = schools
    const account = await newAccount(server, { organisation: SCHOOL, role: 'school-user' })
    const { jar } = await signIn(server.url, account)
    const whose = { id: account.id, organisation: SCHOOL, now: server.clock.now() }
    return { here: await visitorOf(server, account), jar, whose }
  }

  /** Begins to download three large files as a zip, and reads nothing yet. */
  async function begin(visitor: Visitor): Promise<IncomingMessage> {
    const { db, strongroom } = schools.server.world
    const files = await schools.sendMany(3)
    for (const { id } of files) {
      const body = newId()
      // too much for what lies between the service and a browser that does not read
      await change((tx) => strongroom.put(tx, body, sealBody(randomBytes(8_000_000), body)))
      await sql`update transfers.file set body = ${body} where id = ${id}`.execute(db)
    }
    const chosen = ids(files).map((id): [string, string] => ['id', id])
    const form = new URLSearchParams([['_csrf', visitor.csrf], ['do', 'download'], ...chosen]).toString()
    const headers = {
      cookie: [...visitor.cookies].map(([key, value]) => `${key}=${value}`).join('; '),
      'content-type': 'application/x-www-form-urlencoded',
      'content-length': form.length,
    }
    const answer = await new Promise<IncomingMessage>((resolve, reject) => {
      request(`${schools.server.url}/download`, { method: 'POST', headers, agent: false }, resolve)
        .on('error', reject)
        .end(form)
    })
    assert.equal(answer.statusCode, 200)
    await wait(300)
    return answer
  }

  for (const [title, end, status] of ENDINGS)
    describe(`what is open, ${title}, ends at once:`, () => {
      it('the page, with the next request', async () => {
        const { here, whose } = await somebody()
        assert.equal((await here.get('/upload')).status, 200)
        await change((tx) => end(tx, whose))
        const page = await here.get('/upload')
        assert.equal(page.status, status)
        if (status === 303) assert.match(page.to ?? '', /^\/sign-in\?/)
        await change((tx) => giveBack(tx, whose))
      })

      it('the session, here and in every other browser, or all that could be done in it', async () => {
        const { here, jar, whose } = await somebody()
        await change((tx) => end(tx, whose))
        assert.equal((await here.get('/download')).status, status)
        const other = await jar.get(`${schools.server.url}/download`)
        assert.equal(other.status, status === 303 ? 200 : status)
        assert.equal(other.html.includes('name="password"'), status === 303, other.html)
        await change((tx) => giveBack(tx, whose))
      })

      it('a zip that is being downloaded, within five seconds, though nobody reads on meanwhile', async () => {
        const { here, whose } = await somebody()
        const answer = await begin(here)
        await change((tx) => end(tx, whose))
        await wait(ENDED_MS)
        // whoever has the right again by then has that download no more
        await change((tx) => giveBack(tx, whose))
        assert.equal((await here.get('/upload')).status, 200)
        await assert.rejects(buffer(answer))
      })
    })

  it('a zip that is being downloaded by somebody to whom nothing happens goes on to its end', async () => {
    const { here } = await somebody()
    const answer = await begin(here)
    await wait(ENDED_MS)
    assert.equal((await unzip(await buffer(answer))).length, 3)
  })

  it('a machine client of a school that is inactive is refused with its next call, and gets no token', async () => {
    const { server } = schools
    const { id, secret, token } = await server.client(SCHOOL, 'school-user')
    const call = (): Promise<Response> =>
      fetch(`${server.url}/api/v1/files?box=inbox`, { headers: { authorization: `Bearer ${token}` } })
    assert.equal((await call()).status, 200)
    const now = server.clock.now()
    await change((tx) =>
      sql`update establishments.organisation set inactive_since = ${now} where code = ${SCHOOL}`.execute(tx),
    )
    assert.equal((await call()).status, 401)
    await assert.rejects(server.token(id, secret), /no token: 401/)
    await change((tx) => giveBack(tx, { id, organisation: SCHOOL, now }))
    assert.equal((await call()).status, 200, 'and is back when the school is')
  })

  it('the access token of a machine client that is revoked is worth nothing with its next call', async () => {
    const { server } = schools
    const { id, token } = await server.client(SCHOOL, 'school-user')
    const call = (): Promise<Response> =>
      fetch(`${server.url}/api/v1/files?box=inbox`, { headers: { authorization: `Bearer ${token}` } })
    assert.equal((await call()).status, 200)
    await change((tx) => revokeClient(tx, id, server.clock.now()))
    assert.equal((await call()).status, 401)
  })
})

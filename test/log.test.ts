import assert from 'node:assert/strict'
import { after, before, it } from 'node:test'
import { setTimeout as sleep } from 'node:timers/promises'
import { setOrganisation } from '../src/establishments/index.ts'
import { sql } from '../src/kit/database.ts'
import { openLog } from '../src/kit/log.ts'
import { apiOf, CARDIFF_HIGH, ctf, JOHN_FROST, type Api } from './api.ts'
import { openTestServer, type TestClient, type TestServer } from './server.ts'
import { forEachDatabase } from './world.ts'

/** A pupil's name that stands in no other text. */
const SURNAME = 'Zwyntllwyd'
const UPN = /<UPN>([^<]*)</
const OFFICE = 'office@zwynt.example.org'

forEachDatabase((name) => {
  let server: TestServer
  let cardiff: TestClient
  let newport: TestClient
  let api: Api
  const lines: string[] = []
  const secrets = new Map<string, string>()
  let serial = 0

  before(async () => {
    const log = openLog({ write: (line) => void lines.push(line) }, 'trace')
    // nobody answers at the mail server's port
    server = await openTestServer(name, { work: true, log, env: { SMTP_URL: 'smtp://127.0.0.1:9' } })
    cardiff = await server.client(CARDIFF_HIGH, 'school-user')
    newport = await server.client(JOHN_FROST, 'school-user')
    api = apiOf(server, cardiff)
    for (const code of [CARDIFF_HIGH, JOHN_FROST])
      await setOrganisation(server.world, code, { email: OFFICE })
    for (const [who, client] of Object.entries({ cardiff, newport })) {
      secrets.set(`${who}'s token`, client.token).set(`${who}'s secret`, client.secret)
    }
  })
  after(() => server.close())

  function file(): { name: string; bytes: Buffer } {
    serial += 1
    const { name, bytes } = ctf(CARDIFF_HIGH, JOHN_FROST, { serial, seed: serial })
    const text = Buffer.from(bytes)
      .toString()
      .replace(/<Surname>[^<]*/, `<Surname>${SURNAME}`)
    secrets.set('a file name', CARDIFF_HIGH + name.slice(7, 19)).set(`UPN ${serial}`, UPN.exec(text)![1]!)
    return { name, bytes: Buffer.from(text) }
  }

  async function aDayOfWork(): Promise<void> {
    const { name, bytes } = file()
    const sent = await api.upload(name, bytes)
    assert.equal(sent.status, 201)
    secrets.set('an id', sent.json.id)
    await apiOf(server, newport).call('GET', `/api/v1/files/${sent.json.id}/content`)
    await apiOf(server, newport).call('POST', `/api/v1/files/${sent.json.id}/confirm`)
    const rejected = await api.upload(file().name, file().bytes)
    await apiOf(server, newport).call('POST', `/api/v1/files/${rejected.json.id}/reject`, {
      json: { reason: `${SURNAME} is not ours` },
    })
  }

  async function aDayOfRefusals(): Promise<void> {
    const { name, bytes } = file()
    const wrong = bytes.toString().replace(/<DOB>[^<]*/, `<DOB>${SURNAME}`)
    assert.equal((await api.upload(name, wrong)).status, 422)
    await api.upload(`${SURNAME}.xml`, bytes)
    await api.upload(name, bytes, { 'content-type': 'text/html' })
    await apiOf(server).upload(name, bytes)
    await apiOf(server, { token: `${cardiff.token.slice(0, -2)}xx` }).upload(name, bytes)
    await api.call('GET', `/api/v1/files/${SURNAME}`)
    await api.call('GET', `/${name}?access_token=${cardiff.token}`)
    await api.call('GET', `/api/v1/files?${SURNAME}=1`)
    await api.call('GET', `/api/v1/establishments?q=${SURNAME}`)
    await api.call('GET', '/api/v1/files/%E0%A4%A')
    await server.token(cardiff.id, newport.secret).catch(() => {})
    await server.token(SURNAME, cardiff.secret).catch(() => {})
    await apiOf(server).call('GET', `/secure-access/auth?client_id=${cardiff.id}&login_hint=${SURNAME}`)
    await apiOf(server).call('GET', `/secure-access/${name}`)
  }

  /** Breaks the database in a way of its own around a call, which then fails. */
  async function fails(
    broken: string,
    mended: string,
    call: () => Promise<{ status: number }>,
  ): Promise<void> {
    await sql.raw(broken).execute(server.world.db)
    const { status } = await call()
    await sql.raw(mended).execute(server.world.db)
    assert.equal(status, 500)
  }

  async function aDayOfErrors(): Promise<void> {
    const upload = (): Promise<{ status: number }> => {
      const { name, bytes } = file()
      return api.upload(name, bytes)
    }
    await fails(
      `alter table transfers.pupil add constraint odd check (surname is null) not valid`,
      'alter table transfers.pupil drop constraint odd',
      upload,
    )
    await fails(
      `alter table transfers.file add constraint odd check (name is null) not valid`,
      'alter table transfers.file drop constraint odd',
      upload,
    )
    const { name, bytes } = file()
    const { json } = await api.upload(name, bytes)
    await sql`alter table transfers.file add constraint odd check (fetched_at is null) not valid`.execute(
      server.world.db,
    )
    await apiOf(server, newport).call('GET', `/api/v1/files/${json.id}/content`)
    await untilLogged('work after an answer failed')
    await sql`alter table transfers.file drop constraint odd`.execute(server.world.db)
    await sql`
      create function transfers.odd() returns trigger language plpgsql as $$
      begin raise exception 'not this one: %', new.surname; end $$`.execute(server.world.db)
    await fails(
      'create trigger odd before insert on transfers.pupil for each row execute function transfers.odd()',
      'drop trigger odd on transfers.pupil',
      upload,
    )
    await fails('alter table kit.audit rename to away', 'alter table kit.away rename to audit', upload)
    await fails('alter schema accounts rename to away', 'alter schema away rename to accounts', upload)
    await fails(
      'alter table secure_access.artifact rename to away',
      'alter table secure_access.away rename to artifact',
      async () =>
        apiOf(server).call('POST', '/secure-access/token', {
          body: `grant_type=client_credentials&client_id=${cardiff.id}&client_secret=${cardiff.secret}`,
          headers: { 'content-type': 'application/x-www-form-urlencoded' },
        }),
    )
  }

  async function untilLogged(text: string): Promise<void> {
    for (let tries = 0; tries < 250; tries += 1) {
      if (lines.some((line) => line.includes(text))) return
      await sleep(20)
    }
    assert.fail(`not in the log within five seconds: ${text}`)
  }

  it('the log of a day of work, refusals and errors names no token, secret, file, pupil or address', async () => {
    await aDayOfWork()
    await aDayOfRefusals()
    await aDayOfErrors()
    await sleep(500)
    const failures = lines.filter((line) => line.includes('request failed'))
    assert.ok(failures.length >= 5, 'errors are in the log')
    for (const line of lines) {
      JSON.parse(line)
      for (const [what, secret] of secrets) assert.ok(!line.includes(secret), `${what} in ${line}`)
      for (const word of [SURNAME, SURNAME.toLowerCase(), OFFICE]) assert.ok(!line.includes(word), line)
    }
  })
})
